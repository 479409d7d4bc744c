# SPDX-License-Identifier: Apache-2.0
"""Stands in for absl.app."""
import sys

from absl import flags
from tapescope.standin import lacking


class UsageError(Exception):
    pass


def run(main, argv=None, flags_parser=None):
    arguments = argv or sys.argv
    rest = flags_parser(arguments) if flags_parser else flags.FLAGS(arguments)
    sys.exit(main(rest))


def call_after_init(callback):
    callback()


__getattr__ = lacking(globals())
