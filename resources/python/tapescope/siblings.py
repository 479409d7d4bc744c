# SPDX-License-Identifier: Apache-2.0
"""Modules beside the script. The app has read them; they come with the script and are compiled before it runs."""
import importlib.machinery
import sys

_INIT = "/__init__.py"


def module_name(file):
    """"models/net.py" -> "models.net", "models/__init__.py" -> "models"."""
    stem = file[:-len(_INIT)] if file.endswith(_INIT) else file[:-len(".py")]
    return stem.replace("/", ".")


class SiblingFinder:
    """`modules` maps file names to (code or the SyntaxError that an import raises, text)."""

    def __init__(self, modules):
        self._files = {module_name(file): file for file in modules}
        self._modules = modules
        self._folders = {name.rpartition(".")[0] for name in self._files} - {""}
        for folder in list(self._folders):
            while folder := folder.rpartition(".")[0]:
                self._folders.add(folder)

    def find_spec(self, fullname, path=None, target=None):
        file = self._files.get(fullname)
        if file is None:
            # A folder without __init__.py is a package, too.
            return importlib.machinery.ModuleSpec(fullname, None, is_package=True) if fullname in self._folders else None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=file, is_package=file.endswith(_INIT))
        spec.has_location = True
        return spec

    def is_package(self, fullname):
        return self._files[fullname].endswith(_INIT)

    def get_source(self, fullname):
        return self._modules[self._files[fullname]][1]

    def get_code(self, fullname):
        code = self._modules[self._files[fullname]][0]
        if isinstance(code, SyntaxError):
            raise code
        return code

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)


def install(modules):
    """Puts them before all others, as Python does with the script's folder."""
    if modules:
        sys.meta_path.insert(0, SiblingFinder(modules))
