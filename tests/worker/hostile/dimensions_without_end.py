# Lists in lists, a hundred thousand deep.
# expect-outcome: error
# expect-text: Line 7: InvalidArgumentError: Too many dimensions in tensor
import tensorflow as tf
l = 1.0
for _ in range(10**5): l = [l]
tf.constant(l)
