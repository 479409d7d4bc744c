# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np
lr = tf.keras.optimizers.schedules.CosineDecay(0.1, decay_steps=20, warmup_target=0.2, warmup_steps=5)
print([round(float(lr(i)), 4) for i in range(0, 25, 5)])
opt = tf.keras.optimizers.AdamW(learning_rate=lr, weight_decay=0.01, clipnorm=1.0)
v = [tf.Variable([3.0, -4.0]), tf.Variable([[1.0]])]
for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.add_n([tf.reduce_sum(x ** 4) for x in v])
    grads = tape.gradient(loss, v)
    clipped, norm = tf.clip_by_global_norm(grads, 5.0)
    opt.apply_gradients(zip(clipped, v))
    print(step, f"{loss:.3f} {norm:.3f}", opt.iterations.numpy(), [np.round(x.numpy(), 4).tolist() for x in v])
ema = tf.train.ExponentialMovingAverage(0.9)
ema.apply([v[0]])
print(ema.average(v[0]).numpy().round(3))
