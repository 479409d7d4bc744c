# SPDX-License-Identifier: Apache-2.0
"""What it costs a script that its bindings and loops are named: its time as it is, and the time of the same text through exec, which
nobody rewrites. Both record everything else. The script itself says what the processor's time of its own thread was, so that
neither the start of a worker nor what else runs on the machine is in it.
"""
import json
import pathlib
import statistics
import subprocess
import tempfile

from step import TENSORFLOW as TRAINING

RUNS = 7

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

LOOP = "for step in range({steps}):"
ROWS = (("training step", TRAINING, 5000), ("plain Python", PLAIN, 50000))


def timed(script, steps):
    """The script, which prints what a step took, in milliseconds."""
    began = script.replace(LOOP, "import time\nbegan = time.thread_time()\n" + LOOP, 1)
    return began.format(steps=steps) + f"print((time.thread_time() - began) / {steps} * 1000)\n"


def through_exec(script):
    """The name of the file stays, so that lines and call sites are found as before; what it imports is seen beforehand."""
    return f"import tensorflow\nexec(compile({script!r}, __file__, 'exec'))\n"


def milliseconds(tapescope, script):
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "script.py"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run([tapescope, "check", "--format", "json", file], check=True, capture_output=True)
    return float(json.loads(done.stdout)["output"])


def measure(folder):
    rows = []
    for name, script, steps in ROWS:
        times = {f"{name}, as it is written": [], f"{name}, named": []}
        for _ in range(RUNS):
            for row, text in zip(times, (through_exec, str)):
                times[row].append(milliseconds(folder / "tapescope", text(timed(script, steps))))
        medians = [statistics.median(taken) for taken in times.values()]
        rows += [{"name": row, "milliseconds": value, "ratio": value / medians[0]} for row, value in zip(times, medians)]
    return {"what": "a step of a script with its names and without", "runs": RUNS, "rows": rows}
