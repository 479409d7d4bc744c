# SPDX-License-Identifier: Apache-2.0
"""Models as JSON and back: to_json() and model_from_json()."""

import json

from tensorflow.keras import _saving, optimizers


def compile_config(model):
    """What compile() was given; nothing where it was not called."""
    if not model.compiled:
        return {}
    given = {name: _plain(value) for name, value in model._compiled_with.items()}
    run_eagerly = given.pop("run_eagerly")
    return {"optimizer": optimizers.serialize(model.optimizer), **given, "run_eagerly": run_eagerly, "steps_per_execution": 1,
            "jit_compile": False}


def _plain(value):
    """Names stay names; losses and metrics that are objects become their configurations."""
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    from tensorflow.keras import losses, metrics

    home = metrics if isinstance(value, metrics.Metric) else losses
    return home.serialize(value)


def to_json(self, **kwargs):
    return json.dumps({**_saving.serialize(self), "compile_config": compile_config(self)}, **kwargs)


def model_from_json(json_string, custom_objects=None):
    config = json.loads(json_string)
    model = _saving.deserialize(config, custom_objects)
    if config.get("compile_config"):
        compile_from(model, config["compile_config"], custom_objects)
    return model


def compile_from(model, compiled, custom_objects=None):
    from tensorflow.keras import losses, metrics

    def found(value, home):
        if isinstance(value, list):
            return [found(one, home) for one in value]
        return home.deserialize(value, custom_objects) if isinstance(value, dict) and "class_name" in value else value

    model.compile(
        optimizers.deserialize(compiled["optimizer"], custom_objects), found(compiled["loss"], losses),
        compiled["loss_weights"], found(compiled["metrics"], metrics), found(compiled["weighted_metrics"], metrics),
    )
