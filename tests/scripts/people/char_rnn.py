# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np

text = "hello world, hello tape, hello gradients"
vocab = sorted(set(text))
print(f"{len(vocab)} unique characters")
char2idx = {u: i for i, u in enumerate(vocab)}
idx2char = np.array(vocab)
text_as_int = np.array([char2idx[c] for c in text])

seq_length = 8
tf.keras.utils.set_random_seed(5)


def split_input_target(chunk):
    return chunk[:-1], chunk[1:]


char_dataset = tf.data.Dataset.from_tensor_slices(text_as_int)
sequences = char_dataset.batch(seq_length + 1, drop_remainder=True)
for item in sequences.take(2):
    print(repr("".join(idx2char[item.numpy()])))
dataset = sequences.map(split_input_target).batch(2, drop_remainder=True)
print(dataset.element_spec)


class MyModel(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, rnn_units):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(rnn_units, return_sequences=True, return_state=True)
        self.dense = tf.keras.layers.Dense(vocab_size)

    def call(self, inputs, states=None, return_state=False, training=False):
        x = self.embedding(inputs, training=training)
        x, states = self.gru(x, initial_state=states, training=training)
        x = self.dense(x, training=training)
        if return_state:
            return x, states
        return x


model = MyModel(len(vocab), 8, 16)
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
mean = tf.metrics.Mean()
for epoch in range(4):
    mean.reset_state()
    for batch_n, (inp, target) in enumerate(dataset):
        with tf.GradientTape() as tape:
            predictions = model(inp, training=True)
            loss = loss_object(target, predictions)
        grads = tape.gradient(loss, model.trainable_variables)
        grads, norm = tf.clip_by_global_norm(grads, 1.0)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        mean.update_state(loss)
    print(f"Epoch {epoch + 1} Loss: {mean.result().numpy():.4f}")
model.summary()
states = None
next_char = tf.constant([[char2idx["h"]]])
result = ["h"]
for n in range(10):
    logits, states = model(next_char, states=states, return_state=True)
    next_id = int(tf.argmax(logits[0, -1]))
    result.append(idx2char[next_id])
    next_char = tf.constant([[next_id]])
print("".join(result))
