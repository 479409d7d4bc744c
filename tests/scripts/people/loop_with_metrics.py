# SPDX-License-Identifier: Apache-2.0
import time
import tensorflow as tf
from tensorflow import keras
keras.utils.set_random_seed(9)
inputs = keras.Input(shape=(10,), name="digits")
x1 = keras.layers.Dense(16, activation="relu")(inputs)
x2 = keras.layers.Dense(16, activation="relu")(x1)
outputs = keras.layers.Dense(4, name="predictions")(x2)
model = keras.Model(inputs=inputs, outputs=outputs)
optimizer = keras.optimizers.SGD(learning_rate=1e-2, momentum=0.9, nesterov=True)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train_acc_metric = keras.metrics.SparseCategoricalAccuracy()
val_acc_metric = keras.metrics.SparseCategoricalAccuracy()
xs = tf.random.stateless_normal([80, 10], seed=[1, 2])
ys = tf.cast(tf.argmax(xs[:, :4], axis=1), tf.int32)
train = tf.data.Dataset.from_tensor_slices((xs[:64], ys[:64])).shuffle(64, seed=1).batch(16)
val = tf.data.Dataset.from_tensor_slices((xs[64:], ys[64:])).batch(8)
class ActivityRegularizationLayer(keras.layers.Layer):
    def call(self, inputs):
        self.add_loss(1e-2 * tf.reduce_sum(inputs))
        return inputs
reg = keras.Sequential([keras.Input((10,)), keras.layers.Dense(4, activation="relu"), ActivityRegularizationLayer(), keras.layers.Dense(2)])
_ = reg(xs[:4])
print(len(reg.losses), reg.losses[0].shape)
@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss_value = loss_fn(y, logits)
        loss_value += sum(model.losses)
    grads = tape.gradient(loss_value, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    train_acc_metric.update_state(y, logits)
    return loss_value
@tf.function
def test_step(x, y):
    val_acc_metric.update_state(y, model(x, training=False))
for epoch in range(3):
    print("\nStart of epoch %d" % (epoch,))
    start_time = time.time()
    total = 0.0
    for step, (xb, yb) in enumerate(train):
        loss_value = train_step(xb, yb)
        total += float(loss_value)
    print("Seen so far: %s samples" % ((step + 1) * 16))
    train_acc = train_acc_metric.result()
    print("Training acc over epoch: %.4f" % (float(train_acc),), "mean loss %.4f" % (total / (step + 1)))
    train_acc_metric.reset_state()
    for xb, yb in val: test_step(xb, yb)
    print("Validation acc: %.4f" % (float(val_acc_metric.result()),))
    val_acc_metric.reset_state()
    assert time.time() - start_time < 1000
