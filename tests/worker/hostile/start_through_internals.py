# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 7: [Errno 13] Permission denied: a script cannot reach files, the network or other processes here
import importlib

module = importlib.import_module("_posixsubprocess")
module.fork_exec([b"/bin/sh"], [b"/bin/sh"], True, (), None, None, -1, -1, -1, -1, -1, -1, 3, 4, False, False, 0, None, None,
                 None, -1, None, False)
