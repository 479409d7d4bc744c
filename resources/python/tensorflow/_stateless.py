# SPDX-License-Identifier: Apache-2.0
"""tf.random.stateless_*: random numbers from two numbers alone, with the Philox generator."""

import _tapescope

from tensorflow._errors import InvalidArgumentError
from tensorflow._fold import folded

_run = _tapescope.run
_WORD = 2**32 - 1


def _mixed(counter, key):
    """One block of Philox-4x32-10."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (q >> 32) ^ b ^ k, q & _WORD, (p >> 32) ^ d ^ m, p & _WORD
        k, m = (k + 0x9E3779B9) & _WORD, (m + 0xBB67AE85) & _WORD
    return a, b, c, d


def _signed(low, high):
    number = low | high << 32
    return number - 2**64 if number >= 2**63 else number


def _key_and_counter(seed):
    """kernels/stateless_random_ops.cc GenerateKey: the seeds are scrambled, so that any will do."""
    shape = list(seed.shape) if _tapescope.is_tensor(seed) else [len(seed)]
    if shape != [2]:
        text = ",".join(str(size) for size in shape)
        raise InvalidArgumentError(
            "{{function_node __wrapped__StatelessRandomGetKeyCounter_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
            f"seed must have shape [2], not [{text}] [Op:StatelessRandomGetKeyCounter]"
        )
    numbers = _tapescope.peek(seed).tolist() if _tapescope.is_tensor(seed) else seed
    first, second = (int(number) % 2**64 for number in numbers)
    block = _mixed((first & _WORD, first >> 32, second & _WORD, second >> 32), (0x3EC8F720, 0x02461E29))
    return _signed(block[0], block[1]), _signed(block[2], block[3])


def _drawn(op, shape, seed, dtype):
    name = getattr(dtype, "name", dtype)
    if name != "float32":
        raise NotImplementedError(f"stateless random numbers of {name} are not there yet; use dtype=tf.float32")
    key, counter = _key_and_counter(seed)
    return _run(op, shape=shape, seed=key, seed2=counter)


@folded("tf.random.stateless_uniform")
def stateless_uniform(shape, seed, minval=0, maxval=None, dtype="float32", name=None, alg="auto_select"):
    noise = _drawn("RandomUniform", shape, seed, dtype)
    low = _tapescope.tensor(minval, "float32")
    high = _tapescope.tensor(1.0 if maxval is None else maxval, "float32")
    return _run("AddV2", _run("Mul", noise, _run("Sub", high, low)), low)


@folded("tf.random.stateless_normal")
def stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype="float32", name=None, alg="auto_select"):
    noise = _drawn("RandomStandardNormal", shape, seed, dtype)
    return _run("AddV2", _run("Mul", noise, stddev), mean)
