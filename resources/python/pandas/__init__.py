# SPDX-License-Identifier: Apache-2.0
"""Stands in for pandas: tables that are read, looked at, cut and handed to numpy."""
import numpy as np

from pandas._frame import DataFrame, concat, get_dummies
from pandas._reading import read_csv
from pandas._series import Series
from tapescope.standin import lacking

__version__ = "2.2.3"


def isna(value):
    return value.isna() if hasattr(value, "isna") else np.isnan(value) if isinstance(value, (float, np.ndarray)) else value is None


def notna(value):
    return ~isna(value) if hasattr(value, "isna") else not isna(value)


isnull, notnull = isna, notna


def set_option(*arguments, **options):
    pass


__getattr__ = lacking(globals())
