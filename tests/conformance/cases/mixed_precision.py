# SPDX-License-Identifier: Apache-2.0
"""Layers that compute in one dtype and keep their variables in another."""
import keras

L = keras.layers
POLICY = "mixed_float16"


def called(layer, *inputs):
    with tf.GradientTape() as tape:
        out = layer(*inputs)
    gradients = tape.gradient(out, layer.trainable_weights)
    return out.dtype, out.shape, [weight.dtype for weight in layer.weights], [one if one is None else one.dtype for one in gradients]


@case
def dense_and_convolutions():
    x, p = tf.ones((2, 4)), tf.ones((1, 8, 8, 2))
    layers = [L.Conv2D(4, 3, dtype=POLICY), L.DepthwiseConv2D(3, dtype=POLICY), L.Conv2DTranspose(2, 3, dtype=POLICY),
              L.SeparableConv2D(3, 3, dtype=POLICY)]
    return called(L.Dense(3, dtype=POLICY), x), [called(layer, p) for layer in layers]


@case
def layers_that_normalise():
    x = tf.reshape(tf.range(12.0), (3, 4))
    return [called(layer, x) for layer in (L.BatchNormalization(dtype=POLICY), L.LayerNormalization(dtype=POLICY),
                                           L.PReLU(dtype=POLICY))]


@case
def layers_with_steps():
    x = tf.ones((2, 3, 4))
    return [called(layer, x) for layer in (L.LSTM(2, dtype=POLICY), L.GRU(2, dtype=POLICY), L.SimpleRNN(2, dtype=POLICY),
                                           L.EinsumDense("abc,cd->abd", (3, 5), dtype=POLICY))]


@case
def what_a_layer_of_ones_own_reads():
    seen = []

    class Own(L.Layer):
        def build(self, shape):
            self.w = self.add_weight(shape=(4, 2), initializer="ones", name="w")
            self.n = self.add_weight(shape=(), initializer="zeros", dtype="int32", trainable=False, name="n")
            self.e = self.add_weight(shape=(2,), initializer="ones", autocast=False, name="e")

        def call(self, x):
            seen.extend([x.dtype, self.w.dtype, tf.convert_to_tensor(self.w).dtype, self.w.value.dtype, (self.w * 2).dtype,
                         self.w[0].dtype, self.n.dtype, self.e.dtype, tf.convert_to_tensor(self.e).dtype])
            return tf.matmul(x, self.w)

    layer = Own(dtype=POLICY)
    return called(layer, tf.ones((3, 4))), seen, layer.w.dtype, layer.w.value.dtype


@case
def a_layer_inside_says_its_own():
    seen = []

    class Inner(L.Layer):
        def build(self, shape):
            self.w = self.add_weight(shape=(), initializer="ones", name="w")

        def call(self, x):
            seen.append((self.w.dtype, x.dtype))
            return x * self.w

    class Outer(L.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.parts = [Inner(dtype="float32"), Inner(dtype=POLICY), Inner(dtype="float64")]

        def call(self, x):
            return [part(x) for part in self.parts]

    return [one.dtype for one in Outer(dtype=POLICY)(tf.ones(2))], seen[-3:]


@case
def the_policy_for_everything():
    keras.mixed_precision.set_dtype_policy(POLICY)
    try:
        keras.utils.set_random_seed(2)
        model = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.Dense(1), L.Activation("linear", dtype="float32")])
        model.compile("sgd", "mse")
        x, y = np.ones((4, 3), np.float32), np.ones((4, 1), np.float32)
        history = model.fit(x, y, verbose=0)
        return [layer.compute_dtype for layer in model.layers], type(model.optimizer).__name__, len(history.history["loss"])
    finally:
        keras.mixed_precision.set_dtype_policy("float32")
