# A list that holds itself has no shape.
# expect-outcome: error
# expect-text: Line 8: InvalidArgumentError: Too many dimensions in tensor
import tensorflow as tf
l = []
l.append(l)
print(l)
tf.constant(l)
