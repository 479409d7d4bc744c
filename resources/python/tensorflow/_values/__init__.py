# SPDX-License-Identifier: Apache-2.0
"""What a value is: element types, shapes, structures of values, conversions, errors, and how all of it prints."""
