# SPDX-License-Identifier: Apache-2.0
"""What tf.saved_model keeps of a module and gives back: copies of its variables, and its functions with the kinds of arguments that
they were traced for."""

import collections.abc
import copy
import pprint
import types

import _tapescope

from tensorflow._running import _concrete, _deferred, _function, _module, _symbolic
from tensorflow._surface import _walls
from tensorflow._values import _nest

# ---- what hangs on a module


def _parts(thing):
    """(name, value) of what a module, list or dictionary holds."""
    return _deferred.parts(thing) if _deferred.is_open(thing) else []


def _modules(thing, path=(), met=None):
    """(path, module), each once."""
    met = set() if met is None else met
    if id(thing) in met:
        return
    met.add(id(thing))
    if isinstance(thing, _module.Module):
        yield path, thing
    for name, value in _parts(thing):
        yield from _modules(value, (*path, name), met)


def _functions(module):
    """By name, the functions of one module: its own, and those of its class."""
    names = [name for name in dir(type(module)) if isinstance(getattr(type(module), name, None), _function.Function)]
    own = {name: value for name, value in vars(module).items() if isinstance(value, _function.Function)}
    return {**{name: getattr(module, name) for name in names}, **own}


def _copied(module):
    """A copy with all that hangs on it; functions that are its attributes lead to what was copied."""
    own = [(one, name, value) for _, one in _modules(module) for name, value in vars(one).items()
           if isinstance(value, _function.Function)]
    memo = {id(value): value for _, _, value in own}
    try:
        result = copy.deepcopy(module, memo)
    except TypeError:  # something that Python does not copy
        _walls.function("tf.saved_model.save")()
    for one, name, value in own:
        vars(memo[id(one)])[name] = _rebound(value, memo)
    return result


def _rebound(function, memo):
    return _function.Function(_led_to(function.python_function, memo), function._input_signature, function._autograph,
                              function._relaxed)


def _led_to(function, memo):
    """The Python function with the copies in the place of what it finds around itself."""
    if isinstance(function, types.MethodType):
        return types.MethodType(function.__func__, memo.get(id(function.__self__), function.__self__))
    if not isinstance(function, types.FunctionType):
        return function
    cells = tuple(types.CellType(memo.get(id(cell.cell_contents), cell.cell_contents)) for cell in function.__closure__ or ())
    names = {name: memo.get(id(value), value) for name, value in function.__globals__.items()}
    result = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, cells or None)
    result.__kwdefaults__ = function.__kwdefaults__
    return result


# ---- functions that were loaded


def _fitting(rows, given, converted):
    """The values as the rows of a trace want them; None where they do not fit."""
    if [row[:2] for row in rows] != [row[:2] for row in given]:
        return None
    values = []
    for (_, _, wanted), (_, _, value) in zip(rows, given):
        try:
            _nest.assert_same_structure(wanted, value)
        except (TypeError, ValueError):
            return None
        leaves = [_leaf(one, leaf, converted) for one, leaf in zip(_nest.flatten(wanted), _nest.flatten(value))]
        if any(leaf is NotImplemented for leaf in leaves):
            return None
        values.append(_nest.pack_sequence_as(value, leaves))
    return values


def _leaf(wanted, value, converted):
    if not isinstance(wanted, _function._tf().TensorSpec):
        same = not _tapescope.is_tensor(value) and wanted == value or wanted is value
        return value if same else NotImplemented
    if converted and not _tapescope.is_tensor(value):
        try:
            value = _tapescope.tensor(value, None, wanted.dtype)
        except (TypeError, ValueError):
            return NotImplemented
    fits = _tapescope.is_tensor(value) and value.dtype == wanted.dtype and wanted.shape.is_compatible_with(value.shape)
    return value if fits else NotImplemented


class RestoredFunction:
    __module__ = "tensorflow.python.saved_model.function_deserialization"

    def __init__(self, function, traces):
        self._function = function
        self._traces = [(rows, _function._Trace(function.python_function, [value for _, _, value in rows])) for rows in traces]

    def __call__(self, *args, **kwargs):
        function = self._function
        function._bind(args, kwargs)
        if function._input_signature is not None:
            args = function._specified(args, kwargs)
        given = _concrete.Parameters(function._signature(), args, kwargs).rows
        if not self._traces:
            raise ValueError("Found zero restored functions for caller function.")
        for converted in (False, True):
            for rows, trace in self._traces:
                values = _fitting(rows, given, converted)
                if values is not None:
                    return self._run(trace, rows, values)
        raise ValueError(self._unfit(given))

    def _run(self, trace, rows, values):
        positional = [value for value, row in zip(values, rows) if row[1] != "KEYWORD_ONLY"]
        named = {row[0]: value for value, row in zip(values, rows) if row[1] == "KEYWORD_ONLY"}
        result = trace.as_it_was(lambda: self._function._run(trace, {}, positional, named))
        return _nest.map_structure(_function._result(self._function.python_function), result)

    def _unfit(self, given):
        def shown(rows):
            positional = [pprint.pformat(value) for _, kind, value in rows if kind != "KEYWORD_ONLY"]
            named = {name: value for name, kind, value in rows if kind == "KEYWORD_ONLY"}
            listed = "\n    * ".join(positional)
            return f"Positional arguments ({len(positional)} total):\n    * {listed}\n  Keyword arguments: {named}"

        def symbol(name, value):
            return _symbolic.SymbolicTensor(value, f"{name}:0") if _tapescope.is_tensor(value) else value

        options = [f"Option {place}:\n  {shown(rows)}" for place, (rows, _) in enumerate(self._traces, 1)]
        return ("Could not find matching concrete function to call loaded from the SavedModel. Got:\n  "
                f"{shown([(name, kind, symbol(name, value)) for name, kind, value in given])}\n\n Expected these arguments to match "
                f"one of the following {len(options)} option(s):\n\n" + "\n\n".join(options))


class _Signature:
    """A function that gives a dictionary."""

    def __init__(self, function, rows):
        self._restored = RestoredFunction(function, [rows])
        self._names = [name for name, _, _ in rows]
        self.structured_input_signature = (), {name: value for name, _, value in rows}

    def __call__(self, *args, **kwargs):
        result = self._restored(**{**dict(zip(self._names, args)), **kwargs})
        if isinstance(result, dict):
            return result
        return {f"output_{place}": one for place, one in enumerate(_nest.flatten(result))}


class _SignatureMap(collections.abc.Mapping):
    def __init__(self, signatures):
        self._signatures = signatures

    def __getitem__(self, key):
        return self._signatures[key]

    def __iter__(self):
        return iter(self._signatures)

    def __len__(self):
        return len(self._signatures)

    def __repr__(self):
        return f"_SignatureMap({self._signatures})"


# ---- objects that were loaded


class _ListWrapper(list):
    def __repr__(self):
        return f"ListWrapper({list.__repr__(self)})"


class _DictWrapper(dict):
    def __repr__(self):
        return f"DictWrapper({dict.__repr__(self)})"


class _UserObject:
    pass


def _named_as(kind):
    kind.__module__, kind.__name__ = "tensorflow.python.saved_model.load", "_UserObject"
    kind.__qualname__ = "Loader._recreate_base_user_object.<locals>._UserObject"
    return kind


_named_as(_UserObject)


class _Views:
    """What a script sees of the copy: variables, modules, lists and dictionaries of these, and functions."""

    def __init__(self, traces):
        self._traces, self._known = traces, {}

    def of(self, thing, path=()):
        if _module._is_variable(thing):
            return thing
        if isinstance(thing, _module.Module):
            return self._known[id(thing)] if id(thing) in self._known else self._object(thing, path)
        inside = [(name, self.of(value, (*path, name))) for name, value in _parts(thing)]
        inside = [(name, value) for name, value in inside if value is not None]
        if isinstance(thing, (list, tuple)):
            return _ListWrapper(value for _, value in inside)
        return _DictWrapper(inside) if isinstance(thing, dict) else None

    def _object(self, module, path):
        functions = {name: RestoredFunction(function, self._traces.get((*path, name), ()))
                     for name, function in _functions(module).items()}
        called = functions.pop("__call__", None)
        methods = {} if called is None else {"__call__": lambda self, *args, **kwargs: called(*args, **kwargs)}
        view = self._known[id(module)] = _named_as(type("_UserObject", (_UserObject,), methods))()
        inside = {name: self.of(value, (*path, name)) for name, value in _parts(module)}
        vars(view).update({name: value for name, value in inside.items() if value is not None})
        vars(view).update(functions)
        return view


class Saved:
    def __init__(self, module, signatures):
        functions = {(*path, name): function for path, one in _modules(module) for name, function in _functions(one).items()}
        self._traces = {path: _traces(function) for path, function in functions.items()}
        known = {id(variable) for variable in module.variables}
        for function in functions.values():
            _require_reachable(function, known)
        self._signatures = {name: _signature(function, functions) for name, function in signatures.items()}
        self._module = _copied(module)

    def loaded(self):
        module = _copied(self._module)
        view = _Views(self._traces).of(module)
        functions = {(*path, name): function for path, one in _modules(module) for name, function in _functions(one).items()}
        view.signatures = _SignatureMap({name: _Signature(functions[path], rows) for name, (path, rows) in self._signatures.items()})
        view.tensorflow_version = _function._tf().__version__
        return view


def _specified(function):
    """The rows of a function that has a signature from the beginning."""
    signature = function._signature()
    given = list(signature.parameters)[:len(function._input_signature)]
    return _concrete.Parameters(signature, (), dict(zip(given, function._input_signature))).specs()


def _require_reachable(function, known):
    """No variable from outside of the module is found by its functions: what is loaded would share it."""
    python = getattr(function.python_function, "__func__", function.python_function)
    code = getattr(python, "__code__", None)
    if code is None:
        return
    found = [python.__globals__.get(name) for name in code.co_names] + [cell.cell_contents for cell in python.__closure__ or ()]
    outside = next((one for one in found if _module._is_variable(one) and id(one) not in known), None)
    if outside is not None and function._seen:
        name = f"__inference_{python.__name__}_{len(function._seen)}"
        raise KeyError(
            f"Failed to add concrete function 'b'{name}'' to object-based SavedModel as it captures tensor {outside.handle!r} which "
            "is unsupported or not reachable from root. One reason could be that a stateful object or a variable that the function "
            "depends on is not assigned to an attribute of the serialized trackable object (see "
            "SaveTest.test_captures_unreachable_variable).")


def _traces(function):
    if function._input_signature is not None:
        return [_specified(function)]
    return [trace.rows for trace in function._seen.values() if trace.rows is not None]


def _signature(function, functions):
    """Where it stands in the module, and what it takes."""
    if isinstance(function, _concrete.ConcreteFunction):
        function, rows = function._function, function._parameters.specs()
    elif isinstance(function, _function.Function) and function._input_signature is not None:
        rows = _specified(function)
    else:
        raise ValueError(
            f"Expected a TensorFlow function for which to generate a signature, but got {function}. Only `tf.functions` with an input "
            "signature or concrete functions can be used as a signature.")
    path = next((path for path, one in functions.items() if one is function), None)
    if path is None:
        _walls.function("tf.saved_model.save")()
    return path, rows
