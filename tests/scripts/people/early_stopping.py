# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
from absl import app, flags

FLAGS = flags.FLAGS
flags.DEFINE_float("lr", 0.3, "learning rate")
flags.DEFINE_integer("patience", 3, "epochs without progress")


def main(_):
    x = tf.Variable(4.0)
    best, waited = float("inf"), 0
    for epoch in range(100):
        with tf.GradientTape() as tape:
            loss = tf.abs(x - 1.0)
        x.assign_sub(FLAGS.lr * tape.gradient(loss, x))
        if loss < best - 1e-3:
            best, waited = float(loss), 0
        else:
            waited += 1
        if waited >= FLAGS.patience:
            print(f"stopped at {epoch}, best {best:.3f}")
            break


if __name__ == "__main__":
    try:
        app.run(main)
    except SystemExit as end:
        print("exit", end.code)
