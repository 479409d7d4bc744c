# SPDX-License-Identifier: Apache-2.0
"""A model's own training: compile, fit, evaluate, predict. keras/src/trainers/trainer.py and its TensorFlow side."""

import inspect
import itertools
import warnings

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._running import _gradients
from tensorflow._taping._tape import GradientTape
from tensorflow._values import _nest
from tensorflow.keras import _calling, optimizers
from tensorflow.keras.models import _compiled
from tensorflow.keras.models._batches import batches_of


_ALREADY_SHUFFLED = (
    "`shuffle=True` was passed, but will be ignored since the data `x` was provided as a tf.data.Dataset. The Dataset is "
    "expected to already be shuffled (via `.shuffle(buffer_size)`)."
)


class Trainer:
    compiled = False
    optimizer = loss = None
    _compiled_with = None
    _loss_tracker = _compile_metrics = _compile_loss = None
    stop_training = False
    run_eagerly = False
    jit_compile = False
    _sized = True  # are all batches of one size? Layers that a function builds for others learn none

    def __init__(self):
        for name in ("optimizer", "loss"):
            object.__setattr__(self, name, None)
        self.compiled = False

    def _keep(self, **values):
        """Attributes that are not the layer's own state."""
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def compile(
        self, optimizer="rmsprop", loss=None, loss_weights=None, metrics=None, weighted_metrics=None, run_eagerly=False,
        steps_per_execution=1, jit_compile="auto", auto_scale_loss=True,
    ):
        from tensorflow.keras.metrics import Mean

        names = getattr(self, "output_names", None)
        self._keep(
            optimizer=self._scaled(optimizers.get(optimizer), auto_scale_loss), _loss_tracker=Mean(name="loss"), _trace=None,
            _compiled_with={"loss": loss, "loss_weights": loss_weights, "metrics": metrics, "weighted_metrics": weighted_metrics,
                            "run_eagerly": run_eagerly},
        )
        for name in ("loss", "_compile_loss", "_compile_metrics"):  # what is not given stays as an earlier compile() had it
            self._keep(**{name: getattr(self, name, None)})
        if loss is not None:
            self._keep(loss=loss, _compile_loss=_compiled.CompiledLoss(loss, loss_weights, names))
        if metrics is not None or weighted_metrics is not None:
            self._keep(_compile_metrics=_compiled.CompiledMetrics(metrics, weighted_metrics, names))
        self.run_eagerly = run_eagerly
        self.stop_training = False
        self.compiled = True

    if _tapescope.keras != "3":
        _compiled_as_later = compile

        def compile(self, optimizer="rmsprop", loss=None, metrics=None, loss_weights=None, weighted_metrics=None, **others):
            """The metrics stood before the losses' weights then."""
            self._compiled_as_later(optimizer, loss, loss_weights, metrics, weighted_metrics, **others)

    def _scaled(self, optimizer, wanted):
        """Small gradients would be 0 in float16: Keras scales the loss by itself."""
        from tensorflow.keras.mixed_precision import LossScaleOptimizer

        if not wanted or self.dtype_policy.name != "mixed_float16" or isinstance(optimizer, LossScaleOptimizer):
            return optimizer
        named = {} if not hasattr(optimizer, "scale_loss") else {"name": "loss_scale_optimizer"}
        return LossScaleOptimizer(optimizer, **named)

    def _assert_compiled(self):
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")

    # ---- metrics

    @property
    def metrics(self):
        found = []
        if self.compiled:
            found += [one for one in (self._loss_tracker, self._compile_metrics) if one is not None]
            found += self._compile_loss.metrics if self._compile_loss is not None else []
        found.extend(self._metrics)
        for layer in self._flatten_layers(include_self=False):
            if not isinstance(layer, Trainer):
                found.extend(layer.metrics)
        return found

    @property
    def metrics_names(self):
        return [metric.name for metric in self.metrics]

    def reset_metrics(self):
        for metric in self.metrics:
            metric.reset_state()

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        if self._compile_metrics is not None:
            self._compile_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self):
        results = {}
        for metric in self.metrics:
            if metric is self._compile_metrics and metric._made is None:
                continue
            value = metric.result()
            results.update(value if isinstance(value, dict) else {metric.name: value})
        return results

    # ---- one step

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        losses = []
        if self._compile_loss is not None:
            loss = self._compile_loss(y, y_pred, sample_weight)
            if loss is not None:
                losses.append(loss)
        losses += [_compiled.aggregated(loss) for loss in self.losses]
        if not losses:
            raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
        if len(losses) == 1:
            return losses[0]
        return _tapescope.run("Sum", _tapescope.run("Pack", *losses, axis=0))

    def _loss(self, x, y, y_pred, sample_weight, training):
        if "training" in inspect.signature(self.compute_loss).parameters:
            return self.compute_loss(x, y, y_pred, sample_weight, training=training)
        return self.compute_loss(x, y, y_pred, sample_weight)

    def _predicted(self, x, training):
        return self(x, training=training) if self._call_has_training_arg else self(x)

    def _track_loss(self, loss, x):
        count = next(one for one in _nest.flatten(x) if one is not None).shape[0]
        self._loss_tracker.update_state(loss, sample_weight=count)

    def train_step(self, data):
        x, y, sample_weight = _compiled.unpack_x_y_sample_weight(data)
        with GradientTape() as tape:
            y_pred = self._predicted(x, True)
            loss = self._loss(x, y, y_pred, sample_weight, True)
            self._track_loss(loss, x)
            older = self.optimizer is not None and not hasattr(self.optimizer, "scale_loss")
            if self.optimizer is not None and not older:
                loss = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        if weights and older:
            self.optimizer.minimize(loss, weights, tape=tape)
        elif weights:
            gradients = tape.gradient(loss, weights)
            self.optimizer.apply_gradients(zip(gradients, weights))
        else:
            warnings.warn("The model does not have any trainable weights.", stacklevel=2)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def test_step(self, data):
        x, y, sample_weight = _compiled.unpack_x_y_sample_weight(data)
        y_pred = self._predicted(x, False)
        self._track_loss(self._loss(x, y, y_pred, sample_weight, False), x)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def predict_step(self, data):
        x, _, _ = _compiled.unpack_x_y_sample_weight(data)
        return self._predicted(x, False)

    def _step(self, step, data):
        """As the function of TensorFlow that Keras makes of it, which has random numbers of its own. One tensor alone is data
        without a tuple around it."""
        if isinstance(data, tuple) and len(data) == 1 and not isinstance(data[0], (list, tuple)):
            (data,) = data
        if self.run_eagerly:
            return step(data)
        if self.__dict__.get("_trace") is None:
            self._keep(_trace={})
        if step.__name__ not in self._trace:
            self._trace[step.__name__] = _seeds.Trace()
        random = _seeds.Inside(self._trace[step.__name__])
        with random, _calling.open_batch(None if self._sized else data), _gradients.Recorded():
            return step(data)

    # ---- loops

    def fit(
        self, x=None, y=None, batch_size=None, epochs=1, verbose="auto", callbacks=None, validation_split=0.0,
        validation_data=None, shuffle=True, class_weight=None, sample_weight=None, initial_epoch=0, steps_per_epoch=None,
        validation_steps=None, validation_batch_size=None, validation_freq=1,
    ):
        from tensorflow.keras.callbacks import CallbackList, plain

        self._assert_compiled()
        if validation_split and validation_data is None:
            (x, y, sample_weight), validation_data = _split(x, y, sample_weight, validation_split)
        if class_weight is not None:
            sample_weight = _weights_of(y, class_weight, sample_weight)
        batches = batches_of(x, y, sample_weight, batch_size, shuffle, steps_per_epoch)
        if shuffle and hasattr(x, "element_spec"):
            warnings.warn(_ALREADY_SHUFFLED, stacklevel=2)
        self._keep(_sized=batches.sized)
        steps = steps_per_epoch or batches.count
        heard = CallbackList(
            callbacks, add_history=True, add_progbar=verbose != 0, verbose=verbose, epochs=epochs, steps=steps, model=self
        )
        self.stop_training = False
        heard.on_train_begin()
        logs = {}
        endless = _Endless(batches, steps_per_epoch)
        for epoch in range(initial_epoch, epochs):
            self.reset_metrics()
            heard.on_epoch_begin(epoch)
            logs = self._epoch(endless.epoch(), self.train_step, heard, "train")
            if validation_data is not None and _is_due(epoch, validation_freq):
                logs.update(self._validated(validation_data, validation_batch_size or batch_size, validation_steps, heard))
            logs = {**plain({key: value for key, value in logs.items() if not key.startswith("val_")}),
                    **{key: value for key, value in logs.items() if key.startswith("val_")}}
            heard.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        if epochs > 0 and hasattr(self.optimizer, "finalize_variable_values"):  # legacy ones have no averages
            self.optimizer.finalize_variable_values(self.trainable_weights)
        heard.on_train_end(logs)
        return self.history

    def _epoch(self, batches, step, heard, phase):
        logs, number = {}, -1
        for number, data in enumerate(batches):
            getattr(heard, f"on_{phase}_batch_begin")(number)
            logs = self._step(step, data)
            getattr(heard, f"on_{phase}_batch_end")(number, logs)
            if self.stop_training and phase == "train":
                break
        results = self.get_metrics_result()
        return dict(results if isinstance(logs, dict) and set(logs) == set(results) else logs)

    def _validated(self, data, batch_size, steps, heard):
        x, y, sample_weight = _compiled.unpack_x_y_sample_weight(data)
        logs = self.evaluate(x, y, batch_size, 0, sample_weight, steps, heard, True)
        return {f"val_{name}": value for name, value in logs.items()}

    def evaluate(
        self, x=None, y=None, batch_size=None, verbose="auto", sample_weight=None, steps=None, callbacks=None,
        return_dict=False, **kwargs,
    ):
        from tensorflow.keras.callbacks import CallbackList, plain

        self._assert_compiled()
        if kwargs:
            raise ValueError(f"Arguments not recognized: {kwargs}")
        batches = batches_of(x, y, sample_weight, batch_size, False, steps)
        self._keep(_sized=batches.sized)
        inner = isinstance(callbacks, CallbackList)
        heard = callbacks
        if not inner:
            heard = CallbackList(
                callbacks, add_progbar=verbose != 0, verbose=verbose, epochs=1, steps=steps or batches.count, model=self
            )
            for one in heard.callbacks:
                one._standing_alone = True
        before, heard.mute = heard.mute, heard.bar if inner else None
        heard.on_test_begin()
        self.reset_metrics()
        logs = self._epoch(itertools.islice(batches.epoch(), steps), self.test_step, heard, "test")
        logs = plain(logs)
        heard.on_test_end(logs)
        heard.mute = before
        return logs if return_dict else self._in_order(logs)

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        from tensorflow.keras.callbacks import CallbackList

        batches = batches_of(x, None, None, batch_size, False, steps)
        heard = CallbackList(callbacks, add_progbar=verbose != 0, verbose=verbose, steps=steps or batches.count, model=self)
        heard.on_predict_begin()
        outputs = []
        for number, data in enumerate(itertools.islice(batches.epoch(), steps)):
            heard.on_predict_batch_begin(number)
            outputs.append(self._step(self.predict_step, data))
            heard.on_predict_batch_end(number, {"outputs": outputs[-1]})
        heard.on_predict_end()
        arrays = [_nest.map_structure(lambda one: one.numpy(), output) for output in outputs]
        if len(arrays) == 1:
            return arrays[0]
        return _nest.map_structure(lambda *parts: numpy.concatenate(parts), *arrays)

    # ---- one batch

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False):
        self._assert_compiled()
        if class_weight is not None:
            sample_weight = _weights_of(y, class_weight, sample_weight)
        return self._on_batch(self.train_step, x, y, sample_weight, return_dict)

    def test_on_batch(self, x, y=None, sample_weight=None, return_dict=False):
        self._assert_compiled()
        return self._on_batch(self.test_step, x, y, sample_weight, return_dict)

    def predict_on_batch(self, x):
        return _nest.map_structure(lambda one: one.numpy(), self._step(self.predict_step, next(_whole(x, None, None))))

    def _on_batch(self, step, x, y, sample_weight, return_dict):
        from tensorflow.keras.callbacks import plain

        self.reset_metrics()
        data = next(_whole(x, y, sample_weight))
        logs = plain(self._step(step, (*data, None, None)[:3]))
        return logs if return_dict else self._in_order(logs)

    def _in_order(self, logs):
        names = []
        if isinstance(self.loss, dict):  # losses stand as they were given
            names = ["loss", *(f"{name}_loss" for name in self.loss if f"{name}_loss" in logs)]
        for metric in self.metrics:
            names += [one.name for one in metric.metrics] if metric is self._compile_metrics else [metric.name]
        names = list(dict.fromkeys(names))
        found = [logs[name] for name in names if name in logs] + [logs[name] for name in sorted(logs) if name not in names]
        return found[0] if len(found) == 1 else found


class _Endless:
    """Epochs of a number of steps: a pass over the data goes on in the next."""

    def __init__(self, batches, steps):
        self._batches, self._steps, self._pass = batches, steps, None

    def epoch(self):
        if self._steps is None:
            return self._batches.epoch()
        return self._some()

    def _some(self):
        left = self._steps
        while left:
            if self._pass is None:
                self._pass = self._batches.epoch()
            data = next(self._pass, None)
            if data is None:
                self._pass = None
                if left == self._steps:
                    return
                continue
            left -= 1
            yield data


def _whole(x, y, sample_weight):
    """All of it as one batch."""
    size = next(one for one in _nest.flatten(x) if one is not None)
    return batches_of(x, y, sample_weight, len(size) if hasattr(size, "__len__") else size.shape[0], False, None).epoch()


def _is_due(epoch, frequency):
    return (epoch + 1) % frequency == 0 if isinstance(frequency, int) else epoch + 1 in frequency


def _split(x, y, sample_weight, share):
    size = len(next(one for one in _nest.flatten(x) if one is not None))
    at = int(size * (1.0 - share))

    def part(value, place):
        return None if value is None else _nest.map_structure(lambda one: one[place], value)

    first, last = slice(None, at), slice(at, None)
    values = (x, y, sample_weight)
    return tuple(part(one, first) for one in values), tuple(part(one, last) for one in values)


def _weights_of(y, class_weight, sample_weight):
    if sample_weight is not None:
        raise ValueError("You cannot `class_weight` and `sample_weight` at the same time.")
    labels = numpy.asarray(y)
    if labels.ndim > 1:
        labels = labels.argmax(-1) if labels.shape[-1] > 1 else labels.reshape(-1)
    weights = numpy.ones(len(labels), "float32")
    for kind, weight in class_weight.items():
        weights[labels.astype("int64") == kind] = weight
    return weights
