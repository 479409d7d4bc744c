# SPDX-License-Identifier: Apache-2.0
# Everything that an optimizer or a layer keeps, changed to what it cannot be, at every use.
# expect-outcome: finished
# expect-printed: end
# arguments: --preload tensorflow,numpy --cpu 60
import tensorflow as tf
def tried(owner, uses):
    for name, before in list(vars(owner).items()):
        object.__setattr__(owner, name, bad)
        for use in uses:
            try:
                use()
            except Exception:
                pass
        object.__setattr__(owner, name, before)
for bad in (None, -1, 2**40, "x", [], object(), float("nan"), lambda *a: 1 / 0):
    for kind in (tf.keras.optimizers.SGD, tf.keras.optimizers.Adam, tf.keras.optimizers.RMSprop):
        one, v = kind(), tf.Variable([1.0, 2.0])
        one.apply_gradients([(tf.ones(2), v)])
        tried(one, (lambda: one.apply_gradients([(tf.ones(2), v)]), lambda: one.variables, lambda: one.learning_rate,
                    lambda: one.get_config(), lambda: one.build([v]), lambda: repr(one), lambda: one.iterations))
    layer = tf.keras.layers.Dense(2)
    layer(tf.ones((4, 3)))
    tried(layer, (lambda: layer(tf.ones((4, 3))), lambda: layer.weights, lambda: layer.count_params(), lambda: layer.get_config()))
print("end")
