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


# ---- counts at thresholds, overlaps, scores
TRUE, GUESS = tf.constant([0.0, 1.0, 1.0, 0.0, 1.0, 1.0]), tf.constant([0.1, 0.9, 0.4, 0.6, 0.5, 0.8])
LABELS = tf.constant([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
GUESSES = tf.constant([[0.1, 0.8], [0.7, 0.4], [0.3, 0.6], [0.2, 0.0]])
WEIGHTS = [1.0, 0.5, 2.0, 0.0, 1.0, 3.0]
CLASSES, FOUND = [0, 1, 2, 1, 0, 2], [0, 2, 2, 1, 1, 2]
ONE, TWO = "(TRUE, GUESS)", "(TRUE, GUESS), (TRUE, GUESS, WEIGHTS)"
METRICS = {
    TWO: """Precision() Recall() TruePositives() FalsePositives() TrueNegatives() FalseNegatives() Precision(thresholds=[0.3,0.5])
Precision(thresholds=[0.0,0.5,1.0]) Recall(thresholds=0.8,name="mine") TruePositives(thresholds=[0.2,0.5,0.7]) AUC() AUC(5)
AUC(curve="PR") AUC(curve="PRGAIN") AUC(summation_method="majoring") AUC(summation_method="minoring",curve="PR")
AUC(thresholds=[0.3,0.6]) AUC(from_logits=True) AUC(num_thresholds=3,curve="pr",summation_method="Majoring")
AUC(curve="PRGAIN",summation_method="minoring") SensitivityAtSpecificity(0.5) SpecificityAtSensitivity(0.5,num_thresholds=1)
PrecisionAtRecall(recall=0.5) RecallAtPrecision(0.8,num_thresholds=5) BinaryIoU(dtype="float32")
BinaryIoU([1],threshold=0.45,dtype="float32") Precision(dtype="float64")""",
    "(LABELS, GUESSES), (LABELS, GUESSES, WEIGHTS[:4])": """Precision() Precision(top_k=1) Recall(top_k=1,class_id=0) Recall(class_id=1)
AUC(multi_label=True,num_labels=2,label_weights=[1.0,3.0]) AUC(multi_label=True,thresholds=[0.3,0.5])
AUC(label_weights=[1.0,3.0]) F1Score() F1Score("micro") F1Score("macro",threshold=0.5)
FBetaScore("weighted",2.0) FBetaScore(beta=0.5,threshold=0.35) R2Score() R2Score(None) R2Score("variance_weighted_average")
CosineSimilarity() PearsonCorrelation() ConcordanceCorrelation()
TopKCategoricalAccuracy(1) TopKCategoricalAccuracy() SensitivityAtSpecificity(0.4,class_id=1)""",
    "(CLASSES, FOUND), (CLASSES, FOUND, [1, 2, 0, 1, 1, 3])": """MeanIoU(3) IoU(3,[0,2]) MeanIoU(num_classes=3,ignore_class=1)
IoU(2,[0]) MeanIoU(4,dtype="float32")""",
    "(LABELS, GUESSES)": "CosineSimilarity(axis=0) PearsonCorrelation(axis=0) OneHotIoU(2,[1]) OneHotMeanIoU(2) MeanIoU(2,sparse_y_true=False,sparse_y_pred=False)",
    "([1, 2, 1], SCORES), ([[1], [2], [0]], SCORES)": "SparseTopKCategoricalAccuracy(2) SparseTopKCategoricalAccuracy(k=1)",
    "([1, 2, 1], [[2, 1, 0], [0, 1, 2], [1, 0, 2]])": "SparseTopKCategoricalAccuracy(2,from_sorted_ids=True)",
    "([1, 2, 3], [[2, 1, 0], [0, 1, 2], [1, 0, 2]])": "MeanSquaredError() MeanSquaredLogarithmicError()",
}  # fmt: skip


def counted(metric, *updates):
    results = [metric.name, metric.dtype]
    for update in updates:
        results += [metric.update_state(*update) and None, metric.result()]
    config = metric.get_config()
    metric.reset_state()
    return results + [metric.result(), {key: str(value) for key, value in config.items()}]


for updates, metrics in METRICS.items():
    for metric in metrics.split():
        case(f"{metric}{updates[:3]}")(lambda metric=metric, updates=updates: eval(f"counted(M.{metric}, {updates})"))
REFUSED = """M.Precision(thresholds=[-1,0.5]) M.AUC(num_thresholds=1) M.AUC(curve="x") M.AUC(summation_method="x") M.AUC(num_labels=2)
M.SensitivityAtSpecificity(-1) M.RecallAtPrecision(2.0) M.PrecisionAtRecall(0.5,num_thresholds=0) M.FBetaScore("x") M.FBetaScore(beta=1)
M.FBetaScore(beta=-1.0) M.F1Score(threshold=2.0) M.F1Score(threshold=1) M.F1Score()(TRUE,GUESS) M.R2Score("x")
M.R2Score(num_regressors=-1) M.IoU(2,[2]) M.Precision(class_id=0)(TRUE,GUESS) M.AUC(multi_label=True)(TRUE,GUESS) M.get("x") M.get("auc")
M.get("mse") M.get("top_k_categorical_accuracy") M.Recall().variables M.Mean().variables M.serialize(M.Recall(name="r"))
M.deserialize(M.serialize(M.MeanIoU(2))) M.top_k_categorical_accuracy(LABELS,GUESSES,k=1) M.pearson_correlation(LABELS,GUESSES)
M.sparse_top_k_categorical_accuracy([1,0],[[0.1,0.2],[0.3,0.1]],k=1) M.concordance_correlation(LABELS,GUESSES)""".split()
for text in REFUSED:
    case(text)(lambda text=text: repr(eval(text)) if "M.get" in text or "seri" in text or "variables" in text else eval(text))


@case
def metrics_without_a_state():
    metric = tf.keras.metrics.Mean()
    metric.update_state([8.0])
    updated = metric.stateless_update_state([tf.constant(3.0), tf.constant(2.0)], [1.0, 2.0])
    return updated, metric.stateless_result(updated), metric.stateless_reset_state(), metric.result()


@case
def metrics_without_a_state_of_another_size():
    tf.keras.metrics.Mean().stateless_result([tf.constant(3.0)])


@case
def a_metric_of_a_function_and_back():
    import keras

    metric = keras.metrics.MeanMetricWrapper(keras.losses.mean_squared_error, name="m", dtype="float64")
    again = keras.metrics.MeanMetricWrapper.from_config(metric.get_config())
    return again(tf.ones((2, 3)), tf.zeros((2, 3))), again.name, again.dtype
