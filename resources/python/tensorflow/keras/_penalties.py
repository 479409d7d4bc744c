# SPDX-License-Identifier: Apache-2.0
"""The losses that a layer has of its own: what add_loss() was given, and regularizers."""

import _tapescope

from tensorflow._values import _nest
from tensorflow.keras import _scopes


class Penalties:
    def _regularize_activity(self, outputs):
        if self.activity_regularizer is None:
            return
        for output in _nest.flatten(outputs):
            if _tapescope.is_tensor(output):
                loss = self.activity_regularizer(output)
                if len(output.shape) > 0:
                    loss = _tapescope.run("DivNoNan", loss, _tapescope.tensor(float(output.shape[0]), loss.dtype))
                self.add_loss(loss)

    def add_loss(self, loss):
        losses = _nest.flatten(loss)
        for one in losses:
            if not _tapescope.is_tensor(one):
                raise ValueError(
                    "`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input. Received invalid "
                    f"value: {one}"
                )
        if not _scopes.State.inferring:
            self._losses.extend(losses)

    @property
    def losses(self):
        losses = self._losses[:]
        for layer in self._flatten_layers(include_self=False):
            losses.extend(layer._losses)
        for variable in self.trainable_weights:
            if variable.regularizer is not None:
                losses.append(variable.regularizer(variable))
        return losses

    def _clear_losses(self):
        self._losses.clear()
        for layer in self._layers:
            layer._clear_losses()
