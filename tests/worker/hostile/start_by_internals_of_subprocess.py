# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot reach other processes
import _posixsubprocess

_posixsubprocess.fork_exec([b"/bin/id"], [b"/bin/id"], True, (), None, None, -1, -1, -1, -1, -1, -1, 1, 2, False, False, 0, None,
                           None, None, -1, None, True)
