# expect-outcome: forbidden
import os

os.remove("/tmp/tapescope-was-here")
