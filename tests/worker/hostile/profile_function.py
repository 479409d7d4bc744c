# SPDX-License-Identifier: Apache-2.0
# A profiler that never comes back.
# expect-outcome: timeout
# expect-text: in line 8 (--timeout SECONDS raises the limit).
# arguments: --preload tensorflow,numpy
import sys, tensorflow as tf
def p(*a):
    while True: pass
sys.setprofile(p)
tf.constant(1.0)
