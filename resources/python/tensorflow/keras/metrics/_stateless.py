# SPDX-License-Identifier: Apache-2.0
"""Metrics whose variables are somebody else's for the time of a call."""

import contextlib


class Stateless:
    @contextlib.contextmanager
    def _holding(self, values):
        """The variables have these values inside, and their own again afterwards; gives a function that reads them."""
        if len(values) != len(self.variables):
            raise ValueError(
                f"Argument `metric_variables` must be a list of tensors corresponding 1:1 to {type(self).__name__}().variables. "
                f"Received list with length {len(values)}, but expected {len(self.variables)} variables."
            )
        from tensorflow import identity

        before = [identity(variable.value) for variable in self.variables]
        try:
            for variable, value in zip(self.variables, values):
                variable.assign(value)
            yield lambda: [identity(variable.value) for variable in self.variables]
        finally:
            for variable, value in zip(self.variables, before):
                variable.assign(value)

    def stateless_update_state(self, metric_variables, *args, **kwargs):
        with self._holding(metric_variables) as values:
            self.update_state(*args, **kwargs)
            return values()

    def stateless_result(self, metric_variables):
        with self._holding(metric_variables):
            return self.result()

    def stateless_reset_state(self):
        with self._holding([variable.value for variable in self.variables]) as values:
            self.reset_state()
            return values()
