# SPDX-License-Identifier: Apache-2.0
"""Values that are set in a column: in its own array where its dtype holds them, else in a wider one, with a warning."""
import warnings

import numpy as np

from pandas._values import array_of, common


def written(values, places, given):
    """`values` with `given` at places; the array itself where it can hold it."""
    given = array_of(given) if np.ndim(given) else given
    wanted = np.asarray(given)
    wanted = wanted.astype(object) if wanted.dtype.kind in "US" or given is None else wanted
    if not _holds(values.dtype, wanted):
        if wanted.dtype.kind == "f" and np.isnan(wanted).all():
            values = values.astype(object if values.dtype.kind == "b" else np.float64)
        else:
            shown = given if np.ndim(given) == 0 else np.asarray(given).tolist()
            warnings.warn("Setting an item of incompatible dtype is deprecated and will raise an error in a future version of "
                          f"pandas. Value '{shown}' has dtype incompatible with {values.dtype}, please explicitly cast to a "
                          "compatible dtype first.", FutureWarning, stacklevel=4)
            values = values.astype(common([values, wanted]))
    elif not values.flags.writeable:
        values = values.copy()
    if given is None and values.dtype.kind == "f":
        given = np.nan
    values[places] = given
    return values


def _holds(dtype, wanted):
    """Can values of a dtype be kept as another without a loss?"""
    if dtype.kind == "O" or dtype == wanted.dtype:
        return True
    if dtype.kind == "f":
        return wanted.dtype.kind in "iuf" or (wanted.ndim == 0 and wanted.item() is None)
    if dtype.kind in "iu":
        if wanted.dtype.kind == "f":
            return bool(np.all(wanted == np.floor(wanted)))
        return wanted.dtype.kind in "iu"
    return False
