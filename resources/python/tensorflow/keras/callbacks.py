# SPDX-License-Identifier: Apache-2.0
"""keras.callbacks: what hears of a training's epochs and batches."""

import numpy

from tensorflow.keras._callback import HEARD, Callback, each_optimizer, plain, write_rates
from tensorflow.keras._monitoring import EarlyStopping, ModelCheckpoint, MonitorCallback, ReduceLROnPlateau
from tensorflow.keras._progress import Progress


class History(Callback):
    def __init__(self):
        super().__init__()
        self.history = {}

    def on_train_begin(self, logs=None):
        self.epoch = []

    def on_epoch_end(self, epoch, logs=None):
        self.epoch.append(epoch)
        for key, value in (logs or {}).items():
            self.history.setdefault(key, []).append(value)
        self.model.history = self


class LambdaCallback(Callback):
    def __init__(self, on_epoch_begin=None, on_epoch_end=None, on_train_begin=None, on_train_end=None,
                 on_train_batch_begin=None, on_train_batch_end=None, **kwargs):
        super().__init__()
        given = {key: value for key, value in locals().items() if key.startswith("on_")}
        self.__dict__.update({key: value for key, value in {**given, **kwargs}.items() if value is not None})


class TerminateOnNaN(Callback):
    def __init__(self, raise_error=False):
        super().__init__()
        self.raise_error = raise_error

    def on_train_batch_end(self, batch, logs=None):
        loss = (logs or {}).get("loss")
        if loss is not None and not numpy.isfinite(float(loss)):
            if self.raise_error:
                raise RuntimeError(f"NaN or Inf loss encountered at batch {batch}. Loss value: {loss}. Terminating training "
                                   "immediately.")
            print(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True


class LearningRateScheduler(Callback):
    def __init__(self, schedule, verbose=0):
        super().__init__()
        self.schedule, self.verbose = schedule, verbose

    def _next_rate(self, epoch, optimizer):
        if not hasattr(optimizer, "learning_rate"):
            raise ValueError('Optimizer must have a "learning_rate" attribute.')
        try:
            rate = self.schedule(epoch, float(optimizer.learning_rate))
        except TypeError:
            rate = self.schedule(epoch)
        if not isinstance(rate, (float, numpy.float32, numpy.float64)):
            raise ValueError(f"The output of the `schedule` function should be a float. Got: {rate}")
        return rate

    def on_epoch_begin(self, epoch, logs=None):
        for name, optimizer in each_optimizer(self.model.optimizer):
            optimizer.learning_rate = rate = self._next_rate(epoch, optimizer)
            if self.verbose > 0:
                print(f"\nEpoch {epoch + 1}: LearningRateScheduler setting{name} learning rate to {rate}.")

    def on_epoch_end(self, epoch, logs=None):
        if logs is not None:
            write_rates(self.model.optimizer, logs)


class ProgbarLogger(Callback):
    """Prints each epoch's line."""

    def __init__(self, verbose):
        super().__init__()
        self._verbose = verbose
        self._bar = None

    def on_epoch_begin(self, epoch, logs=None):
        if self._verbose and self.params["epochs"] > 1:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")
        self._start()

    def _start(self, logs=None):
        self._bar = Progress(self.params["steps"], self._verbose)
        self._seen = 0

    on_predict_begin = _start

    def on_test_begin(self, logs=None):
        if self._bar is None or self._standing_alone:
            self._start()

    _standing_alone = False

    def on_train_batch_end(self, batch, logs=None):
        self._seen = batch + 1
        self._bar.update(self._seen, plain(logs), False)

    on_test_batch_end = on_train_batch_end

    def on_predict_batch_end(self, batch, logs=None):
        self.on_train_batch_end(batch)  # what was predicted is no number for a line

    def on_epoch_end(self, epoch, logs=None):
        self._bar.update(self.params["steps"] or self._seen, logs, True)

    def on_test_end(self, logs=None):
        if self._standing_alone:
            self.on_epoch_end(0, plain(logs))

    def on_predict_end(self, logs=None):
        self.on_epoch_end(0, {})


class CallbackList(Callback):
    """Tells all of them."""

    def __init__(self, callbacks=None, add_history=False, add_progbar=False, model=None, **params):
        super().__init__()
        given = [] if callbacks is None else callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]
        verbose = 1 if params.get("verbose") == "auto" else params.get("verbose", 0)
        bar = [ProgbarLogger(verbose)] if add_progbar and not any(isinstance(one, ProgbarLogger) for one in given) else []
        self.callbacks = [*given, *bar, *([History()] if add_history else [])]
        self.bar = next((one for one in self.callbacks if isinstance(one, ProgbarLogger)), None)
        self.mute = None  # the one that does not hear of a validation
        for one in self.callbacks:
            one.set_model(model)
            one.set_params({"verbose": verbose, "epochs": params.get("epochs", 1), "steps": params.get("steps")})


def _telling(name):
    numbered, by_batch = "batch" in name or "epoch" in name, "_batch_" in name

    def tell(self, *args):
        logs = args[numbered] if len(args) > numbered else None
        logs = (logs or {}) if name == "on_epoch_end" else plain(logs)
        number = args[:numbered]
        for one in self.callbacks:
            if one is self.mute:
                continue
            if by_batch:
                getattr(one, name)(*number, logs=logs)
            else:
                getattr(one, name)(*number, logs)

    return tell


for _name in HEARD:
    setattr(CallbackList, _name, _telling(_name))


class SwapEMAWeights(Callback):
    """Puts the moving averages of the weights into the model for evaluation, and takes them out again."""

    def __init__(self, swap_on_epoch=False):
        super().__init__()
        self.swap_on_epoch = swap_on_epoch
        self._swapped = False

    def _optimizers(self):
        optimizer = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
        several = getattr(optimizer, "optimizers", None)
        found = [one for one in several or [optimizer] if one.use_ema]
        if several and not found:
            raise ValueError(
                "SwapEMAWeights must be used when at least one inner optimizer has `use_ema=True` set. Received a MultiOptimizer "
                "with all inner optimizers having `use_ema=False`."
            )
        if not found:
            raise ValueError(
                f"SwapEMAWeights must be used when `use_ema=True` is set on the optimizer. Received: use_ema={optimizer.use_ema}"
            )
        return found

    def _pairs(self):
        for optimizer in self._optimizers():
            yield from zip(optimizer._trainable, optimizer._model_variables_moving_average)

    def _swap(self, swapped):
        for variable, average in self._pairs():
            value = variable.numpy()
            variable.assign(average)
            average.assign(value)
        self._swapped = swapped

    def on_epoch_begin(self, epoch, logs=None):
        if self.swap_on_epoch and self._swapped:
            self._swap(False)

    def on_epoch_end(self, epoch, logs=None):
        if self.swap_on_epoch and not self._swapped:
            self._swap(True)
            if epoch == self.params["epochs"] - 1:  # what ends fit() takes the averages: they are the model's own now
                for variable, average in self._pairs():
                    average.assign(variable.numpy())

    def on_test_begin(self, logs=None):
        if not self._swapped:
            self._swap(True)

    def on_test_end(self, logs=None):
        if self._swapped:
            self._swap(False)

    on_predict_begin = on_test_begin

    def on_predict_end(self, logs=None):
        if not self._swapped:  # as Keras has it: what was put in stays in
            self._swap(False)


class _Unwritten(Callback):
    """Writes a file that nobody can read here, so it writes none."""

    def __init__(self, *args, **kwargs):
        from tapescope.standin import note_once

        super().__init__()
        note_once(f"keras.callbacks.{type(self).__name__} writes files, which a script cannot do here: it is left out.")


class TensorBoard(_Unwritten):
    pass


class CSVLogger(_Unwritten):
    pass


class BackupAndRestore(_Unwritten):
    pass
