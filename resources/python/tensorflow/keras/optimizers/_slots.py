# SPDX-License-Identifier: Apache-2.0
"""What the engine keeps beside variables for an optimizer of Keras 3, by the names under which a class of a script's finds it."""

import _tapescope

from tensorflow._running import _staging
from tensorflow.keras.optimizers._variables import Slot

_MOMENTS = {"momentum": "_momentums", "velocity": "_velocities"}
#: Lists of an optimizer, in the order of its variables; Adafactor and Muon keep theirs otherwise.
_LISTS = {
    "SGD": {"momentum": "momentums"},
    "RMSprop": {**_MOMENTS, "average_gradient": "_average_gradients"},
    "Adagrad": {"accumulator": "_accumulators"},
    "Adadelta": {"accumulated_grad": "_accumulated_grads", "accumulated_delta_var": "_accumulated_delta_vars"},
    "Adam": {**_MOMENTS, "velocity_hat": "_velocity_hats"},
    "AdamW": {**_MOMENTS, "velocity_hat": "_velocity_hats"},
    "Adamax": {"momentum": "_m", "norm": "_u"},
    "Nadam": _MOMENTS,
    "Ftrl": {"accumulator": "_accumulators", "linear": "_linears"},
    "Lion": _MOMENTS,
    "Lamb": _MOMENTS,
    "ScheduleFreeAdamW": _MOMENTS,
}
#: These have all their lists, empty where nothing is kept.
_WHOLE = ("SGD", "RMSprop")


class Slots:
    #: Slots that come after all others of all variables, as Keras makes them.
    _apart = ()

    @staticmethod
    def _name_beside(variable, name):
        whole = getattr(variable, "path", None) or variable.name
        return f"{whole.replace('/', '_').replace(':', '_')}_{name}"

    def _add_slots(self, variables):
        named = [(variable, slot) for variable in variables for slot in _tapescope.slot_names(self._number, variable)]
        named.sort(key=lambda pair: self._apart.index(pair[1]) + 1 if pair[1] in self._apart else 0)
        for variable, slot in named:
            _staging.slot_made()
            self._add(Slot(self._number, variable, slot, self._name_beside(variable, slot), self._around + self.name))

    def _list_slots(self):
        rule = self._rule()
        lists = {name: [] for name in _LISTS.get(rule, {}).values()} if rule in _WHOLE else {}
        for each in self._own:
            name = _LISTS.get(rule, {}).get(each._place[2]) if type(each) is Slot else None
            if name is not None:
                lists.setdefault(name, []).append(each)
        for name, kept in lists.items():
            object.__setattr__(self, name, kept)
