# SPDX-License-Identifier: Apache-2.0
"""Keras 3's losses: keras/src/losses/loss.py, and a class for each function."""

import inspect

import _tapescope

from tensorflow.keras import _loss_functions as _functions
from tensorflow.keras import _masks, _ops
from tensorflow.keras._named import looked_up, reduced
from tensorflow.keras.optimizers._variables import auto_name as _auto_name

_run = _tapescope.run
_REDUCTIONS = {"sum_over_batch_size", "sum", None, "none", "mean", "mean_with_sample_weight"}


def _mapped(function, nest):
    """`function` of each leaf; a list of leaves is a tensor again."""
    if isinstance(nest, (list, tuple)):
        return _run_pack([_mapped(function, item) for item in nest])
    return function(nest)


def _run_pack(tensors):
    from tensorflow import stack

    return stack(tensors)


def _require_one_structure(y_true, y_pred, dtype):
    lists = isinstance(y_true, (list, tuple)), isinstance(y_pred, (list, tuple))
    if lists[0] and not lists[1]:
        raise ValueError(f"Expected an instance of {type(y_true).__name__}, got {_ops.tensor(y_pred, dtype)!r}.")
    if lists[1] and not lists[0]:
        raise ValueError("Structures don't have the same nested structure.")
    if all(lists):
        if len(y_true) != len(y_pred):
            raise ValueError("Structures don't have the same nested structure.")
        for one, other in zip(y_true, y_pred):
            if isinstance(one, (list, tuple)) != isinstance(other, (list, tuple)):
                raise ValueError("Structures don't have the same nested structure.")


def _of_ratio(values, weights, reduction):
    if reduction is None or reduction == "none" or list(values.shape) in ([], [0]):
        return values
    loss = _ops.total(values)
    if reduction == "sum":
        return loss
    if reduction == "mean_with_sample_weight" and weights is not None:
        return _run("DivNoNan", loss, _ops.cast(_ops.total(weights), loss.dtype))
    count = 1
    for size in values.shape:
        count *= size
    return _run("DivNoNan", loss, _tapescope.tensor(count, loss.dtype))


def _masked(weights, mask, values, reduction):
    if mask is None:
        return weights
    factors = _run("Cast", mask, dtype=values.dtype)
    if reduction in ("mean", "sum_over_batch_size"):
        count = 1
        for size in mask.shape:
            count *= size
        share = _run("DivNoNan", _tapescope.tensor(count, values.dtype), _ops.total(factors))
        factors = _run("SelectV2", mask, share, _tapescope.tensor(0, values.dtype))
    if weights is None:
        return factors
    factors, weights = _functions.same_rank(factors, _ops.cast(weights, values.dtype))
    return weights * factors


class Loss:
    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None):
        self.name = name or _auto_name(type(self).__name__)
        if reduction not in _REDUCTIONS:
            raise ValueError(
                f"Invalid value for argument `reduction`. Expected one of {_REDUCTIONS}. Received: reduction={reduction}"
            )
        self.reduction = reduction
        self._dtype = _ops.named(getattr(dtype, "compute_dtype", dtype)) or _ops.floatx()

    @property
    def dtype(self):
        return self._dtype

    def __call__(self, y_true, y_pred, sample_weight=None):
        _tapescope.begin_fold(f"keras.losses.{type(self).__name__}")
        try:
            return self._loss(y_true, y_pred, sample_weight)
        finally:
            _tapescope.end_fold()

    def _loss(self, y_true, y_pred, weights):
        given = _masks.of(y_pred)
        self._check(y_true, y_pred)
        y_pred = _mapped(lambda leaf: _ops.tensor(leaf, self.dtype), y_pred)
        y_true = _mapped(lambda leaf: _ops.tensor(leaf, self.dtype), y_true)
        values, mask = self._values(y_true, y_pred)
        if given is not None:
            mask = given if mask is None else given & mask
        values = _ops.tensor(values, self.dtype)
        weights = None if weights is None else _ops.tensor(weights, self.dtype)
        weights = _masked(weights, mask, values, self.reduction)
        if weights is not None:
            values, weights = _functions.same_rank(values, _ops.cast(weights, values.dtype))
            values = values * weights
        return _of_ratio(values, weights, self.reduction)

    def _check(self, y_true, y_pred):
        """What is wrong with the arguments as they were given."""

    def _values(self, y_true, y_pred):
        return self.call(y_true, y_pred), None

    def call(self, y_true, y_pred):
        raise NotImplementedError

    def get_config(self):
        return {"name": self.name, "reduction": self.reduction}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


    def __reduce__(self):
        return reduced(self, "losses")


class LossFunctionWrapper(Loss):
    def __init__(self, fn, reduction="sum_over_batch_size", name=None, dtype=None, **kwargs):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        self.fn = fn
        self._fn_kwargs = kwargs

    def _check(self, y_true, y_pred):
        _require_one_structure(y_true, y_pred, self.dtype)

    def call(self, y_true, y_pred):
        y_true, y_pred = _functions.same_rank(y_true, y_pred)
        return self.fn(y_true, y_pred, **self._fn_kwargs)

    def __repr__(self):
        return f"<LossFunctionWrapper({self.fn}, kwargs={self._fn_kwargs})>"


def _class(kind, function, name, own=None, order=None, kept=None):
    """The class of a loss function with arguments of its `own`. `order`: in which they stand, where it is not in front;
    `kept`: those that are attributes, and in the configuration, where these are not all."""
    own = own or {}
    kept = list(own) if kept is None else kept
    order = order.split() if order else [*own, "reduction", "name", "dtype"]
    defaults = {**own, "reduction": "sum_over_batch_size", "name": name, "dtype": None}
    signature = inspect.Signature(
        [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        + [inspect.Parameter(key, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=defaults[key]) for key in order]
    )

    def __init__(self, *args, **kwargs):
        try:
            given = signature.bind(self, *args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{kind}.__init__() {error}") from None
        given.apply_defaults()
        values = dict(given.arguments)
        values.pop("self")
        arguments = {key: values[key] for key in own}
        LossFunctionWrapper.__init__(
            self, function, values["reduction"], values["name"], values["dtype"], **arguments
        )
        self.__dict__.update((key, arguments[key]) for key in kept)

    def get_config(self):
        return {**Loss.get_config(self), **{key: getattr(self, key) for key in kept}}

    members = {"__init__": __init__, "get_config": get_config, "__module__": "keras.src.losses.losses"}
    return type(kind, (LossFunctionWrapper,), members)


_SMOOTH = {"from_logits": False, "label_smoothing": 0.0, "axis": -1}

class Reduction:
    """Names of reductions, which scripts of Keras 2 still use."""

    AUTO, NONE, SUM, SUM_OVER_BATCH_SIZE = "auto", "none", "sum", "sum_over_batch_size"

    @classmethod
    def all(cls):
        return (cls.AUTO, cls.NONE, cls.SUM, cls.SUM_OVER_BATCH_SIZE)

    @classmethod
    def validate(cls, key):
        if key not in cls.all():
            raise ValueError(f'Invalid Reduction Key: {key}. Expected keys are "{cls.all()}"')


CTC = _class("CTC", _functions.ctc, "ctc")
MeanSquaredError = _class("MeanSquaredError", _functions.mean_squared_error, "mean_squared_error")
MeanAbsoluteError = _class("MeanAbsoluteError", _functions.mean_absolute_error, "mean_absolute_error")
MeanAbsolutePercentageError = _class(
    "MeanAbsolutePercentageError", _functions.mean_absolute_percentage_error, "mean_absolute_percentage_error"
)
MeanSquaredLogarithmicError = _class(
    "MeanSquaredLogarithmicError", _functions.mean_squared_logarithmic_error, "mean_squared_logarithmic_error"
)
CosineSimilarity = _class(
    "CosineSimilarity", _functions.cosine_similarity, "cosine_similarity", {"axis": -1}, kept=()
)
Huber = _class("Huber", _functions.huber, "huber_loss", {"delta": 1.0}, kept=())
LogCosh = _class("LogCosh", _functions.log_cosh, "log_cosh")
Hinge = _class("Hinge", _functions.hinge, "hinge")
SquaredHinge = _class("SquaredHinge", _functions.squared_hinge, "squared_hinge")
CategoricalHinge = _class("CategoricalHinge", _functions.categorical_hinge, "categorical_hinge")
KLDivergence = _class("KLDivergence", _functions.kl_divergence, "kl_divergence")
Poisson = _class("Poisson", _functions.poisson, "poisson")
BinaryCrossentropy = _class("BinaryCrossentropy", _functions.binary_crossentropy, "binary_crossentropy", _SMOOTH)
BinaryFocalCrossentropy = _class(
    "BinaryFocalCrossentropy",
    _functions.binary_focal_crossentropy,
    "binary_focal_crossentropy",
    {"apply_class_balancing": False, "alpha": 0.25, "gamma": 2.0, **_SMOOTH},
)
CategoricalCrossentropy = _class(
    "CategoricalCrossentropy", _functions.categorical_crossentropy, "categorical_crossentropy", _SMOOTH
)
CategoricalFocalCrossentropy = _class(
    "CategoricalFocalCrossentropy",
    _functions.categorical_focal_crossentropy,
    "categorical_focal_crossentropy",
    {"alpha": 0.25, "gamma": 2.0, **_SMOOTH},
)
SparseCategoricalCrossentropy = _class(
    "SparseCategoricalCrossentropy",
    _functions.sparse_categorical_crossentropy,
    "sparse_categorical_crossentropy",
    {"from_logits": False, "ignore_class": None, "axis": -1},
    "from_logits ignore_class reduction axis name dtype",
    kept=("from_logits", "ignore_class"),
)
Dice = _class("Dice", _functions.dice, "dice", {"axis": None}, "reduction name axis dtype")
Tversky = _class(
    "Tversky", _functions.tversky, "tversky", {"alpha": 0.5, "beta": 0.5, "axis": None},
    "alpha beta reduction name axis dtype",
)


class CategoricalGeneralizedCrossEntropy(LossFunctionWrapper):
    __module__ = "keras.src.losses.losses"

    def __init__(
        self, q=0.5, reduction="sum_over_batch_size", name="categorical_generalized_cross_entropy", dtype=None
    ):
        if not 0 < q < 1:
            raise ValueError("q must be in the interval (0, 1)")
        super().__init__(_functions.categorical_generalized_cross_entropy, reduction, name, dtype, q=q)
        self.q = q

    def get_config(self):
        return {**Loss.get_config(self), "q": self.q}


Circle = _class(
    "Circle", _functions.circle, "circle", {"gamma": 80.0, "margin": 0.4, "remove_diagonal": True}
)


def _circle_values(self, y_true, y_pred):
    """Without loss, a sample does not count in a mean."""
    y_true, y_pred = _functions.same_rank(y_true, y_pred)
    values = self.fn(y_true, y_pred, **self._fn_kwargs)
    return values, values > 0


Circle._values = _circle_values


def _masking_values(self, y_true, y_pred):
    y_true, y_pred = _functions.same_rank(y_true, y_pred)
    return _functions.sparse_with_mask(y_true, y_pred, **self._fn_kwargs)


SparseCategoricalCrossentropy._values = _masking_values

mse = MSE = _functions.mean_squared_error
mae = MAE = _functions.mean_absolute_error
mape = MAPE = _functions.mean_absolute_percentage_error
msle = MSLE = _functions.mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = _functions.kl_divergence
logcosh = _functions.log_cosh
for _name in (
    "binary_crossentropy binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy "
    "categorical_generalized_cross_entropy categorical_hinge circle cosine_similarity ctc dice hinge huber kl_divergence "
    "log_cosh mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error poisson "
    "sparse_categorical_crossentropy squared_hinge tversky"
).split():
    globals()[_name] = getattr(_functions, _name)

_ALL = {
    **{name: one for name, one in vars(_functions).items() if callable(one) and not name.startswith("_")},
    **{name: one for name, one in globals().items() if isinstance(one, type) and issubclass(one, Loss)},
    **{name: globals()[name] for name in "mse MSE mae MAE mape MAPE msle MSLE kld KLD logcosh bce BCE".split() if name in globals()},
    "bce": _functions.binary_crossentropy,
    "BCE": _functions.binary_crossentropy,
}


def get(identifier):
    return looked_up(identifier, _ALL, "loss", deserialize)


def serialize(loss):
    from tensorflow.keras._saving import serialize_named

    return serialize_named(loss, "keras.losses", _ALL)


def deserialize(name, custom_objects=None):
    from tensorflow.keras._saving import deserialize_named

    return deserialize_named(name, _ALL, custom_objects)
