# SPDX-License-Identifier: Apache-2.0
"""Holds the rows of resources/python/tensorflow/_surface/{_dispatched,_plain}.py against a real TensorFlow 2.21.0: which
parameters a function has, and in whose words it complains about arguments that do not fit. Prints what rows should say.

    tensorflow/bin/python tests/conformance/record_words.py            all rows that there are
    tensorflow/bin/python tests/conformance/record_words.py nn.relu    these functions, in rows or not
"""
import functools
import inspect
import os
import pathlib
import re
import runpy
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
SURFACE = pathlib.Path(__file__).parents[2] / "resources/python/tensorflow/_surface"


def rows(name):
    """{path: what stands behind its row's names}; a plain row begins with the function's own name."""
    found = {}
    for row in runpy.run_path(str(SURFACE / f"{name}.py"))["ROWS"].strip().split("\n"):
        paths, _, parameters = row.partition(" |")
        own, *paths = paths.split() if name == "_plain" else ["", *paths.split()]
        found.update(dict.fromkeys(paths, (own, parameters.strip())))
    return found


def parameters(function):
    texts, starred = [], False
    for one in inspect.signature(function).parameters.values():
        if one.kind == one.KEYWORD_ONLY and not starred:
            texts, starred = [*texts, "*"], True
        star = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        starred |= star == "*"
        texts.append(star + one.name + ("" if star or one.default is one.empty else "="))
    return " ".join(texts)


def words(path):
    """("", parameters) where the dispatcher complains, (own name, parameters) where Python does, None where nobody does."""
    import tensorflow

    function = functools.reduce(getattr, path.split("."), tensorflow)
    try:
        function(no_such_argument=1)
    except Exception as problem:
        if str(problem) == "Got an unexpected keyword argument 'no_such_argument'":
            return "", parameters(function)
        own = re.match(r"(\S+)\(\) got an unexpected keyword argument 'no_such_argument'", str(problem))
        return own and (own.group(1), parameters(function))
    return None


def main():
    known = {**rows("_dispatched"), **rows("_plain")}
    wrong = 0
    for path in sys.argv[1:] or known:
        found = words(path)
        if found != known.get(path):
            wrong += 1
            print(path, "stands as", known.get(path), "and is", found)
    print(f"{len(sys.argv[1:] or known)} functions, {wrong} other than their rows")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
