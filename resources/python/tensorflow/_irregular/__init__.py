# SPDX-License-Identifier: Apache-2.0
"""Tensors without one length for each axis, or with few values: ragged and sparse ones."""
