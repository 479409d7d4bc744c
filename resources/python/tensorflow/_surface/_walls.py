# SPDX-License-Identifier: Apache-2.0
"""What of TensorFlow and Keras is of files, the network or other machines: it can be named, and a call ends in one sentence that
says what to do without it."""

import importlib
import importlib.machinery
import sys

_FILES = "a script cannot reach files here"
_GRANTED = f"{_FILES} but those that it was given (--data, or the window's question), with open(), numpy or pandas"
_DATA = ("a script cannot fetch data here; grant a file with --data and read it with np.load or pandas, or make data of the same "
         "shape with numpy")
_MODEL = f"{_FILES}; within a run, model.save() and load_model() of Keras, tf.saved_model for modules and tf.train.Checkpoint keep it in memory"
_PRETRAINED = "trained weights are files from the network, which a script cannot reach here; build the layers yourself, or leave it out"
_IMAGES = f"{_GRANTED}; make the images with numpy or tf.random"
_DRAWN = "it draws into a file, which a script cannot write here; model.summary() says the same in words"
_MANY = "there is one processor of one machine here; leave the strategy out, and run what stood in its scope directly"

#: What is refused, by the end of the path; with a dot at the end, all below it.
_ROWS = {
    **dict.fromkeys("tf.io.read_file tf.io.write_file tf.io.matching_files tf.io.TFRecordWriter tf.io.gfile.".split(), _GRANTED),
    **dict.fromkeys((f"tf.train.{name}" for name in ("CheckpointView checkpoints_iterator get_checkpoint_state "
                                                     "load_checkpoint").split()), _MODEL),
    "tf.saved_model.": _MODEL,
    "tf.distribute.": _MANY, "tf.lite.": "models for other machines are files, which a script cannot write here; leave it out",
    "tf.data.TFRecordDataset": _GRANTED, "tf.data.TextLineDataset": _GRANTED, "tf.data.FixedLengthRecordDataset": _GRANTED,
    "tf.data.Dataset.list_files": _GRANTED, "tf.data.experimental.make_csv_dataset": _GRANTED, "tf.data.experimental.CsvDataset": _GRANTED,
    "tf.keras.Model.export": _MODEL, "tf.keras.datasets.": _DATA, "tf.keras.applications.": _PRETRAINED, "tf.keras.utils.get_file": _DATA,
    "tf.keras.utils.plot_model": _DRAWN, "tf.keras.utils.model_to_dot": _DRAWN,
    "tf.keras.utils.image_dataset_from_directory": _IMAGES, "tf.keras.utils.text_dataset_from_directory": _GRANTED,
    "tf.keras.utils.audio_dataset_from_directory": _GRANTED, "tf.keras.utils.load_img": _IMAGES, "tf.keras.utils.save_img": _IMAGES,
    "tf.keras.preprocessing.image_dataset_from_directory": _IMAGES, "tf.keras.preprocessing.image.": _IMAGES,
    "tf.keras.preprocessing.text_dataset_from_directory": _GRANTED,
}

#: The names of modules that there would be, with those of what they hold.
_MODULES = {
    "tf.keras.datasets": {name: "load_data get_word_index" for name in
                          "boston_housing california_housing cifar10 cifar100 fashion_mnist imdb mnist reuters".split()},
    "tf.keras.applications": {name: "" for name in (
        "convnext densenet efficientnet efficientnet_v2 inception_resnet_v2 inception_v3 mobilenet mobilenet_v2 mobilenet_v3 nasnet "
        "resnet resnet50 resnet_v2 vgg16 vgg19 xception").split()},
    "tf.io.gfile": {}, "tf.keras.preprocessing.image": {},
    "tf.distribute": {"experimental": ""}, "tf.lite": {"experimental": ""},
}


def _reason(path):
    if path in _ROWS:
        return _ROWS[path]
    return next((text for start, text in _ROWS.items() if start.endswith(".") and path.startswith(start)), None)


def function(path):
    """A function of this path ("tf.saved_model.save") that refuses; None where no row speaks of it."""
    reason = _reason(path)
    if reason is None:
        return None

    def refused(*args, **kwargs):
        import _worker

        _worker.refuse(f"{path}(): {reason}")

    refused.__name__ = refused.__qualname__ = path.rpartition(".")[2]
    return refused


def _answer(path):
    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(f"module {path!r} has no attribute {name!r}")
        return function(f"{path}.{name}")

    return __getattr__


class _Finder:
    """`from tensorflow.keras.datasets import mnist` is there; what it holds refuses."""

    def find_spec(self, fullname, path=None, target=None):
        found = _path(fullname) in _MODULES or _is_part(_path(fullname))
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True) if found else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        path = _path(module.__name__)
        module.__getattr__ = _answer(path)
        for name in _MODULES.get(path, ()):
            setattr(module, name, importlib.import_module(f"{module.__name__}.{name}"))
        home, _, name = path.rpartition(".")
        for one in _MODULES.get(home, {}).get(name, "").split():
            setattr(module, one, function(f"{path}.{one}"))


def _path(fullname):
    return fullname.replace("tensorflow.", "tf.", 1)


def _is_part(path):
    home, _, name = path.rpartition(".")
    return name in _MODULES.get(home, {})


def named(fullname):
    """The module or function "tensorflow.saved_model.save" that refuses; None where no row speaks of it."""
    path = _path(fullname)
    if path not in _MODULES and not _is_part(path):
        return function(path)
    home = sys.modules[fullname.rpartition(".")[0]]
    if not hasattr(home, "__path__"):
        home.__path__ = []  # a module that was made of names, and holds others
    return importlib.import_module(fullname)


sys.meta_path.insert(0, _Finder())
