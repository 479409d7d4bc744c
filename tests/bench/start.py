# SPDX-License-Identifier: Apache-2.0
"""From the launch of the program to its first frame: a bare Qt window against ours with its findings on screen."""
import statistics
import subprocess
import time

RUNS = 9


def first_frame(command):
    """Milliseconds from starting the process to the line by which it says that the frame was shown."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line == "first frame\n":
                return 1000 * (time.perf_counter() - begin)
        complaint = process.stderr.read()
    raise RuntimeError(f"{command[0]} ended with status {process.returncode} before its first frame\n{complaint}")


def measure(folder):
    commands = {
        "a bare Qt window": [folder / "bench_bare_window"],
        "Tapescope with the findings of wrong-source": [folder / "bench_window", "wrong-source"],
    }
    times = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, command in commands.items():
            taken = first_frame(command)
            if run:  # the first of each warms the caches of the disk
                times[name].append(taken)
    return {"what": "launch to first frame", "runs": RUNS,
            "rows": [{"name": name, "milliseconds": statistics.median(taken)} for name, taken in times.items()]}
