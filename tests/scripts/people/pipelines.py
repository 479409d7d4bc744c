# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np
tf.random.set_seed(0)
AUTOTUNE = tf.data.AUTOTUNE
def gen():
    for i in range(5):
        yield i, [i, i * i]
ds = tf.data.Dataset.from_generator(gen, output_signature=(tf.TensorSpec(shape=(), dtype=tf.int32), tf.TensorSpec(shape=(2,), dtype=tf.int32)))
for a, b in ds.take(2):
    print(a.numpy(), b.numpy())
ds = tf.data.Dataset.range(10).map(lambda x: x * 2, num_parallel_calls=AUTOTUNE)
ds = ds.filter(lambda x: x % 4 == 0).cache().shuffle(10, seed=42).repeat(2).batch(4).prefetch(AUTOTUNE)
print(ds.element_spec)
for batch in ds:
    print(batch)
w = tf.data.Dataset.range(7).window(3, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(3))
print([x.numpy().tolist() for x in w])
d = {"a": np.arange(4), "b": np.ones((4, 2), np.float32)}
for e in tf.data.Dataset.from_tensor_slices(d).batch(3):
    print({k: v.shape for k, v in e.items()})
z = tf.data.Dataset.zip((tf.data.Dataset.range(3), tf.data.Dataset.range(3, 6)))
print(list(z.as_numpy_iterator()))
print(tf.data.experimental.cardinality(ds).numpy(), len(z))
print(tf.data.Dataset.range(5).reduce(np.int64(0), lambda s, x: s + x).numpy())
p = tf.data.Dataset.from_generator(lambda: iter([[1], [1, 2], [1, 2, 3]]), output_signature=tf.TensorSpec([None], tf.int32)).padded_batch(2)
for x in p: print(x.numpy())
for i, x in tf.data.Dataset.from_tensor_slices(["x", "y"]).enumerate(start=1): print(i.numpy(), x.numpy())
c = tf.data.Dataset.range(2).concatenate(tf.data.Dataset.range(5, 7)).interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=2)
print([int(x) for x in c])
