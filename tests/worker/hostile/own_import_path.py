# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: import http.client
import sys, importlib.machinery
sys.meta_path.insert(0, importlib.machinery.PathFinder)
sys.path.append("/usr/lib/python3.11")
sys.path_hooks.append(importlib.machinery.FileFinder.path_hook((importlib.machinery.SourceFileLoader, [".py"])))
import http.client
