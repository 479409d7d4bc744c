# SPDX-License-Identifier: Apache-2.0
"""Which names there are, what is said of those that are not, and of wrong arguments."""
