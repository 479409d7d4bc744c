# SPDX-License-Identifier: Apache-2.0
# Bytecode that jumps out of itself.
# needs: no-sanitizer
# expect-outcome: killed
# expect-text: The worker crashed, as Python does when a script recurses too deeply or reaches into memory that is not its own.
import types
c = (lambda: 0).__code__
f = types.FunctionType(c.replace(co_code=bytes([151, 0, 144, 255, 144, 255, 110, 255, 83, 0])), {})
f()
