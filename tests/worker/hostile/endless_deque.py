# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import itertools, collections
collections.deque(itertools.repeat(1), maxlen=0)
