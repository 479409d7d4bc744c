# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf, numpy as np
from tensorflow.keras.layers import Input, LSTM, Dense, Bidirectional, TimeDistributed, RepeatVector, Concatenate, Embedding
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical
tf.keras.utils.set_random_seed(6)
enc_in = Input((4,)); e = Embedding(10, 4)(enc_in)
out, h, c = LSTM(5, return_state=True)(e)
dec_in = Input((3,)); d = Embedding(10, 4)(dec_in)
seq = LSTM(5, return_sequences=True)(d, initial_state=[h, c])
y = TimeDistributed(Dense(10, activation="softmax"))(seq)
m = Model([enc_in, dec_in], y)
m.compile("rmsprop", "categorical_crossentropy")
a = np.random.randint(0, 10, (20, 4)); b = np.random.randint(0, 10, (20, 3))
print(round(m.train_on_batch([a, b], to_categorical(b, 10)), 4), round(float(m.evaluate([a, b], to_categorical(b, 10), verbose=0)), 4))
bi = Bidirectional(LSTM(2, return_sequences=True))(e)
m2 = Model(enc_in, Dense(1)(Concatenate()([bi, RepeatVector(4)(h)])))
print(m2.output_shape, m2.predict(a[:1], verbose=0).shape, [l.name for l in m2.layers][:3])
