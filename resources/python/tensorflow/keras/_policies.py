# SPDX-License-Identifier: Apache-2.0
"""keras.DTypePolicy: in which dtype a layer keeps its variables, and in which it computes."""

import _tapescope

from tensorflow.keras._symbols import _applied
from tensorflow.keras._variable import standardize_dtype
from tensorflow.keras import _ops

FLOATS = ("float16", "float32", "float64", "bfloat16")


class DTypePolicy:
    quantization_mode = None

    def __init__(self, name=None):
        name = dtype_policy().name if name is None else name
        if not isinstance(name, str):
            raise TypeError(
                f"'name' must be a string, such as 'mixed_float16'. Received: name={name} (of type {type(name)})"
            )
        self.name = name
        if name in ("mixed_float16", "mixed_bfloat16"):
            self.compute_dtype, self.variable_dtype = name[len("mixed_"):], "float32"
        else:
            try:
                self.compute_dtype = self.variable_dtype = standardize_dtype(name)
            except ValueError:
                raise ValueError(
                    f"Cannot convert '{name}' to a mixed precision DTypePolicy. Valid policies include 'mixed_float16', "
                    "'mixed_bfloat16', and the name of any float dtype such as 'float32'."
                ) from None

    def convert_input(self, x, autocast, dtype):
        """Floats of another dtype are cast; integers stay."""
        if hasattr(x, "record_history"):
            if autocast and x.dtype in FLOATS and x.dtype != dtype:
                return _applied("Cast", lambda value: _ops.cast(value, dtype), x)
            return x
        if not _tapescope.is_tensor(x):
            if not hasattr(x, "__array__"):
                return x
            x = _tapescope.tensor(x)
        return _ops.cast(x, dtype) if autocast and _ops.named(x.dtype) in FLOATS else x

    def get_config(self):
        return {"name": self.name}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def __repr__(self):
        return f'<DTypePolicy "{self.name}">'

    def __eq__(self, other):
        return isinstance(other, DTypePolicy) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


DTypePolicy.__module__ = "keras.src.dtype_policies.dtype_policy"


class _Default:
    policy = None


def dtype_policy():
    if _Default.policy is None:
        _Default.policy = DTypePolicy(_ops.floatx())
    return _Default.policy


def set_dtype_policy(policy):
    _Default.policy = policy if isinstance(policy, DTypePolicy) else DTypePolicy(policy)


def get(identifier):
    if identifier is None:
        return dtype_policy()
    if isinstance(identifier, DTypePolicy):
        return identifier
    if isinstance(identifier, dict):
        return DTypePolicy.from_config(identifier["config"])
    if isinstance(identifier, str):
        return DTypePolicy(identifier)
    try:
        return DTypePolicy(standardize_dtype(identifier))
    except Exception:
        raise ValueError(
            "Cannot interpret `dtype` argument. Expected a string or an instance of DTypePolicy. "
            f"Received: dtype={identifier}"
        ) from None


def serialize(policy):
    return {"module": "keras", "class_name": "DTypePolicy", "config": policy.get_config(), "registered_name": None}
