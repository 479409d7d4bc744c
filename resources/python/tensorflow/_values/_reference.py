# SPDX-License-Identifier: Apache-2.0
"""What ref() gives: a tensor or variable as a key, by identity, because == compares their elements."""


class Reference:
    __slots__ = ("_wrapped", "__weakref__")
    __module__ = "tensorflow.python.util.object_identity"

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def deref(self):
        """The object itself."""
        return self._wrapped

    @property
    def unwrapped(self):
        raise AttributeError("'Reference' object has no attribute 'unwrapped'")

    def _assert_type(self, other):
        if not isinstance(other, Reference):
            raise TypeError("Cannot compare wrapped object with unwrapped object")

    def __lt__(self, other):
        self._assert_type(other)
        return id(self._wrapped) < id(other._wrapped)

    def __gt__(self, other):
        self._assert_type(other)
        return id(self._wrapped) > id(other._wrapped)

    def __eq__(self, other):
        if other is None:
            return False
        self._assert_type(other)
        return self._wrapped is other._wrapped

    def __ne__(self, other):
        return not self.__eq__(other)

    def __hash__(self):
        return id(self._wrapped)

    def __repr__(self):
        return f"<Reference wrapping {self._wrapped!r}>"


def ref(self):
    """A key for sets and dictionaries."""
    return Reference(self)
