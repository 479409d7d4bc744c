# SPDX-License-Identifier: Apache-2.0
# A module as new as it was before it was locked away.
# expect-outcome: forbidden
# expect-text: Line 8: os.fork(): a script cannot reach other processes here
# arguments: --preload importlib.machinery
import importlib, os
importlib.reload(os)
os.fork()
