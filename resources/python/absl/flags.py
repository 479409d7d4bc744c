# SPDX-License-Identifier: Apache-2.0
"""Stands in for absl.flags: a script is run without arguments, so every flag has its default."""
from tapescope.standin import lacking


class Error(Exception):
    pass


class UnparsedFlagAccessError(Error):
    pass


class IllegalFlagValueError(Error):
    pass


class FlagValues:
    """FLAGS.name, once they are parsed."""

    def __init__(self):
        self.__dict__.update(_values={}, _parsed=False, _required=[])

    def __getattr__(self, name):
        if name not in self._values:
            raise AttributeError(name)
        if not self._parsed:
            raise UnparsedFlagAccessError(f"Trying to access flag --{name} before flags were parsed.")
        return self._values[name]

    def __setattr__(self, name, value):
        if name not in self._values:
            raise AttributeError(f"Unknown flag {name}")
        self._values[name] = value

    def __getitem__(self, name):
        return FlagHolder(self, name)

    def __contains__(self, name):
        return name in self._values

    def __iter__(self):
        return iter(self._values)

    def __call__(self, argv, known_only=False):
        self.mark_as_parsed()
        for name in self._required:
            if self._values[name] is None:
                raise IllegalFlagValueError(f"flag --{name}=None: Flag --{name} must have a value other than None.")
        return list(argv)

    def mark_as_parsed(self):
        self.__dict__["_parsed"] = True

    def is_parsed(self):
        return self._parsed

    def flag_values_dict(self):
        return dict(self._values)


FLAGS = FlagValues()


class FlagHolder:
    """What DEFINE_string and the others return."""

    def __init__(self, flags, name):
        self._flags, self.name = flags, name

    @property
    def value(self):
        return getattr(self._flags, self.name)

    @property
    def default(self):
        return self._flags._values[self.name]


def _definer(convert):
    def define(name, default, *arguments, required=False, **options):
        FLAGS._values[name] = default if default is None else convert(default)
        if required:
            FLAGS._required.append(name)
        return FlagHolder(FLAGS, name)

    return define


def _listed(value):
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value)


def _several(value):
    return [value] if isinstance(value, (str, int, float)) else list(value)


def _truth(value):
    return value.lower() in ("true", "t", "1", "yes") if isinstance(value, str) else bool(value)


DEFINE_string, DEFINE_integer, DEFINE_float = _definer(str), _definer(int), _definer(float)
DEFINE_boolean = DEFINE_bool = _definer(_truth)
DEFINE_enum, DEFINE_enum_class = _definer(lambda value: value), _definer(lambda value: value)
DEFINE_list = DEFINE_spaceseplist = _definer(_listed)
DEFINE_multi_string = DEFINE_multi_integer = DEFINE_multi_float = DEFINE_multi_enum = _definer(_several)


def mark_flag_as_required(name, flag_values=FLAGS):
    flag_values._required.append(name)


def mark_flags_as_required(names, flag_values=FLAGS):
    flag_values._required.extend(names)


__getattr__ = lacking(globals())
