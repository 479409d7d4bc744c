# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf, os
tf.keras.utils.set_random_seed(0)
net = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.1)
ckpt = tf.train.Checkpoint(step=tf.Variable(1), optimizer=opt, net=net)
manager = tf.train.CheckpointManager(ckpt, "./tf_ckpts", max_to_keep=2)
ckpt.restore(manager.latest_checkpoint) if False else None
x = tf.constant([[1.0, 2.0]]); y = tf.constant([[1.0]])
for _ in range(6):
    with tf.GradientTape() as tape: loss = tf.reduce_mean((net(x) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    ckpt.step.assign_add(1)
    if int(ckpt.step) % 2 == 0:
        path = manager.save()
        print("Saved checkpoint for step {}: {} loss {:1.2f}".format(int(ckpt.step), os.path.basename(path), loss.numpy()))
print([os.path.basename(c) for c in manager.checkpoints])
before = net.get_weights()[0].copy()
net.set_weights([w * 0 for w in net.get_weights()])
ckpt.restore(manager.latest_checkpoint).expect_partial()
print((net.get_weights()[0] == before).all(), int(ckpt.step))
