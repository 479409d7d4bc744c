# SPDX-License-Identifier: Apache-2.0
"""Muon: keras/src/optimizers/muon.py."""

import re

import _tapescope

from tensorflow.keras.optimizers._base import Optimizer
from tensorflow.keras.optimizers._classes import optimizer_class


class Muon(
    optimizer_class(
        "Muon", 0.001, Optimizer, {"weight_decay": 0.004}, adam_beta_1=0.9, adam_beta_2=0.999, epsilon=1e-7, muon_a=3.4445,
        muon_b=-4.775, muon_c=2.0315, adam_lr_ratio=1, momentum=0.95, ns_steps=5, nesterov=True, rms_rate=0.2,
    )
):
    """Matrices by orthogonal steps, everything else by AdamW."""

    def __init__(self, learning_rate=0.001, adam_beta_1=0.9, adam_beta_2=0.999, adam_weight_decay=0.004, **named):
        self.exclude_layers = named.pop("exclude_layers", None) or []
        self.exclude_embeddings = named.pop("exclude_embeddings", True)
        self.adam_weight_decay = adam_weight_decay
        super().__init__(learning_rate, adam_beta_1=adam_beta_1, adam_beta_2=adam_beta_2, **named)

    def _should_use_adamw(self, variable):
        if len(variable.shape) != 2:
            return True
        if self.exclude_embeddings and "embedding" in variable.path.lower():
            return True
        return any(re.search(keyword, variable.path) for keyword in self.exclude_layers)

    def _tell(self, variable):
        """The rule looks at shapes; which matrices are none to it, it has to be told before each."""
        by_adam = self._should_use_adamw(variable)
        _tapescope.set_setting(self._number, "left_out", float(by_adam and len(variable.shape) == 2))
        return by_adam

    def _add_slots(self, variables):
        for variable in variables:
            self._tell(variable)
            super()._add_slots([variable])

    def _decay_of(self, variable):
        by_adam = self._tell(variable)
        if not by_adam or not self._use_weight_decay(variable):
            return super()._decay_of(variable)
        return float(self.adam_weight_decay or 0.0)

    def lr_adjust(self, x):
        if self.rms_rate is None:
            return x
        import tensorflow

        longer = tensorflow.cast(max(x.shape[0], x.shape[1]), "float32")
        return x * tensorflow.cast(tensorflow.sqrt(longer), x.dtype) * self.rms_rate

    def zeropower_via_newtonschulz5(self, x, steps):
        """Towards the nearest orthogonal matrix, as the rule does it."""
        import tensorflow

        x = tensorflow.convert_to_tensor(x)
        if x.shape.rank < 2:
            raise ValueError(
                f"Expected gradient or momentum to have at least 2 dimensions. Received: shape={tuple(x.shape.as_list())}"
            )
        a, b, c = self.muon_a, self.muon_b, self.muon_c
        tall = x.shape[-2] > x.shape[-1]
        x = tensorflow.linalg.matrix_transpose(x) if tall else x
        x = x / (tensorflow.norm(x, axis=(-2, -1), keepdims=True) + 1e-7)
        for _ in range(steps):
            squared = tensorflow.matmul(x, x, transpose_b=True)
            x = a * x + tensorflow.matmul(b * squared + tensorflow.matmul(c * squared, squared), x)
        return tensorflow.linalg.matrix_transpose(x) if tall else x

    def get_config(self):
        return {
            **super().get_config(), "exclude_layers": self.exclude_layers, "exclude_embeddings": self.exclude_embeddings,
            "adam_weight_decay": self.adam_weight_decay,
        }


Muon.__module__ = "keras.src.optimizers.muon"
