# SPDX-License-Identifier: Apache-2.0
"""tf.function, run eagerly: every call runs the Python function. What a script can see of TensorFlow's tracing is kept
where it is cheap: arguments are bound and converted, print() speaks once for each kind of arguments, results become
tensors. Other side effects of Python's happen at every call here."""

import builtins
import functools
import inspect
import sys
import weakref

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._running import _staging
from tensorflow._values import _nest


class _State:
    eager = False  # run_functions_eagerly
    depth = 0  # calls of functions that are running


def _tf():
    return sys.modules["tensorflow"]


def run_functions_eagerly(run_eagerly):
    _State.eager = bool(run_eagerly)


def functions_run_eagerly():
    return _State.eager


def executing_eagerly():
    return _State.depth == 0


def inside_function():
    return _State.depth > 0


def _silent(*args, **kwargs):
    return None


def _symbolic(symbols):
    """Python's print() while a function is traced: its arguments have no values then, only names."""

    def say(*args, **kwargs):
        _PRINT(*[symbols.get(one._id, one) if isinstance(one, _tf().Tensor) else one for one in args], **kwargs)

    return say


class _Running:
    """A call of a function runs; `muted`: of a kind that ran before, so Python's print() says nothing."""

    def __init__(self, muted, trace, symbols):
        self._say = _silent if muted else _symbolic(symbols)
        self._random = _seeds.Inside(trace)

    def __enter__(self):
        self._random.__enter__()
        _State.depth += 1
        self._print = builtins.print
        builtins.print = self._say

    def __exit__(self, kind, value, traceback):
        builtins.print = self._print
        _State.depth -= 1
        return self._random.__exit__(kind, value, traceback)


class _Outside:
    """Python that TensorFlow calls while a function runs: py_function and numpy_function."""

    def __enter__(self):
        self._depth, self._print = _State.depth, builtins.print
        self._random = _seeds.Inside(None)
        self._random.__enter__()
        _State.depth = 0
        builtins.print = _PRINT

    def __exit__(self, kind, value, traceback):
        _State.depth, builtins.print = self._depth, self._print
        return self._random.__exit__(kind, value, traceback)


_PRINT = builtins.print


# ---- arguments and results


def _is_array(value):
    return isinstance(value, (numpy.ndarray, numpy.generic))


def _argument(value):
    return _nest.map_structure(lambda leaf: _tf().constant(leaf) if _is_array(leaf) else leaf, value)


def _is_composite(leaf):
    return isinstance(leaf, (_tf().RaggedTensor, _tf().SparseTensor, _tf().IndexedSlices))


def _kind(leaf):
    """What TensorFlow traces anew for: shapes and dtypes of tensors, values of everything else."""
    if _is_composite(leaf):
        return ("composite", type(leaf), leaf.dtype.name, str(leaf.shape))
    if isinstance(leaf, _tf().Variable):
        return ("variable", leaf._id)
    if isinstance(leaf, _tf().Tensor):
        return ("tensor", leaf.dtype.name, tuple(leaf.shape))
    try:
        hash(leaf)
    except TypeError:
        return ("object", id(leaf))
    return ("value", type(leaf), leaf)


def _kinds(structure):
    return (str(_nest.map_structure(lambda _: ".", structure)),) + tuple(_kind(leaf) for leaf in _nest.flatten(structure))


def _result(function):
    def convert(leaf):
        if leaf is None or isinstance(leaf, (_tf().Tensor, _tf().TensorArray)) or _is_composite(leaf):
            return leaf
        if isinstance(leaf, _tf().Variable):
            return leaf.read_value()
        if isinstance(leaf, _tf().TensorShape):
            return _tf().constant(list(leaf), dtype="int32")
        if isinstance(leaf, (bool, int, float, complex, str, bytes)) or _is_array(leaf):
            return _tf().convert_to_tensor(leaf)
        raise TypeError(
            "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or "
            f"None values; in compilation of {function}, found return value of type {type(leaf).__name__}, which is not a "
            "Tensor or ExtensionType."
        )

    return convert


def _binding_error(problem, args, kwargs, signature):
    return TypeError(
        f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for "
        f"signature: {signature}."
    )


class Function:
    def __init__(self, python_function, input_signature=None, autograph=True):
        self._autograph = autograph
        self._python_function = python_function
        self._input_signature = None if input_signature is None else tuple(input_signature)
        self._name = getattr(python_function, "__name__", "function")
        self._seen = {}
        self._called = False
        self._bound = weakref.WeakKeyDictionary()
        functools.update_wrapper(self, python_function)

    @property
    def python_function(self):
        return self._python_function

    @property
    def input_signature(self):
        return self._input_signature

    @property
    def name(self):
        return self._name

    def experimental_get_tracing_count(self):
        return len(self._seen)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            known = self._bound.get(instance)
        except TypeError:
            known = None
        if known is None:
            known = Function(self._python_function.__get__(instance, owner), self._input_signature, self._autograph)
            try:
                self._bound[instance] = known
            except TypeError:
                pass
        return known

    def _signature(self):
        try:
            return inspect.signature(self._python_function)
        except (TypeError, ValueError):
            return None

    def _shown_signature(self):
        names = [
            parameter.name if parameter.default is parameter.empty else f"{parameter.name}=<captured_default_value>"
            for parameter in self._signature().parameters.values()
        ]
        specs = list(self._input_signature or ())
        return ", ".join(f"{name}: {specs[i]}" if i < len(specs) else name for i, name in enumerate(names))

    def _bind(self, args, kwargs):
        signature = self._signature()
        if signature is None:
            return None
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as problem:
            raise _binding_error(problem, args, kwargs, f"({self._shown_signature()})") from None
        bound.apply_defaults()
        return bound.arguments

    def _specified(self, args, kwargs):
        """Arguments as tensors of the input signature."""
        result = []
        for value, spec in zip(args, self._input_signature):
            if _nest.is_nested(spec):
                value = _nest.map_structure(lambda one, leaf: self._cast(leaf, one, args, kwargs), spec, value)
            else:
                value = self._cast(value, spec, args, kwargs)
            result.append(value)
        return tuple(result) + tuple(args[len(result) :])

    def _cast(self, value, spec, args, kwargs):
        if not hasattr(spec, "dtype") or _is_composite(value):
            return value
        if not _tapescope.is_tensor(value):
            value = _tf().constant(value, dtype=spec.dtype)
        fits = value.dtype == spec.dtype
        wanted = _known_shape(spec.shape)
        if wanted is not None:
            have = list(value.shape)
            fits = fits and len(have) == len(wanted) and all(a is None or a == b for a, b in zip(wanted, have))
        if fits:
            return value
        own = _tf().TensorSpec(value.shape, value.dtype)
        raise _binding_error(f"Can not cast {own} to {spec}", args, kwargs, f"({self._shown_signature()})")

    def __call__(self, *args, **kwargs):
        if _State.eager:
            return self._python_function(*args, **kwargs)
        arguments = self._bind(args, kwargs)
        args, kwargs = _argument(tuple(args)), _argument(dict(kwargs))
        if self._input_signature is not None:
            args = self._specified(args, kwargs)
            kind = self._input_signature
        else:
            kind = _kinds(_argument(dict(arguments)) if arguments is not None else (args, kwargs))
        try:
            trace = self._seen.get(kind)
        except TypeError:
            kind = id(kind)
            trace = self._seen.get(kind)
        known = trace is not None
        trace = trace or _seeds.Trace()
        before = _staging.variables_made()
        symbols = {} if known else _staging.symbols(self._signature(), self._input_signature or (), args, kwargs)
        try:
            with _Running(known, trace, symbols), _staging.Singletons(self._called):
                result = self._python_function(*args, **kwargs)
            if not self._called and _staging.any_gone(before):
                # TensorFlow traces again after variables were made, and refuses to make others.
                with _Running(False, trace, symbols), _staging.Singletons(True):
                    self._python_function(*args, **kwargs)
        except Exception as problem:
            if _State.depth:
                raise
            raise _staging.of_traced(problem, symbols, self._input_signature, self._autograph) from None
        self._called = True
        self._seen[kind] = trace
        return _nest.map_structure(_result(self._python_function), result)

    def get_concrete_function(self, *args, **kwargs):
        return ConcreteFunction(self, args, kwargs)


def _known_shape(shape):
    try:
        return list(shape)
    except (TypeError, ValueError):
        return None


class ConcreteFunction:
    """A function for one kind of arguments: tensors may be given, Python values were given before."""

    def __init__(self, function, args, kwargs):
        self._function = function
        if function._input_signature is None:
            function._bind(args, kwargs)
        names = list(function._signature().parameters)
        given = dict(zip(names, args))
        given.update(kwargs)
        specs = function._input_signature
        if specs is not None and not given:
            given = dict(zip(names, specs))
        for name, parameter in function._signature().parameters.items():
            if name not in given and parameter.default is not parameter.empty:
                given[name] = parameter.default
        self._given = given

    @property
    def name(self):
        return ("__inference_" + self._function.name).encode()

    @property
    def structured_input_signature(self):
        def spec(name, leaf):
            if isinstance(leaf, (_tf().Tensor, _tf().TensorSpec)):
                return _tf().TensorSpec(leaf.shape, leaf.dtype, name=name)
            return leaf

        return tuple(spec(name, leaf) for name, leaf in self._given.items()), {}

    def __call__(self, *args, **kwargs):
        free = [
            name for name, leaf in self._given.items() if isinstance(leaf, (_tf().Tensor, _tf().TensorSpec))
        ]
        arguments = dict(self._given)
        arguments.update(zip(free, args))
        arguments.update(kwargs)
        return self._function(**arguments)


def function(
    func=None,
    input_signature=None,
    autograph=True,
    jit_compile=None,
    reduce_retracing=False,
    experimental_implements=None,
    experimental_autograph_options=None,
    experimental_attributes=None,
    experimental_relax_shapes=None,
    experimental_compile=None,
    experimental_follow_type_hints=None,
):
    def decorated(inner):
        if not callable(inner):
            raise TypeError(f"{inner!r} is not a callable object")
        return Function(inner, input_signature, autograph)

    return decorated if func is None else decorated(func)


Function.__module__ = "tensorflow.python.eager.polymorphic_function.polymorphic_function"
ConcreteFunction.__module__ = "tensorflow.python.eager.polymorphic_function.concrete_function"


# ---- Python inside of TensorFlow


def _wanted(result, Tout):
    several = isinstance(Tout, (list, tuple))
    if not several:
        return _tf().convert_to_tensor(result, dtype=Tout)
    results = list(result) if isinstance(result, (list, tuple)) else [] if result is None else [result]
    return [_tf().convert_to_tensor(one, dtype=dtype) for one, dtype in zip(results, Tout)]


def py_function(func=None, inp=None, Tout=None, name=None):
    tensors = [_tf().convert_to_tensor(one) for one in inp]
    try:
        with _Outside():
            result = func(*tensors)
        return _wanted(result, Tout)
    except Exception as problem:
        kind = "InvalidArgumentError" if isinstance(problem, (ValueError, TypeError)) else "UnknownError"
        text = (
            f"{{{{function_node __wrapped__EagerPyFunc_Tin_{len(tensors)}_Tout_"
            f"{len(Tout) if isinstance(Tout, (list, tuple)) else 1}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} "
            f"{type(problem).__name__}: {problem}"
        )
        raise getattr(_tf().errors, kind)(None, None, text) from problem


def numpy_function(func=None, inp=None, Tout=None, stateful=True, name=None):
    """The values leave TensorFlow: no gradient comes back."""
    tensors = [one if _tapescope.is_tensor(one) else None for one in inp]
    arrays = [numpy.asarray(one) for one in inp]
    with _Outside():
        result = func(*arrays)
    results = _nest.flatten(result)
    for one in results:
        for tensor in tensors:
            if tensor is not None and one is not None and _is_array(one):
                _tapescope.came_from(one, tensor)
    converted = [one if one is None else _tf().convert_to_tensor(one) for one in results]
    return converted[0] if len(converted) == 1 else converted
