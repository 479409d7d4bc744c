# expect-outcome: forbidden
import os

os.system("echo harm")
