# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf, numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
tf.keras.utils.set_random_seed(1)
docs=["good movie","bad movie","great film","terrible film","good film","awful movie"]
labels=np.array([1,0,1,0,1,0])
words=sorted({w for d in docs for w in d.split()})
ids={w:i+1 for i,w in enumerate(words)}
X=pad_sequences([[ids[w] for w in d.split()] for d in docs],maxlen=4,padding="post")
print(X)
model=tf.keras.Sequential([tf.keras.layers.Embedding(len(ids)+1,8,mask_zero=True),tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(4)),tf.keras.layers.Dense(1,activation="sigmoid")])
model.compile(loss="binary_crossentropy",optimizer=tf.keras.optimizers.Adam(0.05),metrics=["accuracy"])
h=model.fit(X,labels,epochs=5,verbose=0); print([round(v,4) for v in h.history["loss"]])
model.save_weights("m.weights.h5")
p=model.predict(X,verbose=0).ravel()
model.layers[-1].kernel.assign(tf.zeros_like(model.layers[-1].kernel))
model.load_weights("m.weights.h5")
print(np.allclose(p,model.predict(X,verbose=0).ravel()), model.evaluate(X,labels,verbose=0)[1])
