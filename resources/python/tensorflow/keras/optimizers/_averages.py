# SPDX-License-Identifier: Apache-2.0
"""Means of the variables over the steps, which an optimizer of Keras 3 keeps where it is asked to."""

import _tapescope

from tensorflow._taping._zip import _python_zip
from tensorflow.keras.optimizers._variables import mixed, rounded


class Averages:
    def _move_averages(self):
        import numpy

        # Of the first step nothing of the start is kept.
        share = self.ema_momentum if int(self.iterations) != 0 else 0.0
        for variable, average in _python_zip(self._trainable, self._averages):
            value, dtype = numpy.asarray(_tapescope.array(variable)), average.dtype
            kind = value.dtype.type
            momentum = kind(rounded(kind(share), dtype))
            average._take(mixed(momentum, average._array(), kind(1) - momentum, value, dtype))
        frequency = self.ema_overwrite_frequency
        if frequency and (int(self.iterations) + 1) % frequency == 0:
            self._overwrite(self._trainable)

    def _overwrite(self, variables):
        if len(variables) != len(self._averages):
            raise ValueError(
                f"The length of model variables ({len(variables)}) to override does not match the length of model variables "
                f"stored in the optimizer ({len(self._averages)}). Please check if the optimizer was called on your model."
            )
        for variable, average in _python_zip(variables, self._averages):
            variable.assign(average.value)

    def finalize_variable_values(self, var_list):
        if self.use_ema:
            self._overwrite(var_list)
