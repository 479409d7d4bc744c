# SPDX-License-Identifier: Apache-2.0
# Learning rates that change with the step, asked for at steps and used by optimizers.

S = tf.keras.optimizers.schedules
_MADE = {
    "exponential": lambda: S.ExponentialDecay(0.1, 3, 0.5),
    "exponential stairs": lambda: S.ExponentialDecay(0.1, 3, 0.5, staircase=True),
    "inverse time": lambda: S.InverseTimeDecay(0.1, 4, 0.5),
    "inverse time stairs": lambda: S.InverseTimeDecay(0.1, 4, 0.5, staircase=True),
    "piecewise": lambda: S.PiecewiseConstantDecay([2, 5], [1.0, 0.5, 0.1]),
    "piecewise once": lambda: S.PiecewiseConstantDecay([2], [1.0, 0.5]),
    "polynomial": lambda: S.PolynomialDecay(0.1, 6),
    "polynomial squared": lambda: S.PolynomialDecay(0.1, 6, 0.01, power=2.0),
    "polynomial cycle": lambda: S.PolynomialDecay(0.1, 3, 0.01, cycle=True),
    "cosine": lambda: S.CosineDecay(0.1, 6),
    "cosine alpha": lambda: S.CosineDecay(0.1, 6, alpha=0.2),
    "cosine warm": lambda: S.CosineDecay(0.0, 6, warmup_target=0.1, warmup_steps=3),
    "restarts": lambda: S.CosineDecayRestarts(0.1, 3),
    "restarts even": lambda: S.CosineDecayRestarts(0.1, 3, t_mul=1.0, m_mul=0.5, alpha=0.1),
}
for _name, _make in _MADE.items():
    @case(f"{_name} by steps")
    def by_steps(make=_make):
        schedule = make()
        return [schedule(step) for step in range(12)], schedule(tf.constant(4)), schedule(tf.constant(4, tf.int64))

    @case(f"{_name} by an optimizer")
    def by_an_optimizer(make=_make):
        optimizer, v, rates = tf.keras.optimizers.SGD(make()), tf.Variable([1.0, 2.0]), []
        for _ in range(7):
            rates.append(float(optimizer.learning_rate))
            optimizer.apply_gradients([(tf.constant([0.5, 1.0]), v)])
        return rates, v.numpy(), [one.path for one in optimizer.variables]

    @case(f"{_name} written down")
    def written_down(make=_make):
        schedule = make()
        again = type(schedule).from_config(schedule.get_config())
        return S.serialize(schedule), float(S.deserialize(S.serialize(schedule))(3)), float(again(3))

for _name, _wrong in {
    "no steps": lambda: S.ExponentialDecay(0.1, 0, 0.5), "no steps of a polynomial": lambda: S.PolynomialDecay(0.1, -1),
    "no steps of a cosine": lambda: S.CosineDecay(0.1, 0), "no first steps": lambda: S.CosineDecayRestarts(0.1, 0),
    "values and boundaries": lambda: S.PiecewiseConstantDecay([1, 2], [1.0, 2.0]),
    "the class of all": lambda: S.LearningRateSchedule()(1),
    "no configuration": lambda: S.LearningRateSchedule().get_config(),
}.items():
    case(_name)(_wrong)


@case
def a_function_for_a_rate():
    optimizer, v = tf.keras.optimizers.Adam(lambda: 0.25), tf.Variable(1.0)
    optimizer.apply_gradients([(tf.constant(1.0), v)])
    return v.numpy(), optimizer.learning_rate


@case
def a_schedule_cannot_be_set():
    optimizer = tf.keras.optimizers.SGD(S.ExponentialDecay(0.1, 3, 0.5))
    optimizer.learning_rate = 0.5


@case
def a_rate_that_is_assigned():
    optimizer, v = tf.keras.optimizers.SGD(0.5), tf.Variable(1.0)
    optimizer.learning_rate = 0.25
    optimizer.learning_rate.assign(optimizer.learning_rate * 0.5)
    optimizer.apply_gradients([(tf.constant(1.0), v)])
    return v.numpy(), float(optimizer.learning_rate), optimizer.learning_rate


@case
def a_class_of_ones_own():
    class Halved(S.LearningRateSchedule):
        def __call__(self, step):
            return 1.0 / (2.0 + tf.cast(step, tf.float32))
    optimizer, v = tf.keras.optimizers.SGD(Halved()), tf.Variable(1.0)
    for _ in range(3):
        optimizer.apply_gradients([(tf.constant(1.0), v)])
    return v.numpy()
