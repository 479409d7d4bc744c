# SPDX-License-Identifier: Apache-2.0
# An object whose every attribute is itself looks like anything, wherever a tensor, a shape, a dtype or a variable may stand.
# expect-outcome: error
# expect-text: Line 28: RecursionError: maximum recursion depth exceeded
# expect-printed: refused 12 of 12
# arguments: --preload tensorflow,numpy
import tensorflow as tf
class Me:
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __iter__(self): return self
    def __next__(self): return self
    def __len__(self): return 1
    def __getitem__(self, i): return self
me, v = Me(), tf.Variable(1.0)
attempts = [lambda: tf.constant(me), lambda: tf.zeros(me), lambda: tf.zeros([1], me), lambda: tf.Variable(me), lambda: v.assign(me),
            lambda: tf.reshape([1.0], me), lambda: tf.cast([1.0], me), lambda: tf.gather([1.0], me), lambda: tf.reduce_sum([1.0], me),
            lambda: tf.concat([me], 0), lambda: tf.keras.optimizers.SGD(0.1).apply_gradients([(me, v)]), lambda: tf.ones(1)[me]]
refused = 0
for attempt in attempts:
    try:
        attempt()
    except (TypeError, ValueError, AttributeError, RecursionError, tf.errors.InvalidArgumentError):
        refused += 1
print("refused", refused, "of", len(attempts))
held = {"me": me, "more": [me, v]}
me.me = me
tf.add(me, 1.0)
