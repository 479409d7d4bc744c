# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf

# A mix as it grows in notebooks: numpy in, numpy out, TF between
np.random.seed(123)
data = np.random.rand(10, 3)
W = tf.Variable(np.random.rand(3, 2), dtype=tf.float64)
b = tf.Variable(np.zeros(2))
print(W.dtype, b.dtype, data.dtype)
for i in range(3):
    with tf.GradientTape() as t:
        out = tf.nn.relu(data @ W + b)
        loss = tf.reduce_mean(out ** 2)
    dW, db = t.gradient(loss, [W, b])
    W.assign_sub(0.5 * dW)
    b = b - 0.5 * db          # rebinding on purpose
    b = tf.Variable(b)
    print(i, loss.numpy(), np.linalg.norm(dW), type(db).__name__, np.abs(db).sum())
print(W.numpy().round(4))
print(np.mean(out), np.max(out.numpy(), axis=0).shape)
print(W.numpy().T.tolist()[0][0] == float(W[0, 0]))
arr = np.asarray([tf.constant(1.0), tf.constant(2.5)])
print(arr, arr.dtype)
print(tf.constant(2.0) * np.float32(3), np.float32(3) * tf.constant(2.0), np.ones(2) * tf.constant([1.0, 2.0], tf.float64))
m = tf.convert_to_tensor(np.arange(6).reshape(2, 3))
print(m.dtype, m.shape, m[:, 1].numpy(), m.numpy()[::-1])
print(f"{loss:.3f} {float(loss):.2e} {loss.numpy():8.4f}")
print("%s" % tf.constant([1, 2]), "{}".format(tf.constant(1.5)))
with np.printoptions(precision=2, suppress=True):
    print(dW.numpy())
