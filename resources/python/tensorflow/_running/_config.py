# SPDX-License-Identifier: Apache-2.0
"""What a script asks the installation: devices, versions, the log. One processor, and nothing to configure."""

import collections
import time

import _tapescope

from tensorflow._running import _function

PhysicalDevice = collections.namedtuple("PhysicalDevice", ["name", "device_type"])
LogicalDevice = collections.namedtuple("LogicalDevice", ["name", "device_type"])
LogicalDeviceConfiguration = collections.namedtuple(
    "LogicalDeviceConfiguration", ["memory_limit", "experimental_priority", "experimental_device_ordinal"],
    defaults=(None, None, 0),
)


def list_physical_devices(device_type=None):
    return [PhysicalDevice("/physical_device:CPU:0", "CPU")] if device_type in (None, "CPU") else []


def list_logical_devices(device_type=None):
    return [LogicalDevice("/device:CPU:0", "CPU")] if device_type in (None, "CPU") else []


def _nothing(*args, **kwargs):
    return None


def _always(value):
    return lambda *args, **kwargs: value


EXPERIMENTAL = {
    "list_physical_devices": list_physical_devices,
    "list_logical_devices": list_logical_devices,
    "get_visible_devices": list_physical_devices,
    "set_visible_devices": _nothing,
    "set_memory_growth": _nothing,
    "get_memory_growth": _always(False),
    "enable_op_determinism": _nothing,
    "enable_tensor_float_32_execution": _nothing,
    "tensor_float_32_execution_enabled": _always(True),
    "set_synchronous_execution": _nothing,
    "get_synchronous_execution": _always(True),
}
CONFIG = {
    "PhysicalDevice": PhysicalDevice,
    "LogicalDevice": LogicalDevice,
    "LogicalDeviceConfiguration": LogicalDeviceConfiguration,
    "list_physical_devices": list_physical_devices,
    "list_logical_devices": list_logical_devices,
    "get_visible_devices": list_physical_devices,
    "set_visible_devices": _nothing,
    "get_logical_device_configuration": _nothing,
    "set_logical_device_configuration": _nothing,
    "get_soft_device_placement": _always(True),
    "set_soft_device_placement": _nothing,
    "run_functions_eagerly": _function.run_functions_eagerly,
    "functions_run_eagerly": _function.functions_run_eagerly,
    "experimental_run_functions_eagerly": _function.run_functions_eagerly,
    "experimental_functions_run_eagerly": _function.functions_run_eagerly,
}
THREADING = {
    "get_inter_op_parallelism_threads": _always(0),
    "get_intra_op_parallelism_threads": _always(0),
    "set_inter_op_parallelism_threads": _nothing,
    "set_intra_op_parallelism_threads": _nothing,
}
OPTIMIZER = {"set_jit": _nothing, "get_jit": _always(""), "set_experimental_options": _nothing}
TEST = {
    "is_gpu_available": _always(False),
    "is_built_with_cuda": _always(True),
    "is_built_with_gpu_support": _always(True),
    "is_built_with_rocm": _always(False),
    "is_built_with_xla": _always(True),
    "gpu_device_name": _always(""),
}
VERSION = {
    "VERSION": "2.21.0",
    "GIT_VERSION": "v2.21.0-rc1-5-ga481b10260d",
    "COMPILER_VERSION": "Clang 18.1.8",
    "GRAPH_DEF_VERSION": 2474,
    "GRAPH_DEF_VERSION_MIN_CONSUMER": 0,
    "GRAPH_DEF_VERSION_MIN_PRODUCER": 0,
}


class device:
    """Everything runs on the one processor, whatever the name says."""

    def __init__(self, device_name=None):
        self._device_name = device_name

    def __enter__(self):
        return None

    def __exit__(self, kind, value, traceback):
        return False


device.__name__ = device.__qualname__ = "_EagerDeviceContext"
device.__module__ = "tensorflow.python.eager.context"


def do_not_convert(func=None):
    return (lambda inner: inner) if func is None else func


def to_graph(entity, recursive=True, experimental_optional_features=None):
    return entity


class Feature:
    ALL = "ALL"
    AUTO_CONTROL_DEPS = "AUTO_CONTROL_DEPS"
    ASSERT_STATEMENTS = "ASSERT_STATEMENTS"
    BUILTIN_FUNCTIONS = "BUILTIN_FUNCTIONS"
    EQUALITY_OPERATORS = "EQUALITY_OPERATORS"
    LISTS = "LISTS"
    NAME_SCOPES = "NAME_SCOPES"


AUTOGRAPH = {"set_verbosity": _nothing, "trace": _nothing, "to_graph": to_graph}
AUTOGRAPH_EXPERIMENTAL = {"do_not_convert": do_not_convert, "set_loop_options": _nothing, "Feature": Feature}


def get_logger():
    import logging

    return logging.getLogger("tensorflow")


def timestamp(name=None):
    return _tapescope.tensor(time.time(), "float64")


def get_static_value(tensor, partial=False):
    if not _tapescope.is_tensor(tensor):
        return tensor
    if hasattr(tensor, "assign"):
        return None
    return tensor.numpy()
