# SPDX-License-Identifier: Apache-2.0
"""What TensorFlow says while it traces a function: where in the user's code an exception came from, and that variables are
made once."""

import ast
import linecache

import _tapescope

from tensorflow._running import _traced
from tensorflow._values import _errors, _nest

_PLAIN = (AssertionError, AttributeError, NameError, NotImplementedError, RuntimeError, StopIteration, TypeError,
          UnboundLocalError, ValueError)


SINGLETONS = (
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only "
    "created once or created outside tf.function. See "
    "https://www.tensorflow.org/guide/function#creating_tfvariables for more information."
)


class StagingError(Exception):
    """Stands for an exception whose class cannot be made of a text alone."""

    __module__ = "tensorflow.python.autograph.impl.api"


class MultilineMessageKeyError(KeyError):
    """A KeyError whose text is not quoted."""

    __module__ = "tensorflow.python.autograph.pyct.error_utils"

    def __str__(self):
        return str(self.args[0])


MultilineMessageKeyError.__name__ = "KeyError"


def _lambda_in(line):
    """The text of the one lambda in a line; the line where that cannot be told."""
    try:
        found = [node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Lambda)]
    except SyntaxError:
        return line
    return ast.get_source_segment(line, found[0]) if len(found) == 1 else line


def _frames(problem):
    """The lines of the script on the way to where it was raised."""
    entry, frames = problem.__traceback__, []
    while entry is not None:
        code = entry.tb_frame.f_code
        inner = code.co_name.startswith("<") and code.co_name != "<lambda>"
        if not inner and not code.co_filename.startswith(("<tensorflow/", "<keras/", "<frozen")):
            line = linecache.getline(code.co_filename, entry.tb_lineno, entry.tb_frame.f_globals).strip()
            name = code.co_name
            if name == "<lambda>" and not frames:
                name, line = None, _lambda_in(line)
            place = f'    File "{code.co_filename}", line {entry.tb_lineno}, in {name}'
            frames.append(f"{place}  *\n        {line}\n")
        entry = entry.tb_next
    return frames


def _alike(problem, text):
    kind = type(problem)
    if kind in _PLAIN or (kind.__init__ is Exception.__init__ and issubclass(kind, Exception)):
        return kind(text)
    if issubclass(kind, KeyError):
        return MultilineMessageKeyError(text)
    if issubclass(kind, _errors.OpError):
        return kind(problem.node_def, problem.op, text)
    return StagingError(text)


def _of_kernel(problem):
    return isinstance(problem, _errors.OpError) and "[Op:" in problem.message


def of_traced(problem, symbols, signature, autograph):
    """What a function raises where its Python did: what TensorFlow finds before a kernel runs, and where in the user's code."""
    open_shapes = any(spec.shape.rank is None or None in spec.shape.as_list()
                      for spec in _nest.flatten(list(signature or ())) if hasattr(spec, "shape"))
    traced = _traced.while_tracing(problem, symbols, not open_shapes) if _of_kernel(problem) else None
    problem = problem if traced is None else traced.with_traceback(problem.__traceback__)
    return in_user_code(problem) if autograph else problem


def in_user_code(problem):
    """The exception that TensorFlow raises where a function raised this one. What only a kernel can complain of comes later
    there, when nothing is traced, and stays as it is."""
    if _of_kernel(problem):
        return problem
    frames = _frames(problem)
    if not frames:
        return problem
    text = f"in user code:\n\n{''.join(frames)}\n    {type(problem).__name__}: {problem}\n"
    return _alike(problem, text).with_traceback(problem.__traceback__)


# ---- arguments


def _named(parameter, value):
    """The names that TensorFlow gives to the tensors in an argument."""
    name = parameter.name
    if parameter.kind is parameter.VAR_POSITIONAL:
        return [(f"{name}_{i}", one) for i, one in enumerate(value)]
    if parameter.kind is parameter.VAR_KEYWORD:
        return list(value.items())
    return [(f"{name}_{i}" if i else name, leaf) for i, leaf in enumerate(_nest.flatten(value))]


def symbols(signature, specs, args, kwargs):
    """By the number of a tensor, what print() writes for it while a function is traced."""
    if signature is None:
        return {}
    texts = {}
    for place, (name, value) in enumerate(signature.bind(*args, **kwargs).arguments.items()):
        known = _nest.flatten(specs[place]) if place < len(specs) else []
        for i, (title, leaf) in enumerate(_named(signature.parameters[name], value)):
            if isinstance(leaf, _tapescope.EagerTensor):
                shape = getattr(known[i], "shape", leaf.shape) if i < len(known) else leaf.shape
                shown = "" if shape.rank is None else f" shape={shape},"
                texts[leaf._id] = f'Tensor("{title}:0",{shown} dtype={leaf.dtype.name})'
    return texts


# ---- variables


class Singletons:
    """While it lasts, no variable can be made, if a call before could have made it."""

    def __init__(self, forbidden):
        self._forbidden = forbidden

    def __enter__(self):
        self._before = _tapescope.forbid_variables(self._forbidden)

    def __exit__(self, kind, value, traceback):
        _tapescope.forbid_variables(self._before)


def require_first_call():
    """What makes variables of its own asks first."""
    if _tapescope.forbid_variables(False):
        _tapescope.forbid_variables(True)
        raise ValueError(SINGLETONS)


class _Slots:
    made = 0  # of optimizers, which are variables in TensorFlow


def slot_made():
    _Slots.made += 1


def variables_made():
    return len(_tapescope.variables()), _Slots.made


def any_gone(made):
    """Whether a variable that was made since then is no more: the function made it for itself."""
    return any(one is not None and one() is None for one in _tapescope.variables()[made[0]:])
