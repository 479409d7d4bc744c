# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import itertools
sum(itertools.count())
