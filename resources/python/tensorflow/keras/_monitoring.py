# SPDX-License-Identifier: Apache-2.0
"""Callbacks that look at one of a training's numbers: to stop, to slow down, to keep the best."""

import os
import warnings

import numpy

from tensorflow.keras._callback import Callback, each_optimizer, write_rates


class MonitorCallback(Callback):
    """Looks at one of the numbers after each epoch."""

    def __init__(self, monitor="val_loss", mode="auto", baseline=None, min_delta=0):
        super().__init__()
        if mode not in ("auto", "min", "max"):
            warnings.warn(f"{type(self).__name__} mode '{mode}' is unknown, fallback to auto mode.", stacklevel=2)
            mode = "auto"
        self.monitor, self.mode, self.best, self.min_delta = monitor, mode, baseline, abs(min_delta)
        self._rises = None  # known once the model's metrics are there

    def on_epoch_end(self, epoch, logs=None):
        if self._rises is None:
            self._rises = self._is_rising()

    def _is_rising(self):
        """Is more better? A metric says so itself."""
        if self.mode != "auto":
            return self.mode == "max"
        name = self.monitor.removeprefix("val_")
        found = False if name == "loss" else None
        for metric in [metric for one in self.model.metrics for metric in getattr(one, "metrics", ())]:
            if metric.name == name and hasattr(metric, "_direction"):
                found = metric._direction == "up"
        if found is None:
            raise ValueError(
                f"{type(self).__name__} callback received monitor={self.monitor}, but Keras isn't able to automatically "
                "determine whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor based on "
                "the highest metric value, or pass `mode='min'` in order to use the lowest value."
            )
        return found

    def _is_improvement(self, value, reference):
        if reference is None:
            return True
        return value - self.min_delta > reference if self._rises else value + self.min_delta < reference

    def _value(self, logs, doing, end=""):
        value = (logs or {}).get(self.monitor)
        if value is None:
            warnings.warn(
                f"{doing} conditioned on metric `{self.monitor}` which is not available. Available metrics are: "
                f"{','.join((logs or {}).keys())}{end}",
                stacklevel=3,
            )
        return value

    def _improved(self, value):
        if self._is_improvement(value, self.best):
            self.best = value
            return True
        return False


class EarlyStopping(MonitorCallback):
    def __init__(self, monitor="val_loss", min_delta=0, patience=0, verbose=0, mode="auto", baseline=None,
                 restore_best_weights=False, start_from_epoch=0):
        super().__init__(monitor, mode, None, min_delta)
        self.patience, self.verbose, self.baseline = patience, verbose, baseline
        self.restore_best_weights, self.start_from_epoch = restore_best_weights, start_from_epoch
        self.wait = self.stopped_epoch = 0
        self.best_weights, self.best_epoch = None, 0

    def on_train_begin(self, logs=None):
        self.wait = self.stopped_epoch = 0
        self.best, self.best_weights, self.best_epoch = None, None, 0

    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
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
            if self.baseline is None or self._is_improvement(value, self.baseline):
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


class ReduceLROnPlateau(MonitorCallback):
    def __init__(self, monitor="val_loss", factor=0.1, patience=10, verbose=0, mode="auto", min_delta=1e-4, cooldown=0,
                 min_lr=0.0, **kwargs):
        super().__init__(monitor, mode, None, min_delta)
        if factor >= 1.0:
            raise ValueError(f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={factor}")
        self.factor, self.patience, self.verbose, self.cooldown, self.min_lr = factor, patience, verbose, cooldown, min_lr
        self.wait = self.cooldown_counter = 0

    def on_train_begin(self, logs=None):
        self.best, self.wait, self.cooldown_counter = None, 0, 0

    def _reduce(self, epoch):
        """Is there a rate that was still above the least?"""
        reduced = False
        for name, optimizer in each_optimizer(self.model.optimizer):
            before = float(optimizer.learning_rate)
            if before > numpy.float32(self.min_lr):
                optimizer.learning_rate = after = max(before * self.factor, self.min_lr)
                reduced = True
                if self.verbose > 0:
                    print(f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing{name} learning rate to {after}.")
        return reduced

    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        logs = {} if logs is None else logs
        write_rates(self.model.optimizer, logs)
        value = self._value(logs, "Learning rate reduction is", ".")
        if value is None:
            return
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.wait = 0
        if self._improved(value):
            self.wait = 0
        elif self.cooldown_counter <= 0:
            self.wait += 1
            if self.wait >= self.patience and self._reduce(epoch):
                self.cooldown_counter, self.wait = self.cooldown, 0


class ModelCheckpoint(MonitorCallback):
    """Keeps the model in memory, under the path that a file would have."""

    def __init__(self, filepath, monitor="val_loss", verbose=0, save_best_only=False, save_weights_only=False, mode="auto",
                 save_freq="epoch", initial_value_threshold=None):
        super().__init__(monitor, mode, initial_value_threshold)
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
        super().on_epoch_end(epoch, logs)
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
