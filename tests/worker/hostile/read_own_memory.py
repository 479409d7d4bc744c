# expect-outcome: forbidden
open("/proc/self/mem", "rb")
