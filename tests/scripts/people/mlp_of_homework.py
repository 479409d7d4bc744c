# SPDX-License-Identifier: Apache-2.0
"""Homework 2: a multilayer perceptron from scratch with tf.GradientTape."""
import argparse
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Optional, Tuple

import numpy as np
import tensorflow as tf

logging.basicConfig(level=logging.INFO, format="%(levelname)s:%(message)s")
log = logging.getLogger(__name__)


@dataclass
class Config:
    hidden: List[int] = field(default_factory=lambda: [32, 16])
    lr: float = 1e-2
    epochs: int = 5
    batch_size: int = 16
    seed: Optional[int] = 0


def parse_args(argv=None) -> Config:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--lr", type=float, default=1e-2)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--hidden", type=int, nargs="+", default=[32, 16])
    a = p.parse_args([] if argv is None else argv)
    return Config(hidden=a.hidden, lr=a.lr, epochs=a.epochs)


class MLP(tf.Module):
    def __init__(self, sizes: List[int], name=None):
        super().__init__(name=name)
        self.weights = []
        self.biases = []
        for i, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:])):
            init = tf.random.normal([n_in, n_out], stddev=np.sqrt(2.0 / n_in))
            self.weights.append(tf.Variable(init, name=f"w{i}"))
            self.biases.append(tf.Variable(tf.zeros([n_out]), name=f"b{i}"))

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            x = tf.matmul(x, w) + b
            if i < len(self.weights) - 1:
                x = tf.nn.relu(x)
        return x


def make_data(n: int, rng: np.random.Generator) -> Tuple[np.ndarray, np.ndarray]:
    x = rng.normal(size=(n, 4)).astype(np.float32)
    y = (x[:, 0] * x[:, 1] > 0).astype(np.int64)
    return x, y


def main(cfg: Config) -> None:
    if cfg.seed is not None:
        tf.random.set_seed(cfg.seed)
    rng = np.random.default_rng(cfg.seed)
    x, y = make_data(160, rng)
    model = MLP([4, *cfg.hidden, 2])
    print(cfg)
    print([v.name for v in model.trainable_variables], len(model.variables))
    opt = tf.keras.optimizers.Adam(cfg.lr)
    ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(cfg.batch_size)
    for epoch in range(cfg.epochs):
        losses, correct = [], 0
        for xb, yb in ds:
            with tf.GradientTape() as tape:
                logits = model(xb)
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yb, logits=logits))
            grads = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(grads, model.trainable_variables))
            losses.append(loss.numpy())
            correct += int(tf.reduce_sum(tf.cast(tf.argmax(logits, 1) == yb, tf.int32)))
        print(f"epoch {epoch + 1}/{cfg.epochs} loss={np.mean(losses):.4f} acc={correct / len(x):.3f}")
    log.info("done after %d epochs", cfg.epochs)
    print(Path("out") / "model.ckpt")


if __name__ == "__main__":
    main(parse_args())
