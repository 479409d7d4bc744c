# SPDX-License-Identifier: Apache-2.0
"""Options, settings and a last word: what scripts import beside TensorFlow."""
import atexit
import binascii
import bz2
import calendar
import configparser
import contextvars
import html.parser
import optparse
import shlex

import tensorflow as tf

atexit.register(print, "done")

SETTINGS = """
[training]
rate = 0.1
steps = 3
"""

parser = optparse.OptionParser()
parser.add_option("--start", type="float", default=1.0)
options, rest = parser.parse_args(shlex.split("--start 2.5 'a run'"))
settings = configparser.ConfigParser()
settings.read_string(SETTINGS)
rate = settings.getfloat("training", "rate")
step_number = contextvars.ContextVar("step_number", default=0)

w = tf.Variable(options.start)
for step in range(settings.getint("training", "steps")):
    step_number.set(step)
    with tf.GradientTape() as tape:
        loss = w * w
    w.assign_sub(rate * tape.gradient(loss, w))
    print(step_number.get(), w.numpy())


class Words(html.parser.HTMLParser):
    def handle_data(self, data):
        print("word:", data)


Words().feed("<b>gradient</b> tape")
print(rest, binascii.crc32(b"tape"), bz2.decompress(bz2.compress(b"tape")))
print(calendar.monthrange(2024, 2))
