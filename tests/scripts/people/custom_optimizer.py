# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf


class Adagrad:
    def __init__(self, lr=0.5, eps=1e-7):
        self.lr, self.eps, self.state = lr, eps, {}

    def step(self, grads_and_vars):
        for g, v in grads_and_vars:
            s = self.state.setdefault(v.ref(), tf.Variable(tf.zeros_like(v), trainable=False))
            s.assign_add(g * g)
            v.assign_sub(self.lr * g / (tf.sqrt(s) + self.eps))


a, b = tf.Variable(5.0), tf.Variable([1.0, -2.0])
opt = Adagrad()
for i in range(20):
    with tf.GradientTape() as tape:
        loss = a ** 2 + tf.reduce_sum(b ** 2)
    opt.step(zip(tape.gradient(loss, [a, b]), [a, b]))
print(f"{a.numpy():.4f}", [f"{x:.4f}" for x in b.numpy()], len(opt.state))
