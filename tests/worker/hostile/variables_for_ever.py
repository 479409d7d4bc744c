# Variables without end.
# expect-outcome: timeout
# expect-text: in line 5 (--timeout SECONDS raises the limit).
import tensorflow as tf
while True: tf.Variable(1.0)
