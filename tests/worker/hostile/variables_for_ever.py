# SPDX-License-Identifier: Apache-2.0
# Variables without end.
# expect-outcome: timeout
# expect-text: in line 7 (--timeout SECONDS raises the limit).
# arguments: --preload tensorflow,numpy
import tensorflow as tf
while True: tf.Variable(1.0)
