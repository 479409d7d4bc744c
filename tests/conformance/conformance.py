# SPDX-License-Identifier: Apache-2.0
"""Cases on both sides: puts a script together, runs it in batches that survive a crash, and compares two outcomes."""
import collections
import fnmatch
import json
import math
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# Relative tolerances by dtype. Some sums run in another order than in TensorFlow's kernels, and its vectorised functions
# differ from the C library's in the last digits; both grow with the length of a chain.
# `size`: what values are at least taken to be of, where small ones are differences of larger ones.
Tolerance = collections.namedtuple("Tolerance", "float16 bfloat16 float32 float64 size", defaults=[0])
TOLERANCES = {
    "": Tolerance(2e-3, 1.6e-2, 3e-6, 1e-11),  # every family that has no line of its own
    "chains": Tolerance(0, 0, 0, 0),  # products and convolutions, each sum in the order of TensorFlow
    "digits": Tolerance(0, 0, 0, 0),
    "halves": Tolerance(0, 0, 0, 0),
    "totals": Tolerance(2e-3, 1.6e-2, 3e-6, 1e-11, 0.4),  # reduce_logsumexp around 0: as exact as its operands
    "optimizers_two": Tolerance(2e-3, 1.6e-2, 2e-5, 1e-11),
    "optimizers_legacy": Tolerance(2e-3, 1.6e-2, 2e-5, 1e-11),
    "optimizers": Tolerance(2e-3, 1.6e-2, 2e-5, 1e-11),  # near differences, of powers in Ftrl and of roots in Adadelta
    "optimizers_rounding": Tolerance(0, 0, 0, 0),
    "sums": Tolerance(0, 0, 0, 0),
    "optimizers_rounding_older": Tolerance(0, 0, 0, 0),
    "layers": Tolerance(2e-3, 1.6e-2, 2e-5, 1e-9, 1),
    "recurrent": Tolerance(2e-3, 1.6e-2, 5e-5, 1e-9, 1),
    "models": Tolerance(2e-3, 1.6e-2, 1e-4, 1e-5, 1),
    "callbacks": Tolerance(2e-3, 1.6e-2, 1e-4, 1e-5, 1),
    "programs": Tolerance(1e-2, 6e-2, 1e-4, 1e-9, 1),  # long chains, and three steps of them
}
SIZES = {"complex64": "float32", "complex128": "float64", "float": "float64"}
BATCH_SECONDS = 240


def families():
    return sorted(path.stem for path in (HERE / "cases").glob("*.py"))


def is_for_keras_2(family):
    """Does the file of cases say so, as a script does?"""
    return "\n# keras: 2\n" in (HERE / "cases" / f"{family}.py").read_text()


def packages_of(family):
    """{"pandas": "2.2.3"} of a file of cases that says "# recorded with: pandas 2.2.3"."""
    said = re.findall(r"^# recorded with: (\w+) (\S+)$", (HERE / "cases" / f"{family}.py").read_text(), re.MULTILINE)
    return dict(said)


def given_to(cases, seeds):
    """What the text of generated cases finds in front of it."""
    for call, text in {"cases_of_": "kinds.py", "case_of_layer": "layer_kinds.py", "three_steps": "rounding_kinds.py"}.items():
        if call in cases:
            return (HERE / text).read_text()
    return f"SEEDS = {seeds!r}" if re.search(r"\bSEEDS\b", cases) else ""


def script_of(family, only=None, skip=(), seeds=range(300)):
    """The text that both sides run: the harness, the cases, and the call that runs them."""
    cases = (HERE / "cases" / f"{family}.py").read_text()
    arguments = f"only={sorted(only) if only else None!r}, skip={sorted(skip)!r}"
    behind = (HERE / "expressions.py").read_text() if "\nEXPRESSIONS = " in cases else ""
    parts = [(HERE / "harness.py").read_text(), given_to(cases, seeds), cases, behind, f"run_cases({arguments})"]
    return "\n\n".join(parts) + "\n"


def tensorflow(python):
    """Runs a text under a real TensorFlow and returns what it printed, and its complaints."""
    def run(text):
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([python, file.name], capture_output=True, text=True, env=environment)
        return done.stdout, done.stderr[-2000:]
    return run


def worker(folder):
    """Runs a text in the worker of a build."""
    def run(text):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(text)
            file.flush()
            command = [f"{folder}/tapescope", "check", file.name, "--format", "json", "--timeout", str(BATCH_SECONDS)]
            done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "TAPESCOPE_OUTPUT": "64M"})
        if not done.stdout.startswith("{"):
            return "", done.stdout + done.stderr
        report = json.loads(done.stdout)
        return report["output"], done.stderr + json.dumps(report["error"])
    return run


def run_all(runner, family, only=None, seeds=range(300)):
    """({name: outcome} of all cases, versions). A case that ends its process gets {"died": ...}; the others still run."""
    outcomes = {}
    while True:
        printed, complaints = runner(script_of(family, only, outcomes, seeds))
        versions = None
        for line in printed.splitlines():
            if line.startswith("case: "):
                name, outcome = json.loads(line[6:])
                outcomes[name] = outcome
            elif line.startswith("done: "):
                versions = json.loads(line[6:])
        if versions is not None:
            return outcomes, versions
        culprit = re.search(r"^next: (.*)\Z", printed.rstrip("\n").rsplit("\n", 1)[-1])
        if not culprit:
            raise SystemExit(f"{family}: the cases could not be run\n{complaints}")
        outcomes[json.loads(culprit[1])] = {"died": complaints}


# What two outcomes have in common, or not.

def known_differences():
    """{"family/name": reason}: lines of known.txt, where a name may be a pattern."""
    rows = [line.partition(" -- ") for line in (HERE / "known.txt").read_text().splitlines() if line and line[0] != "#"]
    return {name: reason.strip() for name, _, reason in rows}


def entry_for(known, identity):
    """The name in known.txt that stands for this case: its own, or a pattern; None where there is none."""
    patterns = (name for name in known if fnmatch.fnmatchcase(identity, name))
    return identity if identity in known else next(patterns, None)


def near(wanted, found, relative, scale):
    if isinstance(wanted, str) or isinstance(found, str):  # nan, inf, text
        return wanted == found
    if math.copysign(1, wanted) == math.copysign(1, found) and wanted == found:
        return True
    return abs(wanted - found) <= relative * (max(abs(wanted), abs(found)) + 0.1 * scale)


def flat(values):
    return [each for value in values for each in (value if isinstance(value, list) else [value])]


def difference_of_values(wanted, found, dtype, family):
    """Of two lists of numbers or texts."""
    wanted, found = flat(wanted), flat(found)
    if len(wanted) != len(found):
        return f"{len(found)} values, in TensorFlow {len(wanted)}"
    tolerance = TOLERANCES.get(family, TOLERANCES[""])
    relative = getattr(tolerance, SIZES.get(dtype, dtype), 0)
    scale = max([abs(each) for each in wanted if isinstance(each, (int, float))], default=0)
    scale = max(scale, tolerance.size)
    for place, (one, other) in enumerate(zip(wanted, found)):
        if type(one) is not type(other) or not near(one, other, relative, scale):
            return f"value {place} is {other!r}, in TensorFlow {one!r}"
    return None


FRACTION = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+(?=e))(?:e[-+]?\d+)?")


def difference_of_texts(wanted, found):
    """Texts are the same, but for the last digits of fractions in them and the blanks that these move."""
    if wanted == found:
        return None
    numbers, others = FRACTION.findall(wanted), FRACTION.findall(found)
    texts = ["".join(FRACTION.sub("#", text).split()) for text in (wanted, found)]
    close = len(numbers) == len(others) and all(near(float(a), float(b), 3e-6, 0) for a, b in zip(numbers, others))
    return None if numbers and close and texts[0] == texts[1] else f"{found!r}\n    in TensorFlow {wanted!r}"


def difference(wanted, found, family, dtype=None):
    """The first difference between two outcomes or parts of them, in words; None where there is none."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in [*wanted, *(key for key in found if key not in wanted)]:
            if key not in wanted or key not in found:
                side = found if key in found else wanted
                return f"{key} only {'here' if key in found else 'in TensorFlow'}: {json.dumps(side[key])[:1500]}"
            kind = wanted.get("dtype") or wanted.get("array") or wanted.get("scalar")
            if key in ("v", "some", "sum"):
                values = [[each[key]] if key == "sum" else each[key] for each in (wanted, found)]
                said = difference_of_values(*values, kind, family)
            else:
                said = difference(wanted[key], found[key], family, key)
            if said:
                return said if said.startswith("value") else f"{key}: {said}"
        return None
    if isinstance(wanted, list) and isinstance(found, list):
        said = next(filter(None, (difference(*pair, family) for pair in zip(wanted, found))), None)
        return said or (None if len(wanted) == len(found) else f"{len(found)} items, in TensorFlow {len(wanted)}")
    if isinstance(wanted, str) and isinstance(found, str):
        return difference_of_texts(wanted, found)
    if dtype in ("float", "complex"):
        return difference_of_values([wanted], [found], dtype, family)
    same = type(wanted) is type(found) and wanted == found
    return None if same else f"{json.dumps(found)[:1500]}\n    in TensorFlow {json.dumps(wanted)[:1500]}"


def recording_path(family):
    return HERE / "recordings" / f"{family}.json"


def recording_of(family):
    path = recording_path(family)
    return json.loads(path.read_text())["cases"] if path.exists() else {}


def write_recording(family, outcomes, versions):
    """One line for each case, so that a change shows which cases it changed."""
    lines = [f"{json.dumps(name)}: {json.dumps(outcome, separators=(',', ':'))}" for name, outcome in outcomes.items()]
    recording_path(family).write_text(
        f'{{"versions": {json.dumps(versions)},\n"cases": {{\n' + ",\n".join(lines) + "\n}}\n")
