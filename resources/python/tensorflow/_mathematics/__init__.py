# SPDX-License-Identifier: Apache-2.0
"""tf.math and tf.linalg where TensorFlow itself composes in Python."""
