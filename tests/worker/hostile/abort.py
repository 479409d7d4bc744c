# expect-outcome: killed
import os

os.abort()
