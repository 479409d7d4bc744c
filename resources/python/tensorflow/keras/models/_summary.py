# SPDX-License-Identifier: Apache-2.0
"""Model.summary(): the table of layers, as Keras prints it to a screen of 80 columns."""

import math
import re

from tensorflow.keras._weights import count_params

_SCREEN = 80
_COLUMNS = 76  # what Keras leaves of the 80 of a screen that is none
_BITS = {"bool": 1}


def _bytes(weights):
    bits = 0
    for weight in {id(weight): weight for weight in weights}.values():
        name = str(getattr(weight.dtype, "name", weight.dtype))
        digits = "".join(character for character in name if character.isdigit())
        bits += math.prod(tuple(weight.shape)) * _BITS.get(name, int(digits or 8))
    return bits / 8


def _size(number):
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if number / 1024 < 1:
            return f"{number:.2f} {unit}"
        number /= 1024
    return f"{number:.2f} PB"


def _shape_text(shape):
    return f"({', '.join(map(str, shape))})"


def _output_shape(layer):
    if not layer._inbound_nodes and not getattr(layer, "_build_shapes_dict", None):
        return "?"
    if layer._inbound_nodes:
        texts = [_shape_text(one.shape) for one in layer._inbound_nodes[-1].outputs]
    else:
        try:
            if hasattr(layer, "output_shape"):
                texts = [_shape_text(layer.output_shape)]
            else:
                shape = layer.compute_output_shape(**layer._build_shapes_dict)
                is_one = all(size is None or isinstance(size, int) for size in shape)
                texts = [_shape_text(one) for one in ([shape] if is_one else shape)]
                if len(texts) > 1 and isinstance(shape, tuple):
                    return f"({', '.join(texts)})"
        except NotImplementedError:
            return "?"
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _wrapped(text, width):
    """Lines of at most `width`, broken at blanks; a word that is longer is cut."""
    lines, line = [], ""
    for word in re.findall(r"\s*\S+", text):
        if line and len(line + word) > width:
            lines.append(line)
            word = word.lstrip()
            line = ""
        line += word
    return [one if len(one) <= width else one[: width - 1] + "…" for one in [*lines, line]]


_ALIGNED = {"left": str.ljust, "right": str.rjust, "center": str.center}


def _row(cells, widths, alignment, mark):
    columns = [_wrapped(cell, width - 2) for cell, width in zip(cells, widths)]
    height = max(map(len, columns))
    for place in range(height):
        parts = []
        for column, width, side in zip(columns, widths, alignment):
            parts.append(f" {_ALIGNED[side](column[place] if place < len(column) else '', width - 2)} ")
        yield mark + mark.join(parts) + mark


def _is_sequential(model):
    from tensorflow.keras.models._functional import Functional

    if not isinstance(model, Functional):
        return True
    nodes = []
    for level in model._nodes_by_depth.values():
        if len(level) > 1 or len(level[0].input_tensors) > 1:
            return False
        nodes += level
    return all(sum(node in nodes for node in layer._inbound_nodes) < 2 for layer in model.layers)


def _connections(layer, nodes):
    found = []
    for node in layer._inbound_nodes:
        if node in nodes:
            histories = [tensor._keras_history for tensor in node.input_tensors]
            found += [f"{one.operation.name}[{one.node_index}][{one.tensor_index}]" for one in histories]
    return ", ".join(found) or "-"


def _parameters(layer):
    if not hasattr(layer, "built"):
        return "0"
    return f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"


def _table(model, layers, sequential, line_length, positions, nested, show_trainable):
    header, alignment = ["Layer (type)", "Output Shape", "Param #"], ["left", "left", "right"]
    positions = list(positions or ([0.45, 0.80, 1.0] if sequential else [0.3, 0.56, 0.74, 1.0]))
    if not sequential:
        header.append("Connected to")
        alignment.append("left")
    if show_trainable:
        positions = [one * 0.9 for one in positions] + [1.0]
        header.append("Trainable")
        alignment.append("center")
    widths = _widths(positions, line_length or _COLUMNS)

    def fields(layer, prefix):
        cells = [f"{prefix}{layer.name} ({type(layer).__name__})", _output_shape(layer), _parameters(layer)]
        if not sequential:
            cells.append(_connections(layer, model._graph.nodes))
        if show_trainable:
            cells.append(("Y" if layer.trainable else "N") if getattr(layer, "weights", None) else "-")
        return cells

    def rows(layer, level):
        yield fields(layer, "   " * level + "└ " if level else "")
        for one in getattr(layer, "layers", ()) if nested else ():
            yield from rows(one, level + 1)

    listed = [cells for layer in layers for cells in rows(layer, 0)]
    return _ruled(header, listed, widths, alignment)


def _widths(positions, length):
    """Columns of the table, which gives up what its borders need."""
    places = [int(one * length) for one in positions]
    widths = [place - before + 2 for place, before in zip(places, [0, *places])]
    room = length - len(widths) - 1
    excess, left = sum(widths) - room, len(widths)
    for place, width in enumerate(widths if excess > 0 else ()):
        cut = min(width, round(excess / left))
        widths[place], excess, left = width - cut, excess - cut, left - 1
    return widths


def _ruled(header, rows, widths, alignment):
    def line(left, fill, middle, end):
        return left + middle.join(fill * width for width in widths) + end

    lines = [line("┏", "━", "┳", "┓"), *_row(header, widths, alignment, "┃"), line("┡", "━", "╇", "┩")]
    for place, cells in enumerate(rows):
        if place:
            lines.append(line("├", "─", "┼", "┤"))
        lines += _row(cells, widths, alignment, "│")
    return [*lines, line("└", "─", "┴", "┘")]


def print_summary(model, line_length, positions, print_fn, nested, show_trainable):
    sequential = _is_sequential(model)
    layers = getattr(model, "_operations", None) or model.layers
    lines = [f'Model: "{model.name}"', *_table(model, layers, sequential, line_length, positions, nested, show_trainable)]
    kept = {"Trainable": model.trainable_weights, "Non-trainable": model.non_trainable_weights}
    optimizer = []
    if model.compiled and getattr(model.optimizer, "built", False):
        optimizer = list(model.optimizer.variables)
    everything = [kept["Trainable"], kept["Non-trainable"], optimizer]
    total, size = sum(count_params(one) for one in everything), sum(_bytes(one) for one in everything)
    lines.append(f" Total params: {total:,} ({_size(size)})")
    for kind, weights in kept.items():
        lines.append(f" {kind} params: {count_params(weights):,} ({_size(_bytes(weights))})")
    if optimizer:
        lines.append(f" Optimizer params: {count_params(optimizer):,} ({_size(_bytes(optimizer))})")
    if print_fn is None:
        print("\n".join(line[:_SCREEN] for line in lines))
    else:
        print_fn("\n".join(lines) + "\n")
