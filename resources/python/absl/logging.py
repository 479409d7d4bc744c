# SPDX-License-Identifier: Apache-2.0
"""Stands in for absl.logging: lines go to standard error, without the time and the place in the file."""
import sys

from tapescope.standin import lacking

FATAL, ERROR, WARNING, INFO, DEBUG = -3, -1, 0, 1, 2
WARN = WARNING
_NAMES = {FATAL: "F", ERROR: "E", WARNING: "W", INFO: "I", DEBUG: "I"}
_NUMBERS = {"fatal": FATAL, "error": ERROR, "warning": WARNING, "warn": WARNING, "info": INFO, "debug": DEBUG}
_verbosity = WARNING


def set_verbosity(level):
    global _verbosity
    _verbosity = _NUMBERS.get(level, level) if isinstance(level, str) else level


def get_verbosity():
    return _verbosity


def log(level, message, *values):
    if level <= _verbosity:
        sys.stderr.write(f"{_NAMES.get(level, 'I')}: {message % values if values else message}\n")


def debug(message, *values, **options):
    log(DEBUG, message, *values)


def info(message, *values, **options):
    log(INFO, message, *values)


def warning(message, *values, **options):
    log(WARNING, message, *values)


def error(message, *values, **options):
    log(ERROR, message, *values)


def fatal(message, *values, **options):
    log(FATAL, message, *values)
    sys.exit(1)


warn, exception = warning, error


def use_absl_handler(*arguments, **options):
    pass


set_stderrthreshold = use_python_logging = use_absl_handler
__getattr__ = lacking(globals())
