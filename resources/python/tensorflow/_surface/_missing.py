# SPDX-License-Identifier: Apache-2.0
"""What is said of names that TensorFlow has and this program lacks, or that are of TensorFlow 1."""
import sys
import types

from tensorflow._surface import _names, _walls

_SESSIONS = ("graphs, placeholders and sessions are of TensorFlow 1, and nothing here runs them: call the operations "
             "directly, under tf.GradientTape where a gradient is wanted, and keep state in tf.Variable")
_LAYERS = "write tf.keras.layers and tf.keras.optimizers instead"

#: Names of TensorFlow 1 that scripts still have, and what to do about them.
_OLD = {
    **dict.fromkeys("Session InteractiveSession placeholder placeholder_with_default global_variables_initializer "
                    "initialize_all_variables get_default_graph reset_default_graph get_default_session ConfigProto "
                    "disable_eager_execution enable_eager_execution disable_v2_behavior".split(), _SESSIONS),
    **dict.fromkeys("get_variable variable_scope layers contrib get_collection".split(), _LAYERS),
    **dict.fromkeys("flags app logging gfile".split(), "it is of TensorFlow 1; Python's argparse, logging and open() do the same"),
}


def _distance(a, b):
    """How many letters have to be changed."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != other))
    return row[-1]


def _closest(name, names):
    def rank(other):
        apart = _distance(name.lower(), other.lower())
        return apart - 2 * (name.lower() in other.lower() or other.lower() in name.lower())

    near = sorted((rank(other), other) for other in names if abs(len(other) - len(name)) < max(4, len(name) // 2))
    return [other for apart, other in near[:3] if apart <= max(2, len(name) // 3)]


def _file_of(module):
    """TensorFlow's modules call themselves by the names of its files."""
    if module.startswith("tensorflow.keras"):
        return "keras._tf_keras" + module.removeprefix("tensorflow")
    return module.replace("tensorflow.", "tensorflow._api.v2.", 1)


def _hint(module, name, names):
    if name in _OLD and module in ("tensorflow", "tensorflow.compat.v1", "tensorflow.train"):
        return f": {_OLD[name]}"
    if module.startswith("tensorflow.compat.v1"):
        return f": {_SESSIONS}"
    short = module.replace("tensorflow", "tf", 1)
    near = _closest(name, {other for other in names if not other.startswith("_")})
    closest = f"; the closest that it has: {', '.join(f'{short}.{other}' for other in near)}" if near else ""
    return f", or this program does not have it yet{closest}"


def error(module, name, names):
    """The AttributeError for `module.name`, in TensorFlow's words; `names` are those that there are. What helps a person is a
    note, which the end of a run shows (tapescope/failure.py)."""
    hint = _hint(module, name, names)
    if _names.lacks(module, name) or module.startswith(("tensorflow.compat", "tensorflow.keras")):
        return AttributeError(f"module '{module}' has no attribute '{name}'{hint}")
    problem = AttributeError(f"module '{_file_of(module)}' has no attribute '{name}'")
    problem.hint = hint
    problem.add_note(problem.hint.lstrip(":, "))
    return problem


def _answer(module):
    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(f"module '{module.__name__}' has no attribute '{name}'")
        wall = _walls.named(f"{module.__name__}.{name}")
        if wall is not None:
            return wall
        raise error(module.__name__, name, vars(module))

    return __getattr__


def _compat(compat):
    """What old scripts ask of tf.compat; tf.compat.v1 is there to say that it is not."""
    if not hasattr(compat, "v1"):
        compat.v1 = types.ModuleType("tensorflow.compat.v1")
    compat.as_bytes = lambda text, encoding="utf-8": text.encode(encoding) if isinstance(text, str) else text
    compat.as_str = compat.as_text = lambda data, encoding="utf-8": data.decode(encoding) if isinstance(data, bytes) else data
    compat.as_str_any = lambda value, encoding="utf-8": compat.as_str(value, encoding) if isinstance(value, bytes) else str(value)
    compat.dimension_value = lambda dimension: getattr(dimension, "value", dimension)
    compat.dimension_at_index = lambda shape, index: shape.dims[index]
    for module in (compat, compat.v1):
        sys.modules[module.__name__] = module
    return compat


def install(tensorflow):
    """Gives the modules below tf their answers."""
    tensorflow.compat = _compat(getattr(tensorflow, "compat", None) or types.ModuleType("tensorflow.compat"))
    answer_below(tensorflow)


def answer_below(home):
    """A module and those below it say what they lack."""
    waiting, met = [home], set()
    while waiting:
        module = waiting.pop()
        met.add(id(module))
        for name, part in list(vars(module).items()):
            if isinstance(part, types.ModuleType) and part.__name__.startswith("tensorflow.") and id(part) not in met \
                    and not name.startswith("_") and not part.__name__.rpartition(".")[2].startswith("_"):
                waiting.append(part)
        if "__getattr__" not in vars(module):
            module.__getattr__ = _answer(module)
