# SPDX-License-Identifier: Apache-2.0
"""What runs a script's own functions, and what it asks of the installation."""
