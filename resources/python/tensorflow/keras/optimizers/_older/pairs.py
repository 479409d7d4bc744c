# SPDX-License-Identifier: Apache-2.0
"""What both generations before Keras 3 do with pairs: tf_keras/src/optimizers/utils.py."""

import sys

import _tapescope

from tensorflow._mathematics import _clipping

SHOWN = _tapescope.slot_name_in
LEGACY, TWO = 1, 2
_KEPT = (_tapescope.ResourceVariable, _tapescope.KerasVariable)


def log(text):
    sys.stderr.write(f"WARNING:absl:{text}\n")


def filtered(pairs):
    """Those with a gradient. Raises where there is none at all, and logs where one is missing."""
    pairs = tuple(pairs)
    if not pairs:
        return pairs
    kept = tuple((gradient, variable) for gradient, variable in pairs if gradient is not None)
    if len(kept) == len(pairs):
        return kept
    if not kept:
        names = ([variable.name for _, variable in pairs],)
        raise ValueError(
            f"No gradients provided for any variable: {names}. Provided `grads_and_vars` is {pairs}."
        )
    missing = [variable.name for gradient, variable in pairs if gradient is None]
    sys.stderr.write(
        f"WARNING:tensorflow:Gradients do not exist for variables {missing} when "
        "minimizing the loss. If you're using `model.compile()`, did you forget to provide a `loss` argument?\n"
    )
    return kept


def all_are_variables(variables):
    return all(isinstance(variable, _KEPT) for variable in variables)


def name_of(variable):
    """A variable's name without the number of its output; those of layers are called by their layer, too."""
    return variable.path if isinstance(variable, _tapescope.KerasVariable) else variable._shared_name


def dtype_of(variable):
    return getattr(variable.dtype, "name", variable.dtype)


def computed(loss, var_list, tape, grad_loss=None):
    """(gradients, variables) of minimize()."""
    from tensorflow._taping._tape import GradientTape

    if not callable(loss) and tape is None:
        raise ValueError(f"`tape` is required when a `Tensor` loss is passed. Received: loss={loss}, tape={tape}.")
    tape = GradientTape() if tape is None else tape
    if callable(loss):
        with tape:
            if not callable(var_list):
                tape.watch(var_list)
            loss = loss()
            if callable(var_list):
                var_list = var_list()
    return tape, loss, var_list


def each(gradients, change):
    return [gradient if gradient is None else change(gradient) for gradient in gradients]


def by_norm(gradients, limit):
    return each(gradients, lambda gradient: _clipping.clip_by_norm(gradient, limit))


def by_value(gradients, limit):
    return each(gradients, lambda gradient: _clipping.clip_by_value(gradient, -limit, limit))


def by_global_norm(gradients, limit):
    return _clipping.clip_by_global_norm(gradients, limit)[0]
