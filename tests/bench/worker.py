# SPDX-License-Identifier: Apache-2.0
"""From starting the worker to the first event of its script, without numpy and with it, beside the Python that it holds."""
import os
import statistics
import subprocess
import time

RUNS = 9
MARK = b"the first of all"

PLAIN = "print('the first of all')\n"
TENSORS = "import tensorflow as tf\nx = tf.Variable(1.0, name='the first of all')\n"
ARRAYS = "import numpy as np\nimport tensorflow as tf\nx = tf.Variable(np.float32(1.0), name='the first of all')\n"


def until_mark(command, script):
    """Milliseconds from starting the process until what it writes holds the mark of the script's first event."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(script.encode())
        process.stdin.close()
        said = b""
        while MARK not in said.replace(script.encode(), b""):  # the text of the script is said before what it does
            part = process.stdout.read1(1 << 16)
            if not part:
                raise RuntimeError(f"{command[0]} ended before its first event")
            said += part
        taken = 1000 * (time.perf_counter() - begin)
        process.kill()
    return taken


def until_end(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - begin)


def measure(folder):
    worker = [folder / "tapescope-worker", "--name", "script.py"]
    python = "/usr/bin/python3"
    rows = {
        "python3 -c pass": lambda: until_end([python, "-c", "pass"]),
        "worker, script without numpy": lambda: until_mark(worker, PLAIN),
        "python3 -c 'import numpy'": lambda: until_end([python, "-c", "import numpy"]),
        "worker, script with tensorflow": lambda: until_mark([*worker, "--preload", "tensorflow"], TENSORS),
        "worker, script with tensorflow and numpy": lambda: until_mark([*worker, "--preload", "numpy,tensorflow"], ARRAYS),
    }
    if os.environ.get("TAPESCOPE_TENSORFLOW"):
        real = os.environ["TAPESCOPE_TENSORFLOW"]
        rows["python3 -c 'import tensorflow'"] = lambda: until_end([real, "-c", "import tensorflow"])
    times = {name: [] for name in rows}
    for run in range(RUNS + 1):
        for name, measured in rows.items():
            taken = measured()
            if run:  # the first of each warms the caches of the disk
                times[name].append(taken)
    return {"what": "worker start to first event", "runs": RUNS,
            "rows": [{"name": name, "milliseconds": statistics.median(taken)} for name, taken in times.items()]}
