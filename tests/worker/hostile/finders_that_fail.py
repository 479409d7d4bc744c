# SPDX-License-Identifier: Apache-2.0
# Finders of modules that leave, fail or are none.
# expect-outcome: error
# expect-text: Line 19: ModuleNotFoundError: No module named 'nothing_here'
# expect-printed: ['ImportError', 'ImportError', 'ImportError']
import sys
class Leaves:
    def find_spec(self, *given): raise SystemExit(5)
class Fails:
    def __getattr__(self, name): 1 / 0
told, before = [], list(sys.meta_path)
for finders in ([Leaves()], [5], [Fails()]):
    sys.meta_path[:] = [*finders, *before]
    try:
        import wave
    except BaseException as error:
        told.append(type(error).__name__)
print(told)
sys.meta_path[:] = before; import nothing_here
