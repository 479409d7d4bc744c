# SPDX-License-Identifier: Apache-2.0
"""sklearn.exceptions, as far as the stand-in raises them."""
from tapescope.standin import lacking


class NotFittedError(ValueError, AttributeError):
    pass


class InvalidParameterError(ValueError, TypeError):
    pass


class UndefinedMetricWarning(UserWarning):
    pass


__getattr__ = lacking(globals())


class DataConversionWarning(UserWarning):
    """Data was taken for what it is not quite."""
