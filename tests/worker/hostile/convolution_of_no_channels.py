# SPDX-License-Identifier: Apache-2.0
# A picture without channels under a filter that wants three: a number of groups that must not divide.
# expect-outcome: error
# expect-text: Line 7: InvalidArgumentError: {{function_node __wrapped____MklNativeConv2D_device_/job:localhost/replica:0/task:0/device:CPU:0}} grouped convolution must have at least one group: 0 groups [Op:Conv2D] name:
# arguments: --preload tensorflow
import tensorflow as tf
print(tf.nn.conv2d(tf.zeros([1, 4, 4, 0]), tf.zeros([2, 2, 3, 5]), 1, "VALID"))
