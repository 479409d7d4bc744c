# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf, numpy as np, pandas as pd, tempfile, os
tf.random.set_seed(22)
class Normalize(tf.Module):
    def __init__(self, x):
        self.mean = tf.Variable(tf.math.reduce_mean(x, axis=0)); self.std = tf.Variable(tf.math.reduce_std(x, axis=0))
    def norm(self, x): return (x - self.mean) / self.std
    def unnorm(self, x): return (x * self.std) + self.mean
class LogisticRegression(tf.Module):
    def __init__(self): self.built = False
    def __call__(self, x, train=True):
        if not self.built:
            self.w = tf.Variable(tf.random.uniform(shape=[x.shape[-1], 1], seed=22)); self.b = tf.Variable(tf.random.uniform(shape=[], seed=22)); self.built = True
        z = tf.squeeze(tf.add(tf.matmul(x, self.w), self.b), axis=1)
        return z if train else tf.sigmoid(z)
def log_loss(y_pred, y): return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=y_pred))
def predict_class(y_pred, thresh=0.5): return tf.cast(y_pred > thresh, tf.float32)
def accuracy(y_pred, y): return tf.reduce_mean(tf.cast(predict_class(tf.math.sigmoid(y_pred)) == y, tf.float32))
x_np = np.random.RandomState(1).randn(60, 4).astype("float32"); y_np = (x_np.sum(1) > 0).astype("float32")
df = pd.DataFrame(np.c_[x_np, y_np], columns=["a", "b", "c", "d", "y"])
train_dataset = df.sample(frac=0.75, random_state=1); test_dataset = df.drop(train_dataset.index)
x_train, y_train = train_dataset.iloc[:, :-1], train_dataset.iloc[:, -1]
x_train, y_train = tf.convert_to_tensor(x_train, dtype=tf.float32), tf.convert_to_tensor(y_train, dtype=tf.float32)
print(x_train.shape, len(test_dataset), x_train[0])
nx = Normalize(x_train); xn = nx.norm(x_train)
log_reg = LogisticRegression()
print(log_reg(xn[:3], train=False).shape)
ds = tf.data.Dataset.from_tensor_slices((xn, y_train)).shuffle(buffer_size=45, seed=3).batch(15)
lr = 0.5
for epoch in range(3):
    bl, ba = [], []
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            yp = log_reg(xb); loss = log_loss(yp, yb)
        grads = tape.gradient(loss, log_reg.variables)
        for g, v in zip(grads, log_reg.variables): v.assign_sub(lr * g)
        bl.append(loss); ba.append(accuracy(yp, yb))
    print(f"Epoch: {epoch}", tf.reduce_mean(bl).shape, tf.reduce_mean(ba) > 0.3)
class ExportModule(tf.Module):
    def __init__(self, model, norm_x): self.model, self.norm_x = model, norm_x
    @tf.function(input_signature=[tf.TensorSpec(shape=[None, None], dtype=tf.float32)])
    def __call__(self, x): return self.model(self.norm_x.norm(x), train=False)
e = ExportModule(model=log_reg, norm_x=nx)
print(e(x_train[:2]).shape, sorted(v.name for v in e.variables), [type(s).__name__ for s in e.submodules])
print(np.all(np.abs(nx.unnorm(xn) - x_train) < 1e-5), log_reg.w.shape)
