# SPDX-License-Identifier: Apache-2.0
"""pandas.errors: what is raised under names of its own."""
from tapescope.standin import lacking


class EmptyDataError(ValueError):
    pass


class ParserError(ValueError):
    pass


class IntCastingNaNError(ValueError):
    pass


class IndexingError(Exception):
    pass


__getattr__ = lacking(globals())
