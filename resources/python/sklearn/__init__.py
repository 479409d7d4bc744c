# SPDX-License-Identifier: Apache-2.0
"""Stands in for scikit-learn: data made up, split, scaled and scored, with the same numbers for the same seed."""
from tapescope.standin import lacking

__version__ = "1.9.1"
__all__ = ["datasets", "exceptions", "metrics", "model_selection", "preprocessing", "utils"]
__getattr__ = lacking(globals())
