# SPDX-License-Identifier: Apache-2.0
import re
import string
import tensorflow as tf
from collections import Counter

tf.keras.utils.set_random_seed(0)
texts = ["I loved this movie, it was great!", "Terrible film. Do not watch", "What a great, great story", "Boring and terrible plot",
         "Great acting and a lovely story", "I hated every minute of it"]
labels = [1, 0, 1, 0, 1, 0]

def clean(s):
    s = s.lower()
    s = re.sub(f"[{re.escape(string.punctuation)}]", "", s)
    return s.split()

counts = Counter(w for t in texts for w in clean(t))
print(counts.most_common(3))
vocab = {w: i + 2 for i, (w, _) in enumerate(counts.most_common())}
vocab["<pad>"], vocab["<unk>"] = 0, 1
ids = [[vocab.get(w, 1) for w in clean(t)] for t in texts]
padded = tf.keras.preprocessing.sequence.pad_sequences(ids, maxlen=6, padding="post")
print(padded)
ds = tf.data.Dataset.from_tensor_slices((padded, labels)).shuffle(6, seed=1).batch(2)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(len(vocab), 8, mask_zero=True),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(1),
])
loss_fn = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.05)
acc = tf.keras.metrics.BinaryAccuracy(threshold=0.0)
for epoch in range(5):
    acc.reset_state()
    for x, y in ds:
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = loss_fn(y[:, None], logits)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        acc.update_state(y[:, None], logits)
    print(f"epoch {epoch}: acc={acc.result():.2f}")
print([v.shape for v in model.trainable_variables])
vec = tf.keras.layers.TextVectorization(max_tokens=20, output_sequence_length=4)
vec.adapt(texts)
print(list(map(str, vec.get_vocabulary()[:5])))
print(vec(["great movie story", "unknown words"]).numpy())
