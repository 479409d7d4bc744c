# SPDX-License-Identifier: Apache-2.0
# Layers that make one tensor of several, of which some steps do not count.
L = tf.keras.layers
_KINDS = ("Add", "Multiply", "Maximum", "Minimum", "Average", "Subtract", "Concatenate")
_OTHER = [[[2.0, 2.0], [-3.0, 4.0], [1.0, 1.0]], [[3.0, 3.0], [4.0, 4.0], [0.0, 5.0]]]


def _embedded(ids, sign, more):
    layer = L.Embedding(4, 2, mask_zero=True)
    layer.build(())
    layer.embeddings.assign(np.arange(8, dtype="float32").reshape(4, 2) * sign + more)
    return layer(tf.constant(ids))


def _with_mask(output):
    return output, getattr(output, "_keras_mask", None)


def _raised(call):
    try:
        return call()
    except ValueError as error:
        return str(error)


def _masked(kind):
    layer, one = getattr(L, kind)(), _embedded([[1, 0, 2], [3, 3, 0]], 1, 0)
    other = _embedded([[0, 0, 1], [2, 0, 0]], -1, 1)
    return [_with_mask(layer(pair)) for pair in ([one, other], [one, tf.constant(_OTHER)], [tf.constant(_OTHER), one])]


def _asked(kind):
    layer, a, b = getattr(L, kind)(), tf.constant(_OTHER), tf.constant(_OTHER) - 2.0
    calls = [
        lambda: layer.compute_mask([a, b], a), lambda: layer.compute_mask(a, [a, None]), lambda: layer.compute_mask([a, b], [a]),
        lambda: layer.compute_mask([a, b]), lambda: layer.compute_mask([a, b], [None, None]),
        lambda: layer.compute_mask([a, b], [a > 0, b > 0]), lambda: layer.compute_mask([a, b], [a, b]),
        lambda: layer.compute_mask([a, b], [a[..., 0] > 0, None]), lambda: layer.compute_mask([a, b], [a[..., 0] > 0, b[..., 0] > 0]),
    ]
    return [_raised(call) for call in calls]


def _model(kind):
    i, j = L.Input((3,), dtype="int32"), L.Input((3,), dtype="int32")
    embed = L.Embedding(4, 2, mask_zero=True, embeddings_initializer="ones")
    y = getattr(L, kind)()([embed(i), embed(j)])
    z = L.SimpleRNN(2, kernel_initializer="ones", recurrent_initializer="ones")(y)
    return tf.keras.Model([i, j], [y, z])([np.array([[1, 0, 2], [3, 3, 0]]), np.array([[0, 0, 1], [2, 0, 0]])])


@case
def attention_takes_masks_away():
    x = L.Embedding(5, 2, mask_zero=True, embeddings_initializer="ones")(np.array([[1, 2, 0], [3, 0, 0]]))
    before = x._keras_mask
    y = L.MultiHeadAttention(1, 2, kernel_initializer="ones")(x, x)
    total = L.Add()([x, y])
    return before, getattr(x, "_keras_mask", None), y._keras_mask, y, L.GlobalAveragePooling1D()(total)


for _kind in _KINDS:
    case(f"{_kind} of masked steps")(lambda kind=_kind: _masked(kind))
    case(f"{_kind} asked for a mask")(lambda kind=_kind: _asked(kind))
    case(f"{_kind} in a model")(lambda kind=_kind: _model(kind))
