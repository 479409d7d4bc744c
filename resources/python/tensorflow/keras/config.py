# SPDX-License-Identifier: Apache-2.0
"""keras.config: what holds for everything. Where this program has only one way, another one is refused."""

from tensorflow.keras import _ops
from tensorflow.keras._policies import dtype_policy, set_dtype_policy

_FLOATS = {"bfloat16", "float16", "float32", "float64"}
_FORMATS = {"channels_first", "channels_last"}


class _State:
    max_epochs = max_steps_per_epoch = flash_attention = None
    interactive = filtering = True


def backend():
    return "tensorflow"


def floatx():
    return _ops.floatx()


def set_floatx(value):
    if value not in _FLOATS:
        raise ValueError(f"Unknown `floatx` value: {value}. Expected one of {_FLOATS}")
    _ops._Float.name = str(value)


def epsilon():
    return _ops.EPSILON


def set_epsilon(value):
    _ops.EPSILON = value


def image_data_format():
    return "channels_last"


def set_image_data_format(data_format):
    data_format = str(data_format).lower()
    if data_format not in _FORMATS:
        raise ValueError("The `data_format` argument must be one of {'channels_first', 'channels_last'}. "
                         f"Received: data_format={data_format}")
    if data_format != "channels_last":
        raise NotImplementedError("Pictures have their channels last here: give `data_format='channels_first'` to the layers.")


def set_backend(backend):
    if backend != "tensorflow":
        raise NotImplementedError(f"Keras runs over TensorFlow's operations here, not over {backend}.")


def max_epochs():
    return _State.max_epochs


def max_steps_per_epoch():
    return _State.max_steps_per_epoch


def is_flash_attention_enabled():
    return _State.flash_attention


def enable_flash_attention():
    _State.flash_attention = None


def disable_flash_attention():
    _State.flash_attention = False


def is_interactive_logging_enabled():
    return _State.interactive


def is_traceback_filtering_enabled():
    return _State.filtering


def enable_traceback_filtering():
    _State.filtering = True


def disable_traceback_filtering():
    _State.filtering = False


def is_nnx_enabled():
    return False
