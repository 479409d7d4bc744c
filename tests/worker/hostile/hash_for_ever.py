# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|killed
# expect-text: limit
# arguments: --preload hashlib --wall 3
import hashlib

hashlib.pbkdf2_hmac("sha512", b"x", b"y", 2**30)
