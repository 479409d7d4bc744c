# SPDX-License-Identifier: Apache-2.0
# -*- coding: zlib_codec -*-
# A declared encoding that is none of texts.
# expect-outcome: error
# expect-text: SyntaxError: encoding problem: zlib_codec
print(1)
