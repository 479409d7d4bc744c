# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
tf.keras.utils.set_random_seed(2)
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.l1=tf.keras.layers.Dense(5)
    def call(self,x): return self.l1(x)
def toy_dataset():
    inputs=tf.range(10.)[:,None]
    labels=inputs*5.+tf.range(5.)[None,:]
    return tf.data.Dataset.from_tensor_slices(dict(x=inputs,y=labels)).repeat().batch(2)
def train_step(net,example,optimizer):
    with tf.GradientTape() as tape:
        output=net(example['x'])
        loss=tf.reduce_mean(tf.abs(output-example['y']))
    variables=net.trainable_variables
    gradients=tape.gradient(loss,variables)
    optimizer.apply_gradients(zip(gradients,variables))
    return loss
net=Net()
opt=tf.keras.optimizers.Adam(0.1)
dataset=toy_dataset()
iterator=iter(dataset)
ckpt=tf.train.Checkpoint(step=tf.Variable(1),optimizer=opt,net=net)
manager=tf.train.CheckpointManager(ckpt,'./tf_ckpts',max_to_keep=3)
ckpt.restore(manager.latest_checkpoint)
print("Restored" if manager.latest_checkpoint else "Initializing from scratch.")
for _ in range(30):
    example=next(iterator)
    loss=train_step(net,example,opt)
    ckpt.step.assign_add(1)
    if int(ckpt.step)%10==0:
        save_path=manager.save()
        print("Saved checkpoint for step {}: {}".format(int(ckpt.step),save_path))
        print("loss {:1.2f}".format(loss.numpy()))
print(manager.checkpoints)
ckpt.restore(manager.checkpoints[0])
print(int(ckpt.step))
