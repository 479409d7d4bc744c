# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# expect-text: TAPESCOPE_OUTPUT
import _worker
while True: _worker.show("x" * 10000)
