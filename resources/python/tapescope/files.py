# SPDX-License-Identifier: Apache-2.0
"""Files that a person has granted. They came with the script, as bytes; opening one is reading what is there already.
Everything else goes the usual way, which ends at the sandbox."""
import builtins
import errno
import io
import os
import pathlib
import posixpath
import stat
import sys

# What os.getcwd() answers: the name of no folder, so that nothing of the machine shows in a run.
HERE = "/script"


# Folders of no person's, where scripts put what they save.
_WORKPLACES = ("/tmp/", "/content/", "/kaggle/working/")

# Names of what the script has saved in its own memory, which are there for who asks and cannot be opened.
saved = set()


class GrantedFiles:
    """`names` maps every name that a file may be called by to its bytes."""

    def __init__(self, names):
        self._files = {self._plain(name): data for name, data in names.items()}
        self._folders = {".", "/tmp"}  # and those that the script has asked to be made
        self._own = set()  # what the script has saved itself

    @staticmethod
    def _plain(name):
        name = posixpath.normpath(name)
        return "." if name == HERE else name[len(HERE) + 1:] if name.startswith(HERE + "/") else name

    def _key(self, path):
        if isinstance(path, int):
            return None
        try:
            return self._plain(os.fsdecode(path))
        except (TypeError, ValueError):
            return None

    def find(self, path):
        """The bytes of a file, None for what was not granted."""
        return self._files.get(self._key(path))

    def listing(self, path):
        """Names in a folder, where something in it was granted."""
        key = self._key(path)
        if key is None or key == "/":
            return []
        start = "" if key == "." else key.rstrip("/") + "/"
        return sorted({name[len(start):].split("/")[0] for name in (*self._files, *self._folders)
                       if name.startswith(start) and (start or not name.startswith(("/", "../")))} - {"", "."})

    def is_elsewhere(self, path):
        key = self._key(path)
        return key is None or key == ".." or key.startswith("../") or key.startswith("/") and not key.startswith(_WORKPLACES)

    def has_folder(self, path):
        return self._key(path) in self._folders or bool(self.listing(path))

    def add_folder(self, path, parents, exist_ok):
        """As if a folder were made; what is there already, or has no parent, is told as Python tells it."""
        if self.find(path) is not None or (self.has_folder(path) and not exist_ok):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))
        key = self._key(path)
        above = posixpath.dirname(key)
        if not parents and above and not self.has_folder(above):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))
        while key not in ("", "/") and key not in self._folders:
            self._folders.add(key)
            key = posixpath.dirname(key)

    def add_file(self, path, data):
        """As if a file were written."""
        above = posixpath.dirname(self._key(path))
        if above and not above.startswith("/") and not self.has_folder(above):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        self._files[self._key(path)] = data
        self._own.add(self._key(path))

    def remove(self, path):
        """Of what the script has saved itself: was there such a file?"""
        key = self._key(path)
        if key not in self._own:
            return False
        self._own.remove(key)
        del self._files[key]
        return True

    def status(self, path):
        data = b"" if self._key(path) in saved else self.find(path)
        if data is not None:
            return os.stat_result((stat.S_IFREG | 0o444, 0, 0, 1, 0, 0, len(data), 0, 0, 0))
        if self.has_folder(path):
            return os.stat_result((stat.S_IFDIR | 0o555, 0, 0, 1, 0, 0, 0, 0, 0, 0))
        return None


class GrantedBytes(io.BytesIO):
    """A file opened in mode "rb"."""

    mode = "rb"

    def __init__(self, data, name):
        super().__init__(data)
        self.name = name

    def writable(self):
        return False

    def write(self, data):
        raise io.UnsupportedOperation("write")

    writelines = truncate = write


def _opener(granted, plain):
    def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
        data = granted.find(file)
        if data is None or not isinstance(mode, str) or set(mode) - set("rbt"):
            return plain(file, mode, buffering, encoding, errors, newline, closefd, opener)
        stream = GrantedBytes(data, file)
        if "b" in mode:
            if encoding is not None:
                raise ValueError("binary mode doesn't take an encoding argument")
            return stream
        text = io.TextIOWrapper(stream, encoding or "utf-8", errors, newline)
        text.mode = mode
        return text

    return open


def _status(granted, plain):
    def status(path, *, dir_fd=None, follow_symlinks=True):
        found = granted.status(path) if dir_fd is None else None
        return plain(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks) if found is None else found

    return status


def _quiet(plain, otherwise):
    """What cannot be seen is not there: a question, not an attempt."""
    def ask(*arguments, **options):
        try:
            return plain(*arguments, **options)
        except PermissionError:
            return otherwise

    return ask


def _make_folders(granted, note):
    """os.mkdir, os.makedirs and pathlib's: folders that there are for this script, and not on the disk."""
    told, plain = [], os.mkdir

    def make(name, parents, exist_ok):
        if granted.is_elsewhere(name):
            return plain(name)
        granted.add_folder(name, parents, exist_ok)
        if not told:
            told.append(name)
            note("Folders are not made here: nothing that a script does reaches the disk.")

    def mkdir(path, mode=0o777, *, dir_fd=None):
        make(path, False, False)

    def makedirs(name, mode=0o777, exist_ok=False):
        make(name, True, exist_ok)

    def of_path(self, mode=0o777, parents=False, exist_ok=False):
        make(self, parents, exist_ok)

    os.mkdir, os.makedirs, pathlib.Path.mkdir = mkdir, makedirs, of_path


def _numpy(granted, open):
    """numpy keeps the function that it opens with, and reads some files by itself."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return
    sources = sys.modules.get("numpy.lib._datasource")
    if sources is not None:
        def opened(path, mode="r", destpath=None, encoding=None, newline=None):
            return open(path, mode, encoding=encoding, newline=newline)

        sources.open = opened
    plain = numpy.fromfile

    def fromfile(file, dtype=float, count=-1, sep="", offset=0, *, like=None):
        data = file.read() if isinstance(file, GrantedBytes) else granted.find(file)
        if data is None:
            return plain(file, dtype, count, sep, offset)
        if sep:
            return numpy.fromstring(data[offset:].decode(), dtype, count, sep=sep)
        return numpy.frombuffer(data, dtype, count, offset).copy()

    numpy.fromfile = fromfile


def _arrays_kept(granted, note):
    """What numpy saves under a name is there for the script itself, until it ends."""
    numpy = sys.modules.get("numpy")
    told = []

    def kept(plain, ending):
        def save(file, *arguments, **options):
            if hasattr(file, "write") or granted.is_elsewhere(file):
                return plain(file, *arguments, **options)
            data, path = io.BytesIO(), os.fsdecode(file)
            plain(data, *arguments, **options)
            granted.add_file(path if path.endswith(ending) else path + ending, data.getvalue())
            if not told:
                told.append(path)
                note("Arrays that are saved are kept in the script's memory for as long as it runs; nothing is written to the disk.")

        return save

    if numpy is not None:
        for name, ending in (("save", ".npy"), ("savez", ".npz"), ("savez_compressed", ".npz"), ("savetxt", "")):
            setattr(numpy, name, kept(getattr(numpy, name), ending))
    plain = os.remove
    os.remove = os.unlink = lambda path, *, dir_fd=None: None if granted.remove(path) else plain(path, dir_fd=dir_fd)


def install(names, note):
    """From now on the granted files can be opened by their names. `note` says something to the user."""
    granted = GrantedFiles(names)
    open = _opener(granted, io.open)
    builtins.open = io.open = open
    os.stat = _status(granted, os.stat)
    os.lstat = _status(granted, os.lstat)
    plain = os.listdir
    os.listdir = lambda path=".": granted.listing(path) if granted.has_folder(path) else plain(path)
    os.getcwd = lambda: HERE
    _make_folders(granted, note)
    for name in ("exists", "is_file", "is_dir"):
        setattr(pathlib.Path, name, _quiet(getattr(pathlib.Path, name), False))
    os.uname = lambda: os.uname_result(("Linux", "tapescope", "", "", "x86_64"))
    _numpy(granted, open)
    _arrays_kept(granted, note)
