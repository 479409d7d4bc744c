# SPDX-License-Identifier: Apache-2.0
# keras: 2
# The rules before Keras 3 to the last bit, in each float: of tensors, and of slices that name rows twice.
_TWO = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"weight_decay": 0.1}], "Adagrad": [{}], "Adadelta": [{}],
    "Adam": [{}, {"amsgrad": True}], "AdamW": [{}], "Adamax": [{}], "Nadam": [{}], "Lion": [{}],
}
_LEGACY = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"decay": 0.1}], "Adagrad": [{}],
    "RMSprop": [{}, {"centered": True}], "Adam": [{}, {"amsgrad": True}], "Nadam": [{}],
}


for _home, _rules in (("", _TWO), ("legacy ", _LEGACY)):
    for _name, _each in _rules.items():
        for _options in _each:
            for _dtype in ("float16", "bfloat16", "float32"):
                for _sliced in (False, True):
                    _class = getattr(tf.keras.optimizers.legacy if _home else tf.keras.optimizers, _name)
                    _label = f"{_home}{' '.join([_name, *_options])} {_dtype}{' slices' if _sliced else ''}"
                    case(_label)(lambda c=_class, o=_options, d=_dtype, s=_sliced: three_steps(c(**o), d, s))


for _name, _options in (("RMSprop", {"momentum": 0.9}), ("RMSprop", {"centered": True, "momentum": 0.3}), ("Adamax", {}),
                        ("Ftrl", {}), ("Ftrl", {"l2_shrinkage_regularization_strength": 0.1})):
    for _dtype in ("float16", "float32"):
        _class = getattr(tf.keras.optimizers.legacy, _name)
        case(f"legacy {' '.join([_name, *_options])} {_dtype}")(lambda c=_class, o=_options, d=_dtype: three_steps(c(**o), d, False))
