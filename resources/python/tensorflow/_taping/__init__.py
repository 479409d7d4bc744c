# SPDX-License-Identifier: Apache-2.0
"""Tapes, variables, and what a script does with gradients."""
