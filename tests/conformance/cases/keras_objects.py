# SPDX-License-Identifier: Apache-2.0
"""Things of Keras as dictionaries and back, and nests by keras.tree."""
import keras

S = keras.saving
T = keras.tree
NEST = {"b": [1, (2, 3)], "a": {"y": 4, "x": [5]}}


def doubled(x):
    return 2 * x


EXPRESSIONS = """\
S.serialize_keras_object(keras.activations.relu)
S.serialize_keras_object(doubled)
S.serialize_keras_object((1, [2.5, "a"], None, True))
S.serialize_keras_object(b"ab")
S.serialize_keras_object(np.ones(2))
S.serialize_keras_object(np.float32(2))
S.serialize_keras_object(tf.ones(2))
S.serialize_keras_object(...)
S.serialize_keras_object(slice(1, None))
S.serialize_keras_object(tf.TensorShape([2, None]))
S.serialize_keras_object(tf.float32)
S.serialize_keras_object({"a": (1, 2), "b": keras.losses.MeanSquaredError()})
S.serialize_keras_object(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9))
S.serialize_keras_object(keras.optimizers.schedules.CosineDecay(0.1, 10, alpha=0.1))
S.serialize_keras_object(keras.random.SeedGenerator(3))
S.serialize_keras_object(keras.constraints.MaxNorm(2.0))
S.serialize_keras_object(keras.DTypePolicy("mixed_float16"))
S.serialize_keras_object(keras.metrics.Precision(0.3))
S.deserialize_keras_object(S.serialize_keras_object(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)))(5)
S.deserialize_keras_object(S.serialize_keras_object(keras.optimizers.schedules.PiecewiseConstantDecay([2, 4], [0.3, 0.2, 0.1])))(3)
S.deserialize_keras_object(S.serialize_keras_object(keras.random.SeedGenerator(3))).get_config()
S.deserialize_keras_object(S.serialize_keras_object(keras.optimizers.Adam(0.3))).get_config()
S.deserialize_keras_object(S.serialize_keras_object(keras.regularizers.L1L2(0.1, 0.2)))(tf.ones(3))
S.deserialize_keras_object(S.serialize_keras_object(keras.activations.relu))(tf.constant([-1.0, 2.0]))
S.deserialize_keras_object(S.serialize_keras_object([np.ones(2), b"a", ..., slice(1, 2)]))
S.deserialize_keras_object({"class_name": "Foo", "config": {}})
S.deserialize_keras_object({"module": "keras.layers", "class_name": "Foo", "config": {}})
S.deserialize_keras_object({"module": "keras.nowhere", "class_name": "Foo", "config": {}})
S.deserialize_keras_object({"class_name": "function", "config": [1]})
S.deserialize_keras_object({"module": "keras.layers", "class_name": "Dense", "config": [1]})
S.deserialize_keras_object({"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}, "registered_name": "a>b"})
S.deserialize_keras_object({"module": "builtins", "class_name": "function", "config": "doubled"}, {"doubled": doubled})(4)
S.deserialize_keras_object([1, (2,)])
S.deserialize_keras_object({"a": 1, "b": [2]})
S.deserialize_keras_object(1j)
S.deserialize_keras_object({"class_name": "__lambda__", "config": {"value": 1}})
T.flatten_with_path(NEST)
T.map_structure(lambda x: x + 1, NEST)
T.map_structure(lambda x: x + 1, [1, None], none_is_leaf=False)
T.map_structure_up_to([0, 0], lambda x: str(x), [[1, 2], {"a": 3}])
T.map_structure_up_to([0, 0], lambda x: str(x), [1, 2, 3])
T.map_shape_structure(lambda s: tuple(s) + (1,), {"a": (2, None), "b": [(3,), [4, 5]]})
T.lists_to_tuples(NEST)
T.traverse(lambda x: tuple(x) if isinstance(x, list) else None, NEST, top_down=False)
T.traverse(lambda x: T.MAP_TO_NONE if x == 3 else None, NEST)
T.assert_same_paths({"a": 1}, {"a": [2]})
T.assert_same_paths([1, 2], (3, 4))
"""


@case
def a_model_and_back():
    keras.backend.clear_session()
    model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(2)])
    model.compile("sgd", "mse")
    config = S.serialize_keras_object(model)
    again = S.deserialize_keras_object(config)
    return config, again.compiled, again.loss, S.serialize_keras_object(again)
