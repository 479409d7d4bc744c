# SPDX-License-Identifier: Apache-2.0
"""What the worker does in Python: finding modules, reading the script's tree, rewriting it, wording its failures."""
