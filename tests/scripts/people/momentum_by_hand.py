# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

theta = tf.Variable([2.0, -1.5], name="theta")
velocity = [tf.Variable(tf.zeros_like(theta), trainable=False)]
params = {"lr": 0.05, "beta": 0.9}


@tf.function
def rosenbrock(t):
    return (1 - t[0]) ** 2 + 10 * (t[1] - t[0] ** 2) ** 2


history = []
for step in range(30):
    with tf.GradientTape() as tape:
        value = rosenbrock(theta)
    grad = tf.clip_by_norm(tape.gradient(value, theta), 1.0)
    velocity[0].assign(params["beta"] * velocity[0] + grad)
    theta.assign_sub(params["lr"] * velocity[0])
    history.append(value.numpy())
print(" ".join(f"{v:.2f}" for v in history[::6]))
print(theta.name, theta.shape, theta.trainable, velocity[0].trainable)
