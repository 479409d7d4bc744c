# SPDX-License-Identifier: Apache-2.0
"""The engine without Python, by the two programs beside this file: a training step from C++, and long tapes."""
import json
import subprocess

SECONDS = "10"


def lines(command):
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def engine_step(folder):
    """Processor time of the script's thread, in the best of many rounds; the wall clock beside it waits for the encoder."""
    [cost] = lines([folder / "bench_engine_step", SECONDS])
    rows = [("plain Eigen", cost["eigen"]), ("the engine, nobody listening", cost["silent"]),
            ("the engine, everything recorded", cost["recorded"]),
            ("the same, average of all rounds", cost["recorded_average"]),
            ("the same, by the wall clock", cost["recorded_wall"])]
    return {"what": f"one training step from C++, written to a reader for {SECONDS} s", "runs": 1,
            "rows": [{"name": name, "milliseconds": microseconds / 1000} for name, microseconds in rows]}


def tape(folder):
    """gradient() over a chain, for one of its operations; how it grows with the length says whether it is linear."""
    rows = []
    for cost in lines([folder / "bench_engine_tape"]):
        rows.append({"name": f"gradient over {cost['length']}, {cost['bytes']} bytes an operation",
                     "milliseconds": cost["backward"] / 1000})
        rows.append({"name": "    the same, with events made", "milliseconds": cost["told_backward"] / 1000})
    return {"what": "the way back, for each operation of the tape", "runs": 5, "rows": rows}
