# SPDX-License-Identifier: Apache-2.0
"""Tensors put together, taken apart, filled, ordered and counted."""
