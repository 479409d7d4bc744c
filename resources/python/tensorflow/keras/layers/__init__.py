# SPDX-License-Identifier: Apache-2.0
"""keras.layers. A layer's file is loaded when the layer is first asked for."""

import importlib

from tensorflow._surface import _missing

_HOMES = {
    "_base": "Layer",
    "_input": "Input InputLayer",
    "_dense": "Dense EinsumDense",
    "_activations": "Activation ELU LeakyReLU PReLU ReLU Softmax",
    "_reshaping": "Flatten Permute RepeatVector Reshape",
    "_dropout": "ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D "
                "SpatialDropout3D",
    "_simple": "Identity Lambda Masking Rescaling Wrapper",
    "_merging": "Add Average Concatenate Dot Maximum Minimum Multiply Subtract add average concatenate dot maximum minimum "
                "multiply subtract",
    "_convolution": "Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D",
    "_convolution_others": "Conv1DTranspose Conv2DTranspose Conv3DTranspose DepthwiseConv1D DepthwiseConv2D SeparableConv1D "
                           "SeparableConv2D",
    "_pooling": "AveragePooling1D AveragePooling2D AveragePooling3D GlobalAveragePooling1D GlobalAveragePooling2D "
                "GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D MaxPooling1D MaxPooling2D "
                "MaxPooling3D AvgPool1D AvgPool2D AvgPool3D MaxPool1D MaxPool2D MaxPool3D GlobalAvgPool1D GlobalAvgPool2D "
                "GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D",
    "_resizing": "Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D",
    "_augmenting": "CenterCrop RandomBrightness RandomContrast RandomFlip Resizing",
    "_preprocessing": "CategoryEncoding Normalization",
    "_lookups": "IntegerLookup StringLookup",
    "_vectorization": "TextVectorization",
    "_normalization": "BatchNormalization GroupNormalization LayerNormalization RMSNormalization UnitNormalization",
    "_embedding": "Embedding",
    "_cells": "GRUCell LSTMCell SimpleRNNCell StackedRNNCells",
    "_recurrent": "GRU LSTM RNN SimpleRNN",
    "_wrappers": "Bidirectional TimeDistributed",
    "_attention": "AdditiveAttention Attention MultiHeadAttention",
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}
_ELSEWHERE = {"InputSpec": "tensorflow.keras._specs", "deserialize": "tensorflow.keras._saving", "serialize": "tensorflow.keras._saving"}
__all__ = [*_HOME_OF, *_ELSEWHERE]  # what a star brings


def __getattr__(name):
    home = _ELSEWHERE.get(name) or (f"{__name__}.{_HOME_OF[name]}" if name in _HOME_OF else None)
    if home is None:
        raise _missing.error("tensorflow.keras.layers", name, {*_HOME_OF, *_ELSEWHERE})
    found = getattr(importlib.import_module(home), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted({*_HOME_OF, *_ELSEWHERE})
