# SPDX-License-Identifier: Apache-2.0
# Random programs: variables and constants of several shapes and dtypes, chains of operations, tapes of every kind, and
# updates over steps. A seed is a program; `program_of(seed)` is its text.
import random
import re
import traceback

SHAPES = [(), (3,), (2, 3), (3, 2), (2, 1), (1, 3), (2, 3, 2), (4,), (2, 2)]
# Text with x for the operand: any shape of floats, the shape stays.
ONE = """tf.tanh(x)|tf.sin(x)|tf.cos(x)|tf.sigmoid(x)|tf.exp(-tf.square(x))|tf.square(x)|tf.abs(x)|-x|tf.nn.relu(x)
tf.nn.softplus(x)|tf.sqrt(tf.abs(x) + 0.5)|tf.math.log(tf.abs(x) + 0.5)|1.0 - x|x * 0.5|2.0 / (tf.abs(x) + 1.0)|x ** 2
x - 1|x / 2|tf.identity(x)|tf.stop_gradient(x)|tf.clip_by_value(x, -1.0, 1.0)|tf.round(x)|tf.sign(x)|tf.floor(x)
tf.math.log1p(tf.abs(x))|tf.zeros_like(x)|tf.ones_like(x)|tf.math.rsqrt(tf.square(x) + 1.0)
tf.cast(tf.cast(x, tf.int32), x.dtype)|tf.cast(tf.cast(x, tf.float64), x.dtype)|tf.cast(x > 0, x.dtype)
tf.where(x > 0, x, 0.1 * x)|x // 0.5|x % 0.7|abs(x)|tf.where(tf.abs(x) < 1.0, tf.sin(x), tf.cos(x))
tf.convert_to_tensor(x)|tf.negative(x)|tf.pow(tf.abs(x) + 0.1, 1.5)|x + np.float32(0.25)|tf.math.erf(x)|tf.nn.elu(x)
tf.nn.leaky_relu(x)|tf.nn.relu6(4.0 * x)|tf.math.softsign(x)|tf.atan(x)|tf.math.asinh(x)|tf.sinh(tf.tanh(x))
tf.nn.gelu(x)|tf.nn.swish(x)|tf.math.reciprocal(x * x + 1.0)|tf.math.expm1(tf.tanh(x))|tf.math.log_sigmoid(x)
tf.nn.selu(x)|tf.math.ceil(x)|tf.math.reduce_std(x) * x|x[tf.newaxis][0]|tf.reverse(x[tf.newaxis], [0])[0]"""
# The last axis is one to work on.
LAST = """tf.nn.softmax(x)|tf.nn.log_softmax(x)|tf.cumsum(x, axis=-1)|x[..., ::-1]|tf.sort(x)
tf.gather(x, [0, 0], axis=-1)[..., :1] * x|x - tf.reduce_max(x, axis=-1, keepdims=True)
x / (tf.reduce_sum(tf.abs(x), axis=-1, keepdims=True) + 1.0)|tf.math.l2_normalize(x + 2.0, axis=-1)
tf.cumsum(x, axis=0, reverse=True)|tf.concat([x[..., 1:], x[..., :1]], -1)|tf.roll(x, 1, -1)"""
TWO = """x + y|x - y|x * y|x / (tf.abs(y) + 1.0)|tf.maximum(x, y)|tf.minimum(x, y)|tf.math.squared_difference(x, y)
tf.where(x > y, x, y)|tf.add(x, y)|tf.multiply(x, y)|tf.subtract(x, y)|tf.pow(tf.abs(x) + 0.5, y)|tf.atan2(x, y)
tf.math.divide_no_nan(x, tf.round(y))|tf.add_n([x, x]) * y|tf.math.xlogy(tf.abs(x), tf.abs(y) + 0.5)
x % (tf.abs(y) + 0.5)"""
PRODUCTS = """tf.matmul(x, y)|x @ y|tf.matmul(x, tf.transpose(y), transpose_b=True)|tf.tensordot(x, y, 1)
tf.linalg.matmul(x, y)|tf.einsum('ij,jk->ik', x, y)"""
REDUCE = ["tf.reduce_sum", "tf.reduce_mean", "tf.reduce_max", "tf.reduce_min", "tf.reduce_logsumexp", "tf.reduce_prod",
          "tf.math.reduce_variance", "tf.norm"]
# Text, and what it makes of the shape.
ANY_SHAPE = [
    ("tf.reshape(x, [-1])", lambda s: (int(np.prod(s)),)), ("tf.expand_dims(x, 0)", lambda s: (1, *s)),
    ("tf.transpose(x)", lambda s: s[::-1]), ("tf.squeeze(x)", lambda s: tuple(each for each in s if each != 1)),
    ("tf.stack([x, x * 2.0])", lambda s: (2, *s)), ("x[tf.newaxis, ...]", lambda s: (1, *s)),
    ("tf.stack([x, x], axis=-1)", lambda s: (*s, 2)), ("tf.reshape(x, tf.shape(x))", lambda s: s),
]
SOME_AXIS = [
    ("x[0]", lambda s: s[1:]), ("x[-1:]", lambda s: (1, *s[1:])),
    ("tf.concat([x, x], axis=0)", lambda s: (2 * s[0], *s[1:])),
    ("tf.gather(x, [0, 0, 0])", lambda s: (3, *s[1:])), ("x[..., 0]", lambda s: s[:-1]),
    ("tf.unstack(x)[0]", lambda s: s[1:]),
    ("tf.repeat(x, 2, axis=0)", lambda s: (2 * s[0], *s[1:])), ("tf.broadcast_to(x, [2, *x.shape])", lambda s: (2, *s)),
    ("sum(row for row in x)", lambda s: s[1:]), ("tf.split(x, x.shape[0])[-1]", lambda s: (1, *s[1:])),
    ("tf.tile(x, [2] + [1] * (len(x.shape) - 1))", lambda s: (2 * s[0], *s[1:])),
    ("tf.pad(x, [[1, 0]] + [[0, 0]] * (len(x.shape) - 1))", lambda s: (1 + s[0], *s[1:])),
]


def broadcast(a, b):
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


class Program:
    """Writes one program; knows the shapes and dtypes of what it has written, and is wrong about few on purpose."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines, self.known, self.indent, self.count = [], {}, "", 0
        self.dtypes = self.pick([["float32"]] * 6 + [["float64"]] * 2 + [["float32", "float64"]])

    def pick(self, text):
        return self.random.choice(text.replace("\n", "|").split("|")) if isinstance(text, str) else self.random.choice(text)

    def chance(self, part):
        return self.random.random() < part

    def write(self, line):
        self.lines.append(self.indent + line)

    def name(self, prefix, shape, dtype):
        self.count += 1
        self.known[f"{prefix}{self.count}"] = (shape, dtype)
        return f"{prefix}{self.count}"

    def numbers(self, shape):
        if shape:
            return [self.numbers(shape[1:]) for _ in range(shape[0])]
        return round(self.random.uniform(-2, 2), 2)

    def leaf(self, kind):
        shape, dtype = self.pick(SHAPES), self.pick(self.dtypes)
        name = self.name("v" if kind == "Variable" else "c", shape, dtype)
        more = f", dtype=tf.{dtype}" if dtype != "float32" else ""
        more += ", trainable=False" if kind == "Variable" and self.chance(0.08) else ""
        self.write(f"{name} = tf.{kind}({self.numbers(shape)}{more})")
        return name

    def bind(self, text, shape, dtype):
        name = self.name("t", shape, dtype)
        self.write(f"{name} = {text}")

    def some(self, recent=True):
        """A name; most often of what was made just now, so that chains grow long."""
        names = list(self.known)
        if recent and self.chance(0.45) and names[-1][0] == "t":
            return names[-1]
        return self.pick(names[-4:] if recent and self.chance(0.5) else names)

    def one(self):
        x = self.some()
        shape, dtype = self.known[x]
        choice = self.pick(LAST if shape and self.chance(0.25) else ONE)
        self.bind(self.put(choice, x=x), shape, dtype)

    @staticmethod
    def put(text, **operands):
        """Operands into a template: x and y are whole words there."""
        return re.sub(r"(?<![\w.'])[xy]\b", lambda found: operands[found[0]], text)

    def two(self):
        x = self.some()
        fits = [name for name, (shape, dtype) in self.known.items()
                if dtype == self.known[x][1] and broadcast(shape, self.known[x][0]) is not None]
        leaves = [name for name in fits if name[0] != "t"]
        y = self.some(False) if self.chance(0.01) else self.pick(leaves if leaves and self.chance(0.5) else fits)
        shape = broadcast(self.known[x][0], self.known[y][0])
        self.bind(self.put(self.pick(TWO), x=x, y=y), shape if shape is not None else (), self.known[x][1])

    def reduce(self):
        x = self.some()
        shape, dtype = self.known[x]
        if not shape:
            return self.one()
        axis, keep = self.random.randrange(len(shape)), self.chance(0.3)
        left = [*shape[:axis], *([1] if keep else []), *shape[axis + 1:]]
        more = f", axis={axis}" + ", keepdims=True" * keep
        return self.bind(f"{self.pick(REDUCE)}({x}{' + 3.0' * self.chance(0.2)}{more})", tuple(left), dtype)

    def reshape(self):
        x = self.some()
        shape, dtype = self.known[x]
        text, change = self.pick(ANY_SHAPE + (SOME_AXIS if shape else []))
        if int(np.prod(change(shape))) > 64:
            return self.reduce()
        return self.bind(self.put(text, x=x), change(shape), dtype)

    def product(self):
        matrices = [(name, shape, dtype) for name, (shape, dtype) in self.known.items() if len(shape) == 2]
        fits = [(a, b) for a in matrices for b in matrices if a[1][1] == b[1][0] and a[2] == b[2]]
        if not fits:
            return self.one()
        a, b = self.pick(fits)
        text = self.pick(PRODUCTS)
        self.bind(self.put(text, x=a[0], y=b[0]), (a[1][0], b[1][1]), a[2])

    def control(self):
        x = self.some()
        shape, dtype = self.known[x]
        kind = self.random.randrange(4)
        if kind == 0:
            self.write(f"if tf.reduce_sum({x}) > 0.1:")
            name = self.name("t", shape, dtype)
            self.write(f"    {name} = {self.put(self.pick(ONE), x=x)}")
            self.write("else:")
            self.write(f"    {name} = {x} * 1.5")
        elif kind == 1:
            name = self.name("t", shape, dtype)
            self.write(f"{name} = {x}")
            self.write(f"for _ in range({self.random.randrange(1, 4)}):")
            self.write(f"    {name} = tf.tanh({name} + {x})")
        elif kind == 2:
            self.write(f"print({x})")
        else:
            name = self.name("t", shape, dtype)
            self.write(f"{name} = tf.constant({x}.numpy()) * {x}")

    def variables(self):
        return [name for name in self.known if name[0] == "v"]

    def change(self):
        v = self.pick(self.variables())
        self.write(f"{v}.{self.pick(['assign_add', 'assign_sub', 'assign'])}({v} * {self.random.choice([0.5, -0.25])})")

    def body(self, count):
        steps = [self.one] * 6 + [self.two] * 6 + [self.reduce] * 2 + [self.reshape] * 3 + [self.product] * 2
        steps += [self.control]
        for _ in range(count):
            self.pick(steps)()
            if self.chance(0.02):
                self.change()

    def sources(self):
        names = self.variables() + [name for name in self.known if name[0] == "c" and self.chance(0.5)]
        tensors = [name for name in self.known if name[0] == "t"]
        names += self.random.sample(tensors, min(len(tensors), self.random.randrange(3))) if self.chance(0.4) else []
        self.random.shuffle(names)
        return names

    def target(self):
        floats = [name for name in self.known if name[0] == "t"] or list(self.known)
        last = floats[-1]
        return self.pick([f"tf.reduce_sum({last})", f"tf.reduce_mean({last} * {last})", last,
                          f"[{last}, {self.pick(floats)}]",
                          f"tf.reduce_sum(tf.tanh({last}))"])

    def step(self):
        start = dict(self.known)
        persistent, nested = self.chance(0.2), self.chance(0.25)
        outer = self.indent
        if nested:
            self.write("with tf.GradientTape() as outer:")
            self.indent += "    "
            self.watches("outer")
        arguments = ", ".join(["persistent=True"] * persistent + ["watch_accessed_variables=False"] * self.chance(0.05))
        self.write(f"with tf.GradientTape({arguments}) as tape:")
        self.indent += "    "
        self.watches("tape")
        self.body(self.random.randrange(3, 12))
        if self.chance(0.1):
            self.write("with tape.stop_recording():")
            self.indent += "    "
            self.two()
            self.indent = self.indent[:-4]
            self.two()
        self.write(f"target = {self.target()}")
        self.indent = self.indent[:-4]
        sources = self.sources()
        more = ", unconnected_gradients='zero'" if self.chance(0.15) else ""
        listed = "[" + ", ".join(sources) + "]"
        self.write(f"gradients = tape.gradient(target, {listed}{more})")
        if nested:
            self.write("dense = [tf.convert_to_tensor(g) for g in gradients if g is not None]")
            self.write("squares = [tf.reduce_sum(tf.cast(g * g, tf.float64)) for g in dense]")
            self.write("penalty = sum(squares) if squares else None")
            self.indent = outer
            self.write(f"second = outer.gradient(penalty, {listed}) if squares else None")
            self.write("results.append(second)")
        if persistent:
            self.write(f"results.append(tape.gradient(target, {listed[:-1].split(',')[0]}]))")
        self.write("results.append([target, gradients])")
        self.update(sources)
        self.known = {**start}

    def watches(self, tape):
        for name in [name for name in self.known if name[0] == "c" and self.chance(0.6)]:
            self.write(f"{tape}.watch({name})")

    def update(self, sources):
        self.write(f"for name, g in zip({sources}, gradients):")
        self.write("    if g is not None and name[0] == 'v':")
        way = "(v - 0.05 * g)" if self.chance(0.2) else "_sub(0.05 * g)"
        self.write("        v = globals()[name]")
        self.write(f"        v.assign{way}")

    def whole(self):
        for _ in range(self.random.randrange(1, 4)):
            self.leaf("Variable")
        for _ in range(self.random.randrange(1, 3)):
            self.leaf("constant")
        loop = self.chance(0.4)
        if loop:
            self.write(f"for step in range({self.random.randrange(2, 4)}):")
            self.indent = "    "
        self.step()
        self.indent = ""
        if self.chance(0.3):
            self.step()
        self.write(f"results.append([{', '.join(self.variables())}])")
        return "\n".join(self.lines) + "\n"


def program_of(seed):
    return Program(seed).whole()


for seed in SEEDS:
    @case(f"seed {seed}")
    def random_program(seed=seed):
        scope = {"tf": tf, "np": np, "results": []}
        try:
            exec(compile(program_of(seed), f"program {seed}", "exec"), scope)
        except Exception as error:
            scope["results"].append([error, traceback.extract_tb(error.__traceback__)[1].lineno])
        return scope["results"]
