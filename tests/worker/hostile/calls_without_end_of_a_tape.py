# SPDX-License-Identifier: Apache-2.0
# Tapes in tapes in tapes, none of which ends.
# expect-outcome: timeout|memory|error
# expect-text: ine 9
# arguments: --preload tensorflow,numpy --wall 8
import tensorflow as tf
tapes = []
while True:
    tape = tf.GradientTape(persistent=True); tape.__enter__(); tapes.append(tape); tape.watch(tf.constant(1.0))
