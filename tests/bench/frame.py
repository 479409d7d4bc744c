# SPDX-License-Identifier: Apache-2.0
"""Frames of the picture while the deck plays, beside a QGraphicsScene of the same boxes."""
import subprocess


def measure(folder):
    """Lines of bench_frame as rows; of 1 001 boxes, seen as a whole, for the ratio."""
    done = subprocess.run([folder / "bench_frame"], check=True, capture_output=True, text=True)
    rows = []
    for line in done.stdout.splitlines():
        name, boxes, milliseconds = line.split("\t")
        rows.append({"name": f"{name}, {boxes} boxes", "milliseconds": float(milliseconds)})
    rows.sort(key=lambda row: row["name"] != "QGraphicsScene all, 1001 boxes")
    return {"what": "one frame of 1280 x 800 into memory", "runs": 40, "rows": rows}
