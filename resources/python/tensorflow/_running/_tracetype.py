# SPDX-License-Identifier: Apache-2.0
"""tf.types.experimental: what kinds of arguments of one's own are made of."""

import abc
import typing

import numpy

import _tapescope

from tensorflow._running._concrete import ConcreteFunction as _Concrete
from tensorflow._running._function import Function as _Function


class TraceType(metaclass=abc.ABCMeta):
    __module__ = "tensorflow.core.function.trace_type.trace_type"

    @abc.abstractmethod
    def is_subtype_of(self, other):
        """Whether a function that was traced for `other` takes this as well."""

    @abc.abstractmethod
    def most_specific_common_supertype(self, others):
        """A kind of which all of them are."""

    @abc.abstractmethod
    def placeholder_value(self, placeholder_context):
        """What stands for a value while a function is traced."""

    def cast(self, value, cast_context):
        return value


class TracingContext(metaclass=abc.ABCMeta):
    """What __tf_tracing_type__ is given."""


class SupportsTracingProtocol(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def __tf_tracing_type__(self, context):
        """The TraceType of this value."""


def _kind(name, *members):
    """A class of which these are, whose home is TensorFlow's."""
    kind = abc.ABCMeta(name, (), {"__module__": "tensorflow.python.types.core"})
    for member in members:
        kind.register(member)
    return kind


#: What becomes a tensor where one is wanted.
TensorLike = typing.Union[
    _tapescope.EagerTensor, _tapescope.ResourceVariable, int, float, bool, str, bytes, complex, tuple, list, numpy.ndarray, numpy.generic
]
_KINDS = {
    "Callable": (_Function, _Concrete),
    "ConcreteFunction": (_Concrete,),
    "AtomicFunction": (),
    "GenericFunction": (_Function,),
    "PolymorphicFunction": (_Function,),
}

NAMES = {f"types.experimental.{one.__name__}": one for one in (TraceType, TracingContext, SupportsTracingProtocol)}
NAMES |= {f"types.experimental.{name}": _kind(name, *members) for name, members in _KINDS.items()}
NAMES["types.experimental.TensorLike"] = TensorLike
