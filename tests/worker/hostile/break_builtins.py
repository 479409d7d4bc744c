# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: Line 9: ValueError: last words
import builtins
import sys

sys.displayhook = builtins.print = builtins.Exception = builtins.len = None
error = ValueError("last words")
raise error
