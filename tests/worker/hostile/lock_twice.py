# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# expect-printed: waiting
# arguments: --preload threading --wall 2
import threading

lock = threading.Lock()
lock.acquire()
print('waiting')
lock.acquire()
