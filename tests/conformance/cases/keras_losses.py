# SPDX-License-Identifier: Apache-2.0
# Losses and activations of Keras, used without models. Each line is a case of its own.
K = tf.keras.losses
LINES = r"""
K.MeanSquaredError()([[1.,2.]], tf.constant([[3.,5.]]))
K.MeanSquaredError()(tf.constant([[1.,2.]]), [[3.,5.]])
K.MeanSquaredError()([[1.,2.]], np.array([[3.,5.]]))
K.MeanSquaredError().name
K.MeanSquaredError().dtype
K.MeanSquaredError().reduction
K.MeanSquaredError(reduction='sum')([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]])
K.MeanSquaredError(reduction='none')([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]])
K.MeanSquaredError(reduction=None)([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]])
K.MeanSquaredError()([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]],sample_weight=[1.,0.5])
K.MeanSquaredError()([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]],sample_weight=[[1.],[0.5]])
K.MeanSquaredError(reduction='mean_with_sample_weight')([[1.,2.],[3.,4.]],[[0.,0.],[0.,0.]],sample_weight=[1.,0.5])
K.MeanSquaredError()(tf.zeros([2,1]),tf.ones([2]))
K.MeanSquaredError()(tf.zeros([2]),tf.ones([2,1]))
K.MeanSquaredError()(tf.zeros([2,3]),tf.ones([2,2]))
K.MeanSquaredError()(tf.zeros([2],tf.float64),tf.ones([2],tf.float64))
K.MeanSquaredError(dtype='float64')(tf.zeros([2],tf.float64),tf.ones([2],tf.float64))
K.MeanSquaredError()(tf.Variable([0.,1.]),tf.Variable([2.,3.]))
K.mse(tf.Variable([0.,1.]),tf.Variable([2.,3.]))
K.CategoricalCrossentropy()([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.CategoricalCrossentropy(from_logits=True)([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.CategoricalCrossentropy(label_smoothing=0.1)([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.CategoricalCrossentropy()(tf.constant([[0.,1.,0.]]),tf.nn.softmax([[1.,2.,3.]]))
K.CategoricalCrossentropy()(tf.constant([[0.,1.,0.]]),tf.keras.activations.softmax(tf.constant([[1.,2.,3.]])))
K.categorical_crossentropy(tf.constant([[0.,1.,0.]]),tf.keras.activations.softmax(tf.constant([[1.,2.,300.]])))
K.categorical_crossentropy(tf.constant([[0.,1.,0.]]),tf.nn.softmax(tf.constant([[1.,2.,300.]])))
K.categorical_crossentropy(tf.constant([[0.,1.,0.]]),tf.keras.activations.softmax(tf.constant([[1.,2.,300.]])),from_logits=True)
K.CategoricalCrossentropy()(tf.zeros([2,3]),tf.ones([2,2]))
K.SparseCategoricalCrossentropy()([1,2],[[0.1,0.8,0.1],[0.1,0.1,0.8]])
K.SparseCategoricalCrossentropy()(tf.constant([1,2]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([1,2]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([[1],[2]]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True,ignore_class=1)(tf.constant([1,2]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True,ignore_class=1,reduction='sum')(tf.constant([1,2]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([1,5]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([1,2,0]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.sparse_categorical_crossentropy(tf.constant([1,2]),tf.constant([[0.1,0.8,0.1],[0.1,0.1,0.8]]))
K.sparse_categorical_crossentropy([1,2],[[0.1,0.8,0.1],[0.1,0.1,0.8]])
K.BinaryCrossentropy()([0.,1.,1.],[0.1,0.8,0.4])
K.BinaryCrossentropy(from_logits=True)([0.,1.,1.],[0.1,0.8,0.4])
K.BinaryCrossentropy(from_logits=True,label_smoothing=0.2)([[0.,1.,1.]],[[0.1,0.8,0.4]])
K.BinaryCrossentropy()(tf.zeros([2,3]),tf.ones([2,2]))
K.binary_crossentropy(tf.constant([1.,0.]),tf.keras.activations.sigmoid(tf.constant([100.,100.])))
K.binary_crossentropy(tf.constant([1.,0.]),tf.sigmoid(tf.constant([100.,100.])))
K.Huber()([0.,1.,5.],[0.1,0.8,0.4])
K.Huber(0.5)([0.,1.,5.],[0.1,0.8,0.4])
K.LogCosh()([0.,1.,5.],[0.1,0.8,0.4])
K.KLDivergence()([0.2,0.8],[0.5,0.5])
K.Poisson()([0.2,0.8],[0.5,0.5])
K.Hinge()([0.,1.],[0.5,0.5])
K.Hinge()([-1.,1.],[0.5,0.5])
K.SquaredHinge()([-1.,1.],[0.5,0.5])
K.CategoricalHinge()([[0.,1.]],[[0.5,0.4]])
K.CosineSimilarity()([[0.,1.],[1.,1.]],[[0.5,0.4],[0.,0.]])
K.CosineSimilarity(axis=0)([[0.,1.],[1.,1.]],[[0.5,0.4],[0.,0.]])
K.MeanAbsoluteError()([0.,1.,5.],[0.1,0.8,0.4])
K.MeanAbsolutePercentageError()([0.,1.,5.],[0.1,0.8,0.4])
K.MeanSquaredLogarithmicError()([0.,1.,5.],[0.1,0.8,0.4])
K.BinaryFocalCrossentropy()([0.,1.,1.],[0.1,0.8,0.4])
K.CategoricalFocalCrossentropy()([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.Dice()([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.Tversky()([[0.,1.,0.]],[[0.05,0.9,0.05]])
K.CategoricalGeneralizedCrossEntropy()(tf.constant([1]),tf.constant([[0.05,0.9,0.05]]))
K.get(None)
K.MeanSquaredError().get_config()
K.Huber().get_config()
K.Huber(delta=2.0)(1.0,3.0)
K.MeanSquaredError()(None,tf.ones([2]))
K.MeanSquaredError()(tf.ones([2]))
K.mse(tf.ones([2,3]),tf.ones([2]))
K.mse(tf.ones([2,1]),tf.ones([2]))
K.mse(tf.ones([2]),tf.ones([3]))
tf.keras.activations.relu(tf.constant([-1.,0.5,7.]),negative_slope=0.1,max_value=6,threshold=0.2)
tf.keras.activations.relu([-1.,0.5,7.],max_value=6)
tf.keras.activations.relu([-1,2])
tf.keras.activations.relu(tf.constant([-1.,0.5,7.]),negative_slope=0.1)
tf.keras.activations.softmax(tf.constant([1.,2.]))
tf.keras.activations.softmax([1.,2.])
tf.keras.activations.softmax(tf.constant([[1.,2.]]),axis=0)
tf.keras.activations.gelu(tf.constant([1.,-2.]))
tf.keras.activations.gelu([1.,-2.],approximate=True)
tf.keras.activations.tanh([1,2])
tf.keras.activations.sigmoid([1,2])
tf.keras.activations.get('foo')
tf.keras.activations.linear(3)
tf.keras.activations.elu(tf.constant([1.,-2.]),alpha=0.5)
tf.keras.activations.hard_sigmoid(tf.constant([1.,-2.]))
tf.keras.activations.mish(tf.constant([1.,-2.]))
tf.keras.activations.exponential(tf.constant([1.,-2.]))
tf.keras.activations.selu([1.,-2.])
tf.keras.activations.leaky_relu([1.,-2.])
tf.keras.activations.swish is tf.keras.activations.silu
tf.keras.activations.celu(tf.constant([1.,-2.]))
tf.keras.activations.glu(tf.constant([1.,-2.]))
tf.keras.activations.log_softmax(tf.constant([1.,-2.]))
tf.keras.activations.softplus(tf.constant([1.,-2.]))
tf.keras.activations.softsign(tf.constant([1.,-2.]))
tf.keras.activations.hard_silu(tf.constant([1.,-2.]))
K.get("foo")
K.get("mse")(tf.zeros([2]), tf.ones([2]))
K.get("MeanSquaredError")(tf.zeros([2]), tf.ones([2]))
type(K.get("huber")).__name__
"""
for line in LINES.strip().split("\n"):
    case(line)(lambda line=line: eval(line))

LOSSES = {
    "MeanSquaredError": {}, "MeanAbsoluteError": {}, "MeanAbsolutePercentageError": {}, "MeanSquaredLogarithmicError": {}, "Huber": {"delta": 0.3},
    "LogCosh": {}, "Hinge": {}, "SquaredHinge": {}, "CategoricalHinge": {}, "KLDivergence": {}, "Poisson": {}, "CosineSimilarity": {},
    "BinaryCrossentropy": {"label_smoothing": 0.1}, "CategoricalCrossentropy": {"label_smoothing": 0.1}, "BinaryFocalCrossentropy": {},
    "CategoricalFocalCrossentropy": {}, "Dice": {}, "Tversky": {"alpha": 0.3},
}
TRUE, PREDICTED = tf.constant([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), [[0.2, 0.7, 0.1], [0.3, 0.3, 0.4]]
for name, options in LOSSES.items():
    for reduction in ("sum_over_batch_size", "sum", "none"):
        @case(f"{name}_{reduction}")
        def loss(name=name, options=options, reduction=reduction):
            predicted = tf.Variable(PREDICTED)
            with tf.GradientTape() as tape:
                loss = getattr(tf.keras.losses, name)(reduction=reduction, **options)(TRUE, predicted)
            return [loss, tape.gradient(loss, predicted)]

    @case(f"{name}_weighted")
    def weighted(name=name, options=options):
        predicted = tf.Variable(PREDICTED)
        with tf.GradientTape() as tape:
            loss = getattr(tf.keras.losses, name)(**options)(TRUE, predicted, sample_weight=[0.5, 2.0])
        return [loss, tape.gradient(loss, predicted)]

for logits in (True, False):
    @case(f"sparse_categorical_from_logits_{logits}")
    def sparse(logits=logits):
        predicted = tf.Variable(PREDICTED)
        with tf.GradientTape() as tape:
            loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=logits)(tf.constant([1, 2]), predicted)
        return [loss, tape.gradient(loss, predicted)]
