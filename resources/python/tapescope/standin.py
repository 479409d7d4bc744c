# SPDX-License-Identifier: Apache-2.0
"""What stands in for packages that scripts import beside TensorFlow: a few names that work, and a sentence for others."""
import opcode
import sys
import types

# Packages that are here in part. What of them is missing is said in a sentence, by module and by name.
PACKAGES = ("IPython", "absl", "matplotlib", "mpl_toolkits", "pandas", "seaborn", "sklearn", "tqdm")

_IMPORT_FROM = opcode.opmap["IMPORT_FROM"]


def offered(namespace):
    """The names of a module that a script may want: those it says itself, or all but what it imports for itself."""
    def ours(value):
        return isinstance(value, types.ModuleType) or getattr(value, "__module__", "").startswith("tapescope")

    if "__all__" in namespace:
        return namespace["__all__"]
    return [name for name, value in namespace.items() if not name.startswith("_") and not ours(value)]


def sentence(module, name, has):
    return (f"{module}.{name} is not here: of {module} there is {', '.join(sorted(has))}; "
            "make what it gave with tensorflow, numpy or plain Python, or leave it out")


def lacking(namespace):
    """The __getattr__ of a module with this namespace: an ImportError where a name is imported, else an
    AttributeError, and both with the same sentence."""
    module = namespace["__name__"]

    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        text = sentence(module, name, offered(namespace))
        frame = sys._getframe(1)
        if frame.f_code.co_code[frame.f_lasti] == _IMPORT_FROM:
            raise ImportError(text, name=module)
        raise AttributeError(text)

    return __getattr__


class Lacking:
    """A base of classes that stand in: an attribute that they lack raises an AttributeError with a sentence."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        has = [key for key in dir(type(self)) if not key.startswith("_")]
        raise AttributeError(sentence(type(self).__qualname__, name, has))


_told = set()


def note_once(text):
    """Says something to the user, the first time only."""
    if text not in _told:
        _told.add(text)
        import _worker

        _worker.note(text)
