# SPDX-License-Identifier: Apache-2.0
"""Stands in for absl: flags with their defaults, app.run, logging."""
