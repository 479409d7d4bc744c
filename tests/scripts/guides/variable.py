# SPDX-License-Identifier: Apache-2.0
# What a guide to variables teaches.
import tensorflow as tf

my_tensor = tf.constant([[1.0, 2.0], [3.0, 4.0]])
my_variable = tf.Variable(my_tensor)
bool_variable = tf.Variable([False, False, False, True])
complex_variable = tf.Variable([5 + 4j, 6 + 1j])

print("Shape: ", my_variable.shape)
print("DType: ", my_variable.dtype)
print("As NumPy: ", my_variable.numpy())
print(bool_variable, complex_variable.dtype)
del complex_variable

print("A variable:", my_variable)
print("\nViewed as a tensor:", tf.convert_to_tensor(my_variable))
print("\nIndex of highest value:", tf.math.argmax(my_variable))
# A new tensor; the variable keeps its shape.
print("\nCopying and reshaping: ", tf.reshape(my_variable, [1, 4]))

a = tf.Variable([2.0, 3.0])
a.assign([1, 2])
try:
    a.assign([1.0, 2.0, 3.0])
except Exception as e:
    print(f"{type(e).__name__}: {e}")

a = tf.Variable([2.0, 3.0])
b = tf.Variable(a)
a.assign([5, 6])
print(a.numpy())
print(b.numpy())
print(a.assign_add([2, 3]).numpy())
print(a.assign_sub([7, 9]).numpy())

a = tf.Variable(my_tensor, name="Mark")
b = tf.Variable(my_tensor + 1, name="Mark")
print(a == b, a.name, b.name)

step_counter = tf.Variable(1, trainable=False)
print(step_counter, step_counter.trainable)

with tf.device("CPU:0"):
    a = tf.Variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    b = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    c = tf.matmul(a, b)
print(c)
print(a.device)

# Beyond the guide: parts, scatters, identity, shapes that may change.
v = tf.Variable([1.0, 2.0, 3.0, 4.0], name="v")
v[1:3].assign([20.0, 30.0])
v.scatter_add(tf.IndexedSlices([10.0, 10.0], [0, 0]))
v.scatter_nd_update([[3]], [-4.0])
print(v)
print({v.ref(): "by identity"}[v.ref()], v.ref().deref() is v)
loose = tf.Variable([1.0, 2.0], shape=tf.TensorShape(None))
loose.assign([[1.0, 2.0, 3.0]])
print(loose.shape, loose.value().shape)
del loose
try:
    {v: 1}
except TypeError as e:
    print(e)
try:
    v += 1.0
except RuntimeError as e:
    print(e)
