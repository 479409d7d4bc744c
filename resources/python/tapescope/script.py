# SPDX-License-Identifier: Apache-2.0
"""The script's way from bytes to code, and that of the modules beside it."""
import ast
import atexit
import io
import linecache
import sys
import tokenize

from tapescope import digest, notebook, rewriting, siblings


def _declares(data):
    return data.startswith(b"\xef\xbb\xbf") or any(tokenize.cookie_re.match(line.decode("latin-1"))
                                                    for line in data.split(b"\n", 2)[:2])


def _no_text(data, name):
    """What Python says of a file that declares no encoding and is no UTF-8."""
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            place = (name, number, None, None)
            return SyntaxError(f"Non-UTF-8 code starting with '\\x{line[error.start]:02x}' in file {name} on line {number}, "
                               "but no encoding declared; see https://peps.python.org/pep-0263/ for details", place)
    return SyntaxError("invalid encoding", (name, 1, None, None))


def decode(data, name):
    """The text of a script, as Python reads a source file. Bytes that are no text raise SyntaxError, as there."""
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SyntaxError("source code cannot contain null bytes", (name, data.count(b"\n", 0, data.index(b"\0")) + 1, None, None))
    if not _declares(data):
        try:
            data.decode()
        except UnicodeDecodeError:
            raise _no_text(data, name) from None
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        _, _, unknown = str(error).partition("unknown encoding: ")
        raise SyntaxError(f"encoding problem: {unknown}" if unknown else str(error)) from None
    if encoding.replace("_", "-").lower().startswith(("utf-16", "utf-32")):
        raise SyntaxError(f"encoding problem: {encoding}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SyntaxError(f"(unicode error) {error}") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_for_reading(data):
    """Something to show for a script that cannot be decoded."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


# File name -> how many lines come before its first, in the order of the files.
bases = {}
_lines = 0

# Whether some text names tf.gradients or tf.hessians, for which functions are recorded whole.
differentiates_graphs = False


def register(name, text):
    """Tracebacks and inspect.getsource find the text here; no file is opened for it."""
    global _lines
    lines = [line + "\n" for line in text.split("\n")]
    linecache.cache[name] = (len(text), None, lines, name)
    bases.setdefault(name, _lines)
    _lines += len(lines)


# Python's compiler takes deeper expressions than a walk in Python could follow within the limit for scripts.
_WALK_DEPTH = 20000

_later = None


def raise_later():
    """What is wrong with a cell is said when the cells before it have run."""
    if _later is not None:
        raise _later


def run_exit_functions():
    """What the script asked of atexit, after its last line or its exception."""
    atexit._run_exitfuncs()


class Program:
    """All texts of a run: digest rows, loops and names of all together, with lines through all of them."""

    def __init__(self):
        self.items, self.loops, self.names = [], [], []
        self.unseeded = False
        self._modules = []  # (file name, text or the error that an import raises)

    @property
    def module_names(self):
        return [siblings.module_name(file) for file, _ in self._modules]

    def add_module(self, file, data):
        """The text of a module, None where it has none."""
        try:
            text = decode(data, file)
        except SyntaxError as error:
            error.filename = file
            self._modules.append((file, error))
            return None
        self._modules.append((file, text))
        return text

    def _code(self, file, text, tree, prefix=""):
        global differentiates_graphs
        differentiates_graphs = differentiates_graphs or digest.differentiates_graphs(tree)
        read = digest.read(tree, text, bases[file], len(self.items))
        names = rewriting.rewrite(tree, read.loop_of, len(self.names), prefix)
        code = compile(tree, file, "exec", dont_inherit=True)
        self.items += read.items
        self.loops += read.loops
        self.names += names
        self.unseeded = self.unseeded or read.unseeded
        return code

    def _module(self, file, text):
        if isinstance(text, SyntaxError):
            return text
        try:
            return self._code(file, text, ast.parse(text, file), siblings.module_name(file))
        except SyntaxError as error:
            return error

    def compile(self, name, text):
        """The script's code, after which its modules can be imported; raises what Python raises for a wrong one."""
        global _later
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_WALK_DEPTH)
        try:
            if name.endswith(".ipynb"):
                tree, shown, _later = notebook.parse(name, text)
                notebook.prepare()
            else:
                tree, shown = ast.parse(text, name), []
            code = self._code(name, text, tree) if not shown else self._notebook_code(name, text, tree, shown)
            siblings.install({file: (self._module(file, text), text) for file, text in self._modules})
        finally:
            sys.setrecursionlimit(limit)
        return code

    def _notebook_code(self, name, text, tree, shown):
        self._code(name, text, tree)
        notebook.show_values(tree, shown)
        return compile(tree, name, "exec", dont_inherit=True)
