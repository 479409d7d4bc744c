# SPDX-License-Identifier: Apache-2.0
"""What it costs a script that its bindings and loops are named: its time as it is, and the time of the same text through exec, which
nobody rewrites. Both record everything else. A step is (long run - short run) / difference.
"""
import statistics
import subprocess
import time

from step import TENSORFLOW as TRAINING

RUNS = 5
SHORT = 50

PLAIN = """
class Walker:
    def __init__(self):
        self.place = 0
        self.seen = []

    def step(self, far):
        self.place = self.place + far
        return self.place % 7

walker = Walker()
total = 0
for step in range({steps}):
    for far in (1, 2, 3):
        left = walker.step(far)
        if left > 3:
            total += left
        else:
            total -= 1
    a, b = step, total
    words = [a, b, "x"]
    length = len(words)
"""

ROWS = (("training step", TRAINING, 2000), ("plain Python", PLAIN, 100000))


def seconds(worker, script):
    begin = time.perf_counter()
    subprocess.run([worker, "--name", "script.py", "--preload", "numpy,tensorflow", "--cpu", "600", "--wall", "600"], input=script.encode(),
                   check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def through_exec(script):
    """The name of the file stays, so that lines and call sites are found as before."""
    return f"exec(compile({script!r}, __file__, 'exec'))\n"


def measure(folder):
    rows = []
    for name, script, more in ROWS:
        times = {f"{name}, as it is written": [], f"{name}, named": []}
        for _ in range(RUNS):
            for row, text in zip(times, (through_exec, str)):
                short = seconds(folder / "tapescope-worker", text(script.format(steps=SHORT)))
                long = seconds(folder / "tapescope-worker", text(script.format(steps=SHORT + more)))
                times[row].append((long - short) / more)
        medians = [statistics.median(taken) for taken in times.values()]
        rows += [{"name": row, "milliseconds": 1000 * value, "ratio": value / medians[0]} for row, value in zip(times, medians)]
    return {"what": "a step of a script with its names and without", "runs": RUNS, "rows": rows}
