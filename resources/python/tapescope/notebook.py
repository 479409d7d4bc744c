# SPDX-License-Identifier: Apache-2.0
"""Notebooks: cells are parsed one by one, and the value of a cell's last line is shown."""
import ast
import io
import re
import sys
import tokenize

_HEADING = re.compile(r"^# %% Cell (\d+)$", re.MULTILINE)
SHOW = "__tapescope_show__"


def _cells(text):
    """(number of the heading's line, text below it) of each cell; what comes before the first heading is one, too."""
    places = [(match.start(), match.end()) for match in _HEADING.finditer(text)]
    if not places or text[:places[0][0]].strip():
        yield 0, text[:places[0][0]] if places else text
    for (start, end), following in zip(places, [*places[1:], (len(text), None)]):
        yield text.count("\n", 0, start) + 1, text[end:following[0]][1:]


def cell_of(text, line):
    """(cell, line in it) of a line of the whole text, or None."""
    before = "\n".join(text.split("\n")[:line])
    found = list(_HEADING.finditer(before))
    if not found:
        return None
    return int(found[-1].group(1)), line - before.count("\n", 0, found[-1].start()) - 1


def _is_quiet(source):
    """Does a semicolon end the last line? It asks for silence."""
    try:
        tokens = [token for token in tokenize.generate_tokens(io.StringIO(source).readline)
                  if token.type in (tokenize.OP, tokenize.NAME, tokenize.NUMBER, tokenize.STRING)]
    except (tokenize.TokenError, SyntaxError):
        return True
    return bool(tokens) and tokens[-1].string == ";"


def parse(name, text):
    """(tree, expressions that are shown, the SyntaxError of a cell or None). Cells from that one on are left out."""
    body, shown, error = [], [], None
    for line, source in _cells(text):
        try:
            cell = ast.parse("\n" * line + source, name).body
        except SyntaxError as wrong:
            error = wrong
            break
        body += cell
        if cell and isinstance(cell[-1], ast.Expr) and not _is_quiet(source):
            shown.append(cell[-1])
    return ast.Module(body, []), shown, error


def show_values(tree, shown):
    """Gives each of the expressions to SHOW; after the tree was read and rewritten."""
    for statement in shown:
        call = ast.Call(ast.Name(SHOW, ast.Load()), [statement.value], [])
        for node in (call, call.func):
            ast.copy_location(node, statement.value)
        statement.value = call


def representation(value):
    """What a notebook shows of a value."""
    show = getattr(type(value), "_tapescope_shown_", None)
    return repr(value) if show is None else show(value)


class _Shell:
    """get_ipython(): magic commands are left out."""

    def __getattr__(self, name):
        return lambda *arguments, **options: None


def prepare():
    """Gives a notebook the names that its cells have without an import."""
    import builtins

    import _worker

    def show(value):
        text = "" if value is None else representation(value)
        if text:
            _worker.show(text + "\n")
        if value is not None:
            main["_"] = value

    main = sys.modules["__main__"].__dict__
    setattr(builtins, SHOW, show)
    main["display"] = lambda *values, **options: [show(value) for value in values] and None
    main["get_ipython"] = _Shell
