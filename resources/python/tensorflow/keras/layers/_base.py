# SPDX-License-Identifier: Apache-2.0
"""keras.layers.Layer: keras/src/layers/layer.py."""

import contextlib
import functools
import inspect
import warnings

import _tapescope
from tapescope import paths

from tensorflow._values import _nest
from tensorflow.keras import _automatic, _calling, _masks, _policies, _scopes, _specs, _symbols, constraints, initializers, random
from tensorflow.keras import regularizers
from tensorflow.keras._penalties import Penalties
from tensorflow.keras._tracking import Tracker
from tensorflow.keras._variable import Variable, standardize_dtype
from tensorflow.keras._weights import Weights, by_place
from tensorflow.keras.metrics import Metric
from tensorflow.keras.optimizers._variables import auto_name

_State = _scopes.State
_SAME = contextlib.nullcontext()


def default(method):
    """Marks what a class may define anew."""
    method._is_default = True
    return method


def is_default(method):
    return getattr(method, "_is_default", False)


def _tracked_kinds():
    return [
        ("trainable_variables", lambda value: isinstance(value, Variable) and value.trainable),
        ("non_trainable_variables", lambda value: isinstance(value, Variable) and not value.trainable),
        ("metrics", lambda value: isinstance(value, Metric)),
        ("layers", lambda value: isinstance(value, Layer)),
        ("seed_generators", lambda value: isinstance(value, random.SeedGenerator)),
    ]


class Layer(Weights, Penalties, _symbols.Operation):
    def __new__(cls, *args, **kwargs):
        layer = object.__new__(cls)
        own_build = layer.build

        @functools.wraps(own_build)
        def build(*args, **kwargs):
            with layer._open_name_scope():
                layer._path = _scopes.current_path()
                own_build(*args, **kwargs)
            layer._build_shapes_dict = inspect.signature(own_build).bind(*args, **kwargs).arguments
            layer.built = True
            layer._lock_state()

        object.__setattr__(layer, "build", build)
        object.__setattr__(layer, "_made_with", (args, kwargs))
        return layer

    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        self._lock = False
        _symbols.Operation.__init__(self, name=name)
        self._dtype_policy = _policies.get(dtype)
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self._take_input_shape(kwargs)
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments passed to {type(self).__name__}: {kwargs}")
        self._path = None
        self.built = False
        self.autocast = autocast
        self.input_spec = None
        self._called = False
        self.supports_jit = True
        if not isinstance(trainable, bool):
            raise ValueError(
                f"Expected `trainable` to be a boolean. Received: trainable={trainable} (of type {type(trainable)})"
            )
        self._trainable = trainable
        self._losses = []
        self._call_signature = inspect.signature(self.call)
        names = list(self._call_signature.parameters)
        self.call_signature_parameters = names
        self._call_has_training_arg = "training" in names
        self._call_has_mask_arg = "mask" in names
        self._call_context_args = {"training"}
        self.supports_masking = not is_default(self.compute_mask)
        self._convert_input_args = True
        self._allow_non_tensor_positional_args = False
        self._build_shapes_dict = None
        self._parent_path = None

    def _take_input_shape(self, kwargs):
        size = kwargs.pop("input_dim", None)
        shape = (size,) if size is not None else kwargs.pop("input_shape", None)
        if shape is None:
            return
        self._input_shape_arg = shape
        if _tapescope.keras == "3":
            warnings.warn(
                "Do not pass an `input_shape`/`input_dim` argument to a layer. When using Sequential models, prefer using "
                "an `Input(shape)` object as the first layer in the model instead.",
                stacklevel=4,
            )

    def _start_tracking(self):
        tracker = Tracker(_tracked_kinds())
        stores = tracker.stores
        for name, value in {
            "_tracker": tracker, "_trainable_variables": stores["trainable_variables"],
            "_non_trainable_variables": stores["non_trainable_variables"], "_metrics": stores["metrics"],
            "_layers": stores["layers"], "_seed_generators": stores["seed_generators"],
        }.items():  # fmt: skip
            object.__setattr__(self, name, value)

    def __setattr__(self, name, value):
        if "_tracker" not in self.__dict__:
            self._start_tracking()
        if name == "_layers":  # Sequential's own
            self._tracker.stores["layers"][:] = value
            return
        object.__setattr__(self, name, self._tracker.track(value))

    def __delattr__(self, name):
        if isinstance(self.__dict__.get(name), Variable):
            self._tracker.untrack(self.__dict__[name])
        object.__delattr__(self, name)

    def _check_super_called(self):
        if getattr(self, "_lock", True):
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` as the first statement in the "
                "`__init__()` method. Go add it!"
            )

    # ---- building

    @property
    def path(self):
        return self._path

    @default
    def build(self, input_shape):
        self._check_super_called()
        if is_default(self.build) and any(not layer.built for layer in self._layers):
            warnings.warn(
                f"`build()` was called on layer '{self.name}', however the layer does not have a `build()` method "
                "implemented and it looks like it has unbuilt state. This will cause the layer to be marked as built, "
                "despite not being actually built, which may cause failures down the line. Make sure to implement a proper "
                "`build()` method."
            )
        self.built = True

    def _build_at_init(self):
        """A layer without weights is built at once, but where a class on top of it builds something."""
        if is_default(self.build):
            self.built = True

    def _lock_state(self):
        self._tracker.locked = True

    def _open_name_scope(self):
        if self._parent_path is None:
            self._parent_path = _scopes.current_path()
        return _scopes.name_scope(self.name, self, self._parent_path)

    def _maybe_build(self, spec):
        if self.built:
            return
        _State.built_something = True
        shapes = spec.shapes()
        if not is_default(self.build):
            self.build(**_calling.shapes_for(self.build, shapes, spec, type(self).__name__))
            self._assert_input_compatibility(spec.first)
            return
        if any(not layer.built for layer in self._layers):
            if spec.eager:
                auto_name("KerasTensor")  # Keras calls it once with one before; here the call itself builds what is inside
                return
            try:
                _symbols.infer(self.name, self.call, (), spec.arguments)
            except Exception as error:
                warnings.warn(_UNBUILT.format(name=self.name, error=error))
        self.build(next(iter(shapes.values()), None))

    def add_weight(
        self, *args, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None,
        constraint=None, aggregation="none", overwrite_with_gradient=False, name=None,
    ):
        self._check_super_called()
        shape, initializer, dtype = by_place(args, shape, initializer, dtype)
        dtype = standardize_dtype(dtype) if dtype is not None else self.variable_dtype
        if initializer is None:
            initializer = "glorot_uniform" if "float" in dtype else "zeros"
        initializer = initializers.get(initializer)
        with _scopes.name_scope(self.name, self, self._parent_path):
            variable = Variable(
                initializer, () if shape is None else shape, dtype, trainable, autocast, aggregation, name=name
            )
        variable.regularizer = regularizers.get(regularizer)
        variable.constraint = constraints.get(constraint)
        variable.overwrite_with_gradient = overwrite_with_gradient
        self._tracker.track(variable)
        if not self.trainable:
            variable.trainable = False
        return variable

    def add_variable(
        self, shape, initializer, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None, name=None
    ):
        return self.add_weight(
            shape=shape, initializer=initializer, dtype=dtype, trainable=trainable, autocast=autocast,
            regularizer=regularizer, constraint=constraint, name=name,
        )

    # ---- dtypes

    dtype_policy = property(lambda self: self._dtype_policy)
    variable_dtype = property(lambda self: self._dtype_policy.variable_dtype)
    dtype = property(lambda self: self.variable_dtype)
    compute_dtype = property(lambda self: self._dtype_policy.compute_dtype)
    input_dtype = property(lambda self: self.compute_dtype)
    quantization_mode = property(lambda self: None)

    @dtype_policy.setter
    def dtype_policy(self, value):
        self._dtype_policy = _policies.get(value)

    # ---- calling

    def __call__(self, *args, **kwargs):
        self._check_super_called()
        self._called = True
        given = args, kwargs
        if self._convert_input_args:
            args, kwargs = self._converted(args, kwargs)
        if not self._allow_non_tensor_positional_args:
            for arg in _nest.flatten(args):
                if arg is not None and not _calling.is_tensor(arg):
                    raise ValueError(
                        "Only input tensors may be passed as positional arguments. The following argument value should be "
                        f"passed as a keyword argument: {arg} (of type {type(arg)})"
                    )
        spec = _calling.CallSpec(self._call_signature, self._call_context_args, args, kwargs)
        self._assert_input_compatibility(spec.first)
        # In the trace a layer is one thing, which opens.
        _tapescope.begin_fold(self.name)
        try:
            with self._open_name_scope():
                self._maybe_build(spec)
            outputs = self._called_in_context(spec, args, kwargs)
        finally:
            _tapescope.end_fold()
        if _symbols.any_symbolic(*given):
            _symbols.Node(self, *given, outputs)
        return outputs

    def _converted(self, args, kwargs):
        if not kwargs and len(args) == 1 and type(args[0]) is _tapescope.EagerTensor and args[0].dtype.name == self.input_dtype:
            return args, kwargs

        def convert(value):
            mask = _masks.of(value)
            value = self._dtype_policy.convert_input(value, self.autocast, self.input_dtype)
            return value if mask is None else _masks.put(value, mask)

        return tuple(_nest.map_structure(convert, list(args))), _nest.map_structure(convert, kwargs)

    def _called_in_context(self, spec, args, kwargs):
        context, outermost = _State.call, _State.call is None
        if outermost:
            context = _State.call = _calling.CallContext(self)
            self._clear_losses()
        try:
            for name in self._call_context_args:
                self._resolve(name, spec, context, kwargs)
            previous_mask = _masks.fill_in(spec, kwargs)
            with self._open_name_scope(), self._autocast():
                outputs = self._run(args, kwargs)
                self.built = True
                self._regularize_activity(outputs)
            _masks.hand_on(self, spec.first, outputs, previous_mask)
            return outputs
        finally:
            if outermost:
                _State.call = None
                if _State.built_something:
                    _State.built_something = False
                    paths.refresh()

    def _autocast(self):
        """In which dtype this layer reads its variables: layer.py __call__ and AutocastScope."""
        current, wanted = _State.autocast, self.compute_dtype
        if not _State.autocasting:
            return _scopes.Autocast(wanted) if wanted != self.variable_dtype else _SAME
        if not self.autocast or wanted not in _policies.FLOATS:
            return _scopes.Autocast(None)
        return _scopes.Autocast(wanted) if current != wanted else _SAME

    def _run(self, args, kwargs):
        return _symbols.Operation.__call__(self, *args, **kwargs)

    def symbolic_call(self, *args, **kwargs):
        return self.compute_output_spec(*args, **kwargs)

    def _resolve(self, name, spec, context, kwargs):
        """What the call says itself, else the call around it, else the default of the signature."""
        value = spec.given.get(name) if name in spec.given else context.values.get(name)
        if value is None and name not in spec.given:
            value = spec.arguments.get(name)
        context.values[name] = value
        if name in self._call_signature.parameters and value is not None:
            kwargs[name] = value

    def _assert_input_compatibility(self, first):
        if self.input_spec:
            _specs.check(self.input_spec, first, self.name)

    def call(self, *args, **kwargs):
        raise self._not_implemented(self.call)

    def _not_implemented(self, method, more=""):
        return NotImplementedError(
            f"Layer {type(self).__name__} does not have a `{method.__name__}` method implemented.{more}"
        )

    @default
    def compute_mask(self, inputs, previous_mask):
        return previous_mask

    @default
    def compute_output_shape(self, *args, **kwargs):
        raise self._not_implemented(
            self.compute_output_shape, " Should implement `def compute_output_shape(self, input_shape)`."
        )

    def compute_output_spec(self, *args, **kwargs):
        if is_default(self.compute_output_shape):
            return _symbols.Operation.compute_output_spec(self, *args, **kwargs)
        spec = _calling.CallSpec(self._call_signature, self._call_context_args, args, dict(kwargs))
        shapes = _calling.shapes_for(self.compute_output_shape, spec.shapes(), spec, type(self).__name__)
        return _tensors_of(self.compute_output_shape(**shapes), self.compute_dtype)

    # ---- as text and as a configuration

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"

    def get_build_config(self):
        shapes = self._build_shapes_dict
        if shapes is None:
            return None
        return {"input_shape": next(iter(shapes.values()))} if len(shapes) == 1 else {"shapes_dict": dict(shapes)}

    def build_from_config(self, config):
        if config and "input_shape" in config:
            shape = config["input_shape"]  # a list where it comes from JSON
            self.build(tuple(shape) if isinstance(shape, list) and not _nest.is_nested(shape[0]) else shape)
        elif config and "shapes_dict" in config:
            self.build(**config["shapes_dict"])

    @default
    def get_config(self):
        self._check_super_called()
        config = {"name": self.name}
        if not type(self).__module__.startswith("keras.") and is_default(self.get_config):
            config = _automatic.config_of(self, config)
        config = {**config, "trainable": self.trainable, "dtype": _policies.serialize(self._dtype_policy)}
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = regularizers.serialize(self.activity_regularizer)
        return config


Layer.__module__ = "keras.src.layers.layer"
_UNBUILT = (
    "Layer '{name}' looks like it has unbuilt state, but Keras is not able to trace the layer `call()` in order to build it "
    "automatically. Possible causes:\n1. The `call()` method of your layer may be crashing. Try to `__call__()` the layer "
    "eagerly on some test input first to see if it works. E.g. `x = np.random.random((3, 4)); y = layer(x)`\n2. If the "
    "`call()` method is correct, then you may need to implement the `def build(self, input_shape)` method on your layer. It "
    "should create all variables used by the layer (e.g. by calling `layer.build()` on all its children layers).\nException "
    "encountered: ''{error}''"
)


def _is_shape(value):
    return isinstance(value, (tuple, list)) and all(size is None or isinstance(size, int) for size in value)


def _tensors_of(shape, dtype):
    """KerasTensors of a shape, or of a structure of shapes."""
    if _is_shape(shape):
        return _symbols.KerasTensor(tuple(shape), dtype)
    if isinstance(shape, dict):
        return {key: _tensors_of(one, dtype) for key, one in shape.items()}
    if isinstance(shape, (tuple, list)):
        return type(shape)(_tensors_of(one, dtype) for one in shape)
    return _symbols.KerasTensor(shape, dtype)
