# SPDX-License-Identifier: Apache-2.0
"""Checks what the compiler does not: who includes whom, and the form of the source files. check_layers.py ROOT"""
import pathlib
import re
import sys

CORE = {"core/base", "core/trace", "core/ops"}
PICTURE = {"core/base", "core/trace", "core/diagnosis", "app/layout"}
DOCUMENT = CORE | {"core/diagnosis"}
# A folder may include itself and these. Whoever sees a folder sees what that one sees.
MAY_INCLUDE = {
    "core/base": set(),
    "core/trace": {"core/base"},
    "core/ops": {"core/base"},
    "core/engine": CORE,
    "core/diagnosis": CORE,
    "app/worker": CORE | {"core/engine"},
    "app/layout": {"core/base", "core/trace"},
    "app/scene": PICTURE,
    "app/document": DOCUMENT,
    "app/view": PICTURE | DOCUMENT | {"app/scene", "app/document"},
    "app/cli": PICTURE | DOCUMENT | {"app/scene", "app/document", "app/view"},
    "app/main.cpp": {"app/cli", "app/view"},
}

QT = re.compile(r"Q[A-Z]\w*|Qt\w*/.*|q[a-z]+\.h")
PYTHON = re.compile(r"Python\.h|pybind11/.*|numpy/.*|(internal/)?(pycore_|frameobject|opcode).*")
GRAPHVIZ = re.compile(r"(graphviz/)?(gvc|cgraph|gvplugin|gvcext|gvcjob|types|textspan|cdt|pathplan|xdot)\.h")
# In folders that match, these outside headers may not appear.
FORBIDDEN = [
    (r"core/.*", QT, "core never includes Qt"),
    (r"core/.*", PYTHON, "core never includes Python"),
    (r"core/.*", GRAPHVIZ, "core never includes Graphviz"),
    (r"app/worker", QT, "the worker holds no Qt"),
    (r"app/(?!worker$).*", PYTHON, "only the worker includes Python"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
LONGEST = 400
LISTS = "tests/conformance/cases/"  # one small case after the other, like rows of a table: as long as there are cases
CODE = {".h", ".cpp"}
SOURCE = CODE | {".py", ".sh", ".fbs"}
FOLDERS = ["core", "app", "tests", "cmake", "resources/python", "resources/scenarios"]
SCRIPTS = ["run", "test", "bench", ".ci/run"]


def sources(root):
    """(path below root, lines) of every source file."""
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.suffix in SOURCE]
    found += [root / name for name in SCRIPTS if (root / name).is_file()]
    for path in found:
        name = path.relative_to(root).as_posix()
        if "__pycache__" not in name:
            yield name, path.read_text(encoding="utf-8").split("\n")


def check_form(name, lines):
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines[:2]):
        yield f"{name}:1: no SPDX line"
    if len(lines) - 1 > LONGEST and not name.startswith(LISTS):
        yield f"{name}:{len(lines) - 1}: longer than {LONGEST} lines"
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield f"{name}:{number}: white space at the end of the line"


def includes(name, lines, known):
    """(line number, what it says, the file of ours that it means or None)."""
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            beside = (pathlib.PurePosixPath(name).parent / match[1]).as_posix()
            ours = next((path for path in (match[1], beside) if path in known), None)
            yield number, match[1], ours


def folder_of(name):
    return "/".join(name.split("/")[:2])


def check_arrows(name, found):
    folder = folder_of(name)
    if folder not in MAY_INCLUDE:
        return
    for number, text, ours in found:
        target = folder_of(ours or text)
        if target != folder and target in MAY_INCLUDE and target not in MAY_INCLUDE[folder]:
            yield f"{name}:{number}: {folder} may not include {target}"
        for where, pattern, reason in FORBIDDEN:
            if not ours and re.fullmatch(where, folder) and pattern.fullmatch(text):
                yield f"{name}:{number}: <{text}>: {reason}"


def check_graphviz(graph):
    holders = sorted(name for name, found in graph.items() if any(GRAPHVIZ.fullmatch(text) for _, text, _ in found))
    if len(holders) > 1 or any(not name.endswith(".cpp") for name in holders):
        yield f"{holders[-1]}:1: Graphviz headers belong in one source file, and are in: {' '.join(holders)}"


def check_cycles(graph):
    """Each cycle once, by depth-first search without recursion."""
    state = {}
    for start in graph:
        path, pending = [], [(start, False)]
        while pending:
            name, left = pending.pop()
            if left:
                state[path.pop()] = "done"
            elif state.get(name) == "open":
                yield f"{name}:1: includes itself: {' -> '.join(path[path.index(name):] + [name])}"
            elif name not in state:
                state[name] = "open"
                path.append(name)
                pending.append((name, True))
                pending += [(ours, False) for _, _, ours in graph.get(name, []) if ours]


def check(root):
    files = dict(sources(root))
    code = {name: lines for name, lines in files.items() if pathlib.PurePosixPath(name).suffix in CODE}
    graph = {name: list(includes(name, lines, code)) for name, lines in code.items()}
    violations = [line for name, lines in files.items() for line in check_form(name, lines)]
    violations += [line for name, found in graph.items() for line in check_arrows(name, found)]
    return len(files), violations + [*check_graphviz(graph), *check_cycles(graph)]


if __name__ == "__main__":
    count, found = check(pathlib.Path(sys.argv[1]).resolve())
    print("\n".join(found) if found else f"{count} files keep to the rules")
    sys.exit(1 if found or not count else 0)
