# SPDX-License-Identifier: Apache-2.0
"""tf.einsum: the equation is checked and completed here as tensorflow/python/ops/special_math_ops.py does, and more than
two operands are contracted two at a time."""

import collections
import math
import re

import _tapescope

from tensorflow._running._fold import folded

_DOTS = "0"  # stands for the ellipsis while labels are single characters


def _resolved(equation, count):
    """Subscripts of the operands and of the result."""
    text = equation.replace(" ", "")
    dots = "..." in equation
    if dots:
        if _DOTS in text:
            raise ValueError(f'Invalid character "{_DOTS}" in equation: {equation}.')
        text = text.replace("...", _DOTS)
    allowed = "a-zA-Z" + (_DOTS if dots else "")
    match = re.match(f"^([{allowed},]*)(->[{allowed}]*)?$", text)
    if not match:
        raise ValueError(f"Subscripts have incorrect format: {text}")
    inputs = match.group(1).split(",")
    output = match.group(2)[2:] if match.group(2) else ""
    if count != len(inputs):
        raise ValueError(f'Got {count} inputs for equation "{equation}", expecting {len(inputs)}')
    if "->" not in text:
        counts = collections.Counter(match.group(1))
        output = "".join(label for label in sorted(counts) if label != "," and counts[label] == 1)
    if len(set(output)) != len(output):
        raise ValueError(f"Output subscripts contain a label appearing more than once: {equation}")
    for label in output:
        if label != _DOTS and label not in match.group(1):
            raise ValueError(
                f"Output subscripts contain the label {label} not present in the input subscripts."
            )
    return inputs, output


def _sizes(inputs, shapes, equation):
    """The size of each label; the axes of an ellipsis count as one."""
    sizes = collections.defaultdict(lambda: 1)
    for i, (labels, shape) in enumerate(zip(inputs, shapes)):
        start = labels.find(_DOTS)
        if start >= 0:
            if start != labels.rfind(_DOTS):
                raise ValueError(f"Too many ellipses in input label {labels.replace(_DOTS, '...')}.")
            if len(labels) > len(shape) + 1:
                raise ValueError(
                    f"Too many named labels in {i}th subscript string of equation {equation} for input shape {shape} "
                )
            end = start + len(shape) + 1 - len(labels)
            shape[start:end] = [math.prod(shape[start:end])]
        elif len(labels) != len(shape):
            raise ValueError(
                f"Number of named labels in input #{i} of equation {equation} must be equal to the number of "
                f"dimensions in shape {shape}"
            )
        for size, label in zip(shape, labels):
            sizes[label] = max(sizes[label], size)
    return sizes


def _kept(pair, others, output):
    """The labels of a pair that somebody still needs."""
    needed = set(output).union(*others)
    return "".join(dict.fromkeys(label for labels in pair for label in labels if label in needed))


def _next_pair(inputs, output, sizes):
    """The two operands whose product saves the most elements: what a greedy path takes."""
    best = None
    for i in range(len(inputs)):
        for j in range(i + 1, len(inputs)):
            others = inputs[:i] + inputs[i + 1 : j] + inputs[j + 1 :]
            kept = _kept((inputs[i], inputs[j]), others, output)
            volume = [math.prod(sizes[label] for label in labels) for labels in (kept, inputs[i], inputs[j])]
            shared = bool(set(inputs[i]) & set(inputs[j]))
            cost = (not shared, volume[0] - volume[1] - volume[2])
            if best is None or cost < best[0]:
                best = (cost, i, j, kept)
    return best[1:]


def _contract(operands, inputs, output):
    equation = ",".join(inputs) + "->" + output
    return _tapescope.run("Einsum", *operands, equation=equation.replace(_DOTS, "..."))


@folded("tf.einsum")
def einsum(equation, *inputs, **kwargs):
    kwargs.pop("name", None)
    kwargs.pop("optimize", "greedy")
    if kwargs:
        raise TypeError(
            f"Invalid keyword arguments for einsum: {', '.join(kwargs)}. Valid arguments: name, optimize, greedy."
        )
    shapes = [list(operand.shape) for operand in inputs]
    labels, output = _resolved(equation, len(inputs))
    operands = [_tapescope.tensor(operand, None) for operand in inputs]
    if len(operands) <= 2:
        return _contract(operands, labels, output)
    sizes = _sizes(labels, shapes, equation)
    while len(operands) > 2:
        i, j, kept = _next_pair(labels, output, sizes)
        product = _contract([operands[i], operands[j]], [labels[i], labels[j]], kept)
        for rest in (operands, labels):
            del rest[j], rest[i]
        operands.append(product)
        labels.append(kept)
    return _contract(operands, labels, output)
