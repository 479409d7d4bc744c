# SPDX-License-Identifier: Apache-2.0
# Every class of TensorFlow's, made without its constructor, and asked for everything.
# expect-outcome: finished
# expect-printed: made True
# arguments: --preload tensorflow,numpy --cpu 30
import inspect
import tensorflow as tf
made = 0
homes = (tf, tf.keras, tf.keras.layers, tf.keras.optimizers, tf.keras.losses, tf.keras.metrics, tf.keras.callbacks,
         tf.keras.initializers, tf.data, tf.random, tf.train)
asks = (repr, str, len, iter, hash, bool, float, lambda o: o(1.0), lambda o: o + 1, lambda o: o == o, lambda o: o[0],
        lambda o: tf.constant(o), lambda o: tf.nest.flatten([o]), lambda o: o.shape, lambda o: o.name, lambda o: o.variables,
        lambda o: o.get_config(), lambda o: o.numpy(), lambda o: o.build((None, 1)), lambda o: tf.add(o, o))
for home in homes:
    for name in dir(home):
        kind = getattr(home, name, None)
        if not inspect.isclass(kind):
            continue
        try:
            bare = kind.__new__(kind)
        except Exception:
            continue
        made += 1
        held = {"bare": bare, "more": [bare]}
        for ask in asks:
            try:
                ask(bare)
            except Exception:
                pass
print("made", made > 50)
