# SPDX-License-Identifier: Apache-2.0
# A target network gets the weights of another now and then, and no gradients ever.
import tensorflow as tf, numpy as np
tf.keras.utils.set_random_seed(0)
q = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(2)])
target = tf.keras.models.clone_model(q)
target.set_weights(q.get_weights())
opt = tf.keras.optimizers.Adam(1e-2)
huber = tf.keras.losses.Huber()
for step in range(4):
    s = np.random.rand(6, 4).astype("float32")
    a = np.random.randint(0, 2, 6)
    r = np.random.rand(6).astype("float32")
    future = tf.reduce_max(target(s), axis=1)
    wanted = r + 0.9 * future
    with tf.GradientTape() as tape:
        qs = tf.reduce_sum(q(s) * tf.one_hot(a, 2), axis=1)
        loss = huber(wanted, qs)
    grads = tape.gradient(loss, q.trainable_variables)
    opt.apply_gradients(zip(grads, q.trainable_variables))
    if step % 2: target.set_weights(q.get_weights())
    print(step, float(loss))
