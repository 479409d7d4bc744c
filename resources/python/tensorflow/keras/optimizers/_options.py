# SPDX-License-Identifier: Apache-2.0
"""Options that every optimizer of Keras 3 has, and which variables keep their weights from decaying."""

import re

#: In the order in which they may be given without their names, after those of the class.
SHARED = (
    "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum", "ema_overwrite_frequency",
    "loss_scale_factor", "gradient_accumulation_steps", "name",
)
_DEFAULTS = {
    "weight_decay": None, "clipnorm": None, "global_clipnorm": None, "clipvalue": None, "use_ema": False,
    "ema_momentum": 0.99, "ema_overwrite_frequency": None, "loss_scale_factor": None, "gradient_accumulation_steps": None,
}


class Options:
    @staticmethod
    def _check_names(given):
        unknown = {name: value for name, value in given.items() if name not in _DEFAULTS}
        if unknown:
            raise ValueError(f"Argument(s) not recognized: {unknown}")

    def _take_options(self, given):
        for name, default in _DEFAULTS.items():
            setattr(self, name, given.get(name, default))
        self._excluded, self._pattern, self._decays = set(), None, {}
        self._check_options()

    def _check_options(self):
        steps = self.gradient_accumulation_steps
        if steps and not steps >= 2:
            raise ValueError(
                "`gradient_accumulation_steps` must be an integer >= 2. Received: "
                f"gradient_accumulation_steps={steps}"
            )
        frequency = self.ema_overwrite_frequency
        if self.use_ema and not 0 <= self.ema_momentum <= 1:
            raise ValueError(
                f"`ema_momentum` must be in the range [0, 1]. Received: ema_momentum={self.ema_momentum}"
            )
        if self.use_ema and frequency and (not isinstance(frequency, int) or frequency < 1):
            raise ValueError(
                "`ema_overwrite_frequency` must be an integer >= 1 or None. Received: "
                f"ema_overwrite_frequency={frequency}"
            )
        if sum(each is not None for each in (self.clipnorm, self.clipvalue, self.global_clipnorm)) > 1:
            raise ValueError(
                "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: "
                f"clipnorm={self.clipnorm}, clipvalue={self.clipvalue}, global_clipnorm={self.global_clipnorm}"
            )

    def exclude_from_weight_decay(self, var_list=None, var_names=None):
        self._excluded = {variable._unique_id for variable in var_list} if var_list else set()
        self._pattern = re.compile("|".join(set(var_names))) if var_names and len(var_names) > 0 else None
        self._decays = {}

    def _use_weight_decay(self, variable):
        known = self._decays.get(variable._unique_id)
        if known is None:
            named = self._pattern is not None and self._pattern.search(variable.name) is not None
            known = self._decays[variable._unique_id] = not named and variable._unique_id not in self._excluded
        return known

    def _decay_of(self, variable):
        """How much of its weights this variable loses in a step, for each unit of learning rate."""
        if self.weight_decay is None or not self._use_weight_decay(variable):
            return 0.0
        return float(self.weight_decay)

    def _shared_config(self):
        return {name: getattr(self, name) for name in _DEFAULTS}
