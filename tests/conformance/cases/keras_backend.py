# SPDX-License-Identifier: Apache-2.0
# tf.keras.backend, tf.keras.config, keras.utils and keras.saving: what older scripts call. Each line is a case of its own.
K, U, C = tf.keras.backend, tf.keras.utils, tf.keras.config
x, b = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[True, False], [True, True]])
lines = """
K.mean(x)
K.mean(x, axis=-1)
K.mean(b)
K.sum(x, axis=0, keepdims=True)
K.std(x)
K.var(b)
K.any(x)
K.all(b, axis=0)
K.max(x)
K.argmax(x)
K.square(x)
K.sqrt(tf.constant([4., -1.]))
K.clip(x, 2, 3)
K.clip(x, None, 3.)
K.clip(x, 3., 2.)
K.epsilon()
K.floatx()
K.image_data_format()
K.backend()
K.log(x)
K.get_value(x)
K.get_value(3)
K.int_shape(x)
K.ndim(x)
K.dot(x, x)
K.dot(tf.ones([2,3,4]), tf.ones([4,5])).shape
K.dot(tf.ones([2,3,4]), tf.ones([6,4,5])).shape
K.arange(4)
K.arange(-2)
K.arange(1, 4, dtype='float32')
K.concatenate([x, x])
K.constant([1, 2])
K.constant(3, dtype='int32')
K.cumsum(x)
K.dtype(x)
K.eval(x)
K.expand_dims(x)
K.expand_dims(x, 0)
K.eye(2)
K.flatten(x)
K.batch_flatten(tf.ones([2, 3, 4])).shape
K.gather(x, [1])
K.hard_sigmoid(x)
K.l2_normalize(x, 1)
K.one_hot(tf.constant([0, 1]), 3)
K.ones((2,))
K.zeros((2,))
K.zeros_like(x)
K.ones_like(x)
K.permute_dimensions(x, (1, 0))
K.pow(x, 2)
K.relu(x - 2)
K.relu(x - 2, alpha=0.1, max_value=1.)
K.repeat(x, 2)
K.repeat_elements(x, 2, 0)
K.reshape(x, (4,))
K.reverse(x, 0)
K.round(x + .5)
K.shape(x)
K.sign(x)
K.softmax(x)
K.squeeze(tf.ones([2, 1]), 1)
K.squeeze(tf.ones([2, 1]), axis=-1)
K.stack([x, x])
K.switch(b, x, -x)
K.tile(x, [1, 2])
K.tile(tf.constant([1]), 2)
K.transpose(x)
K.binary_crossentropy(tf.constant([1., 0.]), tf.constant([.7, .2]))
K.categorical_crossentropy(tf.constant([[1., 0.]]), tf.constant([[.7, .3]]))
K.cast(x, 'int32')
K.cast_to_floatx(np.array([1, 2]))
K.cast_to_floatx(tf.constant([1]))
K.is_float_dtype('float16')
K.sigmoid(x)
K.elu(x)
K.stop_gradient(x)
K.maximum(x, 2.)
K.equal(x, 2.)
K.exp(x)
K.abs(-x)
K.random_normal((2,), seed=3)
K.bias_add(x, tf.constant([1., 2.]))
C.floatx()
C.epsilon()
C.dtype_policy()
C.backend()
C.is_interactive_logging_enabled()
C.max_epochs()
U.normalize(np.array([[3., 4.], [0., 0.]]))
U.normalize(x)
U.pad_sequences([[1], [2, 3], [4, 5, 6]])
U.pad_sequences([[1], [2, 3], [4, 5, 6]], maxlen=2, padding='post', truncating='post', value=9)
U.pad_sequences([1])
U.pad_sequences([[1]], padding='x')
tf.keras.losses.serialize(tf.keras.losses.Huber())
tf.keras.activations.sparsemax(x)
tf.keras.activations.sparsemax(x, axis=0)
tf.keras.activations.softmax(tf.ones([2, 3, 4]), axis=(1, 2))
tf.keras.activations.log_softmax(tf.reshape(tf.range(8.), [2, 2, 2]), axis=(0, 2))
repr(tf.keras.losses.deserialize(tf.keras.losses.serialize(tf.keras.losses.Poisson())))[:20]
tf.keras.losses.Circle().get_config()
tf.keras.losses.Circle(reduction='sum')([1, 1, 2], [[0.6, 0.8], [0.8, 0.6], [0., 1.]])
tf.keras.losses.circle([1, 1, 2], [[0.6, 0.8], [0.8, 0.6], [0., 1.]], gamma=8)
tf.keras.losses.Circle()([1, 1, 2, 2], [[0.6, 0.8], [0.8, 0.6], [0., 1.], [1., 0.]])
""".strip().splitlines()
for line in lines:
    case(line)(lambda line=line: eval(line))


@case
def variables_of_older_scripts():
    v = K.variable([1.0, 2.0])
    K.set_value(v, [5, 6])
    K.update(v, K.get_value(v) + 1.0)
    K.moving_average_update(v, [0.0, 0.0], 0.9)
    return [v, K.int_shape(v), K.count_params(v), K.batch_get_value([v]), K.eval(v)]


@case
def a_loss_of_an_older_script():
    w = tf.Variable([[0.5], [-1.0]])
    with tf.GradientTape() as tape:
        loss = K.mean(K.square(K.dot(x, w) - 1.0), axis=-1)
        loss = K.sqrt(K.sum(loss)) + K.log(K.clip(loss, K.epsilon(), None))
    return tape.gradient(loss, w)


@case
def registered_classes():
    @U.register_keras_serializable(package="mine", name="Twice")
    class Twice(tf.keras.losses.Loss):
        def call(self, y_true, y_pred):
            return 2 * y_pred

    return [U.get_registered_name(Twice), U.get_registered_object("mine>Twice") is Twice]
