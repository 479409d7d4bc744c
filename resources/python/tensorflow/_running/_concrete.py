# SPDX-License-Identifier: Apache-2.0
"""A function for one kind of arguments, and how TensorFlow writes what a function takes and gives."""

import inspect
import sys

import numpy

import _tapescope

from tensorflow._running import _found, _symbolic
from tensorflow._values import _errors, _nest


def _tf():
    return sys.modules["tensorflow"]


# ---- texts of kinds


def is_composite(value):
    return isinstance(value, (_tf().RaggedTensor, _tf().SparseTensor, _tf().IndexedSlices))


def _spec(value):
    """Of a tensor in whatever form, or itself; None of other values."""
    if isinstance(value, (_tf().TensorSpec, _tf().RaggedTensorSpec, _tf().SparseTensorSpec)):
        return value
    if isinstance(value, _tf().Variable) or not (is_composite(value) or isinstance(value, (_tf().Tensor, numpy.ndarray, numpy.generic))):
        return None
    return _tf().type_spec_from_value(value)


def kind_text(value):
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        inner = ", ".join(f"['{name}', {kind_text(one)}]" for name, one in zip(value._fields, value))
        return f"{type(value).__name__}[{inner}]"
    if isinstance(value, (list, tuple)):
        return f"{'List' if isinstance(value, list) else 'Tuple'}[{', '.join(map(kind_text, value))}]"
    if isinstance(value, dict):
        return f"Dict[{', '.join(f'[{name!r}, {kind_text(one)}]' for name, one in value.items())}]"
    if isinstance(value, _tf().Variable):
        return f"VariableSpec(shape={value.shape}, dtype={value.dtype!r}, trainable={value.trainable}, alias_id=0)".replace(
            "<dtype: '", "tf.").replace("'>", "")
    spec = _spec(value)
    if spec is not None:
        return repr(spec) if isinstance(spec, _tf().TensorSpec) else str(spec)
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return f"Literal[{value!r}]"
    return f"Weakref[{value!r}]"


class Parameters:
    """Names, kinds and values of a call, in the signature's order."""

    def __init__(self, signature, args, kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        self.rows = []
        several = any(one.kind is one.VAR_POSITIONAL and bound.arguments[name] for name, one in signature.parameters.items())
        open_end = any(one.kind is one.VAR_POSITIONAL for one in signature.parameters.values())
        for name, parameter in signature.parameters.items():
            value = bound.arguments[name]
            if parameter.kind is parameter.VAR_POSITIONAL:
                self.rows += [(f"{name}_{i}", "POSITIONAL_ONLY", one) for i, one in enumerate(value)]
            elif parameter.kind is parameter.VAR_KEYWORD:
                self.rows += [(key, "KEYWORD_ONLY", one) for key, one in value.items()]
            else:
                positional = parameter.kind is parameter.POSITIONAL_OR_KEYWORD and (several or open_end)
                self.rows.append((name, "POSITIONAL_ONLY" if positional else parameter.kind.name, value))

    def specs(self):
        """The rows, with tensors as specs that have names."""

        def spec(title, leaf):
            found = None if isinstance(leaf, _tf().Variable) else _spec(leaf)
            if isinstance(found, _tf().TensorSpec):
                return _tf().TensorSpec(found.shape, found.dtype, name=found.name or title)
            return leaf if found is None else found

        def named(name, value):
            if isinstance(value, dict):
                return {key: named(f"{name}_{key}", one) for key, one in value.items()}
            if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
                return type(value)(named(f"{name}_{i}", one) for i, one in enumerate(value))
            return spec(name, value)

        return [(name, kind, named(name, value)) for name, kind, value in self.rows]

    def lines(self):
        return "".join(f"  {name} ({kind}): {kind_text(value)}\n" for name, kind, value in self.rows)

    def text(self):
        parts, kinds = [], [kind for _, kind, _ in self.rows]
        for i, (name, kind, value) in enumerate(self.rows):
            if kind == "KEYWORD_ONLY" and (i == 0 or kinds[i - 1] != kind):
                parts.append("*")
            parts.append(f"{name}: {kind_text(value)}")
            if kind == "POSITIONAL_ONLY" and (i + 1 == len(kinds) or kinds[i + 1] != kind):
                parts.append("/")
        return f"({', '.join(parts)})"


def shown(parameters, outputs):
    """As pretty_printed_concrete_signatures writes one. What is captured goes by addresses there, and is left out here."""
    return f"Input Parameters:\n{parameters.lines()}Output Type:\n  {kind_text(outputs)}\nCaptures:\n  None"


# ---- the function itself


class ConcreteFunction:
    """A function for one kind of arguments: tensors may be given, Python values were given before."""

    def __init__(self, function, args, kwargs):
        self._function, self._args, self._kwargs = function, args, kwargs
        signature = function._signature()
        if function._input_signature is not None:
            self._args, self._kwargs = function._input_signature, {}
        else:
            function._bind(args, kwargs)
        self._parameters = Parameters(signature, self._args, self._kwargs)
        self._named = {name: value for name, _, value in self._parameters.rows}
        self._found = _found.Found(function.python_function, [value for value in self._named.values() if hasattr(value, "__dict__")])
        self._state = self._found.now()

    @property
    def name(self):
        return ("__inference_" + self._function.name).encode()

    @property
    def function_type(self):
        return self._parameters.text()

    def _seen(self):
        return self._function._outputs_of(self._args, self._kwargs)

    def _outputs(self, what):
        found = self._seen()
        if found is None:
            raise NotImplementedError(
                f"ConcreteFunction.{what} of {self._function.name}(): functions are not traced before they are called here; call it "
                "once with arguments of this kind, and ask then"
            )
        return found[0]

    @property
    def structured_input_signature(self):
        rows = self._parameters.specs()
        return (tuple(value for _, kind, value in rows if kind != "KEYWORD_ONLY"),
                {name: value for name, kind, value in rows if kind == "KEYWORD_ONLY"})

    @property
    def structured_outputs(self):
        return _Names().of(self._outputs("structured_outputs"))

    @property
    def outputs(self):
        return [leaf for leaf in _nest.flatten(self.structured_outputs) if leaf is not None]

    @property
    def output_dtypes(self):
        return _nest.map_structure(lambda leaf: None if leaf is None else leaf.dtype, self._outputs("output_dtypes"))

    @property
    def output_shapes(self):
        return _nest.map_structure(lambda leaf: _tf().TensorShape(None) if leaf is None else leaf.shape, self._outputs("output_shapes"))

    @property
    def graph(self):
        raise NotImplementedError(
            "ConcreteFunction.graph: functions run line by line here, and no graph is made of them; the picture shows what ran"
        )

    def __str__(self):
        found = self._seen()
        if found is None:
            return f"ConcreteFunction Input Parameters:\n{self._parameters.lines()}Output Type:\n  known here after the first call"
        return "ConcreteFunction " + shown(self._parameters, found[0])

    def __repr__(self):
        return f"<ConcreteFunction {self._parameters.text()} at 0x{id(self):X}>"

    # ---- a call

    def _refused(self, problem, args, kwargs, flat):
        return TypeError(
            f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for signature: "
            f"{self._parameters.text()}{self._result_text()}.\nFallback to flat signature also failed due to: "
            f"{self._function.name}({', '.join(self._free())}){flat}."
        )

    def _result_text(self):
        found = self._seen()
        return "" if found is None else f" -> {kind_text(found[0])}"

    def _free(self):
        return [name for name, value in self._named.items() if _spec(value) is not None]

    def _bound(self, args, kwargs):
        """The call's values by their names."""
        names, given = [name for name, kind, _ in self._parameters.rows if kind != "KEYWORD_ONLY"], {}
        if len(args) > len(names):
            raise self._refused("too many positional arguments", args, kwargs,
                                f" takes {len(self._free())} positional arguments, got {len(args)}")
        if len(args) == len(self._free()) < len(names) and not kwargs:
            names = self._free()
        given.update(zip(names, args))
        for name, value in kwargs.items():
            if name not in self._named:
                raise self._refused(f"got an unexpected keyword argument '{name}'", args, kwargs,
                                    f" got unexpected keyword arguments: {name}")
            given[name] = value
        missing = [name for name in self._free() if name not in given]
        if missing:
            raise self._refused(f"missing a required argument: '{missing[0]}'", args, kwargs,
                                f" missing required arguments: {', '.join(missing)}")
        self._check_flat(given, args, kwargs)
        return given

    def _check_flat(self, given, args, kwargs):
        """Where a value that has no default is left to what was given before, all others have to be tensors."""
        parameters = self._function._signature().parameters
        left = [name for name in self._named if name not in given and name in parameters
                and parameters[name].default is inspect.Parameter.empty]
        for place, name in enumerate(self._free() if left else []):
            if not _tapescope.is_tensor(given[name]) and not is_composite(given[name]):
                raise self._refused(f"missing a required argument: '{left[0]}'", args, kwargs,
                                    f": expected argument #{place}(zero-based) to be a Tensor; got "
                                    f"{type(given[name]).__name__} ({given[name]})")

    def _fitting(self, name, value, place, args, kwargs):
        wanted = self._named[name]
        spec = _spec(wanted)
        if spec is None:
            if not isinstance(wanted, _tf().Variable) and not _nest.is_nested(wanted) and value is not wanted and value != wanted:
                raise self._refused(f"Can not cast {value!r} to {kind_text(wanted)}", args, kwargs,
                                    f" got unexpected keyword arguments: {name}")
            return value
        if not isinstance(spec, _tf().TensorSpec) or is_composite(value):
            return value
        if not _tapescope.is_tensor(value):
            value = _tf().constant(value, dtype=spec.dtype)
        if value.dtype != spec.dtype:
            op = self.name.decode()
            raise _errors.ALL["InvalidArgumentError"](
                None, None, f"cannot compute {op} as input #{place}(zero-based) was expected to be a "
                f"{_tapescope.kernel_name(spec.dtype)} tensor but is a {_tapescope.kernel_name(value.dtype)} tensor [Op:{op}]")
        return value

    def __call__(self, *args, **kwargs):
        given = self._bound(args, kwargs)
        free = self._free()
        given = {name: self._fitting(name, value, free.index(name) if name in free else 0, args, kwargs) for name, value in given.items()}
        positional = [given.get(name, value) for name, kind, value in self._parameters.rows if kind != "KEYWORD_ONLY"]
        keyword = {name: given.get(name, value) for name, kind, value in self._parameters.rows if kind == "KEYWORD_ONLY"}
        if self._seen() is not None:
            return self._function(*positional, **keyword)
        return self._found.during(self._state, lambda: self._function(*positional, **keyword))


class _Names:
    """Tensors that have names and no values, one for each output."""

    def __init__(self):
        self._count = 0

    def of(self, structure):
        return _nest.map_structure(self._one, structure)

    def _one(self, leaf):
        if not isinstance(leaf, _tf().TensorSpec):
            return leaf
        name = f"Identity_{self._count}:0" if self._count else "Identity:0"
        self._count += 1
        return _symbolic.SymbolicTensor(leaf, name)


ConcreteFunction.__module__ = "tensorflow.python.eager.polymorphic_function.concrete_function"
