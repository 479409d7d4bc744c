#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what a real TensorFlow does with scripts, as JSON that the tests compare against.

    python tests/conformance/record.py resources/scenarios --into tests/scripts
    python tests/conformance/record.py FOLDER_OF_LISTINGS --into tests/conformance/recordings --ending json

    python tests/conformance/record.py --cases [FAMILY...]

Each script runs in a process of its own, from its file, as if tf.random.set_seed(0) had been called before. The cases of
tests/conformance/cases run as harness.py says, a family in one process. Needs TensorFlow 2.21.0 with Keras 3.15.1; the
tests themselves need neither. Families that say "# keras: 2" are recorded with tf_keras 2.21.0, and those that say "# recorded with: pandas 2.2.3" with
that package as well.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback
import types

import conformance

SEED = 0
VERSIONS = {"tensorflow": "2.21.0", "keras": "3.15.1"}
OLDER_KERAS = "2.21.0"  # tf_keras, for families that say "# keras: 2"


def describe(value):
    """A number or a nest of lists of numbers; infinities and NaN as text, since JSON has none."""
    if isinstance(value, list):
        return [describe(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return repr(value)
    return value


def final_variables(tf, names):
    """The variables that the script's globals lead to when it ends, by name."""
    return {
        name: {
            "tensorflow_name": value.name,
            "dtype": value.dtype.name,
            "shape": value.shape.as_list(),
            "value": describe(value.numpy().tolist()),
        }
        for name, value in names.items()
        if isinstance(value, tf.Variable)
    }


def line_in(path, traceback):
    """The innermost line of the script in a traceback."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def text_of(path):
    """The text of a script; of a notebook the cells one after the other, below a line each, as the program joins them."""
    if path.suffix != ".ipynb":
        return path.read_text()
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    lines = []
    for number, cell in enumerate(cells, 1):
        lines.append(f"# %% Cell {number}")
        lines += ["#" + line if line.startswith(("%", "!")) else line for line in "".join(cell["source"]).split("\n")]
    return "\n".join(lines)


def run(path):
    """Runs one script here and returns the recording, without what it printed."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    import logging
    import warnings

    import keras
    import numpy
    import tensorflow as tf

    messages = []
    warnings.showwarning = lambda message, category, filename, lineno, *rest: messages.append(
        {"category": category.__name__, "message": str(message)})
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(
        {"category": f"{record.levelname}:tensorflow", "message": record.getMessage()})
    # What TensorFlow says of its own functions inside of a jacobian is nothing of the script's.
    handler.addFilter(lambda record: "pfor.<locals>" not in record.getMessage())
    tf.get_logger().addHandler(handler)
    tf.random.set_seed(SEED)

    sys.argv = [path]
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    exception = None
    try:
        exec(compile(text_of(pathlib.Path(path)), path, "exec"), module.__dict__)
    except Exception as error:  # whatever the script raises is part of the recording
        exception = {"type": type(error).__name__, "message": str(error), "line": line_in(path, error.__traceback__)}
    return {
        "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": numpy.__version__,
                     "python": ".".join(map(str, sys.version_info[:3]))},
        "seed": SEED,
        "exception": exception,
        "warnings": messages,
        "variables": final_variables(tf, module.__dict__),
    }


def record(path):
    """Runs a script in a process of its own; the child hands its recording back through a pipe of its own."""
    reading, writing = os.pipe()
    child = subprocess.Popen([sys.executable, os.path.abspath(__file__), "--child", str(writing), str(path)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=[writing])
    os.close(writing)
    printed, complaints = child.communicate()
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    if not text:
        raise SystemExit(f"{path}: the process ended without a recording\n{complaints}")
    recording = json.loads(text)
    return {"script": path.name, **recording, "stdout": printed}


def forked(text):
    """Runs a text in a child that has TensorFlow imported already, in a folder that is taken away, and returns what it printed."""
    with tempfile.TemporaryDirectory() as scratch:
        return forked_in(scratch, text)


def forked_in(folder, text):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.dup2(writing, 1)
        sys.modules["__main__"] = types.ModuleType("__main__")
        status = 1
        try:
            exec(compile(text, "cases.py", "exec"), sys.modules["__main__"].__dict__)
            status = 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        printed = pipe.read()
    return printed, f"ended with status {os.waitpid(child, 0)[1]}"


def record_cases(families):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    import tensorflow  # noqa: F401  the children have it without waiting for it
    for family in families or conformance.families():
        older = conformance.is_for_keras_2(family)
        if older:
            os.environ["TF_USE_LEGACY_KERAS"] = "1"  # TensorFlow looks when tf.keras is first asked for, in a child
        else:
            os.environ.pop("TF_USE_LEGACY_KERAS", None)
        outcomes, versions = conformance.run_all(forked, family)
        wanted = {**VERSIONS, **({"keras": OLDER_KERAS} if older else {}), **conformance.packages_of(family)}
        wrong = [f"{name} {versions[name]}" for name in wanted if versions[name] != wanted[name]]
        if wrong:
            raise SystemExit(f"recordings of {family} come from {wanted}, this is {', '.join(wrong)}")
        dead = [name for name, outcome in outcomes.items() if "died" in outcome]
        if dead:
            raise SystemExit(f"{family}: TensorFlow itself did not survive {', '.join(dead)}")
        conformance.write_recording(family, outcomes, versions)
        print(f"{conformance.recording_path(family)}: {len(outcomes)} cases", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=pathlib.Path, help="folder of the recordings; beside the scripts if not given")
    parser.add_argument("--ending", default="expected")
    parser.add_argument("--cases", action="store_true", help="record cases; the paths are families, none means all")
    parser.add_argument("paths", nargs="*", type=pathlib.Path, help="scripts, or folders of scripts")
    options = parser.parse_args()
    if options.cases:
        record_cases([path.stem for path in options.paths])
        return
    if options.child is not None:
        recording = run(str(options.paths[0]))
        sys.stdout.flush()
        with os.fdopen(options.child, "w") as pipe:
            json.dump(recording, pipe)
        return
    scripts = [script for path in options.paths
               for script in (sorted([*path.glob("*.py"), *path.glob("*.ipynb")]) if path.is_dir() else [path])]
    for script in scripts:
        target = (options.into or script.parent) / f"{script.stem}.{options.ending}"
        target.write_text(json.dumps(record(script), indent=1) + "\n")
        print(target, flush=True)


if __name__ == "__main__":
    main()
