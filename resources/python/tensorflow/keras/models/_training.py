# SPDX-License-Identifier: Apache-2.0
"""What a model has for its own training loop."""


class Trainer:
    compiled = False
    optimizer = None
    loss = None
