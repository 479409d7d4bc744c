# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# arguments: --preload queue --wall 2
import queue

queue.Queue().get()
