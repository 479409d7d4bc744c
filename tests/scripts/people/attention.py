# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

tf.random.set_seed(1)
q = tf.reshape(tf.range(6, dtype=tf.float32), [1, 3, 2]) / 5
Wq = tf.Variable(tf.eye(2), name="Wq")
Wk = tf.Variable(tf.ones([2, 2]) * 0.5, name="Wk")


def attend(x, mask=True):
    scores = tf.einsum("bid,bjd->bij", x @ Wq, x @ Wk) / tf.sqrt(2.0)
    if mask:
        scores += (1 - tf.linalg.band_part(tf.ones([3, 3]), -1, 0)) * -1e9
    return tf.nn.softmax(scores) @ x


with tf.GradientTape() as tape:
    out = attend(q)
    loss = tf.reduce_mean(out ** 2)
grads = tape.gradient(loss, {"q": Wq, "k": Wk})
for name, g in sorted(grads.items()):
    print(name, tf.round(g * 10000) / 10000)
print(out.shape, tf.reduce_all(tf.math.is_finite(out)).numpy())
