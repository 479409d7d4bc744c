# SPDX-License-Identifier: Apache-2.0
"""keras.models.clone_model: the same layers with variables of their own."""

from tensorflow._values import _nest
from tensorflow.keras.layers._input import Input, InputLayer
from tensorflow.keras.models._functional import Functional
from tensorflow.keras.models._sequential import Sequential


def _copy_of(layer):
    return type(layer).from_config(layer.get_config())


def clone_model(model, input_tensors=None, clone_function=None, **kwargs):
    """Layers are made again from their configurations, in order, so that they draw seeds of their own."""
    clone = clone_function or _copy_of
    if isinstance(model, Sequential):
        made = Sequential([layer if isinstance(layer, InputLayer) else clone(layer) for layer in model._layers], name=model.name)
        return made
    if not isinstance(model, Functional):
        raise ValueError(
            "Arguments `clone_function` and `input_tensors` are only supported for Sequential models or Functional models. "
            f"Received model of type '{type(model).__name__}', with clone_function={clone_function} and "
            f"input_tensors={input_tensors}"
        )
    inputs = _nest.map_structure(
        lambda one: Input(batch_shape=one.shape, dtype=one.dtype, name=one._keras_history[0].name), model.input
    )
    made = {}

    def run(operation, args, options):
        if operation not in made:
            made[operation] = clone(operation) if hasattr(operation, "weights") else operation
        return _nest.flatten(made[operation](*args, **options))

    return Functional(inputs, model._packed(model._graph.values(_nest.flatten(inputs), run)), name=model.name)
