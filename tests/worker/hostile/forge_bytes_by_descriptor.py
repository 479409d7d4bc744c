# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot write files
import io
f = io.FileIO(1, "w"); f.write(b"junk" * 1000)
