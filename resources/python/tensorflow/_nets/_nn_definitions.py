# SPDX-License-Identifier: Apache-2.0
"""How TensorFlow defines the operations of convolutions and poolings: its complaints about attributes print that."""

from tensorflow._values._errors import InvalidArgumentError

#: By the name of the kernel: oneDNN's, which begin with _MklNative, work in float32.
_DEFINITIONS = {
    '_MklNativeConv2D': (
        'signature=input:T, filter:T -> output:T; attr=T:type,allowed=[DT_BFLOAT16, DT_FLOAT, DT_HALF]; '
        'attr=strides:list(int); attr=use_cudnn_on_gpu:bool,default=true; '
        'attr=is_filter_const:bool,default=false; attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; '
        'attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    '_MklNativeConv3D': (
        'signature=input:T, filter:T -> output:T; attr=T:type,allowed=[DT_BFLOAT16, DT_FLOAT, DT_HALF]; '
        'attr=strides:list(int),min=5; attr=is_filter_const:bool,default=false; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1, 1]'
    ),
    '_MklNativeDepthwiseConv2dNative': (
        'signature=input:T, filter:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]; attr=strides:list(int); '
        'attr=is_filter_const:bool,default=false; attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=explicit_paddings:list(int),default=[]; attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    'Dilation2D': (
        'signature=input:T, filter:T -> output:T; '
        'attr=T:type,allowed=[DT_FLOAT, DT_DOUBLE, DT_INT32, DT_UINT8, DT_INT16, DT_INT8, DT_INT64, DT_BFLOAT16, '
        'DT_UINT16, DT_HALF, DT_UINT32, DT_UINT64]; attr=strides:list(int),min=4; attr=rates:list(int),min=4; '
        'attr=padding:string,allowed=["SAME", "VALID"]'
    ),
    'MaxPool': (
        'signature=input:T -> output:T; '
        'attr=T:type,default=DT_FLOAT,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE, DT_INT32, DT_INT64, DT_UINT8, DT_INT16, DT_INT8, DT_UINT16, DT_QINT8]; '
        'attr=ksize:list(int),min=4; attr=strides:list(int),min=4; '
        'attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW", "NCHW_VECT_C"]'
    ),
    '_MklNativeAvgPool': (
        'signature=value:T -> output:T; attr=ksize:list(int),min=4; attr=strides:list(int),min=4; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=T:type,allowed=[DT_FLOAT, DT_HALF, DT_DOUBLE, DT_BFLOAT16]'
    ),
    'MaxPool3D': (
        'signature=input:T -> output:T; attr=ksize:list(int),min=5; attr=strides:list(int),min=5; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT]'
    ),
    '_MklNativeAvgPool3D': (
        'signature=value:T -> output:T; attr=ksize:list(int),min=5; attr=strides:list(int),min=5; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=T:type,allowed=[DT_FLOAT, DT_HALF, DT_DOUBLE, DT_BFLOAT16]'
    ),
    '_MklNativeConv2DBackpropInput': (
        'signature=input_sizes:int32, filter:T, out_backprop:T -> output:T; '
        'attr=T:type,allowed=[DT_BFLOAT16, DT_FLOAT, DT_HALF]; attr=strides:list(int); '
        'attr=use_cudnn_on_gpu:bool,default=true; attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; '
        'attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    '_MklNativeConv3DBackpropInputV2': (
        'signature=input_sizes:Tshape, filter:T, out_backprop:T -> output:T; '
        'attr=T:type,allowed=[DT_BFLOAT16, DT_FLOAT, DT_HALF]; attr=strides:list(int),min=5; '
        'attr=dilations:list(int),default=[1, 1, 1, 1, 1]; '
        'attr=Tshape:type,default=DT_INT32,allowed=[DT_INT32, DT_INT64]; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]'
    ),
    'Conv2D': (
        'signature=input:T, filter:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE, DT_INT32]; attr=strides:list(int); '
        'attr=use_cudnn_on_gpu:bool,default=true; attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; '
        'attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    'Conv3D': (
        'signature=input:T, filter:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]; attr=strides:list(int),min=5; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1, 1]'
    ),
    'DepthwiseConv2dNative': (
        'signature=input:T, filter:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]; attr=strides:list(int); '
        'attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    'AvgPool': (
        'signature=value:T -> output:T; attr=ksize:list(int),min=4; attr=strides:list(int),min=4; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]'
    ),
    'AvgPool3D': (
        'signature=input:T -> output:T; attr=ksize:list(int),min=5; attr=strides:list(int),min=5; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]'
    ),
    'Conv2DBackpropInput': (
        'signature=input_sizes:int32, filter:T, out_backprop:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE, DT_INT32]; attr=strides:list(int); '
        'attr=use_cudnn_on_gpu:bool,default=true; attr=padding:string,allowed=["SAME", "VALID", "EXPLICIT"]; '
        'attr=explicit_paddings:list(int),default=[]; '
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1]'
    ),
    'Conv3DBackpropInputV2': (
        'signature=input_sizes:Tshape, filter:T, out_backprop:T -> output:T; '
        'attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]; attr=strides:list(int),min=5; '
        'attr=padding:string,allowed=["SAME", "VALID"]; '
        'attr=data_format:string,default="NDHWC",allowed=["NDHWC", "NCDHW"]; '
        'attr=dilations:list(int),default=[1, 1, 1, 1, 1]; '
        'attr=Tshape:type,default=DT_INT32,allowed=[DT_INT32, DT_INT64]'
    ),
    "_MklNativeFusedBatchNormV3": (
        "signature=x:T, scale:U, offset:U, mean:U, variance:U -> y:T, batch_mean:U, batch_variance:U, "
        "reserve_space_1:U, reserve_space_2:U, reserve_space_3:U; attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT]; "
        "attr=U:type,allowed=[DT_FLOAT]; attr=epsilon:float,default=0.0001; "
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW"]; '
        "attr=exponential_avg_factor:float,default=1; attr=is_training:bool,default=true"
    ),
    "FusedBatchNormV3": (
        "signature=x:T, scale:U, offset:U, mean:U, variance:U -> y:T, batch_mean:U, batch_variance:U, "
        "reserve_space_1:U, reserve_space_2:U, reserve_space_3:U; attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT]; "
        "attr=U:type,allowed=[DT_BFLOAT16, DT_FLOAT]; attr=epsilon:float,default=0.0001; "
        "attr=exponential_avg_factor:float,default=1; "
        'attr=data_format:string,default="NHWC",allowed=["NHWC", "NCHW", "NDHWC", "NCDHW"]; '
        "attr=is_training:bool,default=true"
    ),
}
_NAMES = {"float16": "half", "float32": "float", "float64": "double"}
_ONE_DNN = ("float32", "float16", "bfloat16")


def _node(op, dtype):
    """What the definition of the kernel says, and its name."""
    fast = "_MklNative" + op
    name = fast if dtype.name in _ONE_DNN and fast in _DEFINITIONS else op
    return name, f"Op<name={name}; {_DEFINITIONS[name]}>"


def _refusal(text, op, dtype):
    node, definition = _node(op, dtype)
    return InvalidArgumentError(f"{text}\n\t; NodeDef: {{{{node {node}}}}}; {definition} [Op:{op}] name: ")


def _allowed(definition, attribute):
    rest = definition.partition(f"attr={attribute},")[2]
    return rest[rest.index("allowed=[") + len("allowed=[") : rest.index("]")].split(", ")


def require_allowed(op, dtype, **attributes):
    """The dtype and each attribute, a string, must be what the definition allows."""
    _, definition = _node(op, dtype)
    own = _NAMES.get(dtype.name, dtype.name)
    dtypes = [name.removeprefix("DT_").lower() for name in _allowed(definition, "T:type")]
    if own not in dtypes:
        known = ", ".join(dtypes)
        raise _refusal(f"Value for attr 'T' of {own} is not in the list of allowed values: {known}", op, dtype)
    for attribute, value in attributes.items():
        allowed = _allowed(definition, f"{attribute}:string")
        if f'"{value}"' not in allowed:
            known = ", ".join(allowed)
            text = f"Value for attr '{attribute}' of \"{value}\" is not in the list of allowed values: {known}"
            raise _refusal(text, op, dtype)


def require_length(op, dtype, attribute, value, least):
    if len(value) < least:
        text = f"Length for attr '{attribute}' of {len(value)} must be at least minimum {least}"
        raise _refusal(text, op, dtype)
