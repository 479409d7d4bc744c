#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains a line. Usage: cli_trainer.py [--epochs N] [--lr X]"""
from __future__ import annotations

import argparse
import collections
import dataclasses
import logging
import pathlib
import sys
from typing import Iterator, NamedTuple

import tensorflow as tf

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(name)s: %(message)s")
log = logging.getLogger(pathlib.Path(__file__).stem)


@dataclasses.dataclass
class Config:
    epochs: int = 3
    lr: float = 0.1
    batch: int = 8
    tags: list[str] = dataclasses.field(default_factory=list)


class Batch(NamedTuple):
    x: tf.Tensor
    y: tf.Tensor


def batches(cfg: Config) -> Iterator[Batch]:
    g = tf.random.Generator.from_seed(1)
    for _ in range(4):
        x = g.normal([cfg.batch, 1])
        yield Batch(x, 3 * x - 2 + 0.01 * g.normal([cfg.batch, 1]))


def train(cfg: Config) -> dict[str, float]:
    w, b = tf.Variable([[0.0]], name="w"), tf.Variable([0.0], name="b")
    opt = tf.keras.optimizers.SGD(cfg.lr)
    recent: collections.deque[float] = collections.deque(maxlen=4)
    for epoch in range(cfg.epochs):
        for batch in batches(cfg):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((batch.x @ w + b - batch.y) ** 2)
            grads = tape.gradient(loss, [w, b])
            opt.apply_gradients(zip(grads, [w, b]))
            recent.append(loss.numpy().item())
        log.info("epoch %d mean of last %d losses %.4f", epoch, len(recent), sum(recent) / len(recent))
    return {"w": w.numpy()[0, 0], "b": b.numpy()[0]}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args(argv)
    cfg = Config(epochs=args.epochs, lr=args.lr, tags=["demo"])
    print(cfg)
    result = train(cfg)
    print({k: f"{v:.3f}" for k, v in result.items()})
    return 0


if __name__ == "__main__":
    main()
