# SPDX-License-Identifier: Apache-2.0
"""tf.train.ExponentialMovingAverage: shadows of variables, which follow them slowly."""

import _tapescope


class ExponentialMovingAverage:
    def __init__(self, decay, num_updates=None, zero_debias=False, name="ExponentialMovingAverage"):
        self._decay, self._num_updates, self._zero_debias, self._name = decay, num_updates, zero_debias, name
        self._shadows = {}  # by the variable's number: the variable and its shadow

    @property
    def name(self):
        return self._name

    def apply(self, var_list=None):
        from tensorflow import Variable

        decay = float(self._decay)
        if self._num_updates is not None:
            decay = min(decay, (1.0 + float(self._num_updates)) / (10.0 + float(self._num_updates)))
        for variable in var_list or ():
            known = self._shadows.get(variable._unique_id)
            if known is None:
                shadow = Variable(variable, trainable=False, name=self.average_name(variable))
                self._shadows[variable._unique_id] = known = (variable, shadow)
            shadow = known[1]
            _tapescope.suspend_recording()
            try:
                shadow.assign_sub((shadow - variable) * (1.0 - decay))
            finally:
                _tapescope.resume_recording()

    def average(self, var):
        known = self._shadows.get(getattr(var, "_unique_id", None))
        return None if known is None else known[1]

    def average_name(self, var):
        return f"{var.name.split(':')[0]}/{self._name}"


ExponentialMovingAverage.__module__ = "tensorflow.python.training.moving_averages"
