# SPDX-License-Identifier: Apache-2.0
"""tf.nn: what networks are made of."""
