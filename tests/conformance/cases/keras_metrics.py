# SPDX-License-Identifier: Apache-2.0
# Metrics of Keras in training loops of one's own.
M = tf.keras.metrics
SCORES = tf.constant([[0.2, 0.7, 0.1], [0.3, 0.3, 0.4], [0.6, 0.3, 0.1]])
HOT = tf.constant([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])


def told(metric, *updates):
    results = [metric.result(), repr(metric), metric.name, metric.dtype]
    for update in updates:
        metric.update_state(*update) if isinstance(update, tuple) else metric.update_state(**update)
        results.append(metric.result())
    metric.reset_state()
    return results + [metric.result(), metric.get_config()]


for name in ("Mean", "Sum"):
    case(f"{name}_of_values")(lambda name=name: told(getattr(M, name)(), (2.0,), ([1.0, 3.0],), (tf.constant([[1.0, 2.0], [3.0, 4.0]]),), (7,)))
    case(f"{name}_weighted")(lambda name=name: told(getattr(M, name)(name="mine"), ([1.0, 3.0], [1.0, 0.5]), {"values": [[1.0, 2.0], [3.0, 4.0]], "sample_weight": [1.0, 0.0]}))
    case(f"{name}_float64")(lambda name=name: told(getattr(M, name)(dtype="float64"), ([1.0, 3.0],)))
for name in ("MeanSquaredError", "MeanAbsoluteError", "RootMeanSquaredError", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "Hinge",
             "SquaredHinge", "CategoricalHinge", "KLDivergence", "Poisson", "LogCoshError", "BinaryCrossentropy", "CategoricalCrossentropy",
             "Accuracy", "BinaryAccuracy", "CategoricalAccuracy"):
    case(name)(lambda name=name: told(getattr(M, name)(), (HOT, SCORES), (HOT, SCORES, [1.0, 0.5, 2.0])))
case("SparseCategoricalAccuracy")(lambda: told(M.SparseCategoricalAccuracy(), (tf.constant([1, 2, 1]), SCORES), (tf.constant([[1], [2], [0]]), SCORES), (tf.constant([1, 2, 1]), SCORES, [1.0, 0.0, 1.0])))
case("SparseCategoricalCrossentropy")(lambda: told(M.SparseCategoricalCrossentropy(from_logits=True), (tf.constant([1, 2, 1]), SCORES)))
case("BinaryAccuracy_threshold")(lambda: told(M.BinaryAccuracy(threshold=0.3), (HOT, SCORES)))


@case
def a_call_updates_and_tells():
    metric = M.Mean()
    return [metric(1.0), metric([2.0, 6.0]), metric.result().numpy()]


@case
def in_a_training_loop():
    w, metric = tf.Variable(1.0), M.Mean(name="loss")
    for step in range(3):
        with tf.GradientTape() as tape:
            loss = (w * 3.0 - 2.0) ** 2
            metric.update_state(loss)
        w.assign_sub(0.01 * tape.gradient(loss, w))
        print(f"step {step}: loss {metric.result():.4f}")
    return [w, metric.result(), [v.numpy() for v in metric.variables], tape.watched_variables()]
