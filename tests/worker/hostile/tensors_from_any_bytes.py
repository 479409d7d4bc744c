# SPDX-License-Identifier: Apache-2.0
# Tensors written as bytes, with some of the bytes changed.
# expect-outcome: error
# expect-text: Line 26: InvalidArgumentError
# expect-printed: end True
# arguments: --preload tensorflow,numpy --cpu 20
import random
import tensorflow as tf
random.seed(0)
good = [tf.io.serialize_tensor(t).numpy() for t in (tf.ones((2, 3)), tf.constant(["a", "bc"]), tf.constant([True, False]),
                                                    tf.constant(1j), tf.zeros((0, 2)), tf.constant([1, 2], tf.uint8))]
read = 0
for _ in range(4000):
    data = bytearray(random.choice(good))
    for _ in range(random.randint(1, 6)):
        place, kind = random.randrange(len(data)) if data else 0, random.randrange(4)
        if kind == 0 and data: data[place] = random.randrange(256)
        elif kind == 1: del data[place:place + 1]
        elif kind == 2: data.insert(place, random.choice([0, 255, 127, 128, 8, 18]))
        else: data += b"\xff" * random.randint(1, 12)
    for dtype in (tf.float32, tf.string, tf.bool, tf.uint8):
        try: read += tf.io.parse_tensor(bytes(data), dtype) is not None
        except (tf.errors.InvalidArgumentError, NotImplementedError): pass
print("end", read > 0)

tf.io.parse_tensor(b"\x08\x01\x12\x0a\x12\x08\x08\xff\xff\xff\xff\xff\xff\xff\x7f", tf.float32)
