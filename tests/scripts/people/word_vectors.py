# SPDX-License-Identifier: Apache-2.0
"""Skip-gram with negative sampling, after the word2vec tutorial."""
import tensorflow as tf
from tensorflow.keras import layers

SEED = 42
AUTOTUNE = tf.data.AUTOTUNE
sentence = "The wide road shimmered in the hot sun the road was wide"
tokens = list(sentence.lower().split())
print(len(tokens))
vocab, index = {}, 1
vocab['<pad>'] = 0
for token in tokens:
    if token not in vocab:
        vocab[token] = index
        index += 1
vocab_size = len(vocab)
print(vocab)
inverse_vocab = {index: token for token, index in vocab.items()}
example_sequence = [vocab[word] for word in tokens]

window = 2
pairs = [(c, example_sequence[j]) for i, c in enumerate(example_sequence)
         for j in range(max(0, i - window), min(len(tokens), i + window + 1)) if i != j]
print(len(pairs))
targets, contexts, labels = [], [], []
for target_word, context_word in pairs:
    context_class = tf.expand_dims(tf.constant([context_word], dtype="int64"), 1)
    negative = tf.random.stateless_uniform([3], seed=(SEED, target_word * 31 + context_word), minval=1,
                                           maxval=vocab_size, dtype=tf.int64)
    context = tf.concat([tf.squeeze(context_class, 1), negative], 0)
    label = tf.constant([1] + [0] * 3, dtype="int64")
    targets.append(target_word)
    contexts.append(context)
    labels.append(label)
dataset = tf.data.Dataset.from_tensor_slices(((targets, contexts), labels))
dataset = dataset.batch(8, drop_remainder=True).cache().prefetch(buffer_size=AUTOTUNE)
print(dataset)


class Word2Vec(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim):
        super(Word2Vec, self).__init__()
        self.target_embedding = layers.Embedding(vocab_size, embedding_dim, name="w2v_embedding")
        self.context_embedding = layers.Embedding(vocab_size, embedding_dim)

    def call(self, pair):
        target, context = pair
        if len(target.shape) == 2:
            target = tf.squeeze(target, axis=1)
        word_emb = self.target_embedding(target)
        context_emb = self.context_embedding(context)
        dots = tf.einsum('be,bce->bc', word_emb, context_emb)
        return dots


tf.keras.utils.set_random_seed(SEED)
word2vec = Word2Vec(vocab_size, 8)
word2vec.compile(optimizer='adam', loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True), metrics=['accuracy'])
h = word2vec.fit(dataset, epochs=3, verbose=0)
print([f"{v:.4f}" for v in h.history["loss"]])
weights = word2vec.get_layer('w2v_embedding').get_weights()[0]
print(weights.shape)
