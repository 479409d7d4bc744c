# SPDX-License-Identifier: Apache-2.0
"""The digest of a script's syntax tree: functions, classes, loops, branches, blocks, calls, assignments, imports, with
ranges in lines from 1 through all texts and columns from 0 in code points. Read before the tree is rewritten."""
import ast

# The numbers of SyntaxKind.
FUNCTION, CLASS, LOOP, BRANCH, WITH, CALL, ASSIGN, IMPORT = range(8)


def dotted(node):
    """"tape.gradient"; of a callee that is no chain of names only what follows it: ".numpy"."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts))


class Columns:
    """Ranges of nodes; Python counts columns in bytes of UTF-8."""

    def __init__(self, text, base):
        self._base = base
        self._lines = [None if line.isascii() else line.encode() for line in text.split("\n")]

    def _point(self, line, column):
        data = self._lines[line - 1] if line <= len(self._lines) else None
        return column if data is None else len(data[:column].decode("utf-8", "replace"))

    def range(self, first, last=None):
        last = last or first
        return (self._base + first.lineno, self._point(first.lineno, first.col_offset),
                self._base + last.end_lineno, self._point(last.end_lineno, last.end_col_offset))

    def body(self, statements):
        """The range of a block; nothing, as four zeros, for none."""
        return self.range(statements[0], statements[-1]) if statements else (0, 0, 0, 0)

    def before(self, node, first):
        """From the node's own beginning up to the node `first`."""
        return (*self.range(node)[:2], *self.range(first)[2:])


class Digest(ast.NodeVisitor):
    """Rows (kind, parent, range, name, parts) in the order of the text; their numbers begin at `first`."""

    def __init__(self, text, base, first):
        self.items = []
        self._first = first
        self.loops = []     # (index, range up to the end of the body, enclosing loop of the same function or -1)
        self.loop_of = {}   # loop node -> index
        self._columns = Columns(text, base)
        self._parent = -1
        self._enclosing = -1

    def _add(self, node, kind, name, parts=()):
        self.items.append((kind, self._parent, self._columns.range(node), name, list(parts)))
        return self._first + len(self.items) - 1

    def _inside(self, index, node, function=False):
        parent, enclosing = self._parent, self._enclosing
        self._parent = index
        if function:
            self._enclosing = -1
        self.generic_visit(node)
        self._parent, self._enclosing = parent, enclosing

    def _function(self, node):
        self._inside(self._add(node, FUNCTION, getattr(node, "name", "<lambda>")), node, function=True)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _function

    def visit_ClassDef(self, node):
        self._inside(self._add(node, CLASS, node.name), node, function=True)

    def _loop(self, node):
        columns = self._columns
        head = columns.before(node, node.test if isinstance(node, ast.While) else node.iter)
        body = columns.body(node.body)
        index = self._add(node, LOOP, "while" if isinstance(node, ast.While) else "for", [head, body])
        self.loops.append((index, (*head[:2], *body[2:]), self._enclosing))
        self.loop_of[node] = index
        parent, enclosing = self._parent, self._enclosing
        self._parent = index
        for field, value in ast.iter_fields(node):
            # What runs once the loop has ended is not inside it.
            self._enclosing = index if field == "body" else enclosing
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    self.visit(child)
        self._parent, self._enclosing = parent, enclosing

    visit_For = visit_AsyncFor = visit_While = _loop

    def visit_If(self, node):
        parts = [self._columns.range(node.test), self._columns.body(node.body), self._columns.body(node.orelse)]
        self._inside(self._add(node, BRANCH, "if", parts), node)

    def visit_IfExp(self, node):
        parts = [self._columns.range(part) for part in (node.test, node.body, node.orelse)]
        self._inside(self._add(node, BRANCH, "if", parts), node)

    def _with(self, node):
        last = node.items[-1].optional_vars or node.items[-1].context_expr
        parts = [self._columns.before(node, last), self._columns.body(node.body)]
        targets = flat(item.optional_vars for item in node.items if item.optional_vars is not None)
        name = ", ".join(ast.unparse(target) for target in targets)
        self._inside(self._add(node, WITH, name, parts), node)

    visit_With = visit_AsyncWith = _with

    def visit_Call(self, node):
        arguments = sorted([*node.args, *node.keywords], key=lambda part: (part.lineno, part.col_offset))
        parts = [self._columns.range(argument) for argument in arguments]
        self._inside(self._add(node, CALL, dotted(node.func), parts), node)

    def _assign(self, node):
        targets = list(flat(getattr(node, "targets", None) or [node.target]))
        name = ", ".join(ast.unparse(target) for target in targets)
        parts = [self._columns.range(part) for part in [*targets, node.value] if part is not None]
        self._inside(self._add(node, ASSIGN, name, parts), node)

    visit_Assign = visit_AugAssign = visit_AnnAssign = visit_NamedExpr = _assign

    def visit_Import(self, node):
        for alias in node.names:
            self._add(node, IMPORT, alias.name)

    def visit_ImportFrom(self, node):
        self._add(node, IMPORT, "." * node.level + (node.module or ""))

    @property
    def unseeded(self):
        """Does the script draw from Python's or numpy's generators without seeding them?"""
        made = {"default_rng", "Random", "RandomState", "Generator", "SeedSequence", "MT19937", "PCG64", "Philox", "SFC64"}
        calls = [name for kind, _, _, name, arguments in self.items
                 if kind == CALL and not (arguments and name.rpartition(".")[2] in made)]  # these have a seed of their own
        roots = {"random", "np.random", "numpy.random"}
        if any(name.endswith("set_random_seed") for name in calls):
            return False  # Keras seeds them all
        drawn = {root for name in calls for root in roots if name.startswith(root + ".")}
        return any(f"{root}.seed" not in calls for root in drawn)


_GRAPH_ONLY = {"gradients", "hessians"}


def differentiates_graphs(tree):
    """Does the text name tf.gradients or tf.hessians, whatever TensorFlow is called in it?"""
    modules, found = {"tf", "tensorflow"}, []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            ours = [alias for alias in node.names if (getattr(node, "module", alias.name) or "").split(".")[0] == "tensorflow"]
            if isinstance(node, ast.ImportFrom) and any(alias.name in _GRAPH_ONLY for alias in ours):
                return True
            modules |= {(alias.asname or alias.name).split(".")[0] for alias in ours}
        elif isinstance(node, ast.Attribute) and node.attr in _GRAPH_ONLY:
            found.append(dotted(node.value))
        elif isinstance(node, ast.Call) and dotted(node.func) == "getattr":
            name = node.args[1] if len(node.args) > 1 else None
            found += [dotted(node.args[0])] if isinstance(name, ast.Constant) and name.value in _GRAPH_ONLY else []
    return any(modules & set(name.split(".")) for name in found)


def flat(targets):
    """Targets of an assignment, one by one: tuples and lists opened, stars taken off."""
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            yield from flat(target.elts)
        elif isinstance(target, ast.Starred):
            yield from flat([target.value])
        else:
            yield target


def read(tree, text, base=0, first=0):
    """Walks the tree; the result has items, loops, loop_of and unseeded. `base` lines and `first` items come before."""
    digest = Digest(text, base, first)
    digest.visit(tree)
    return digest
