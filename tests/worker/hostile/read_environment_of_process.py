# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: /proc/self/environ
print(open("/proc/self/environ").read())
