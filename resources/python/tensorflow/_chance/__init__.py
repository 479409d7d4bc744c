# SPDX-License-Identifier: Apache-2.0
"""From seeds to random numbers."""
