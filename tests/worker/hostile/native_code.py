# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import ctypes

ctypes.CDLL(None).system(b"echo harm")
