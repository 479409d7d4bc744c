# SPDX-License-Identifier: Apache-2.0
# Classes that scripts make of Keras 3's optimizers: they extend the rule of one, or have a rule of their own.


def _trained(optimizer, count=3):
    """Two variables, after each step, and what the optimizer kept."""
    v = tf.Variable([1.0, 2.0, 3.0], name="v")
    w = tf.Variable([[0.5, -1.0], [2.0, 1.5], [1.0, 1.0]], name="w")
    seen = []
    for _ in range(count):
        with tf.GradientTape() as tape:
            loss = 0.01 * tf.reduce_sum((tf.linalg.matvec(w, [1.0, 2.0]) * v) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, [v, w]), [v, w]))
        seen += [loss, v.numpy(), w.numpy()]
    kept = [(each.path, tf.convert_to_tensor(each)) for each in optimizer.variables]
    return seen, kept, optimizer.get_config()


def _centred(base):
    class Centred(base):
        def update_step(self, gradient, variable, learning_rate):
            if len(gradient.shape) > 1:
                gradient = gradient - tf.reduce_mean(gradient, axis=0, keepdims=True)
            super().update_step(gradient, variable, learning_rate * 0.5)

    return Centred


for _name, _numbers in (
    ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}), ("RMSprop", {"momentum": 0.5, "centered": True}),
    ("Adagrad", {}), ("Adadelta", {}), ("Adam", {"amsgrad": True}), ("Adam", {"clipnorm": 0.5, "use_ema": True}), ("AdamW", {}),
    ("Adamax", {}), ("Nadam", {}), ("Ftrl", {}), ("Lion", {}), ("Lamb", {}), ("Adafactor", {}),
    ("SGD", {"gradient_accumulation_steps": 2}), ("Muon", {}), ("ScheduleFreeAdamW", {}),
):
    @case(f"gradients centred before {_name} {_numbers}")
    def centred(_name=_name, _numbers=_numbers):
        return _trained(_centred(getattr(tf.keras.optimizers, _name))(learning_rate=0.05, **_numbers))


@case
def momentum_of_ones_own():
    class Momentum(tf.keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.01, momentum=0.9, name="momentum", **kwargs):
            super().__init__(learning_rate=learning_rate, name=name, **kwargs)
            self.momentum = momentum

        def build(self, variables):
            if self.built:
                return
            super().build(variables)
            self.kept = [self.add_variable_from_reference(reference_variable=each, name="kept") for each in variables]

        def update_step(self, gradient, variable, learning_rate):
            kept = self.kept[self._get_variable_index(variable)]
            self.assign(kept, self.momentum * kept - tf.cast(learning_rate, variable.dtype) * gradient)
            self.assign_add(variable, kept)

        def get_config(self):
            return {**super().get_config(), "momentum": self.momentum}

    first = Momentum(0.1, momentum=0.5, clipnorm=1.0)
    again = Momentum.from_config(first.get_config())
    return _trained(first), _trained(again), tf.keras.optimizers.serialize(again)


@case
def lookahead():
    class Lookahead(tf.keras.optimizers.Adam):
        def build(self, variables):
            super().build(variables)
            self.slow = [self.add_variable_from_reference(each, name="slow") for each in variables]
            for slow, each in zip(self.slow, variables):
                slow.assign(each)

        def update_step(self, gradient, variable, learning_rate):
            super().update_step(gradient, variable, learning_rate)
            slow = self.slow[self._get_variable_index(variable)]
            met = tf.equal((self.iterations + 1) % 2, 0)
            self.assign(slow, tf.where(met, slow + 0.5 * (variable - slow), slow))
            self.assign(variable, tf.where(met, slow, variable))

    return _trained(Lookahead(0.1), 5)


@case
def warm_restarts():
    class Warm(tf.keras.optimizers.SGD):
        def _get_current_learning_rate(self):
            share = tf.cast(self.iterations % 2, tf.float32) / 2
            return super()._get_current_learning_rate() * 0.5 * (1 + tf.cos(np.pi * share))

    return _trained(Warm(0.1), 5)


@case
def current_rates():
    decay = tf.keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
    rates = (0.25, decay, lambda: 0.5)
    return [float(tf.keras.optimizers.SGD(rate)._get_current_learning_rate()) for rate in rates]


@case
def rule_left_out():
    class Signs(tf.keras.optimizers.SGD):
        def update_step(self, gradient, variable, learning_rate):
            self.assign_sub(variable, learning_rate * tf.sign(gradient))

    return _trained(Signs(0.1, momentum=0.9))


@case
def clipped_by_hand():
    class Clipped(tf.keras.optimizers.SGD):
        def apply(self, grads, trainable_variables=None):
            return super().apply([2.0 * each for each in self._clip_gradients(grads)], trainable_variables)

    return _trained(Clipped(0.1, clipvalue=0.3))


@case
def kept_momentum_is_seen():
    seen = []

    class Seen(tf.keras.optimizers.SGD):
        def update_step(self, gradient, variable, learning_rate):
            kept = self.momentums[self._get_variable_index(variable)]
            super().update_step(gradient, variable, learning_rate)
            seen.append(tf.convert_to_tensor(kept))

    _trained(Seen(0.1, momentum=0.5), 2)
    return seen


for _name, _lists in (
    ("SGD", "momentums"), ("RMSprop", "_velocities _momentums _average_gradients"), ("Adagrad", "_accumulators"),
    ("Adadelta", "_accumulated_grads _accumulated_delta_vars"), ("Adam", "_momentums _velocities"), ("Adamax", "_m _u"),
    ("Nadam", "_momentums _velocities"), ("Ftrl", "_accumulators _linears"), ("Lion", "_momentums"),
    ("Lamb", "_momentums _velocities"), ("Adam", "_velocity_hats"),
):
    @case(f"lists of {_name}: {_lists}")
    def lists_of(_name=_name, _lists=_lists):
        optimizer, v = getattr(tf.keras.optimizers, _name)(0.1), tf.Variable([1.0, 2.0], name="v")
        optimizer.apply_gradients([(tf.constant([0.5, -1.0]), v)])
        return [[(each.path, tf.convert_to_tensor(each)) for each in getattr(optimizer, name)] for name in _lists.split()]


@case
def nothing_of_its_own():
    class Nothing(tf.keras.optimizers.Optimizer):
        pass

    _trained(Nothing(0.1))


@case
def without_a_rate():
    tf.keras.optimizers.Optimizer()


@case
def registered():
    @tf.keras.utils.register_keras_serializable(package="mine")
    class Halved(tf.keras.optimizers.Adam):
        def __init__(self, learning_rate=0.001, share=0.5, **kwargs):
            super().__init__(learning_rate=learning_rate, **kwargs)
            self.share = share

        def update_step(self, gradient, variable, learning_rate):
            super().update_step(gradient * self.share, variable, learning_rate)

        def get_config(self):
            return {**super().get_config(), "share": self.share}

    packed = tf.keras.optimizers.serialize(Halved(0.1, share=0.25))
    packed.pop("module")
    return packed, _trained(tf.keras.optimizers.deserialize(packed))


@case
def in_a_function():
    class Centred(tf.keras.optimizers.SGD):
        def update_step(self, gradient, variable, learning_rate):
            super().update_step(gradient - tf.reduce_mean(gradient), variable, learning_rate)

    v, optimizer = tf.Variable([1.0, 2.0, 3.0]), Centred(0.1, momentum=0.9)

    @tf.function(autograph=False)
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(v * v * v)
        optimizer.apply_gradients(zip(tape.gradient(loss, [v]), [v]))
        return loss

    return [(step(), v.numpy()) for _ in range(3)]
