# SPDX-License-Identifier: Apache-2.0
"""Rewrites a script's tree so that it says which names it binds and where its loops are. Lines and columns stay: every
node that is put in takes the place of the statement it belongs to."""
import ast

from tapescope.digest import flat

BIND = "__tapescope_bind__"
BIND_ATTRIBUTE = "__tapescope_bind_attribute__"
NAMED = "__tapescope_named__"
LOOP_START = "__tapescope_loop_start__"
LOOP_NEXT = "__tapescope_loop_next__"

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_WITHS = (ast.With, ast.AsyncWith)


class Scope:
    """A function, a class or the module, for the full names of what is bound in it."""

    def __init__(self, name, outer, statements=()):
        self.name = name
        self.outer = outer
        self.globals = set()
        self.nonlocals = set()
        for node in _own_nodes(statements):
            if isinstance(node, ast.Global):
                self.globals.update(node.names)
            elif isinstance(node, ast.Nonlocal):
                self.nonlocals.update(node.names)

    def place_of(self, name):
        """(full name, scope) of a plain name that is bound here."""
        if not self.name or name in self.globals:
            return name, ""
        if name in self.nonlocals and self.outer is not None:
            return self.outer.place_of(name)
        return f"{self.name}.{name}", self.name


def _own_nodes(statements):
    """All nodes of a function's body without those of the functions and classes inside it."""
    waiting = list(statements)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def _call(place, function, *arguments):
    call = ast.Call(ast.Name(function, ast.Load()), list(arguments), [])
    for node in ast.walk(call):
        ast.copy_location(node, place)
    return call


def _path(node):
    """The root name and the dotted text of `self.layer.W`; nothing for what is no chain of names."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return node.id, ".".join([node.id, *reversed(parts)])


def _plain(targets):
    return [target for target in targets if isinstance(target, ast.Name)]


class Rewriter(ast.NodeTransformer):
    """Puts the calls in. `names` collects (full name, scope) in the order of the numbers that the calls carry."""

    def __init__(self, loop_of, first, module):
        self._first = first
        self.names = []
        self._numbers = {}
        self._loop_of = loop_of
        self._module = module
        self._scope = Scope("", None)

    def _number(self, row):
        if row not in self._numbers:
            self._numbers[row] = self._first + len(self.names)
            name, scope = row
            self.names.append((f"{self._module}.{name}" if self._module and not scope else name, scope))
        return ast.Constant(self._numbers[row])

    def _statement(self, place, *call):
        expression = _call(place, *call)
        return ast.copy_location(ast.Expr(expression), place)

    def _pairs(self, names):
        """Number and value of each name, as arguments of one call."""
        return [part for name in names
                for part in (self._number(self._scope.place_of(name.id)), ast.Name(name.id, ast.Load()))]

    def _attributes(self, targets):
        """Calls that tell what attributes have been set to."""
        for target in targets:
            path = _path(target) if isinstance(target, ast.Attribute) else None
            if path is not None:
                row = (path[1], self._scope.name)
                yield self._statement(target, BIND_ATTRIBUTE, self._number(row), ast.Name(path[0], ast.Load()))

    def _bindings(self, targets):
        """Calls that tell what `targets` have been bound to: one for all plain names."""
        names = _plain(targets)
        calls = [self._statement(names[0], BIND, *self._pairs(names))] if names else []
        return [*calls, *self._attributes(targets)]

    def _block(self, statements):
        """A list of statements with the calls between them."""
        done = []
        for statement in statements:
            if isinstance(statement, _LOOPS):
                done.append(self._statement(statement, LOOP_START, ast.Constant(self._loop_of[statement])))
            done.append(self.visit(statement))
            done.extend(self._bindings(list(flat(self._targets(statement)))))
        return done

    @staticmethod
    def _targets(statement):
        if isinstance(statement, ast.Assign):
            return statement.targets
        if isinstance(statement, ast.AugAssign) or isinstance(statement, ast.AnnAssign) and statement.value is not None:
            return [statement.target]
        return []

    def generic_visit(self, node):
        for field, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, field, self._block(value))
            elif isinstance(value, list):
                value[:] = [self.visit(part) if isinstance(part, ast.AST) else part for part in value]
            elif isinstance(value, ast.AST):
                setattr(node, field, self.visit(value))
        return node

    def _loop(self, node):
        number = self._loop_of[node]
        self.generic_visit(node)
        first = node.body[0]
        targets = [] if isinstance(node, ast.While) else list(flat([node.target]))
        next_call = self._statement(first, LOOP_NEXT, ast.Constant(number), *self._pairs(_plain(targets)))
        node.body[:0] = [next_call, *self._attributes(targets)]
        return node

    visit_For = visit_AsyncFor = visit_While = _loop

    def _with(self, node):
        self.generic_visit(node)
        targets = flat(item.optional_vars for item in node.items if item.optional_vars is not None)
        node.body[:0] = self._bindings(list(targets))
        return node

    visit_With = visit_AsyncWith = _with

    def _function(self, node):
        for field in ("decorator_list", "args", "returns"):
            value = getattr(node, field)
            if isinstance(value, list):
                value[:] = [self.visit(part) for part in value]
            elif value is not None:
                self.visit(value)
        self._scope = Scope(node.name, self._scope, node.body)
        node.body[:] = self._block(node.body)
        documented = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
        node.body[int(documented):int(documented)] = self._parameters(node)
        self._scope = self._scope.outer
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = _function

    def _parameters(self, node):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if node.args.vararg is not None:
            arguments.append(node.args.vararg)
        names = [ast.copy_location(ast.Name(argument.arg, ast.Load()), argument) for argument in arguments]
        return self._bindings([name for name in names if name.id not in ("self", "cls")])

    def visit_ClassDef(self, node):
        for field in ("decorator_list", "bases", "keywords"):
            getattr(node, field)[:] = [self.visit(part) for part in getattr(node, field)]
        self._scope = Scope(node.name, self._scope, node.body)
        node.body[:] = self._block(node.body)
        self._scope = self._scope.outer
        return node

    def visit_NamedExpr(self, node):
        self.generic_visit(node)
        row = self._scope.place_of(node.target.id)
        call = _call(node.value, NAMED, self._number(row), ast.Constant(None))
        call.args[1] = node.value
        node.value = call
        return node


def _found_at_once(tree):
    """Outside functions a name is looked for in three dictionaries at each use, unless it is declared to be global."""
    first = 0
    while first < len(tree.body) and (isinstance(tree.body[first], ast.ImportFrom) and tree.body[first].module == "__future__"
                                      or first == 0 and ast.get_docstring(tree, clean=False) is not None):
        first += 1
    if first < len(tree.body):
        declared = ast.Global([BIND, BIND_ATTRIBUTE, NAMED, LOOP_START, LOOP_NEXT])
        tree.body.insert(first, ast.copy_location(declared, tree.body[first]))


def rewrite(tree, loop_of, first=0, module=""):
    """Changes the tree in place; the names that its calls number, from `first` on. Those of a module begin with its
    name."""
    rewriter = Rewriter(loop_of, first, module)
    rewriter.visit(tree)
    _found_at_once(tree)
    return rewriter.names
