# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: done
for call in (__tapescope_bind__, __tapescope_named__, __tapescope_bind_attribute__, __tapescope_loop_start__,
             __tapescope_loop_next__):
    for arguments in ((), (1,), (10**30, 1), (-1, None), ("x", call), (0, object()), (1, 2, 3), (2**32 - 1,), (2**40,)):
        call(*arguments)
print("done")
