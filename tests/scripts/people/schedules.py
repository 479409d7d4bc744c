# SPDX-License-Identifier: Apache-2.0
import math
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

schedule = tf.keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5, staircase=True)
opt = tf.keras.optimizers.SGD(schedule, momentum=0.9, nesterov=True)
w = tf.Variable([1.0, 2.0])
for step in range(25):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sin(w) ** 2)
    opt.apply_gradients([(tape.gradient(loss, w), w)])
    if step % 8 == 0:
        print(step, f"{loss.numpy():.4f}", f"{float(schedule(step)):.4f}")
print(opt.iterations.numpy(), math.isclose(float(opt.learning_rate), 0.025, rel_tol=1e-5))
