# SPDX-License-Identifier: Apache-2.0
"""The words of TensorFlow's slow path, which its dispatcher takes where it cannot take the fast one."""

import contextlib

from tensorflow._values._errors import OpError


@contextlib.contextmanager
def nameless():
    """TensorFlow's slow path, which a list among the inputs takes, does not say "name: " at the end of a complaint."""
    try:
        yield
    except OpError as error:
        raise type(error)(str(error).removesuffix(" name: ")) from None
