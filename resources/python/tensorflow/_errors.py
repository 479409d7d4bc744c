# SPDX-License-Identifier: Apache-2.0
"""tf.errors."""

HOME = "tensorflow.python.framework.errors_impl"


class OpError(Exception):
    __module__ = HOME

    @property
    def message(self):
        return str(self)


class InvalidArgumentError(OpError):
    __module__ = HOME
