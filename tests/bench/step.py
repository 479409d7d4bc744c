# SPDX-License-Identifier: Apache-2.0
"""One training step of the article's first listing as a script: the same arithmetic in numpy, ours with everything
recorded, and a real TensorFlow and PyTorch where there are any. A step is what more steps cost: (long run - short run) / difference.
"""
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

RUNS = 5
SHORT = 50

TENSORFLOW = """
import tensorflow as tf
W = tf.Variable(tf.random.normal((2, 2)), name="weight")
b = tf.Variable(tf.zeros((2,)), name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

def linear_transform(x):
    return tf.matmul(x, W) + b

for step in range({steps}):
    with tf.GradientTape() as tape:
        y_pred = linear_transform(X)
        loss = tf.reduce_sum(y_pred)
    gradients = tape.gradient(loss, [W, b])
    optimizer.apply_gradients(zip(gradients, [W, b]))
"""

PYTORCH = """
import torch
W = torch.randn(2, 2, requires_grad=True)
b = torch.zeros(2, requires_grad=True)
X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
optimizer = torch.optim.SGD([W, b], lr=0.01)

def linear_transform(x):
    return torch.matmul(x, W) + b

for step in range({steps}):
    y_pred = linear_transform(X)
    loss = torch.sum(y_pred)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""

NUMPY = """
import numpy as np
W = np.random.normal(size=(2, 2)).astype(np.float32)
b = np.zeros(2, np.float32)
X = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)

def linear_transform(x):
    return np.matmul(x, W) + b

for step in range({steps}):
    y_pred = linear_transform(X)
    loss = np.sum(y_pred)
    gradient = np.ones_like(y_pred)
    gradients = [np.matmul(X.T, gradient), np.sum(gradient, 0)]
    for variable, gradient in zip([W, b], gradients):
        variable -= np.float32(0.01) * gradient
"""


def run(command, script, steps):
    """Seconds that the command takes with the script of so many steps."""
    script_file = pathlib.Path(command[-1])
    script_file.write_text(script.format(steps=steps), encoding="utf-8")
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"})
    return time.perf_counter() - begin


def measure(folder):
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "step.py"
        # name, command, script, by how many steps the long run is longer
        rows = [("numpy, no tape and nothing recorded", ["/usr/bin/python3", file], NUMPY, 20000),
                ("Tapescope, recorded to a file", [folder / "tapescope", "record", "-o", file.with_suffix(".tape"), file],
                 TENSORFLOW, 5000)]
        for name, variable, script in [("TensorFlow, eager", "TAPESCOPE_TENSORFLOW", TENSORFLOW),
                                       ("PyTorch, eager", "TAPESCOPE_PYTORCH", PYTORCH)]:
            if os.environ.get(variable):
                rows.append((name, [os.environ[variable], file], script, 1000))
        times = {name: [] for name, *_ in rows}
        for _ in range(RUNS):
            for name, command, script, more in rows:
                short = run(command, script, SHORT)
                times[name].append((run(command, script, SHORT + more) - short) / more)
    return {"what": "one training step of two variables", "runs": RUNS,
            "rows": [{"name": name, "milliseconds": 1000 * statistics.median(taken)} for name, taken in times.items()]}
