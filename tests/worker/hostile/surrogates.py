# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ValueError: \udfff
print('\ud800')
raise ValueError('\udfff')
