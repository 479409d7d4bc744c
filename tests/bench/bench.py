# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks that are named, or all: bench.py BUILD_FOLDER [start] [frame] [blocks] [step] [engine] [tape] [mlp] [adam]
[worker] [names] [--json]

Each measures its baseline in the same run, several times in turn with ours, and gives medians; nothing here passes or
fails, because a time alone says more about the machine than about the program.
"""
import json
import pathlib
import sys

import blocks
import engine
import frame
import mlp
import names
import start
import step
import worker

BENCHMARKS = {"start": start.measure, "frame": frame.measure, "blocks": blocks.measure, "step": step.measure, "engine": engine.engine_step, "tape": engine.tape,
              "mlp": mlp.measure, "adam": mlp.adam, "worker": worker.measure, "names": names.measure}


def table(name, result):
    """A row for each thing that was measured; the first is the baseline."""
    baseline = result["rows"][0]["milliseconds"]
    lines = [f"{name}: {result['what']} (median of {result['runs']})"]
    for row in result["rows"]:
        time = row["milliseconds"]
        text = f"{time:10.1f} ms" if time >= 10 else f"{1000 * time:10.2f} µs"
        lines.append(f"  {row['name']:48} {text}   {row.get('ratio', time / baseline):8.2f} x")
    return "\n".join(lines)


def main(folder, *arguments):
    chosen = [name for name in arguments if name != "--json"] or list(BENCHMARKS)
    results = {}
    for name in chosen:
        results[name] = BENCHMARKS[name](pathlib.Path(folder))
        baseline = results[name]["rows"][0]["milliseconds"]
        for row in results[name]["rows"]:
            row.setdefault("ratio", row["milliseconds"] / baseline)
        if "--json" not in arguments:
            print(table(name, results[name]), flush=True)
    if "--json" in arguments:
        print(json.dumps(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
