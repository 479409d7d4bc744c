# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf


class Dense(tf.Module):
    def __init__(self, n_in, n_out, seed, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.random.stateless_normal([n_in, n_out], seed=[seed, 1]), name="w")
        self.b = tf.Variable(tf.zeros([n_out]), name="b")

    def __call__(self, x):
        return tf.matmul(x, self.w) + self.b


class Net(tf.Module):
    def __init__(self):
        super().__init__(name="net")
        self.hidden = Dense(2, 8, 1, name="hidden")
        self.out = Dense(8, 1, 2, name="out")

    def __call__(self, x):
        return self.out(tf.nn.tanh(self.hidden(x)))


x = tf.constant([[0, 0], [0, 1], [1, 0], [1, 1]], tf.float32)
y = tf.constant([[0], [1], [1], [0]], tf.float32)
net = Net()
print([v.name for v in net.trainable_variables])
print([m.name for m in net.submodules])
optimizer = tf.keras.optimizers.Adam(0.1)
for i in range(80):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, net(x)))
    variables = net.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
print(tf.cast(tf.sigmoid(net(x)) > 0.5, tf.int32).numpy().ravel().tolist())
