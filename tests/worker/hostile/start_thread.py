# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import threading

threading.Thread(target=print).start()
