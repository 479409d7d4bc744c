# SPDX-License-Identifier: Apache-2.0
"""The longest that the window's thread computes for one event, on a step of a thousand boxes that is opened whole."""
import pathlib
import subprocess
import tempfile

SCRIPT = """import tensorflow as tf
w = tf.Variable(tf.ones((4, 4)) * 0.1, name="w")
optimizer = tf.keras.optimizers.SGD(0.01)
for step in range(3):
    with tf.GradientTape() as tape:
        h = tf.ones((2, 4))
        for i in range(250):
            h = tf.tanh(h @ w) + h * 0.5
        loss = tf.reduce_mean(h)
    optimizer.apply_gradients(zip(tape.gradient(loss, [w]), [w]))
"""


def measure(folder):
    with tempfile.TemporaryDirectory() as place:
        script = pathlib.Path(place) / "thousand.py"
        script.write_text(SCRIPT)
        done = subprocess.run([folder / "bench_blocks", script], check=True, capture_output=True, text=True)
    said = dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
    return {"what": f"one event in the window with {said['boxes, all open']} boxes", "runs": 1,
            "rows": [{"name": "the most that is allowed", "milliseconds": 50.0},
                     {"name": "the longest", "milliseconds": float(said["longest"])}]}
