# An exception that does not say what it is.
# expect-outcome: error
# expect-text: Line 6: E: x
class E(Exception):
    __class__ = property(lambda self: 1 / 0)
raise E("x")
