# SPDX-License-Identifier: Apache-2.0
import itertools, functools, collections, math, random, statistics, string, textwrap, time, heapq, bisect, copy, enum, re, os, sys, typing as t
from contextlib import contextmanager, suppress
from abc import ABC, abstractmethod
import tensorflow as tf
random.seed(0)
class Kind(enum.Enum):
    A = 1
    B = "b"
class Base(ABC):
    @abstractmethod
    def f(self): ...
class Impl(Base):
    @functools.lru_cache(maxsize=None)
    def f(self, n=3): return tf.reduce_sum(tf.range(n)).numpy()
    @property
    def name(self): return type(self).__name__
@contextmanager
def timer(label):
    s = time.perf_counter()
    yield
    print(label, time.perf_counter() - s < 100)
Point = collections.namedtuple("Point", "x y")
with timer("t"), suppress(KeyError):
    {}["x"]
print(Impl().f(), Impl().name, Kind.B.value, Point(1, 2), list(itertools.product("ab", [1, 2]))[:3])
print(random.sample(range(10), 3), random.choice("abc"), statistics.mean([1, 2, 4]), math.prod([2, 3]), heapq.nsmallest(2, [3, 1, 2]))
d = collections.defaultdict(list); d["a"].append(1); o = collections.OrderedDict(a=1); c = collections.Counter("hello").most_common(1)
print(dict(d), o, c, string.ascii_lowercase[:3], textwrap.shorten("hello big world", 11), bisect.bisect([1, 3], 2))
def f(x: t.Optional[int] = None, *args: t.Any, **kw: t.Dict[str, int]) -> t.Union[int, str]:
    match x:
        case None: return "none"
        case int(): return x
print(f(), f(3), copy.deepcopy({"a": [1]}), re.findall(r"\d+", "a1b22"), f"{3.14159:.2f} {1000000:,} {'x':>3}|")
print(sys.version_info >= (3, 8), os.path.join("a", "b.txt"), os.path.splitext("m.h5"), (lambda *a: sum(a))(1, 2))
if (n := len("abc")) > 2: print(n)
print(*[1, 2], sep="-", end="!\n")
try:
    raise ValueError("bad") from KeyError("k")
except (ValueError, TypeError) as e:
    print(repr(e), repr(e.__cause__))
else: print("no")
finally: print("fin")
print(sorted({"b": 2, "a": 1}.items(), key=lambda kv: kv[1]), {**{"a": 1}, "b": 2}, [*range(3)], {i: i ** 2 for i in range(3)})
if __name__ == "__main__":
    print("main", sys.argv[1:])
