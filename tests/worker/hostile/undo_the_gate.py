# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: Line 13: ModuleNotFoundError: No module named 'wave'
import builtins
import importlib
import sys

builtins.__import__ = importlib.__import__
sys.meta_path.clear()
sys.meta_path.append(importlib.machinery.PathFinder)
sys.path.append("/usr/lib/python3.11")
sys.path_hooks.append(importlib.machinery.FileFinder.path_hook((importlib.machinery.SourceFileLoader, [".py"])))
import wave

print("harm")
