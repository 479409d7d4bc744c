# SPDX-License-Identifier: Apache-2.0
"""The script's way from bytes to code."""
import ast
import io
import linecache
import sys
import tokenize

from tapescope import digest, rewriting


def decode(data):
    """The text of a script, as Python reads a source file. Bytes that are no text raise SyntaxError, as there."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SyntaxError(f"(unicode error) {error}") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_for_reading(data):
    """Something to show for a script that cannot be decoded."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def register(name, text):
    """Tracebacks and inspect.getsource find the script here; no file is opened for it."""
    lines = [line + "\n" for line in text.split("\n")]
    linecache.cache[name] = (len(text), None, lines, name)


# Python's compiler takes deeper expressions than a walk in Python could follow within the limit for scripts.
_WALK_DEPTH = 20000


def prepare(name, text):
    """Digest rows, loops, names and code of the script; raises what Python raises for a wrong one."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_WALK_DEPTH)
    try:
        tree = ast.parse(text, name)
        read = digest.read(tree, text)
        names = rewriting.rewrite(tree, read.loop_of)
        code = compile(tree, name, "exec", dont_inherit=True)
    finally:
        sys.setrecursionlimit(limit)
    return read.items, read.loops, names, read.unseeded, code


def is_registered(name):
    return name in linecache.cache
