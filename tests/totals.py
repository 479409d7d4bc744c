# SPDX-License-Identifier: Apache-2.0
"""Adds up what ctest ran, by test functions: totals.py BUILD_FOLDER RESULTS.xml SUITE...

Programs that print the totals of Qt Test or of Python's unittest count as many as they say; any other counts as one. A
suite in which nothing ran is a failure: it means that a label was misspelt, not that all is well.
"""
import collections
import json
import re
import subprocess
import sys
import xml.etree.ElementTree

QT = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)
QT_SETUP = re.compile(r"^PASS   : \w+::(?:init|cleanup)TestCase\(\)$", re.MULTILINE)
QT_SKIP = re.compile(r"^SKIP   : (.*)$", re.MULTILINE)
PYTHON = re.compile(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED)(.*)$", re.MULTILINE)
Count = collections.namedtuple("Count", "passed failed skipped")


def add(counts):
    return Count(*(sum(column) for column in zip((0, 0, 0), *counts)))


def count_qt(output):
    total = add([[int(number) for number in found] for found in QT.findall(output)])
    return total._replace(passed=max(total.passed - len(QT_SETUP.findall(output)), 0))


def count_python(output):
    counts = []
    for ran, rest in PYTHON.findall(output):
        said = {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", rest)}
        failed = said.get("failures", 0) + said.get("errors", 0)
        counts.append(Count(max(int(ran) - failed - said.get("skipped", 0), 0), failed, said.get("skipped", 0)))
    return add(counts)


def count(status, output):
    """What one program did. A crash leaves no totals, or totals that know nothing of it."""
    total = add([count_qt(output), count_python(output)])
    if total == Count(0, 0, 0):
        return Count(int(status == "run"), int(status == "fail"), int(status not in ("run", "fail")))
    return total._replace(failed=max(total.failed, int(status == "fail")))


def labels_of(folder):
    listing = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"], check=True, capture_output=True)
    labels = {}
    for test in json.loads(listing.stdout)["tests"]:
        values = [p["value"] for p in test.get("properties", []) if p["name"] == "LABELS"]
        labels[test["name"]] = set(values[0]) if values else set()
    return labels


def main(folder, results, *suites):
    labels, cases = labels_of(folder), []
    for case in xml.etree.ElementTree.parse(results).getroot().iter("testcase"):
        output, status = case.findtext("system-out") or "", case.get("status")
        if status == "notrun" and not case.find("skipped").get("message").startswith("SKIP_"):
            status = "fail"  # the program is not there
        cases.append((labels.get(case.get("name"), set()), count(status, output)))
        for skipped in QT_SKIP.findall(output):
            print("skipped:", skipped)
    empty = []
    for suite in suites:
        counted = add([counted for names, counted in cases if suite in names])
        if counted.passed + counted.failed == 0:
            empty.append(suite)
        if len(suites) > 1:
            print(f"{suite + ':':13} {counted.passed} passed, {counted.failed} failed")
    for suite in empty:
        print(f"The suite {suite} is empty.")
    total = add([counted for _, counted in cases])
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or empty else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
