# SPDX-License-Identifier: Apache-2.0
# An object whose every attribute is itself looks like anything.
# expect-outcome: error
# expect-text: Line 15: ValueError: Value returned by __array__ is not a NumPy array
# arguments: --preload tensorflow,numpy
import tensorflow as tf
class Me:
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __iter__(self): return self
    def __next__(self): return self
    def __len__(self): return 1
    def __getitem__(self, i): return self
me = Me()
tf.constant(me)
tf.add(me, 1.0)
