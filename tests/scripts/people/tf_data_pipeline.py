# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

tf.random.set_seed(1234)


def gen():
    for i in range(12):
        yield {"x": [float(i), i / 2], "id": i}, i % 3


ds = tf.data.Dataset.from_generator(gen, output_signature=(
    {"x": tf.TensorSpec(shape=(2,), dtype=tf.float32), "id": tf.TensorSpec(shape=(), dtype=tf.int32)},
    tf.TensorSpec(shape=(), dtype=tf.int32)))
print(ds.element_spec)
norm = ds.map(lambda f, l: ({**f, "x": f["x"] / 10.0}, l), num_parallel_calls=tf.data.AUTOTUNE)
evens = norm.filter(lambda f, l: f["id"] % 2 == 0).shuffle(4, seed=7).repeat(2).batch(4).prefetch(1)
for f, l in evens:
    print(f["id"].numpy(), l.numpy(), f["x"].shape)
print(evens.cardinality().numpy(), len(list(evens)))
z = tf.data.Dataset.zip((tf.data.Dataset.range(5), tf.data.Dataset.range(10, 15))).enumerate()
for i, (a, b) in z:
    print(int(i), a.numpy(), b.numpy(), end=" | ")
print()
w = tf.data.Dataset.range(7).window(3, shift=2, drop_remainder=True).flat_map(lambda d: d.batch(3))
print([x.tolist() for x in w.as_numpy_iterator()])
total = tf.data.Dataset.range(5).reduce(tf.constant(0, tf.int64), lambda s, x: s + x)
print(total)
it = iter(tf.data.Dataset.from_tensors([1, 2]).repeat())
print(next(it).numpy(), next(it).numpy())
padded = tf.data.Dataset.from_generator(lambda: iter([[1], [2, 3], [4, 5, 6]]), tf.int32, output_shapes=[None]).padded_batch(3)
print(next(iter(padded)).numpy())
train = tf.data.Dataset.range(10).skip(2).take(6)
val = tf.data.Dataset.range(10).take(2)
print(list(train.concatenate(val).as_numpy_iterator()))
