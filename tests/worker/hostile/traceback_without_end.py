# SPDX-License-Identifier: Apache-2.0
# A traceback made by hand, a hundred thousand calls long.
# expect-outcome: error
# expect-text: Line 7: ZeroDivisionError: division by zero
# arguments: --cpu 20
import types
def f(): 1 / 0
try:
    f()
except ZeroDivisionError as error:
    place = error.__traceback__
    for _ in range(10**5): place = types.TracebackType(place, place.tb_frame, place.tb_lasti, place.tb_lineno)
    raise error.with_traceback(place)
