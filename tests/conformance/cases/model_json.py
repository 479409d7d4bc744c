# SPDX-License-Identifier: Apache-2.0
"""Sequential models as JSON, and back."""
K = tf.keras


def small(*layers):
    return K.Sequential([K.Input((4,)), *layers, K.layers.Dense(1, name="last")])


@case
def json_of_a_sequential_model():
    return small(K.layers.Dense(3, activation="relu"), K.layers.Dropout(0.5), K.layers.BatchNormalization()).to_json()


@case
def json_of_a_compiled_model():
    model = small()
    model.compile("adam", K.losses.Huber(delta=2.0), metrics=["mae", K.metrics.AUC(name="auc")], loss_weights=[0.5])
    return model.to_json(indent=1)


@case
def a_model_from_json():
    model = small(K.layers.Dense(3, activation="tanh", kernel_regularizer="l2"))
    model.compile(K.optimizers.SGD(0.25, momentum=0.5), "mse", metrics=["mae"])
    again = K.models.model_from_json(model.to_json())
    return again.to_json() == model.to_json(), again.count_params(), again.optimizer.get_config(), again.loss
