# SPDX-License-Identifier: Apache-2.0
# What an advanced guide to automatic differentiation teaches: control of recording, gradients of one's own, several tapes,
# higher orders, jacobians.
import tensorflow as tf

# Pausing.
x = tf.Variable(2.0)
y = tf.Variable(3.0)
with tf.GradientTape() as t:
    x_sq = x * x
    with t.stop_recording():
        y_sq = y * y
    z = x_sq + y_sq
grad = t.gradient(z, {"x": x, "y": y})
print("dz/dx:", grad["x"])
print("dz/dy:", grad["y"])

# Beginning again.
x = tf.Variable(2.0)
y = tf.Variable(3.0)
reset = True
with tf.GradientTape() as t:
    y_sq = y * y
    if reset:
        t.reset()
    z = x * x + y_sq
grad = t.gradient(z, {"x": x, "y": y})
print("dz/dx:", grad["x"])
print("dz/dy:", grad["y"])

# Blocking.
x = tf.Variable(2.0)
y = tf.Variable(3.0)
with tf.GradientTape() as t:
    y_sq = y**2
    z = x**2 + tf.stop_gradient(y_sq)
grad = t.gradient(z, {"x": x, "y": y})
print("dz/dx:", grad["x"])
print("dz/dy:", grad["y"])


# A way back of one's own.
@tf.custom_gradient
def clip_gradients(y):
    def backward(dy):
        return tf.clip_by_norm(dy, 0.5)

    return y, backward


v = tf.Variable(2.0)
with tf.GradientTape() as t:
    output = clip_gradients(v * v)
print(t.gradient(output, v))


@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)

    def grad(upstream):
        return upstream * (1 - 1 / (1 + e))

    return tf.math.log(1 + e), grad


x = tf.constant(100.0)
with tf.GradientTape() as t:
    t.watch(x)
    y = log1pexp(x)
print(t.gradient(y, x))

weights = tf.Variable(tf.ones([2]), name="weights")


@tf.custom_gradient
def linear_poly(x):
    poly = weights[1] * x + weights[0]

    def grad_fn(dpoly, variables):
        grad_xs = dpoly * weights[1]
        assert variables is not None
        assert len(variables) == 1
        assert variables[0] is weights
        dy_dw = dpoly * tf.stack([x**1, x**0])
        return grad_xs, [tf.reduce_sum(tf.reshape(dy_dw, [2, -1]), axis=1)]

    return poly, grad_fn


x = tf.constant([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    poly = linear_poly(x)
print(poly, tape.gradient(poly, x), tape.gradient(poly, weights))

# Two tapes.
x0 = tf.constant(0.0)
x1 = tf.constant(0.0)
with tf.GradientTape() as tape0, tf.GradientTape() as tape1:
    tape0.watch(x0)
    tape1.watch(x1)
    y0 = tf.math.sin(x0)
    y1 = tf.nn.sigmoid(x1)
    y = y0 + y1
    ys = tf.reduce_sum(y)
print(tape0.gradient(ys, x0).numpy())
print(tape1.gradient(ys, x1).numpy())

# Second and third order.
x = tf.Variable(1.0)
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = x * x * x
    dy_dx = t1.gradient(y, x)
d2y_dx2 = t2.gradient(dy_dx, x)
print("dy_dx:", dy_dx.numpy())
print("d2y_dx2:", d2y_dx2.numpy())

with tf.GradientTape() as t3:
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t1:
            y = tf.sin(x) * tf.exp(x)
        first = t1.gradient(y, x)
    second = t2.gradient(first, x)
third = t3.gradient(second, x)
print([round(float(value), 4) for value in (first, second, third)])

# The size of the gradient with respect to the input, as a part of the loss.
kernel = tf.Variable([[0.3, -0.2, 0.5], [0.12, 0.4, -0.6]], name="kernel")
inputs = tf.constant([[1.0, 2.0], [0.5, -1.5]])
with tf.GradientTape() as t2:
    with tf.GradientTape(watch_accessed_variables=False) as t1:
        t1.watch(inputs)
        out = tf.reduce_sum(tf.nn.relu(tf.matmul(inputs, kernel)) ** 2)
    g1 = t1.gradient(out, inputs)
    g1_mag = tf.norm(g1)
dg1_mag = t2.gradient(g1_mag, [kernel])
print([var.shape for var in dg1_mag], tf.reduce_sum(dg1_mag[0]).numpy())

# Jacobians.
x = tf.linspace(-10.0, 10.0, 11)
delta = tf.Variable(0.0)
with tf.GradientTape() as tape:
    y = tf.nn.sigmoid(x + delta)
dy_dx = tape.jacobian(y, delta)
print(y.shape, dy_dx.shape, tf.reduce_sum(dy_dx))

x = tf.reshape(tf.range(14.0), [7, 2]) / 10.0
with tf.GradientTape(persistent=True) as tape:
    y = tf.nn.relu(tf.matmul(x, kernel))
j = tape.jacobian(y, kernel)
g = tape.gradient(y, kernel)
print(y.shape, kernel.shape, j.shape)
print("g.shape:", g.shape, "delta:", float(tf.reduce_max(tf.abs(g - tf.reduce_sum(j, axis=[0, 1])))) < 1e-5)

# A Hessian, and a step of Newton's.
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        loss = tf.reduce_mean(tf.nn.sigmoid(tf.matmul(x, kernel)) ** 2)
    g = t1.gradient(loss, kernel)
h = t2.jacobian(g, kernel)
print(kernel.shape, h.shape)
n_params = tf.reduce_prod(kernel.shape)
h_mat = tf.reshape(h, [n_params, n_params])
print(float(tf.reduce_max(tf.abs(h_mat - tf.transpose(h_mat)))) < 1e-6)

# The jacobian of each example.
x = tf.reshape(tf.range(10.0), [5, 2]) / 10.0
with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
    tape.watch(x)
    y = tf.nn.sigmoid(tf.matmul(x, kernel))
j = tape.jacobian(y, x)
jb = tape.batch_jacobian(y, x)
print(j.shape, jb.shape)
print(float(tf.reduce_max(tf.abs(tf.reduce_sum(j, axis=2) - jb))))

# A Hessian times a vector, without the Hessian; and forward.
vector = tf.constant([1.0, -1.0])
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = tf.reduce_sum(x**3) * x[0]
    g = t1.gradient(y, x)
print(t2.gradient(g, x, output_gradients=vector))
with tf.autodiff.ForwardAccumulator(primals=x, tangents=vector) as acc:
    y = tf.reduce_sum(x**3) * x[0]
print(acc.jvp(y))
