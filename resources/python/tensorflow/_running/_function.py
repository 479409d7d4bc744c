# SPDX-License-Identifier: Apache-2.0
"""tf.function, run eagerly: every call runs the Python function. What a script can see of TensorFlow's tracing is kept
where it is cheap: arguments are bound and converted, print() speaks once for each kind of arguments, results become
tensors. What the function finds of Python's, and does to it, is as in the call that traced (_found.py)."""

import builtins
import copy
import functools
import inspect
import sys
import weakref

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._running import _concrete, _found, _gradients, _relaxing, _staging, _symbolic
from tensorflow._values import _nest


class _State:
    eager = False  # run_functions_eagerly
    depth = 0  # calls of functions that are running
    outside = 0  # how often Python ran from inside of one


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


class _SymbolicPrint:
    """Python's print() while a function is traced: its arguments have no values then, only names."""

    def __init__(self, symbols):
        self._symbols, self._said = symbols, []

    def __call__(self, *args, **kwargs):
        args = [str(self._symbols.get(one._id, one) if isinstance(one, _tf().Tensor) else one) for one in args]
        self._said.append((args, kwargs))
        _PRINT(*args, **kwargs)

    def again(self):
        for args, kwargs in self._said:
            _PRINT(*args, **kwargs)


class _Running:
    """A call of a function runs; `say` is Python's print() meanwhile."""

    def __init__(self, say, trace, arguments):
        self._say = say
        self._random = _seeds.Inside(trace.random)
        self._arguments = arguments

    def __enter__(self):
        self._random.__enter__()
        self._values = None if _State.depth else _tapescope.trace_since(_tapescope.next_tensor(), self._arguments)
        _State.depth += 1
        self._print = builtins.print
        builtins.print = self._say

    def __exit__(self, kind, value, traceback):
        builtins.print = self._print
        _State.depth -= 1
        if self._values is not None:
            _tapescope.trace_since(*self._values)
        return self._random.__exit__(kind, value, traceback)


_PRINT = builtins.print


# ---- arguments and results


def _is_array(value):
    return isinstance(value, (numpy.ndarray, numpy.generic))


def _argument(value):
    return _nest.map_structure(lambda leaf: _tf().constant(leaf) if _is_array(leaf) else leaf, value)


def _kind(leaf):
    """What TensorFlow traces anew for: shapes and dtypes of tensors, values of everything else."""
    if _concrete.is_composite(leaf):
        return ("composite", type(leaf), leaf.dtype.name, str(leaf.shape))
    if isinstance(leaf, _tf().Variable):
        return ("variable", leaf._id)
    if isinstance(leaf, _tf().Tensor) or (isinstance(leaf, _tf().TensorSpec) and leaf.shape.rank is not None):
        return ("tensor", leaf.dtype.name, tuple(leaf.shape))
    if hasattr(leaf, "__tf_tracing_type__"):
        return ("type", leaf.__tf_tracing_type__(None))
    try:
        hash(leaf)
    except TypeError:
        return ("object", id(leaf))
    return ("value", type(leaf), leaf)


def _kinds(structure):
    return (str(_nest.map_structure(lambda _: ".", structure)),) + tuple(_kind(leaf) for leaf in _nest.flatten(structure))


def _result(function):
    def convert(leaf):
        if leaf is None or isinstance(leaf, (_tf().Tensor, _tf().TensorArray)) or _concrete.is_composite(leaf):
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


#: Iterators that can be copied as they stand.
_ITERATORS = (type(iter([])), type(iter(())), type(iter(range(0))))


class _Trace:
    """What is kept of the call that traced: random streams, Python's state as it was found, iterators as they stood, results."""

    def __init__(self, function, arguments):
        self.random = _seeds.Trace()
        leaves = [leaf for leaf in _nest.flatten(list(arguments)) if hasattr(leaf, "__dict__")]
        self.found = _found.Found(function, leaves)
        self.state = self.found.now()
        self.iterators = {id(leaf): copy.copy(leaf) for leaf in arguments if isinstance(leaf, _ITERATORS)}
        self.outputs = self.text = self.rows = None

    def arguments(self, args):
        """An iterator of Python's gives what it gave to the first call."""
        return tuple(copy.copy(self.iterators.get(id(one), one)) for one in args) if self.iterators else args

    def variables_came(self):
        """TensorFlow traces again after variables were made, and finds what the first time left."""
        self.state = self.found.now()

    def as_it_was(self, run):
        return self.found.during(self.state, run)


def _spec_of(leaf):
    return _tf().type_spec_from_value(leaf) if leaf is not None and hasattr(leaf, "dtype") else leaf


def _titles(symbols):
    """By the number of an argument, its name."""
    return {number: text.split('"')[1].rsplit(":", 1)[0] for number, text in symbols.items()}


def _left(value, since, given):
    """What stays of a tensor that a function put somewhere."""
    if not isinstance(value, _tapescope.EagerTensor):
        return value
    if value._id in given:
        return _symbolic.SymbolicTensor(value, given[value._id] + ":0")
    return _symbolic.SymbolicTensor(value) if value._id >= since else value


class Function:
    def __init__(self, python_function, input_signature=None, autograph=True, relaxed=False):
        self._autograph = autograph
        self._relaxed = relaxed  # traced for any size of a dimension that differed once
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
            known = Function(self._python_function.__get__(instance, owner), self._input_signature, self._autograph, self._relaxed)
            try:
                self._bound[instance] = known
            except TypeError:
                pass
        return known

    @functools.cached_property
    def _parameters(self):
        try:
            return inspect.signature(self._python_function)
        except (TypeError, ValueError):
            return None

    def _signature(self):
        return self._parameters

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
        if not hasattr(spec, "dtype") or _concrete.is_composite(value):
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
            kind = _relaxing.wider(kind, self._seen) if self._relaxed else kind
        try:
            trace = self._seen.get(kind)
        except TypeError:
            kind = id(kind)
            trace = self._seen.get(kind)
        if trace is None:
            result = self._traced(kind, args, kwargs)
        else:
            result = trace.as_it_was(lambda: self._run(trace, {}, trace.arguments(args), kwargs))
        return _nest.map_structure(_result(self._python_function), result)

    def _run(self, trace, symbols, args, kwargs, say=_silent):
        try:
            with _Running(say, trace, _titles(symbols)), _staging.Singletons(self._called), _gradients.Recorded():
                return self._python_function(*args, **kwargs)
        except Exception as problem:
            if _State.depth:
                raise
            raise _staging.of_traced(problem, symbols, self._input_signature, self._autograph) from None

    def _traced(self, kind, args, kwargs):
        trace = _Trace(self._python_function, [*args, *kwargs.values()])
        variables, tensors, outside = _staging.variables_made(), _tapescope.next_tensor(), _State.outside
        specs = self._input_signature or (_relaxing.specs(args, kind) if self._relaxed else ())
        symbols = _staging.symbols(self._signature(), specs, args, kwargs)
        say = _SymbolicPrint(symbols)
        result = _nest.map_structure(_result(self._python_function), self._run(trace, symbols, args, kwargs, say))
        if _State.outside == outside:
            given = _titles(symbols)
            trace.found.replace(trace.state, lambda value: _left(value, tensors, given))
        if not self._called and _staging.variables_made() != variables:
            if _staging.any_gone(variables):
                self._called = True
                self._run(trace, symbols, args, kwargs, say)
            else:
                say.again()
            trace.variables_came()
        self._called = True
        self._seen[kind] = trace
        trace.outputs = _nest.map_structure(_spec_of, result)
        if self._signature() is not None:
            parameters = _concrete.Parameters(self._signature(), self._input_signature or args, kwargs)
            trace.text, trace.rows = _concrete.shown(parameters, trace.outputs), parameters.specs()
        return result

    def _outputs_of(self, args, kwargs):
        """What calls with such arguments gave, in a tuple; None where there was none."""
        if self._input_signature is not None:
            kind = self._input_signature
        else:
            kind = _kinds(_argument(dict(self._bind(args, kwargs))))
        trace = self._seen.get(kind)
        return None if trace is None else (trace.outputs,)

    def pretty_printed_concrete_signatures(self, verbose=True):
        return "\n\n".join(trace.text for trace in self._seen.values())

    def get_concrete_function(self, *args, **kwargs):
        return _concrete.ConcreteFunction(self, args, kwargs)


def _known_shape(shape):
    try:
        return list(shape)
    except (TypeError, ValueError):
        return None


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
        return Function(inner, input_signature, autograph, reduce_retracing or bool(experimental_relax_shapes))

    return decorated if func is None else decorated(func)


Function.__module__ = "tensorflow.python.eager.polymorphic_function.polymorphic_function"
