# SPDX-License-Identifier: Apache-2.0
import collections
import numpy as np
import tensorflow as tf
from typing import List, Tuple

seed = 42
tf.keras.utils.set_random_seed(seed)
np.random.seed(seed)
eps = np.finfo(np.float32).eps.item()

class Env:
    def __init__(self):
        self.rng = np.random.RandomState(0)
    def reset(self):
        self.s = self.rng.uniform(-0.05, 0.05, size=(4,)).astype(np.float32)
        self.t = 0
        return self.s
    def step(self, a):
        self.s = (self.s + (0.1 if a == 1 else -0.1)).astype(np.float32)
        self.t += 1
        done = bool(abs(self.s[0]) > 0.3 or self.t >= 20)
        return self.s, 1.0, done, {}

class ActorCritic(tf.keras.Model):
    def __init__(self, num_actions: int, num_hidden_units: int):
        super().__init__()
        self.common = tf.keras.layers.Dense(num_hidden_units, activation="relu")
        self.actor = tf.keras.layers.Dense(num_actions)
        self.critic = tf.keras.layers.Dense(1)
    def call(self, inputs: tf.Tensor) -> Tuple[tf.Tensor, tf.Tensor]:
        x = self.common(inputs)
        return self.actor(x), self.critic(x)

env = Env()
model = ActorCritic(2, 16)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
huber_loss = tf.keras.losses.Huber(reduction="sum")

def get_expected_return(rewards: List[float], gamma: float, standardize: bool = True) -> tf.Tensor:
    returns, discounted = [], 0.0
    for r in reversed(rewards):
        discounted = r + gamma * discounted
        returns.insert(0, discounted)
    returns = tf.constant(returns, dtype=tf.float32)
    if standardize:
        returns = (returns - tf.math.reduce_mean(returns)) / (tf.math.reduce_std(returns) + eps)
    return returns

def train_episode():
    state = env.reset()
    action_probs, values, rewards = [], [], []
    with tf.GradientTape() as tape:
        for t in range(20):
            state_t = tf.expand_dims(tf.constant(state), 0)
            logits, value = model(state_t)
            action = int(tf.random.categorical(logits, 1)[0, 0])
            probs = tf.nn.softmax(logits)
            action_probs.append(probs[0, action])
            values.append(tf.squeeze(value))
            state, reward, done, _ = env.step(action)
            rewards.append(reward)
            if done:
                break
        returns = get_expected_return(rewards, 0.99)
        p, v = tf.stack(action_probs), tf.stack(values)
        advantage = returns - v
        actor_loss = -tf.math.reduce_sum(tf.math.log(p) * advantage)
        loss = actor_loss + huber_loss(v, returns)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return sum(rewards), loss

episodes_reward: collections.deque = collections.deque(maxlen=5)
for ep in range(8):
    r, loss = train_episode()
    episodes_reward.append(r)
    print(f"Episode {ep}: reward {r:.0f}, running {np.mean(episodes_reward):.2f}, loss {float(loss):.2f}")
