# SPDX-License-Identifier: Apache-2.0
"""The last turn of the key before the script is read: no more imports from files, no threads, no leaving without a word."""
import _sitebuiltins
import builtins
import importlib.machinery
import os
import sys
import threading
import _thread

from tapescope import standin


# Packages that are loaded for what they compute, and whose other parts reach outside.
_BEHIND_WALLS = ("asyncio", "concurrent", "ctypes", "http", "multiprocessing", "urllib", "xmlrpc")


class LastFinder:
    """Comes after all others and says why a module cannot be had."""

    def __init__(self, refuse):
        self._refuse = refuse

    def find_spec(self, fullname, path=None, target=None):
        package, _, name = fullname.rpartition(".")
        if not package:
            self._refuse(fullname)
        elif package.partition(".")[0] in standin.PACKAGES:
            has = standin.offered(vars(sys.modules[package]))
            raise ModuleNotFoundError(standin.sentence(package, name, has), name=fullname)
        elif package.partition(".")[0] in _BEHIND_WALLS:
            self._refuse(fullname)
        elif package.partition(".")[0] in ("keras", "tensorflow") and not fullname.endswith(".__path__"):
            raise ModuleNotFoundError(f"No module named '{fullname}', or this program does not have it yet", name=fullname)
        return None


def _leave(status=0):
    raise SystemExit(status)


def _put(module, name, function):
    if module in sys.modules:
        setattr(sys.modules[module], name, function)


def close(worker):
    """Leaves what is embedded, built in or loaded already; the functions of `worker` raise for everything else."""
    kept = [finder for finder in sys.meta_path if finder is not importlib.machinery.PathFinder]
    sys.meta_path[:] = [*kept, LastFinder(worker.refuse_import)]
    sys.path[:] = []
    sys.path_hooks[:] = []
    sys.path_importer_cache.clear()
    # CPython does not announce threads, and says nothing of the reason when the system refuses one.
    threading._start_new_thread = _thread.start_new_thread = _thread.start_new = worker.refuse_thread
    # These look for a file first, and would say that there is none.
    _put("numpy.ctypeslib", "load_library", worker.refuse_native)
    _put("tempfile", "_get_default_tempdir", worker.refuse_file)
    # Leaving at once would lose the end of the run.
    os._exit = _leave
    # What Python gives to scripts after its own start.
    builtins.exit, builtins.quit = (_sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)") for name in ("exit", "quit"))
    builtins.help = lambda *asked: worker.note("help() prints nothing here.")
