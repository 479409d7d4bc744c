# SPDX-License-Identifier: Apache-2.0
"""Callbacks that look at a metric: which way it is to go, when they stop or slow down, and what they begin anew."""
import keras

X = np.linspace(-1.0, 1.0, 16, dtype=np.float32).reshape(8, 2)
Y = (X.sum(1, keepdims=True) > 0).astype(np.float32)


def made(metrics, rate=0.1, outputs=1, eager=True):
    keras.utils.set_random_seed(1)
    inputs = keras.Input((2,))
    ends = [keras.layers.Dense(1, activation="sigmoid", name=f"out{place}")(inputs) for place in range(outputs)]
    model = keras.Model(inputs, ends[0] if outputs == 1 else ends)
    model.compile(keras.optimizers.SGD(rate), "binary_crossentropy", metrics=metrics, run_eagerly=eager)
    model.fit(X, Y if outputs == 1 else [Y] * outputs, epochs=1, verbose=0)
    return model


def driven(callback, model, name, values, rounds=1):
    """What a callback makes of a metric's values, one after the other."""
    callback.set_model(model)
    callback.set_params({"epochs": len(values), "verbose": 0})
    seen = []
    for _ in range(rounds):
        model.stop_training = False
        callback.on_train_begin()
        for epoch, value in enumerate(values):
            callback.on_epoch_begin(epoch)
            callback.on_epoch_end(epoch, {name: value})
            seen.append([callback.best, callback.wait, model.stop_training, round(float(model.optimizer.learning_rate), 7)])
        callback.on_train_end()
    return seen


METRICS = {
    "accuracy": "accuracy", "recall": keras.metrics.Recall(name="recall"), "precision": keras.metrics.Precision(name="precision"),
    "mae": "mae", "iou": keras.metrics.BinaryIoU(name="iou"), "r2": keras.metrics.R2Score(name="r2"),
    "auc": keras.metrics.AUC(name="auc"), "f1": keras.metrics.F1Score(name="f1"), "rmse": keras.metrics.RootMeanSquaredError(name="rmse"),
    "cosine_similarity": "cosine_similarity", "counted": keras.metrics.TruePositives(name="counted"), "mean": "mean_squared_error",
    "own": keras.metrics.MeanMetricWrapper(lambda a, b: b - a, name="own"),
    "wrapped": keras.metrics.MeanMetricWrapper(keras.losses.mean_squared_error, name="wrapped"),
    "auc_of_loss": keras.metrics.MeanMetricWrapper(keras.losses.Huber(), name="auc_of_loss"),
}
for name, metric in METRICS.items():
    for kind in ("EarlyStopping", "ReduceLROnPlateau"):
        case(f"{kind} {name}")(lambda name=name, metric=metric, kind=kind: driven(
            getattr(keras.callbacks, kind)(monitor="val_" + name, patience=2), made([metric]), "val_" + name,
            [0.3, 0.2, 0.4, 0.35, 0.5, 0.1]))


@case
def a_metric_that_is_unknown():
    return driven(keras.callbacks.EarlyStopping(monitor="val_no"), made([]), "val_no", [1.0])


@case
def a_metric_of_one_of_two_outputs():
    return driven(keras.callbacks.EarlyStopping(monitor="out0_accuracy"), made([["accuracy"], ["mae"]], outputs=2), "out0_accuracy",
                  [0.1, 0.2])


@case
def a_mode_that_is_unknown():
    return driven(keras.callbacks.EarlyStopping(monitor="loss", mode="up", patience=1), made([]), "loss", [1.0, 2.0, 0.5])


@case
def modes_that_are_told():
    return [driven(keras.callbacks.EarlyStopping(monitor="x", mode=mode, patience=1, min_delta=0.15), made([]), "x", [1.0, 1.1, 0.8])
            for mode in ("min", "max")]


@case
def a_value_that_is_not_there():
    return [driven(callback(monitor="val_loss"), made([]), "loss", [1.0, 2.0])
            for callback in (keras.callbacks.EarlyStopping, keras.callbacks.ReduceLROnPlateau)]


@case
def a_baseline():
    return driven(keras.callbacks.EarlyStopping(monitor="loss", baseline=0.5, patience=2), made([]), "loss", [1.0, 0.9, 0.8, 0.4])


@case
def each_training_begins_anew():
    return [driven(keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, cooldown=2, factor=0.5, verbose=1), made([]), "loss",
                   [1.0, 1.0, 1.0, 1.0], rounds=2),
            driven(keras.callbacks.EarlyStopping(monitor="loss", patience=1, verbose=1), made([]), "loss", [1.0, 1.0, 2.0], rounds=2)]


@case
def the_least_rate():
    return driven(keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, factor=0.1, min_lr=0.005), made([]), "loss", [1.0] * 5)


def scheduled(schedule):
    model = made([])
    return model.fit(X, Y, epochs=2, verbose=0, callbacks=[keras.callbacks.LearningRateScheduler(schedule, verbose=1)]).history[
        "learning_rate"]


SCHEDULES = {
    "a float": lambda epoch: 0.5 / (epoch + 1), "the rate before": lambda epoch, rate: rate * 0.5, "a whole number": lambda epoch: 1,
    "None": lambda epoch: None, "numpy": lambda epoch: np.float32(0.25), "a tensor": lambda epoch: tf.constant(0.5),
}
for name, schedule in SCHEDULES.items():
    case(f"LearningRateScheduler {name}")(lambda schedule=schedule: scheduled(schedule))


@case
def labels_by_name_for_one_output():
    return made([], eager=False).fit(X, {"out0": Y}, verbose=0)


@case
def labels_by_name_for_two_outputs():
    return made([], outputs=2).evaluate(X, {"out1": Y, "out0": 1 - Y}, verbose=0)


def by_name(labels):
    inputs = keras.Input((2,))
    model = keras.Model(inputs, {name: keras.layers.Dense(1, kernel_initializer="ones", name=name)(inputs) for name in ("a", "b")})
    model.compile("sgd", "mse")
    return model.evaluate(X, labels, verbose=0)


for names in ("ab", "ba", "a", "b", "c", "abc", "ac"):
    case(f"labels {' and '.join(names)} for outputs a and b")(lambda names=names: by_name({name: Y for name in names}))


def told(**options):
    heard = []

    class Ear(tf.keras.callbacks.Callback):
        pass

    for name in ("train_begin", "train_end", "epoch_begin", "epoch_end", "train_batch_begin", "train_batch_end", "test_begin",
                 "test_end", "test_batch_begin", "test_batch_end", "predict_begin", "predict_end", "predict_batch_begin",
                 "predict_batch_end", "batch_begin", "batch_end"):
        def hear(self, *given, name=name, logs=None):
            heard.append((name, [one if isinstance(one, int) else sorted(one) for one in given], logs and sorted(logs)))

        setattr(Ear, f"on_{name}", hear)
    tf.keras.utils.set_random_seed(1)
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(tf.keras.optimizers.SGD(0.1, **options), "mse", metrics=["mae"], run_eagerly=True)
    return model, Ear(), heard


@case
def everything_that_a_callback_hears():
    model, ear, heard = told()
    x, y = np.ones((4, 2), np.float32), np.ones((4, 1), np.float32)
    model.fit(x, y, batch_size=2, epochs=1, verbose=0, validation_data=(x, y), callbacks=[ear])
    model.evaluate(x, y, verbose=0, callbacks=[ear])
    model.predict(x, verbose=0, callbacks=[ear])
    return heard


@case
def functions_that_take_logs_by_place():
    model, _, heard = told()
    x, y = np.ones((4, 2), np.float32), np.ones((4, 1), np.float32)
    ear = tf.keras.callbacks.LambdaCallback(
        on_train_begin=lambda logs: heard.append(logs), on_train_end=lambda logs: heard.append(sorted(logs)),
        on_epoch_begin=lambda epoch, logs: heard.append((epoch, logs)),
        on_train_batch_begin=lambda batch, logs: heard.append((batch, logs)),
    )
    model.fit(x, y, verbose=0, callbacks=[ear])
    return heard


@case
def averages_of_weights_for_evaluation():
    model, _, _ = told(use_ema=True, ema_momentum=0.5)
    x, y = np.ones((4, 2), np.float32), np.ones((4, 1), np.float32)
    history = model.fit(x, y, batch_size=2, epochs=2, verbose=0, validation_data=(x, y),
                        callbacks=[tf.keras.callbacks.SwapEMAWeights(swap_on_epoch=True)])
    return history.history, model.get_weights()


@case
def averages_that_the_optimizer_does_not_keep():
    model, _, _ = told()
    x, y = np.ones((4, 2), np.float32), np.ones((4, 1), np.float32)
    model.fit(x, y, verbose=0, callbacks=[tf.keras.callbacks.SwapEMAWeights(swap_on_epoch=True)])


@case
def a_loss_that_is_no_number_raises_where_asked():
    model, _, _ = told()
    x, y = np.ones((4, 2), np.float32), np.full((4, 1), np.nan, np.float32)
    model.fit(x, y, verbose=0, callbacks=[tf.keras.callbacks.TerminateOnNaN(raise_error=True)])


@case
def predicting_with_a_bar():
    import contextlib
    import io

    model, text = made([]), io.StringIO()
    with contextlib.redirect_stdout(text):
        answers = [model.predict(X), model.predict(X, batch_size=3), model.predict(X[:1], steps=1)]
    return answers, [count in text.getvalue() for count in ("1/1", "3/3", "loss")]


@case
def a_bar_of_a_metric_for_each_class():
    import contextlib
    import io

    model, text = made([keras.metrics.F1Score(threshold=0.5)], outputs=1), io.StringIO()
    with contextlib.redirect_stdout(text):
        model.fit(X, Y, epochs=1)
    return "f1_score: " in text.getvalue()
