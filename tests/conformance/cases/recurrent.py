# SPDX-License-Identifier: Apache-2.0
# Recurrent layers of Keras, what stands around them, and attention: as the family layers has the others.
_SEQUENCES = """L.SimpleRNN(4)|L.SimpleRNN(3, return_sequences=True, activation="relu")|L.SimpleRNN(2, return_state=True)
L.LSTM(4)|L.LSTM(3, return_sequences=True)|L.LSTM(2, return_state=True)|L.LSTM(2, return_sequences=True, return_state=True)
L.LSTM(3, go_backwards=True)|L.LSTM(3, use_bias=False)|L.LSTM(3, unit_forget_bias=False)|L.LSTM(3, recurrent_activation="hard_sigmoid")
L.GRU(4)|L.GRU(3, return_sequences=True)|L.GRU(2, return_state=True)|L.GRU(3, reset_after=False)|L.GRU(2, use_bias=False)
L.GRU(3, go_backwards=True, return_sequences=True)|L.RNN(L.LSTMCell(3))|L.RNN(L.GRUCell(2), return_sequences=True)
L.RNN(L.SimpleRNNCell(3), return_state=True)|L.RNN([L.LSTMCell(3), L.LSTMCell(2)])|L.RNN([L.GRUCell(2), L.SimpleRNNCell(3)])
L.Bidirectional(L.LSTM(2))|L.Bidirectional(L.GRU(3, return_sequences=True))|L.Bidirectional(L.LSTM(2), merge_mode="sum")
L.Bidirectional(L.LSTM(2, return_state=True))|L.Bidirectional(L.SimpleRNN(3), merge_mode="ave")|L.Bidirectional(L.GRU(2), merge_mode=None)
L.TimeDistributed(L.Dense(2))|L.TimeDistributed(L.Dropout(0.5))|L.LSTM(2, kernel_initializer="ones", recurrent_initializer="zeros")
L.LSTM(2, kernel_regularizer="l2", recurrent_constraint="non_neg")|L.SimpleRNN(2, unroll=True)|L.LSTM(2, stateful=True)"""
for _text in _SEQUENCES.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(2, 4, 3)")
for _text in ("L.LSTM(3, dropout=0.3)", "L.LSTM(3, dropout=0.3, recurrent_dropout=0.2)", "L.GRU(3, dropout=0.3)", "L.LSTM(2)",
              "L.GRU(2, recurrent_dropout=0.4)", "L.SimpleRNN(3, dropout=0.5, recurrent_dropout=0.5)"):
    case_of_layer(_text, "shaped(2, 4, 3)", training=True)
case_of_layer("L.LSTM(3, dropout=0.3)", "shaped(2, 4, 3)")


def with_mask(layer):
    x = shaped(2, 4, 3)
    mask = tf.constant([[True, True, False, True], [False, True, True, False]])
    return layer(x, mask=mask)


def embedded(*layers):
    """A model over words with a padding that counts for nothing."""
    model = K.Sequential([L.Embedding(6, 3, mask_zero=True), *layers])
    words = tf.constant([[1, 2, 0, 0], [3, 4, 5, 0]])
    with tf.GradientTape() as tape:
        y = model(words)
        loss = tf.reduce_sum(y * y)
    return y, [None if g is None else tf.convert_to_tensor(g) for g in tape.gradient(loss, model.trainable_variables)]


def attending(layer, *shapes, **options):
    given = [shaped(*shape) * (1.0 + 0.1 * place) for place, shape in enumerate(shapes)]
    with tf.GradientTape() as tape:
        tape.watch(given)
        y = layer(given, **options) if not isinstance(layer, L.MultiHeadAttention) else layer(*given, **options)
        target = tf.add_n([tf.reduce_sum(tf.sin(one)) for one in tf.nest.flatten(y)])
    return y, tape.gradient(target, given + layer.trainable_variables), [(v.path, v.shape) for v in layer.weights], repr(layer)


def states_over(layer):
    x = shaped(2, 4, 3)
    first = layer(x)
    second = layer(x)
    layer.reset_state()
    return first, second, layer(x), [v.path for v in layer.variables], [v.numpy() for v in layer.states]


_CALLS = """with_mask(L.LSTM(3))|with_mask(L.GRU(3, return_sequences=True))|with_mask(L.SimpleRNN(2, return_state=True))
with_mask(L.Bidirectional(L.LSTM(2, return_sequences=True)))|embedded(L.LSTM(3))|embedded(L.Bidirectional(L.GRU(2)), L.Dense(1))
embedded(L.GRU(3, return_sequences=True), L.GlobalAveragePooling1D())|embedded(L.LSTM(2, return_sequences=True), L.LSTM(2))
states_over(L.LSTM(2, stateful=True))|attending(L.Attention(), (2, 3, 4), (2, 5, 4))|attending(L.Attention(), (2, 3, 4), (2, 5, 4), (2, 5, 4))
attending(L.Attention(use_scale=True, score_mode="concat"), (2, 3, 4), (2, 5, 4))|attending(L.AdditiveAttention(), (2, 3, 4), (2, 5, 4))
attending(L.Attention(), (1, 3, 2), (1, 3, 2), use_causal_mask=True)|attending(L.MultiHeadAttention(2, 3), (2, 3, 4), (2, 3, 4))
attending(L.Attention(), (1, 3, 2), (1, 3, 2), return_attention_scores=True)|attending(L.MultiHeadAttention(2, 3), (2, 3, 4), (2, 5, 4))
attending(L.MultiHeadAttention(2, 2), (1, 3, 4), (1, 3, 4), use_causal_mask=True)|L.MultiHeadAttention(2, 3).get_config()
attending(L.MultiHeadAttention(1, 2, value_dim=3, output_shape=5), (1, 3, 4), (1, 3, 4), return_attention_scores=True)
attending(L.MultiHeadAttention(2, 2, dropout=0.3), (1, 3, 4), (1, 3, 4), training=True)|L.MultiHeadAttention(0, 3)
attending(L.MultiHeadAttention(2, 2, use_bias=False), (1, 3, 4), (1, 3, 4))|L.Attention()(shaped(2, 3, 4))|L.Attention(score_mode="x")
L.LSTM(0)|L.LSTM(2)(shaped(2, 3))|L.LSTM(2)(K.Input((None, 3)))|L.GRU(2, return_sequences=True)(K.Input((5, 3)))|L.RNN(3)
L.Bidirectional(3)|L.Bidirectional(L.LSTM(2), merge_mode="x")|L.TimeDistributed(L.Dense(2))(shaped(2, 3))|L.LSTM(2, return_state=True)(K.Input((4, 3)))
L.Bidirectional(L.LSTM(2, return_sequences=True))(K.Input((4, 3)))|L.LSTMCell(3)(shaped(2, 4), [tf.zeros((2, 3)), tf.zeros((2, 3))])
L.GRUCell(3)(shaped(2, 4), tf.zeros((2, 3)))|L.LSTM(2)(shaped(2, 4, 3), initial_state=[tf.ones((2, 2)), tf.zeros((2, 2))])"""
for _text in _CALLS.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: (K.utils.set_random_seed(1), eval(text, globals()))[1])


@case
def volumes_in_groups():
    x = tf.reshape(tf.range(2.0 * 4 * 4 * 4 * 4), (2, 4, 4, 4, 4)) / 100
    layer = tf.keras.layers.Conv3D(6, 2, groups=2, kernel_initializer=tf.keras.initializers.GlorotUniform(seed=1))
    with tf.GradientTape() as tape:
        out = layer(x)
    return out, tape.gradient(out, layer.trainable_weights)
