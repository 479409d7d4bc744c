# expect-outcome: forbidden
import ctypes

ctypes.CDLL(None).system(b"echo harm")
