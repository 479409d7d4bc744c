# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
class E(Exception):
    def __str__(self):
        while True: pass
raise E
