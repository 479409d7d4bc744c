# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: used: []
# arguments: --preload tensorflow,numpy
import tensorflow as tf

used = []
built = tf.keras.optimizers.SGD()
built.build([tf.Variable(1.0)])
kinds = [type(tf.Variable(1.0)), type(tf.Variable(1.0).assign(2.0)), tf.keras.Variable]
for kind in kinds:
    bare = kind.__new__(kind)
    held = [bare, {"a": bare}]
    for use in (lambda: bare + 1, lambda: tf.add(bare, 1.0), lambda: bare.assign(1.0), lambda: bare.numpy(), lambda: repr(bare),
                lambda: tf.keras.optimizers.SGD().apply_gradients([(1.0, bare)]),
                lambda: built.apply_gradients([(tf.constant(1.0), bare)]), lambda: bare.name, lambda: tf.constant([bare])):
        try:
            use()
            used.append(kind)
        except Exception:
            pass
    with tf.GradientTape() as tape:
        try:
            tape.watch(bare)
            tape.gradient(tf.constant(1.0), bare)
        except Exception:
            pass
print("used:", used)
