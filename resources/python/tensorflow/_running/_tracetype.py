# SPDX-License-Identifier: Apache-2.0
"""tf.types.experimental: what kinds of arguments of one's own are made of."""

import abc


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


NAMES = {f"types.experimental.{one.__name__}": one for one in (TraceType, TracingContext, SupportsTracingProtocol)}
