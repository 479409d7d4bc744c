# SPDX-License-Identifier: Apache-2.0
# A cross entropy by hand: where a probability is 0, its logarithm is not finite, and 0 times that is NaN.
import tensorflow as tf

logits = tf.Variable([[200.0, 0.0], [0.0, 1.0]], name="logits")
labels = tf.constant([[1.0, 0.0], [0.0, 1.0]])
optimizer = tf.keras.optimizers.Adam(0.1)

for step in range(2):
    with tf.GradientTape() as tape:
        probabilities = tf.nn.softmax(logits)
        loss = -tf.reduce_mean(labels * tf.math.log(probabilities))  # expect: nan-gradient logits
    gradients = tape.gradient(loss, [logits])
    optimizer.apply_gradients(zip(gradients, [logits]))
    print(loss.numpy())
