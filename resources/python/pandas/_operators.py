# SPDX-License-Identifier: Apache-2.0
"""Operators of columns and tables: how numpy's arrays answer them, with Python's values where there are objects."""
import operator

import numpy as np

from pandas._values import missing

_ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
_COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
_LOGIC = {"and": operator.and_, "or": operator.or_, "xor": operator.xor}


def _quiet(function):
    """Divisions by 0 are infinities and NaN, and nothing is said of them."""
    def operate(left, right):
        with np.errstate(all="ignore"):
            return np.asarray(function(left, right))

    return operate


def _division(function):
    """What numpy says of whole numbers and 0 is 0; here it is infinity or NaN."""
    def operate(left, right):
        if function is not operator.truediv and np.any(np.equal(right, 0)):
            left, right = (np.asarray(side, dtype=np.float64) for side in (left, right))
        return function(left, right)

    return operate


def _compared(function):
    def operate(left, right):
        if np.asarray(left).dtype.kind != "O" and np.asarray(right).dtype.kind not in "OUS":
            return function(left, right)
        left, right = np.broadcast_arrays(np.asarray(left, dtype=object), np.asarray(right, dtype=object))
        either = missing(left) | missing(right)
        found = [function is operator.ne if gone else bool(function(*pair)) for gone, *pair in zip(either, left, right)]
        return np.array(found, dtype=bool)

    return operate


def _logical(function):
    def operate(left, right):
        for side in map(np.asarray, (left, right)):
            if side.dtype.kind in "fO":
                raise NotImplementedError("& and | of columns with other labels, or of values that are no truths, are not here; "
                                          "use columns of one table")
        return function(left, right)

    return operate


def _turned(function):
    return lambda left, right: function(right, left)


def _operations():
    for name in _ARITHMETIC:
        function = getattr(operator, name)
        function = _quiet(_division(function) if name in ("floordiv", "mod", "truediv") else function)
        yield name, function, False
        yield "r" + name, _turned(function), False
    for name in _COMPARISONS:
        yield name, _compared(getattr(operator, name)), True
    for name, function in _LOGIC.items():
        yield name, _logical(function), False
        yield "r" + name, _turned(_logical(function)), False


def _named(name, operator):
    """df.sub(other): the operator, along the rows where asked."""
    def method(self, other, axis="columns", level=None, fill_value=None):
        if level is not None or fill_value is not None:
            raise NotImplementedError(f"{name}() is here without level and fill_value; fill what is missing with fillna() before")
        along_rows = axis in (0, "index") and hasattr(self, "columns") and hasattr(other, "index") and not hasattr(other, "columns")
        if not along_rows:
            return operator(self, other)
        return type(self)({column: operator(self[column], other) for column in self.columns})

    method.__name__ = name
    return method


def give_operators(cls):
    """Operators and the methods of the same names for a class with _together(other, operate, compares) and _like()."""
    def binary(name, operate, compares):
        def method(self, other):
            return self._together(other, operate, compares)

        method.__name__ = name
        return method

    for name, operate, compares in _operations():
        method = binary(name, operate, compares)
        setattr(cls, f"__{name}__", method)
        if name.lstrip("r") not in _LOGIC and name not in ("and", "or", "xor"):
            setattr(cls, name, _named(name, method))
    cls.div, cls.rdiv, cls.divide, cls.multiply, cls.subtract = cls.truediv, cls.rtruediv, cls.truediv, cls.mul, cls.sub
    cls.__array_ufunc__ = _ufunc


def _ufunc(self, ufunc, method, *inputs, **options):
    """np.log(column) is a column; np.array(...) / column is one as well."""
    if method != "__call__" or options.get("out") is not None:
        return NotImplemented
    if len(inputs) == 1:
        return self._each(lambda values: ufunc(values, **options))
    own = next(place for place, one in enumerate(inputs) if one is self)
    def operate(left, right):
        return ufunc(left, right, **options)

    return self._together(inputs[1 - own], operate if own == 0 else _turned(operate))
