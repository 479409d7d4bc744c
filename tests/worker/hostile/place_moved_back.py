# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: division by zero
import types

try:
    1 / 0
except ZeroDivisionError as error:
    before = error.__traceback__
    raise error.with_traceback(types.TracebackType(before, before.tb_frame, -5, -(10**9)))
