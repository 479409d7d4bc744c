# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: threading.Thread(): a script runs in one thread here; call the function directly
import threading

threading.Thread(target=print).start()
