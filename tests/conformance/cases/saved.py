# SPDX-License-Identifier: Apache-2.0
"""tf.saved_model and tf.train.Checkpoint: what is kept, what comes back, and what waits for variables that are made later."""

FOLDER = "conformance_saved"


class Inner(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(2.0, name="w")

    def __call__(self, x):
        return x * self.w


def Outer():
    """Of a class of its own: TensorFlow counts how often a function is traced."""
    class Outer(tf.Module):
        def __init__(self):
            super().__init__(name="outer")
            self.inner, self.k, self.text = Inner(), 3, "text"
            self.b = tf.Variable([1.0, 2.0], name="b", trainable=False)
            self.many, self.named = [tf.Variable(1), tf.Variable(2)], {"a": tf.Variable(1.5)}

        @tf.function(autograph=False)
        def __call__(self, x):
            return self.inner(x) * self.k + self.b

        @tf.function(autograph=False, input_signature=[tf.TensorSpec([None], tf.float32)])
        def signed(self, x):
            return {"out": x + self.b}

        @tf.function(autograph=False)
        def never(self, x):
            return x

        @tf.function(autograph=False)
        def more(self):
            return self.inner.w.assign_add(1.0)

        def plain(self):
            return 1

    return Outer()


def called():
    """Few are called: TensorFlow counts over all of them how often a function is traced, and warns."""
    module = Outer()
    module(tf.constant(1.0))
    return module


def saved(name, module=None, **options):
    module = module or called()
    tf.saved_model.save(module, f"{FOLDER}/{name}", **options)
    for variable in module.variables:
        variable.assign(variable + 1)
    return tf.saved_model.load(f"{FOLDER}/{name}")


def tried(*functions):
    results = []
    for function in functions:
        try:
            results.append(function())
        except Exception as problem:
            results.append((type(problem).__name__, str(problem)))
    return results


@case
def loaded_calls():
    module = called()
    module(2.0)
    one = saved("calls", module)
    return tried(lambda: one(tf.constant(1.0)), lambda: one(5.0), lambda: one(2.0), lambda: one(x=tf.constant(2.0)), lambda: one(7))


@case
def loaded_calls_that_do_not_fit():
    one = saved("unfit")
    return tried(lambda: one(tf.constant(1)), lambda: one(), lambda: one(tf.constant([1.0, 2.0])), lambda: one.never(1),
                 lambda: one.signed(tf.constant([[1.0]])), lambda: one.signed(tf.constant([1])), lambda: one.signed([1.0, 2.0]))


@case
def loaded_attributes():
    one = saved("attributes", Outer())
    return tried(lambda: one.inner.w, lambda: one.b, lambda: one.many, lambda: one.named, lambda: one.k, lambda: one.text,
                 lambda: one.plain(), lambda: one.variables, lambda: one.inner(1.0), lambda: one.name, lambda: repr(one.signatures),
                 lambda: isinstance(one, tf.Module), lambda: type(one).__qualname__, lambda: one.inner.w is one.inner.w)


@case
def loaded_variables_are_its_own():
    module = Outer()
    module.more()
    one, other = saved("own", module), tf.saved_model.load(f"{FOLDER}/own")
    return one.more(), one.more(), one.inner.w, other.inner.w, other.more()


@case
def loaded_gradients():
    one = saved("gradients")
    with tf.GradientTape() as tape:
        y = one(tf.constant(1.5))
    return tape.gradient(y, [one.inner.w, one.b]), [v.name for v in tape.watched_variables()]


@case
def loaded_custom_gradient():
    @tf.custom_gradient
    def clipped(y):
        return y, lambda dy: tf.clip_by_norm(dy, 0.5)

    class Module(tf.Module):
        @tf.function(autograph=False, input_signature=[tf.TensorSpec(None)])
        def call(self, x):
            return clipped(x)

    one = saved("custom", Module(), options=tf.saved_model.SaveOptions(experimental_custom_gradients=True))
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = one.call(v * v)
    return y, tape.gradient(y, v)


@case
def loaded_signatures():
    module = Outer()
    one = saved("signature", module, signatures=module.signed)
    two = saved("signatures", module, signatures={"one": module.signed, "other": module.signed.get_concrete_function()})
    serve = one.signatures["serving_default"]
    return (list(one.signatures), serve(x=tf.constant([1.0, 2.0])), list(two.signatures), two.signatures["other"](tf.constant([1.0, 2.0])),
            serve.structured_input_signature)


@case
def functions_that_are_attributes():
    module = tf.Module()
    module.v = tf.Variable(3.0)
    module.f = tf.function(lambda x: x * module.v, autograph=False)
    module.f(tf.constant(1.0))
    one = saved("attribute", module)
    before = one.f(tf.constant(2.0))
    one.v.assign(10.0)
    return before, one.f(2.0), module.f(tf.constant(2.0))


@case
def refused():
    return tried(lambda: tf.saved_model.save(3, f"{FOLDER}/three"), lambda: tf.saved_model.load(f"{FOLDER}/nothing"),
                 lambda: tf.saved_model.contains_saved_model(f"{FOLDER}/nothing"), lambda: tf.saved_model.save(None, "x"))


@case
def saved_is_there():
    saved("there", tf.Module())
    return tf.saved_model.contains_saved_model(f"{FOLDER}/there"), tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class Late(tf.Module):
    def __init__(self):
        super().__init__()
        self.built = False

    def __call__(self, x):
        if not self.built:
            self.w, self.b, self.built = tf.Variable(tf.ones([x.shape[-1], 2]) * 7.0, name="w"), tf.Variable([1.0, 2.0]), True
        return x @ self.w + self.b


class Stack(tf.Module):
    def __init__(self):
        super().__init__()
        self.first, self.rest, self.step = Late(), [Late(), Late()], tf.Variable(1)

    def __call__(self, x):
        for one in [self.first, *self.rest]:
            x = one(x)
        return x


def kept(name):
    stack = Stack()
    stack(tf.ones([1, 2]))
    stack.first.w.assign([[1.0, 2.0], [3.0, 4.0]])
    stack.step.assign(5)
    return tf.train.Checkpoint(model=stack).write(f"{FOLDER}/{name}")


@case
def variables_that_wait():
    path, stack = kept("waiting"), Stack()
    status = tf.train.Checkpoint(model=stack).restore(path)
    before = int(stack.step)
    return before, stack(tf.ones([1, 2])), stack.first.w, stack.rest[1].b, status.expect_partial() is status


@case
def complaints_of_restoring():
    path, stack = kept("complaining"), Stack()
    status = tf.train.Checkpoint(model=stack).restore(path)
    other = tf.train.Checkpoint(other=tf.Module()).restore(path)
    said = tried(lambda: str(status.assert_consumed()), lambda: str(status.assert_existing_objects_matched()),
                 lambda: str(other.assert_nontrivial_match()))
    status.expect_partial(), other.expect_partial()
    return said


@case
def listed():
    path = kept("listed")
    counted = tf.train.Checkpoint(v=tf.Variable(1.0), d={"k": tf.Variable([1])}, l=[tf.Variable(True)]).save(f"{FOLDER}/counted")
    return tried(lambda: tf.train.list_variables(path), lambda: tf.train.list_variables(counted),
                 lambda: tf.train.load_variable(path, "model/first/w/.ATTRIBUTES/VARIABLE_VALUE"),
                 lambda: tf.train.load_variable(path, "none"), lambda: tf.train.list_variables(f"{FOLDER}/none"))


@case
def root_of_a_checkpoint():
    stack, other = Stack(), Stack()
    stack(tf.ones([1, 2])), stack.step.assign(7)
    path = tf.train.Checkpoint(stack).write(f"{FOLDER}/root")
    tf.train.Checkpoint(other).restore(path)
    return tf.train.list_variables(path), int(other.step), other(tf.ones([1, 2]))


@case
def layers_start_with_a_function():
    layer = tf.keras.layers.Dense(1, kernel_initializer=tf.random.normal)
    return layer.get_config()["kernel_initializer"]


class Compared(tf.Module):
    def __init__(self, key):
        super().__init__()
        self.key = key

    def __eq__(self, other):
        return self.key == other.key


@case
def modules_that_compare_themselves():
    one, other = Compared(1), Compared(2)
    one.w = tf.Variable([1.0, 2.0])
    tf.train.Checkpoint(a=other).restore(tf.train.Checkpoint(a=one).save(f"{FOLDER}/compared"))
    other.w = tf.Variable([0.0, 0.0])
    return other.w.numpy(), Compared(3).key
