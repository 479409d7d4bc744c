# SPDX-License-Identifier: Apache-2.0
"""tf.TypeSpec: what the specifications of tensors of all kinds have in common; each kind registers its own."""

import abc


class TypeSpec(metaclass=abc.ABCMeta):
    __module__ = "tensorflow.python.framework.type_spec"

    @property
    @abc.abstractmethod
    def value_type(self):
        """The class of the values that this describes."""

    @property
    @abc.abstractmethod
    def _component_specs(self):
        """Specifications of the tensors that a value is made of."""

    @abc.abstractmethod
    def _to_components(self, value):
        """The tensors that a value is made of."""

    @abc.abstractmethod
    def _from_components(self, components):
        """A value from them."""

    @abc.abstractmethod
    def _serialize(self):
        """What tells this specification from others of its class."""
