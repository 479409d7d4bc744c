# SPDX-License-Identifier: Apache-2.0
"""tf.data.Options: how a pipeline is to be run. Here it is run in one way, whatever they say."""


class Options:
    def __init__(self):
        self.threading = _Group()
        self.experimental_optimization = _Group()
        self.autotune = _Group()
        self.deterministic = None

    def merge(self, options):
        return options


class _Group:
    """Takes any setting."""


Options.__module__ = "tensorflow.python.data.ops.options"
