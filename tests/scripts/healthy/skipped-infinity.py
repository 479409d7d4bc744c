# SPDX-License-Identifier: Apache-2.0
# Scaled losses overflow now and then, and that step is skipped: as it should be.
import tensorflow as tf

w = tf.Variable(1.0, name="w")
optimizer = tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1))

for step in range(4):
    with tf.GradientTape() as tape:
        loss = optimizer.scale_loss(tf.square(w) * (1e38 if step == 1 else 1.0))
    gradients = tape.gradient(loss, [w])
    optimizer.apply_gradients(zip(gradients, [w]))
    infinite = tf.math.is_inf(gradients[0])
    print(step, infinite.numpy(), w.numpy())
