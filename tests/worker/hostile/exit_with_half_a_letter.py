# SPDX-License-Identifier: Apache-2.0
# An exit with words that are no UTF-8.
# expect-outcome: finished
# expect-nothing: the words stand in the standard error
raise SystemExit("\ud800")
