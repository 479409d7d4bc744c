# SPDX-License-Identifier: Apache-2.0
"""A training step of a network of two layers from C++, beside its matrix products alone and TensorFlow's step; and Adam's update
of ten million parameters beside copies of the memory that it touches."""
import json
import os
import subprocess

import engine

SECONDS = "3"
STEP = """
import json, time
import numpy as np, tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
x = tf.constant(np.random.randn(64, 784), tf.float32)
labels = tf.constant(np.arange(64) % 10, tf.int32)
w = [tf.Variable(0.05 * np.random.randn(*shape), dtype=tf.float32) for shape in ((784, 128), (128,), (128, 10), (10,))]
m, v = ([tf.Variable(tf.zeros_like(one)) for one in w] for _ in range(2))

def step():
    with tf.GradientTape() as tape:
        h = tf.nn.relu(x @ w[0] + w[1])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, h @ w[2] + w[3]))
    for one, g, a, b in zip(w, tape.gradient(loss, w), m, v):
        tf.raw_ops.ResourceApplyAdam(var=one.handle, m=a.handle, v=b.handle, beta1_power=0.9, beta2_power=0.999, lr=0.001, beta1=0.9,
                                     beta2=0.999, epsilon=1e-7, grad=g)

def best(call):
    call()
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        for _ in range(20):
            call()
        times.append((time.perf_counter() - begin) / 20)
    return 1e6 * min(times)

print(json.dumps([best(step), best(tf.function(step))]))
"""


def measure(folder):
    [cost] = engine.lines([folder / "bench_engine_mlp", SECONDS])
    rows = [("its matrix products alone", cost["products"]), ("the engine, nobody listening", cost["silent"]),
            ("the engine, everything recorded", cost["recorded"]), ("the same, by the wall clock", cost["recorded_wall"])]
    python = os.environ.get("TAPESCOPE_TENSORFLOW")
    if python:
        eager, compiled = json.loads(subprocess.run([python, "-c", STEP], check=True, capture_output=True, text=True).stdout)
        rows += [("TensorFlow, eager", eager), ("TensorFlow, compiled by tf.function", compiled)]
    return {"what": "a training step, 784-128-10, 64 examples, Adam", "runs": 1, "rows": in_milliseconds(rows)}


def adam(folder):
    [cost] = engine.lines([folder / "bench_engine_mlp", SECONDS])
    rows = [("copying what it touches", cost["copies"]), ("the update, nobody listening", cost["update"]),
            ("the update, recorded", cost["told_update"])]
    return {"what": "Adam's update of 10 million parameters", "runs": 1, "rows": in_milliseconds(rows)}


def in_milliseconds(rows):
    return [{"name": name, "milliseconds": microseconds / 1000} for name, microseconds in rows]
