# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot reach files
# arguments: --preload tempfile
import tempfile
f = tempfile.NamedTemporaryFile(); f.write(b"x")
