# SPDX-License-Identifier: Apache-2.0
"""keras.config.set_floatx: what has no dtype of its own gets another one."""
import keras

FLOATS = ("float16", "bfloat16", "float32", "float64")


def under(floatx, run):
    before = keras.config.floatx()
    keras.config.set_floatx(floatx)
    keras.backend.clear_session()
    keras.utils.set_random_seed(2)
    try:
        return run()
    finally:
        keras.config.set_floatx(before)
        keras.backend.clear_session()


def kinds():
    layer = keras.layers.Dense(2)
    answer = layer(np.ones((1, 2)))
    optimizer = keras.optimizers.Adam(0.1)
    optimizer.build(layer.trainable_variables)
    made = {
        "answer": answer, "kernel": layer.kernel, "rate": optimizer.learning_rate, "loss": keras.losses.MeanSquaredError()(np.ones(2), np.zeros(2)),
        "converted": keras.ops.convert_to_tensor(1.5), "ones": keras.ops.ones(2), "normal": keras.random.normal((2,)),
        "input": keras.Input((2,)), "variable": keras.Variable(1.0), "zeros": keras.initializers.Zeros()((2,)),
        "drawn": keras.initializers.GlorotUniform(seed=1)((2, 2)), "slot": optimizer.variables[-1],
    }
    found = {name: getattr(one.dtype, "name", str(one.dtype)) for name, one in made.items()}
    return found, keras.config.floatx(), keras.config.dtype_policy().name, keras.backend.floatx()


def trained():
    model = keras.Sequential([keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.05), "mse", metrics=["mae"], run_eagerly=True)
    x = np.linspace(-1.0, 1.0, 16).reshape(8, 2)
    history = model.fit(x, x.sum(1, keepdims=True), epochs=3, batch_size=4, shuffle=False, verbose=0).history
    history = {name: np.array(values, keras.config.floatx()) for name, values in history.items()}
    return history, model.weights[0].numpy(), model.predict(x, verbose=0)


for _floatx in FLOATS:
    def _kinds(floatx=_floatx):
        return under(floatx, kinds)

    _kinds.__name__ = f"kinds_under_{_floatx}"
    case(_kinds)

for _floatx in ("float32", "float64"):
    def _trained(floatx=_floatx):
        return under(floatx, trained)

    _trained.__name__ = f"trained_under_{_floatx}"
    case(_trained)


@case
def a_policy_and_a_new_session():
    keras.config.set_dtype_policy("mixed_float16")
    seen = [keras.config.dtype_policy().name]
    keras.backend.clear_session()
    return [*seen, keras.config.dtype_policy().name]
