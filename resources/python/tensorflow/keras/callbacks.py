# SPDX-License-Identifier: Apache-2.0
"""keras.callbacks: what hears of a training's epochs and batches."""

import os
import warnings

import numpy

from tensorflow.keras._progress import Progress


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
    def on_train_batch_end(self, batch, logs=None):
        loss = (logs or {}).get("loss")
        if loss is not None and not numpy.isfinite(float(loss)):
            print(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True


class _Watching(Callback):
    """Looks at one of the numbers after each epoch."""

    def _take(self, monitor, mode, min_delta):
        self.monitor, self.mode = monitor, mode
        rises = mode == "max" or (mode == "auto" and ("acc" in monitor or "auc" in monitor))
        self._better = (lambda new, old: new - abs(min_delta) > old) if rises else (lambda new, old: new + abs(min_delta) < old)
        self.best = None

    def _value(self, logs, doing):
        value = (logs or {}).get(self.monitor)
        if value is None:
            warnings.warn(
                f"{doing} conditioned on metric `{self.monitor}` which is not available. Available metrics are: "
                f"{','.join((logs or {}).keys())}",
                stacklevel=3,
            )
        return value

    def _improved(self, value):
        if self.best is None or self._better(value, self.best):
            self.best = value
            return True
        return False


class EarlyStopping(_Watching):
    def __init__(self, monitor="val_loss", min_delta=0, patience=0, verbose=0, mode="auto", baseline=None,
                 restore_best_weights=False, start_from_epoch=0):
        super().__init__()
        self._take(monitor, mode, min_delta)
        self.patience, self.verbose, self.baseline = patience, verbose, baseline
        self.restore_best_weights, self.start_from_epoch = restore_best_weights, start_from_epoch
        self.wait = self.stopped_epoch = 0
        self.best_weights, self.best_epoch = None, 0

    def on_train_begin(self, logs=None):
        self.wait = self.stopped_epoch = 0
        self.best, self.best_weights, self.best_epoch = None, None, 0

    def on_epoch_end(self, epoch, logs=None):
        value = self._value(logs, "Early stopping")
        if value is None or epoch < self.start_from_epoch:
            return
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights, self.best_epoch = self.model.get_weights(), epoch
        self.wait += 1
        if self._improved(value):
            self.best_epoch = epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self._better(value, self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.stopped_epoch > 0 and self.verbose > 0:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.restore_best_weights and self.best_weights is not None:
            if self.verbose > 0:
                print(f"Restoring model weights from the end of the best epoch: {self.best_epoch + 1}.")
            self.model.set_weights(self.best_weights)


class LearningRateScheduler(Callback):
    def __init__(self, schedule, verbose=0):
        super().__init__()
        self.schedule, self.verbose = schedule, verbose

    def on_epoch_begin(self, epoch, logs=None):
        rate = float(self.model.optimizer.learning_rate)
        try:
            rate = self.schedule(epoch, rate)
        except TypeError:
            rate = self.schedule(epoch)
        self.model.optimizer.learning_rate = rate
        if self.verbose > 0:
            print(f"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {rate}.")

    def on_epoch_end(self, epoch, logs=None):
        if logs is not None:
            logs["learning_rate"] = float(self.model.optimizer.learning_rate)


class ReduceLROnPlateau(_Watching):
    def __init__(self, monitor="val_loss", factor=0.1, patience=10, verbose=0, mode="auto", min_delta=1e-4, cooldown=0,
                 min_lr=0.0, **kwargs):
        super().__init__()
        if factor >= 1.0:
            raise ValueError(f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={factor}")
        self._take(monitor, mode, min_delta)
        self.factor, self.patience, self.verbose, self.cooldown, self.min_lr = factor, patience, verbose, cooldown, min_lr
        self.wait = self.cooldown_counter = 0

    def on_epoch_end(self, epoch, logs=None):
        logs["learning_rate"] = float(self.model.optimizer.learning_rate)
        value = self._value(logs, "Learning rate reduction is")
        if value is None:
            return
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.wait = 0
        if self._improved(value):
            self.wait = 0
        elif self.cooldown_counter <= 0:
            self.wait += 1
            before = float(numpy.float32(self.model.optimizer.learning_rate))
            if self.wait >= self.patience and before > numpy.float32(self.min_lr):
                after = max(before * self.factor, self.min_lr)
                self.model.optimizer.learning_rate = after
                if self.verbose > 0:
                    print(f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {after}.")
                self.cooldown_counter, self.wait = self.cooldown, 0


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

    on_test_batch_end = on_predict_batch_end = on_train_batch_end

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
        for one in self.callbacks:
            one.set_model(model)
            one.set_params({"verbose": verbose, "epochs": params.get("epochs", 1), "steps": params.get("steps")})


def _telling(name):
    def tell(self, *args):
        if args and isinstance(args[-1], dict) and name != "on_epoch_end":
            args = (*args[:-1], plain(args[-1]))
        for one in self.callbacks:
            getattr(one, name)(*args)
            if name.endswith(("_batch_begin", "_batch_end")) and "train" in name:
                getattr(one, name.replace("train_", ""))(*args)

    return tell


for _name in HEARD:
    setattr(CallbackList, _name, _telling(_name))


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


class ModelCheckpoint(_Watching):
    """Keeps the model in memory, under the path that a file would have."""

    def __init__(self, filepath, monitor="val_loss", verbose=0, save_best_only=False, save_weights_only=False, mode="auto",
                 save_freq="epoch", initial_value_threshold=None):
        super().__init__()
        self._take(monitor, mode, 0)
        self.best = initial_value_threshold
        self.filepath, self.verbose, self.save_freq = os.fspath(filepath), verbose, save_freq
        self.save_best_only, self.save_weights_only = save_best_only, save_weights_only
        if save_freq != "epoch" and not isinstance(save_freq, int):
            raise ValueError(f"Unrecognized save_freq: {save_freq}. Expected save_freq are 'epoch' or integer values")
        if save_weights_only and not self.filepath.endswith(".weights.h5"):
            raise ValueError("When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in "
                             f"`.weights.h5` (Keras weights format). Received: filepath={self.filepath}")
        if not save_weights_only and not self.filepath.endswith((".keras", ".h5")):
            raise ValueError("The filepath provided must end in `.keras` (Keras model format). Received: "
                             f"filepath={self.filepath}")
        self._batches, self._last, self._epoch = 0, None, 0

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_epoch_end(self, epoch, logs=None):
        if self.save_freq == "epoch":
            self._save(epoch, None, logs or {})

    def on_train_batch_end(self, batch, logs=None):
        if self.save_freq == "epoch":
            return
        self._batches += batch + 1 if self._last is None or batch <= self._last else batch - self._last
        self._last = batch
        if self._batches >= self.save_freq:
            self._batches = 0
            self._save(self._epoch, batch, logs or {})

    def _say(self, epoch, text):
        if self.verbose > 0:
            print(f"\nEpoch {epoch + 1}: {text}")

    def _is_due(self, epoch, logs, path):
        if not self.save_best_only:
            self._say(epoch, f"saving model to {path}")
            return True
        value = logs.get(self.monitor)
        if value is None:
            warnings.warn(f"Can save best model only with {self.monitor} available.", stacklevel=2)
            return True
        before = "None" if self.best is None else f"{self.best:.5f}"
        if self._improved(value):
            self._say(epoch, f"{self.monitor} improved from {before} to {value:.5f}, saving model to {path}")
            return True
        self._say(epoch, f"{self.monitor} did not improve from {before}")
        return False

    def _save(self, epoch, batch, logs):
        names = {"epoch": epoch + 1, **logs} if batch is None else {"epoch": epoch + 1, "batch": batch + 1, **logs}
        try:
            path = self.filepath.format(**names)
        except KeyError as error:
            raise KeyError(f'Failed to format this callback filepath: "{self.filepath}". Reason: {error}') from error
        if self._is_due(epoch, logs, path):
            (self.model.save_weights if self.save_weights_only else self.model.save)(path, overwrite=True)
            self._say(epoch, f"finished saving model to {path}")
