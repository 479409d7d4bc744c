# A module as new as it was before it was locked away.
# expect-outcome: forbidden
# expect-text: Line 6: os.fork(): a script cannot reach other processes here
import importlib, os
importlib.reload(os)
os.fork()
