# SPDX-License-Identifier: Apache-2.0
"""tf.errors: a class for each status code, with TensorFlow's module, attributes and texts."""

HOME = "tensorflow.python.framework.errors_impl"


class OpError(Exception):
    """What an operation raises. The engine gives the text alone; a script may give node, operation, text and code."""

    __module__ = HOME

    def __init__(self, *args):
        super().__init__()
        given = args if len(args) > 1 else (None, None, *args)
        self._node_def, self._op, self._message = given[0], given[1], given[2] if len(given) > 2 else ""
        if len(given) > 3 and type(self)._code is None:
            self._error_code = given[3]

    _code = None

    @property
    def message(self):
        return self._message

    @property
    def op(self):
        return self._op

    @property
    def node_def(self):
        return self._node_def

    @property
    def error_code(self):
        return getattr(self, "_error_code", type(self)._code)

    @property
    def experimental_payloads(self):
        return {}

    def __str__(self):
        return self._message

    def __reduce__(self):
        return type(self), (self._node_def, self._op, self._message)


ALL = {"OpError": OpError}

for _code, _name in enumerate(
    "Cancelled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted "
    "FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated".split(),
    1,
):
    ALL[_name + "Error"] = type(_name + "Error", (OpError,), {"__module__": HOME, "_code": _code})

ALL["OperatorNotAllowedInGraphError"] = type("OperatorNotAllowedInGraphError", (TypeError,), {"__module__": HOME})

for _code, _name in enumerate(
    "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED "
    "RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS "
    "UNAUTHENTICATED".split()
):
    ALL[_name] = _code

globals().update(ALL)


def error(kind, text):
    """One of them, as a kernel raises it."""
    return (globals().get(kind) or ALL[kind])(text)
