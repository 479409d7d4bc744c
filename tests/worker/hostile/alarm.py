# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: other processes
import _signal
_signal.alarm(1)
