# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf


class Corridor:
    """Walk right to win; 0 = left, 1 = right."""

    def __init__(self, length=5, seed=0):
        self.length = length
        self.rng = np.random.RandomState(seed)

    def reset(self):
        self.pos, self.t = 1, 0
        return self._obs()

    def _obs(self):
        o = np.zeros(self.length, dtype=np.float32)
        o[self.pos] = 1.0
        return o

    def step(self, action):
        self.pos += 1 if action == 1 else -1
        self.t += 1
        done = self.pos in (0, self.length - 1) or self.t > 20
        reward = 1.0 if self.pos == self.length - 1 else (-1.0 if self.pos == 0 else -0.05)
        return self._obs() if not done else np.zeros(self.length, np.float32), reward, done, {}


env = Corridor()
tf.keras.utils.set_random_seed(2)
policy = tf.keras.Sequential([
    tf.keras.layers.Dense(8, activation="tanh", input_shape=(5,)),
    tf.keras.layers.Dense(2, activation="softmax"),
])
optimizer = tf.keras.optimizers.Adam(learning_rate=0.05)
gamma = 0.95
scores = []
for episode in range(12):
    state, done = env.reset(), False
    rewards, total = [], 0
    with tf.GradientTape() as tape:
        log_probs = []
        while not done:
            probs = policy(state[np.newaxis])
            p = probs.numpy()[0].astype(np.float64)
            action = np.random.choice(2, p=p / p.sum())
            log_probs.append(tf.math.log(probs[0, action]))
            state, reward, done, info = env.step(action)
            rewards.append(reward)
        returns = []
        G = 0.0
        for r in rewards[::-1]:
            G = r + gamma * G
            returns.insert(0, G)
        loss = -tf.reduce_sum(tf.stack(log_probs) * tf.constant(returns, dtype=tf.float32))
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    scores.append(sum(rewards))
    print(f"episode {episode:2d} steps {len(rewards):2d} score {scores[-1]:+.2f} loss {loss:.3f}")
print("mean of last 5:", np.mean(scores[-5:]).round(3))
