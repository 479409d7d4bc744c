# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: multiprocessing
import multiprocessing
multiprocessing.Process(target=print).start()
