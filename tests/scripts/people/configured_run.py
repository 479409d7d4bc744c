# SPDX-License-Identifier: Apache-2.0
import argparse
import dataclasses
import json
import logging
import sys
from pathlib import Path
from datetime import datetime, timedelta
import tensorflow as tf

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
log = logging.getLogger("train")

@dataclasses.dataclass
class Config:
    lr: float = 0.1
    steps: int = 5
    name: str = "run"
    layers: list = dataclasses.field(default_factory=lambda: [4, 1])

def parse_args():
    parser = argparse.ArgumentParser(description="Train a small model")
    parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("runs"))
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()

def main():
    args = parse_args()
    cfg = Config(lr=args.lr, steps=args.steps)
    log.info("config %s", json.dumps(dataclasses.asdict(cfg), sort_keys=True))
    out = args.out / cfg.name
    log.info("out %s suffix=%r parent=%s", out.as_posix(), out.suffix, out.parent)
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential([tf.keras.layers.Dense(n) for n in cfg.layers])
    opt = tf.keras.optimizers.SGD(cfg.lr)
    x = tf.reshape(tf.range(8, dtype=tf.float32), (4, 2)) / 8.0
    y = tf.reduce_sum(x, axis=1, keepdims=True)
    for step in range(cfg.steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x) - y) ** 2)
        grads = tape.gradient(loss, model.trainable_weights)
        opt.apply_gradients(zip(grads, model.trainable_weights))
        log.info("step %d loss=%.4f", step, loss)
    d = datetime(2024, 2, 28) + timedelta(days=2)
    log.warning("date %s %s", d.isoformat(), d.strftime("%A %d %b %Y"))
    log.debug("not shown")

if __name__ == "__main__":
    main()
