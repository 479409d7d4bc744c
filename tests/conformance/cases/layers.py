# SPDX-License-Identifier: Apache-2.0
# Layers of Keras: outputs, gradients of the input and of all weights, first values, names, configurations, complaints.
_FLAT = """L.Dense(4)|L.Dense(3, "relu")|L.Dense(2, activation="softmax", use_bias=False)|L.Dense(3, activation=tf.nn.tanh)
L.Dense(3, kernel_initializer="he_normal", bias_initializer="ones")|L.Dense(2, name="mine")|L.Dense(2, trainable=False)
L.Dense(3, kernel_initializer=K.initializers.RandomNormal(stddev=0.01), bias_initializer=K.initializers.Constant(0.5))
L.Dense(3, kernel_regularizer="l2", bias_regularizer=K.regularizers.L1(0.1))|L.Dense(3, activity_regularizer="l1")
L.Dense(3, kernel_regularizer=K.regularizers.L1L2(0.1, 0.2))|L.Dense(3, kernel_constraint="non_neg")
L.Dense(3, kernel_constraint=K.constraints.MaxNorm(1.0))|L.Dense(2, kernel_initializer="orthogonal")
L.Dense(2, kernel_regularizer=K.regularizers.OrthogonalRegularizer(0.1))|L.Dense(2, dtype="float64")
L.Activation("relu")|L.Activation("tanh")|L.Activation(tf.nn.sigmoid)|L.ReLU()|L.ReLU(max_value=0.5)|L.ReLU(negative_slope=0.1)
L.ReLU(max_value=0.6, negative_slope=0.2, threshold=0.1)|L.LeakyReLU()|L.LeakyReLU(0.1)|L.LeakyReLU(alpha=0.05)|L.ELU()
L.ELU(alpha=0.5)|L.PReLU()|L.PReLU(alpha_initializer="ones")|L.Softmax()|L.Softmax(axis=0)|L.Flatten()|L.Reshape((5, 1))
L.Reshape((-1, 5))|L.RepeatVector(3)|L.Dropout(0.5)|L.Rescaling(2.0, offset=-1.0)|L.Rescaling(1 / 255)|L.Identity()
L.GaussianNoise(0.3)|L.GaussianDropout(0.4)|L.AlphaDropout(0.3)|L.ActivityRegularization(l1=0.1, l2=0.2)
L.Lambda(lambda t: t * 2.0 + 1.0)|L.Lambda(tf.square)|L.Dense(1, activation="sigmoid")|L.Dense(5, activation="gelu")
L.Dense(3, activation="selu", kernel_initializer="lecun_normal")|L.Dense(3, activation="elu")|L.Dense(3, activation="swish")"""
for _text in _FLAT.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(4, 5)")
for _text in ("L.Dropout(0.5)", "L.GaussianNoise(0.3)", "L.GaussianDropout(0.4)", "L.Dropout(0.3, seed=5)", "L.Dropout(0)",
              "L.Dropout(0.5, noise_shape=(4, 1))", "L.Dropout(1.0)"):
    case_of_layer(_text, "shaped(4, 5)", training=True)
_DEEP = """L.Dense(4)|L.Dense(2, "tanh")|L.Flatten()|L.Permute((2, 1))|L.Reshape((6,))|L.PReLU(shared_axes=[1])|L.Masking()
L.Softmax(axis=1)|L.EinsumDense("abc,cd->abd", output_shape=(None, 4))
L.EinsumDense("abc,cd->abd", output_shape=(None, 4), bias_axes="d")|L.EinsumDense("...x,xy->...y", output_shape=4, bias_axes="y")"""
for _text in _DEEP.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(2, 2, 3)")
case_of_layer("L.SpatialDropout1D(0.5)", "shaped(2, 3, 4)", training=True)
_PAIRS = "L.Add()|L.Subtract()|L.Multiply()|L.Average()|L.Maximum()|L.Minimum()|L.Concatenate()|L.Concatenate(axis=0)|L.Dot(axes=1)"
for _text in [*_PAIRS.split("|"), "L.Dot(axes=1, normalize=True)", "L.Dot(axes=-1)"]:
    case_of_layer(_text, "[shaped(3, 4), shaped(3, 4) * 0.5 + 0.2]")
case_of_layer("L.Dot(axes=(2, 1))", "[shaped(2, 3, 4), shaped(2, 4, 2)]")
case_of_layer("L.Add()", "[shaped(3, 4), shaped(3, 4), shaped(3, 1)]")
case_of_layer("L.Concatenate()", "[shaped(2, 2), shaped(2, 3), shaped(2, 1)]")

_PICTURES = """L.Conv2D(4, 3)|L.Conv2D(2, (2, 3), strides=2, padding="same", activation="relu")|L.Conv2D(3, 2, use_bias=False)
L.Conv2D(2, 3, dilation_rate=2)|L.Conv2D(2, 1, kernel_initializer="he_uniform", kernel_regularizer="l2")
L.Conv2DTranspose(3, 3)|L.Conv2DTranspose(2, 3, strides=2, padding="same")|L.Conv2DTranspose(2, 2, strides=2, output_padding=1)
L.Conv2DTranspose(1, 4, strides=2, padding="same", use_bias=False)|L.DepthwiseConv2D(3)|L.DepthwiseConv2D(2, depth_multiplier=2)
L.DepthwiseConv2D(3, padding="same", activation="tanh")|L.SeparableConv2D(4, 3)|L.SeparableConv2D(3, 2, depth_multiplier=2)
L.MaxPooling2D()|L.MaxPooling2D(3, strides=1)|L.MaxPool2D((2, 3), padding="same")|L.AveragePooling2D()|L.GlobalMaxPool2D()
L.AveragePooling2D(3, strides=2, padding="same")|L.GlobalAveragePooling2D()|L.GlobalAveragePooling2D(keepdims=True)
L.GlobalMaxPooling2D(keepdims=True)|L.ZeroPadding2D()|L.ZeroPadding2D(((1, 0), (2, 1)))|L.ZeroPadding2D((1, 2))
L.UpSampling2D()|L.UpSampling2D((2, 3))|L.UpSampling2D(interpolation="bilinear")|L.Cropping2D(1)|L.Cropping2D(((1, 0), (0, 2)))
L.BatchNormalization()|L.LayerNormalization()|L.LayerNormalization(axis=[1, 2, 3])|L.GroupNormalization(3)
L.GroupNormalization(groups=-1)|L.UnitNormalization()|L.Flatten()|L.SpatialDropout2D(0.5)|L.Dense(2)|L.RMSNormalization()
L.BatchNormalization(axis=1)|L.AvgPool2D(2)|L.GlobalAvgPool2D()"""
for _text in _PICTURES.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(2, 5, 6, 3)")
for _text in ("L.BatchNormalization()", "L.BatchNormalization(axis=1)", "L.SpatialDropout2D(0.5)"):
    case_of_layer(_text, "shaped(2, 5, 6, 3)", training=True)
_SEQUENCES = """L.Conv1D(4, 3)|L.Conv1D(2, 2, strides=2, padding="same", activation="relu")|L.Conv1D(3, 3, padding="causal")
L.Conv1D(2, 2, dilation_rate=2, padding="causal")|L.Conv1DTranspose(2, 3, strides=2)|L.DepthwiseConv1D(2)|L.SeparableConv1D(3, 2)
L.MaxPooling1D()|L.MaxPooling1D(3, 2, padding="same")|L.AveragePooling1D(2)|L.GlobalAveragePooling1D()|L.GlobalMaxPooling1D()
L.ZeroPadding1D(2)|L.UpSampling1D(2)|L.Cropping1D((1, 2))|L.BatchNormalization()|L.LayerNormalization(epsilon=1e-6)
L.LayerNormalization(center=False)|L.LayerNormalization(scale=False)|L.LayerNormalization(axis=1)"""
for _text in _SEQUENCES.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(2, 7, 3)")
_NORMALIZED = """L.BatchNormalization()|L.BatchNormalization(momentum=0.9, epsilon=1e-5)|L.BatchNormalization(scale=False)
L.BatchNormalization(center=False)|L.BatchNormalization(gamma_initializer="random_uniform", beta_regularizer="l2")
L.BatchNormalization(trainable=False)"""
for _text in _NORMALIZED.replace("\n", "|").split("|"):
    case_of_layer(_text, "shaped(6, 3)", training=True)
for _text in ("L.Conv3D(2, 2)", "L.MaxPooling3D()", "L.AveragePooling3D(2)", "L.GlobalAveragePooling3D()", "L.Conv3DTranspose(2, 2)"):
    case_of_layer(_text, "shaped(1, 3, 4, 3, 2)")
case_of_layer("L.Embedding(5, 3)", "tf.constant([[0, 1], [4, 1]])")
case_of_layer("L.Embedding(5, 3, embeddings_initializer='ones', mask_zero=True)", "tf.constant([[0, 1, 1]])")
case_of_layer("L.Embedding(4, 2)", "tf.constant([-1, 2])")


_SAID = """L.Dense(0)|L.Dense(-2)|L.Dense(2.5)|L.Dense("3")|L.Dense(2, activation="nope")|L.Dense(2, foo=1)|L.Dense(2, name="a/b")
L.Dense(2, kernel_initializer="nope")|L.Dense(2, kernel_regularizer="nope")|L.Dense(2, kernel_constraint="nope")
L.Dense(2, trainable=1)|L.Dropout(1.5)|L.Dropout(-1)|L.Dropout("a")|L.Dropout(0.5, noise_shape=3)|L.ReLU(max_value=-1)
L.LeakyReLU(-1)|L.LeakyReLU(None)|L.Reshape((-1, -1))|L.Permute((0, 1))|L.RepeatVector(2.5)|L.GaussianNoise(3)
L.Dot(axes="a")|L.Dot(axes=(1, 2, 3))|L.Flatten(data_format="x")|L.Activation(None)|L.Dense(2).kernel|L.Dense(2).count_params()
L.Dense(2)(shaped(3))|L.Dense(2)([1, 2])|L.Dense(2)(None)|L.Dense(2)("a")|L.Dense(2)()|L.Dense(2)(shaped(2, 2), foo=1)
L.Dense(2)([shaped(2, 2), shaped(2, 2)])|L.Dense(2)(np.ones((2, 3)))|L.Dense(2)(np.ones((2, 3), "int32"))
L.Dense(2)(tf.ones((2, 3), tf.float64))|L.Dense(2)(tf.ones((2, 3), tf.int32))|L.Dense(2)(tf.Variable([[1.0, 2.0]]))
L.Add()(shaped(2, 2))|L.Add()([shaped(2, 2), shaped(3, 2)])|L.Add()([shaped(2, 2), shaped(2, 3)])
L.Subtract()([shaped(2, 2)] * 3)|L.Concatenate()([shaped(2, 2), shaped(3, 2)])|L.Reshape((4,))(shaped(2, 3))
L.Dense(2).get_weights()|L.Dense(2).weights|L.Dense(2).losses|L.Dense(2).built|L.Dense(2).name|L.Dense(2).trainable
L.Dense(2).path|L.Dense(2).dtype|L.Dense(2).dtype_policy|L.Dense(2).compute_dtype|L.Dense(2).input_spec
L.Dense(2).set_weights([1])|L.Dense(2).output|L.Dense(2).variables|(L.Dense(2), L.Dense(2), L.Dropout(0.1), L.Dense(2))
L.Dense.from_config(L.Dense(2, "relu").get_config())|L.Dense(2).compute_output_shape((None, 3))
L.Flatten().compute_output_shape((None, 3, 4))|L.Concatenate().compute_output_shape([(None, 3), (None, 4)])
L.Layer()|L.Layer()(shaped(2, 2))|L.Layer(name="x").name|L.Layer(5)|L.Layer().add_weight(shape=(2,), name="w")
L.Layer().add_weight()|L.Layer().add_weight("w", shape=(2,))|L.Layer().add_weight((2,), "ones")|L.Layer().foo
L.Layer().add_weight(shape=(2, None))|L.Layer().add_weight(shape=(2,), dtype="int32")|L.Layer().add_loss(1.0)
L.InputSpec(ndim=2)|L.InputSpec(shape=(None, 3))|L.InputSpec(min_ndim=2, axes={-1: 3})|K.Input(shape=(2,))|K.Input()
K.Input(shape=(2,), batch_size=3)|K.Input(batch_shape=(2, 3))|K.Input(shape=(2,), batch_shape=(1, 2))|K.Input(shape=2)
K.Input((2,)) + 1|K.Input((2,)) * K.Input((2,))|1 - K.Input((2,))|K.Input((2,))[:, 0]
tf.reduce_sum(K.Input((2,)))|bool(K.Input((2,)))|float(K.Input((2,)))|K.Input((2,)) * K.Input((3,))|K.Input((3, 2)).ndim
K.Input((2,), name="q").name|K.Input((2,), dtype="int32")|L.Dense(2)(K.Input((3,)))|L.Dense(2)(K.Input(()))
L.Conv2D(0, 3)|L.Conv2D(2, 0)|L.Conv2D(2, (1, 2, 3))|L.Conv2D(2, "a")|L.Conv2D(2, 3, padding="nope")|L.Conv2D(2, 3, groups=0)
L.Conv2D(3, 3, groups=2)|L.Conv2D(2, 3, strides=2, dilation_rate=2)|L.Conv2D(2, 3)(shaped(2, 5))|L.Conv2D(2, 9)(shaped(1, 5, 5, 1))
L.Conv2D(2, 3)(K.Input((None, 8, 3)))|L.MaxPooling2D()(K.Input((None, 8, 3)))|L.MaxPooling2D()(shaped(2, 3))|L.Embedding(0, 2)
L.Embedding(3, 2)(tf.constant([7]))|L.Conv2DTranspose(2, 3, strides=2, padding="same")(K.Input((4, None, 3)))|L.Embedding(3, 2).embeddings
L.BatchNormalization()(K.Input((3,)))|L.GroupNormalization(2)(shaped(2, 3))|L.GroupNormalization(0)|L.LayerNormalization(axis="a")
L.BatchNormalization(axis=[1])|L.MaxPooling2D(0)|L.UpSampling2D(0)|L.UpSampling1D(0)|L.ZeroPadding2D((1, 2, 3))|L.Cropping2D(5)(shaped(1, 3, 3, 1))
K.regularizers.L2(-1)|K.regularizers.get("nope")|K.regularizers.get("l1_l2").get_config()|K.regularizers.L2(0.1)(shaped(2, 2))
K.regularizers.L1(0.1)(shaped(2, 2))|K.regularizers.L1L2(0.1, 0.1)(shaped(2, 2))|K.constraints.get("nope")
K.constraints.MaxNorm(0.5)(shaped(2, 3))|K.constraints.UnitNorm()(shaped(2, 3))|K.constraints.NonNeg()(shaped(2, 3))
K.constraints.MinMaxNorm(0.2, 0.8, 0.5)(shaped(2, 3))|K.Variable([1.0, 2.0])|K.Variable(1.0, trainable=False, name="v")
K.Variable("ones", shape=(2,), dtype="float32")|K.Variable(K.initializers.Ones())|K.Variable([1, 2])|K.Variable(1.0, name="a/b")"""
for _text in _SAID.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: (K.utils.set_random_seed(1), eval(text, globals()))[1])


@case
def built_by_a_class_on_top():
    found = {}
    for base in (L.ReLU, L.Dropout, L.Flatten, L.Reshape, L.MaxPooling2D, L.GlobalAveragePooling1D, L.Identity, L.Masking, L.Activation):
        class Own(base):
            def build(self, input_shape):
                self.scale = self.add_weight(shape=(), initializer="ones")

        given = {"Reshape": [(2, 2)], "Dropout": [0.5], "Activation": ["relu"]}.get(base.__name__, [])
        plain, own = base(*given), Own(*given)
        found[base.__name__] = plain.built, own.built
    own = Own("relu")
    return found, own(tf.constant([[-1.0, 2.0]])), len(own.weights)
