# expect-outcome: forbidden
import os

os.close(1)
