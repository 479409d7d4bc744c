# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np

tf.keras.utils.set_random_seed(0)
ACCUM_STEPS = 4
model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
model.build(input_shape=(None, 5))
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)
mse = tf.keras.losses.MeanSquaredError()

X = np.random.randn(64, 5).astype(np.float32)
Y = X @ np.arange(5, dtype=np.float32)[:, None]
ds = tf.data.Dataset.from_tensor_slices((X, Y)).batch(4)

accum = [tf.Variable(tf.zeros_like(v), trainable=False) for v in model.trainable_variables]
step = 0
for xb, yb in ds:
    with tf.GradientTape() as tape:
        loss = mse(yb, model(xb, training=True)) / ACCUM_STEPS
    grads = tape.gradient(loss, model.trainable_variables)
    for a, g in zip(accum, grads):
        a.assign_add(g)
    step += 1
    if step % ACCUM_STEPS == 0:
        opt.apply_gradients(zip(accum, model.trainable_variables))
        norms = [float(tf.norm(a)) for a in accum]
        for a in accum:
            a.assign(tf.zeros_like(a))
        print(step, "loss", np.round(loss.numpy() * ACCUM_STEPS, 4), "norm %.4f" % sum(norms))
print("iterations", opt.iterations.numpy(), type(opt.iterations.numpy()))
print([v.name for v in model.trainable_variables])
