# SPDX-License-Identifier: Apache-2.0
"""What a callback is: an object that hears of a training's epochs and batches."""

import _tapescope


class Callback:
    def __init__(self):
        self.params = None
        self._model = None

    def set_params(self, params):
        self.params = params

    def set_model(self, model):
        self._model = model

    @property
    def model(self):
        return self._model

    def _hear(self, *args, **kwargs):
        """Does nothing, unless a subclass says otherwise."""


HEARD = ["on_epoch_begin", "on_epoch_end"]
for _phase in ("train", "test", "predict"):
    HEARD += [f"on_{_phase}_begin", f"on_{_phase}_end", f"on_{_phase}_batch_begin", f"on_{_phase}_batch_end"]
for _name in [*HEARD, "on_batch_begin", "on_batch_end"]:
    setattr(Callback, _name, Callback._hear)


def _as_batch(name):
    def hear(self, batch, logs=None):
        getattr(self, name)(batch, logs=logs)

    return hear


# Who says nothing of training's batches in particular hears of them as of batches.
Callback.on_train_batch_begin, Callback.on_train_batch_end = _as_batch("on_batch_begin"), _as_batch("on_batch_end")


def plain(logs):
    """Numbers of Python's, by sorted name; dictionaries inside are spread."""
    found = {}
    for key, value in sorted((logs or {}).items()):
        if isinstance(value, dict):
            found.update(plain(value))
        else:
            try:
                found[key] = float(value)
            except (TypeError, ValueError):
                found[key] = value
    return found


def each_optimizer(optimizer):
    """(what a message calls it, optimizer): one without a name, or several."""
    several = getattr(optimizer, "optimizers", None)
    return [("", optimizer)] if several is None else [(f" {one.name}", one) for one in several]


def write_rates(optimizer, logs):
    """Writes down the rate of the optimizer, or of each of several."""
    for name, one in each_optimizer(optimizer):
        new = _tapescope.keras == "3"
        shown = f"{'learning_rate' if new else 'lr'}{name.replace(' ', '_', 1)}"
        logs[shown] = float(one.learning_rate) if new else one.learning_rate.numpy()
