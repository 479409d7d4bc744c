# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: one thread
import threading
t = threading.Thread(target=print); t.start()
