# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
import matplotlib.pyplot as plt
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

np.random.seed(7)
tf.keras.utils.set_random_seed(7)

t = np.linspace(0, 20, 200)
series = np.sin(t) + 0.1 * np.random.randn(200)

def create_dataset(data, look_back=5):
    X, Y = [], []
    for i in range(len(data) - look_back - 1):
        X.append(data[i:(i + look_back)])
        Y.append(data[i + look_back])
    return np.array(X), np.array(Y)

train, test = series[:150], series[150:]
trainX, trainY = create_dataset(train)
testX, testY = create_dataset(test)
trainX = np.reshape(trainX, (trainX.shape[0], trainX.shape[1], 1))
testX = np.reshape(testX, (testX.shape[0], testX.shape[1], 1))
print(trainX.shape, trainY.shape)
model = Sequential()
model.add(LSTM(8, input_shape=(5, 1)))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.summary()
model.fit(trainX, trainY, epochs=3, batch_size=16, verbose=0)
p = model.predict(testX, verbose=0)
rmse = np.sqrt(np.mean((p[:, 0] - testY) ** 2))
print("Test RMSE: %.2f" % rmse)
plt.figure(figsize=(10, 4))
plt.plot(testY, label="true")
plt.plot(p, label="pred")
plt.legend(); plt.title("LSTM"); plt.show()
