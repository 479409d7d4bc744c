#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs cases here and, where one is named, under a real TensorFlow right now, and prints what differs.

    python3 tests/conformance/compare.py tape [CASE...]                    against the recording
    python3 tests/conformance/compare.py tape [CASE...] --python tensorflow/bin/python
"""
import argparse
import json

import conformance


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--build", default=str(conformance.HERE.parents[1] / "build/release"))
    parser.add_argument("--seeds", default="0:300", help="of random programs: FROM:TO")
    parser.add_argument("--python", help="the interpreter of a virtual environment with TensorFlow")
    parser.add_argument("--show", action="store_true", help="print what happened in cases that agree, too")
    options = parser.parse_args()
    seeds = range(*map(int, options.seeds.split(":")))
    wanted = conformance.recording_of(options.family)
    if options.python:
        wanted, _ = conformance.run_all(conformance.tensorflow(options.python), options.family, options.cases, seeds)
    found, _ = conformance.run_all(conformance.worker(options.build), options.family, options.cases, seeds)
    known, differing = conformance.known_differences(), 0
    for name, outcome in found.items():
        if name not in wanted:
            print(f"{name}: not recorded")
            continue
        said = conformance.difference(wanted[name], outcome, options.family)
        differing += bool(said)
        reason = known.get(conformance.entry_for(known, f"{options.family}/{name}"))
        if said or reason or options.show:
            print(f"{name}: {said or 'agrees'}" + (f"\n    known: {reason}" if reason else ""))
        if options.show:
            print("    " + json.dumps(outcome))
    print(f"{len(found) - differing} agree, {differing} differ")


if __name__ == "__main__":
    main()
