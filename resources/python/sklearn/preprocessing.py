# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.preprocessing: scalers and encoders."""
from sklearn._encoders import LabelEncoder, OneHotEncoder, OrdinalEncoder
from sklearn._scalers import MinMaxScaler, RobustScaler, StandardScaler
from tapescope.standin import lacking

__all__ = ["LabelEncoder", "MinMaxScaler", "OneHotEncoder", "OrdinalEncoder", "RobustScaler", "StandardScaler"]
__getattr__ = lacking(globals())
