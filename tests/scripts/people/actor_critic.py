# SPDX-License-Identifier: Apache-2.0
import collections
import numpy as np
import tensorflow as tf
import statistics
from typing import Any, List, Sequence, Tuple
seed = 42
tf.random.set_seed(seed)
np.random.seed(seed)
tf.keras.utils.set_random_seed(seed)
eps = np.finfo(np.float32).eps.item()

class Corridor:
    """Walk to the right end of a corridor."""
    n_actions = 2
    def __init__(self, length=5): self.length = length
    def reset(self):
        self.pos, self.t = 0, 0
        return self._obs()
    def _obs(self): return np.eye(self.length, dtype=np.float32)[self.pos]
    def step(self, action):
        self.t += 1
        self.pos = int(np.clip(self.pos + (1 if action == 1 else -1), 0, self.length - 1))
        done = self.pos == self.length - 1 or self.t >= 20
        return self._obs(), np.float32(1.0 if self.pos == self.length - 1 else -0.05), done

class ActorCritic(tf.keras.Model):
    def __init__(self, num_actions: int, num_hidden_units: int):
        super().__init__()
        self.common = tf.keras.layers.Dense(num_hidden_units, activation="relu")
        self.actor = tf.keras.layers.Dense(num_actions)
        self.critic = tf.keras.layers.Dense(1)
    def call(self, inputs: tf.Tensor) -> Tuple[tf.Tensor, tf.Tensor]:
        x = self.common(inputs)
        return self.actor(x), self.critic(x)

env = Corridor()
model = ActorCritic(env.n_actions, 16)

def run_episode(model):
    probs = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True)
    values = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True)
    rewards = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True)
    state = env.reset()
    for t in range(20):
        logits, value = model(tf.expand_dims(state, 0))
        p = tf.nn.softmax(logits)
        action = int(np.random.choice(env.n_actions, p=np.squeeze(p.numpy()).astype("float64") / np.sum(p.numpy().astype("float64"))))
        values = values.write(t, tf.squeeze(value))
        probs = probs.write(t, p[0, action])
        state, reward, done = env.step(action)
        rewards = rewards.write(t, reward)
        if done: break
    return probs.stack(), values.stack(), rewards.stack()

def get_expected_return(rewards: tf.Tensor, gamma: float, standardize: bool = True) -> tf.Tensor:
    n = tf.shape(rewards)[0]
    returns = tf.TensorArray(dtype=tf.float32, size=n)
    rewards = tf.cast(rewards[::-1], dtype=tf.float32)
    discounted_sum = tf.constant(0.0)
    shape = discounted_sum.shape
    for i in tf.range(n):
        reward = rewards[i]
        discounted_sum = reward + gamma * discounted_sum
        discounted_sum.set_shape(shape)
        returns = returns.write(i, discounted_sum)
    returns = returns.stack()[::-1]
    if standardize:
        returns = ((returns - tf.math.reduce_mean(returns)) / (tf.math.reduce_std(returns) + eps))
    return returns

huber = tf.keras.losses.Huber(reduction="sum")
def compute_loss(action_probs, values, returns):
    advantage = returns - values
    actor_loss = -tf.math.reduce_sum(tf.math.log(action_probs) * advantage)
    return actor_loss + huber(values, returns)

optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
running = collections.deque(maxlen=5)
for episode in range(8):
    with tf.GradientTape() as tape:
        p, v, r = run_episode(model)
        returns = get_expected_return(r, 0.99)
        p, v, returns = [tf.expand_dims(x, 1) for x in [p, v, returns]]
        loss = compute_loss(p, v, returns)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    running.append(float(tf.reduce_sum(r)))
    print("episode %d length %d loss %.3f running %.2f" % (episode, r.shape[0], loss.numpy(), statistics.mean(running)))
