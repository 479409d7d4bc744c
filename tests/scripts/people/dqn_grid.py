# SPDX-License-Identifier: Apache-2.0
import random
from collections import deque, namedtuple

import numpy as np
import tensorflow as tf
from tensorflow import keras

random.seed(1)
np.random.seed(1)
tf.random.set_seed(1)

Transition = namedtuple("Transition", "s a r s2 done")
N = 4


def encode(pos):
    return tf.one_hot(pos[0] * N + pos[1], N * N).numpy()


def env_step(pos, a):
    dr, dc = [(0, 1), (1, 0), (0, -1), (-1, 0)][a]
    nxt = (min(max(pos[0] + dr, 0), N - 1), min(max(pos[1] + dc, 0), N - 1))
    done = nxt == (N - 1, N - 1)
    return nxt, (10.0 if done else -0.1), done


def build():
    return keras.models.Sequential([
        keras.layers.Dense(24, activation="elu", input_shape=[N * N]),
        keras.layers.Dense(4),
    ])


model, target = build(), build()
target.set_weights(model.get_weights())
replay = deque(maxlen=200)
opt = keras.optimizers.Adam(1e-2)
loss_fn = keras.losses.Huber()


def training_step(batch_size=16, discount=0.9):
    batch = random.sample(replay, batch_size)
    s, a, r, s2, done = [np.array([getattr(t, f) for t in batch]) for f in Transition._fields]
    next_q = target.predict(s2, verbose=0)
    goal = (r + (1 - done) * discount * next_q.max(axis=1)).reshape(-1, 1).astype(np.float32)
    mask = tf.one_hot(a, 4)
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(model(s) * mask, axis=1, keepdims=True)
        loss = tf.reduce_mean(loss_fn(goal, q))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for episode in range(6):
    pos, eps, total = (0, 0), max(1 - episode / 5, 0.05), 0
    for t in range(30):
        a = random.randrange(4) if random.random() < eps else int(np.argmax(model(encode(pos)[None])[0]))
        nxt, r, done = env_step(pos, a)
        replay.append(Transition(encode(pos), a, r, encode(nxt), done))
        pos, total = nxt, total + r
        if done:
            break
    loss = training_step() if len(replay) >= 16 else None
    if episode % 2 == 0:
        target.set_weights(model.get_weights())
    print(f"\rEpisode: {episode}, Steps: {t + 1}, return: {total:.1f}, loss: {'-' if loss is None else '%.4f' % float(loss)}")
