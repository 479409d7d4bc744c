# SPDX-License-Identifier: Apache-2.0
"""Steps that are nothing but the rule for each pair, as nearly all are: the engine makes one in one call."""

import _tapescope

from tensorflow.keras.optimizers._variables import Variable

_apply = _tapescope.apply_plainly
_OWN = frozenset((
    "apply", "build", "learning_rate", "update_step", "_apply", "_apply_traced", "_apply_checked", "_before_pairs", "_clip_gradients",
    "_decay_of", "_get_current_learning_rate", "_update", "_update_by_script",
))


def is_plain(optimizer, base):
    """Whether its options ask for nothing more, and neither its class nor itself does otherwise than `base`; until an attribute
    changes."""
    kind = type(optimizer)
    return (
        optimizer.built
        and optimizer._number is not None
        and type(optimizer._learning_rate) is Variable
        and not (optimizer.gradient_accumulation_steps or optimizer.use_ema)
        and not (optimizer.clipnorm or optimizer.clipvalue or optimizer.global_clipnorm)
        and optimizer.loss_scale_factor is None
        and optimizer.weight_decay is None
        and not _OWN & vars(optimizer).keys()
        and all(getattr(kind, name) is getattr(base, name) for name in _OWN)
    )


def apply_plainly(optimizer, grads, variables, given):
    """Makes the step; False where a gradient or a variable asks for more, and nothing has happened then."""
    iterations = optimizer._iterations
    count = _apply(optimizer._number, grads, variables, given, optimizer._learning_rate._held, iterations._held)
    if count is None:
        return False
    iterations._held = count
    return True
