# SPDX-License-Identifier: Apache-2.0
"""Weights of the rows of a picture in the rows of another size: tensorflow/core/kernels/image. A resized picture is a sum of
rows and then of columns with these weights, so that resizing is two products of matrices."""

import math

import numpy


def _lanczos(radius):
    def kernel(x):
        turned = math.pi * x
        if x > radius:
            return 0.0
        return 1.0 if x <= 1e-3 else radius * math.sin(turned) * math.sin(turned / radius) / (turned * turned)

    return radius, kernel


def _cubic(far, near):
    """Of 1 to 2, and of 0 to 1: polynomials, largest power first."""
    def kernel(x):
        if x >= 2.0:
            return 0.0
        a, b, c, d = far if x >= 1.0 else near
        return ((a * x + b) * x + c) * x + d

    return 2.0, kernel


# {method: (radius, weight of a distance)}
KERNELS = {
    "triangle": (1.0, lambda x: max(0.0, 1.0 - x)),
    "keyscubic": _cubic((-0.5, 2.5, -4.0, 2.0), (1.5, -2.5, 0.0, 1.0)),
    "mitchellcubic": _cubic((-7.0 / 18, 2.0, -10.0 / 3, 16.0 / 9), (7.0 / 6, -2.0, 0.0, 8.0 / 9)),
    "gaussian": (1.5, lambda x: 0.0 if x >= 1.5 else math.exp(-x * x / (2 * 0.5 * 0.5))),
    "lanczos3": _lanczos(3.0),
    "lanczos5": _lanczos(5.0),
}


def _normal(weights):
    """With a sum of 1 in each row that has one."""
    total = weights.sum(1, keepdims=True)
    return numpy.where(numpy.abs(total) > 1e-35, weights / numpy.where(total == 0, 1.0, total), weights).astype(numpy.float32)


def scaled(size, wanted, method, antialias):
    """ScaleAndTranslate: [wanted, size], each row the kernel around its place; wider where the picture becomes smaller."""
    radius, kernel = KERNELS[method]
    inverse = 1.0 / (numpy.float32(wanted) / numpy.float32(size))
    width = numpy.float32(max(inverse, 1.0) if antialias else 1.0)
    weights = numpy.zeros((wanted, size))
    for row in range(wanted):
        middle = numpy.float32(row + 0.5) * inverse
        first = max(math.ceil(middle - numpy.float32(radius) * width - numpy.float32(0.5)), 0)
        last = min(math.floor(middle + numpy.float32(radius) * width - numpy.float32(0.5)), size - 1)
        for column in range(min(first, size - 1), max(last, 0) + 1):
            weights[row, column] = kernel(float(abs(numpy.float32(column + 0.5) - middle) / width))
    return _normal(weights)


def bicubic(size, wanted):
    """ResizeBicubic with half pixel centers: the kernel from a table of 1024 steps, and nothing beyond the edges."""
    _, kernel = KERNELS["keyscubic"]
    weights = numpy.zeros((wanted, size))
    scale = numpy.float32(size) / numpy.float32(wanted)
    for row in range(wanted):
        middle = numpy.float32((numpy.float32(row) + numpy.float32(0.5)) * scale - numpy.float32(0.5))
        first = math.floor(middle)
        step = round(float(middle - numpy.float32(first)) * 1024) / 1024
        for column in range(first - 1, first + 3):
            if 0 <= column < size:
                weights[row, column] = kernel(abs(column - first - step))
    return _normal(weights)


def area(size, wanted):
    """ResizeArea: how much of each row lies within the new one."""
    weights = numpy.zeros((wanted, size))
    scale = numpy.float32(size) / numpy.float32(wanted)
    for row in range(wanted):
        start, end = float(numpy.float32(row) * scale), float(numpy.float32(row + 1) * scale)
        for column in range(math.floor(start), math.ceil(end)):
            weights[row, min(column, size - 1)] += (min(column + 1, end) - max(column, start)) / float(scale)
    return weights.astype(numpy.float32)
