# SPDX-License-Identifier: Apache-2.0
"""Classes by the names that configurations and strings have for them."""

import re


def snake_case(name):
    name = re.sub(r"\W+", "", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


def named_classes(*classes):
    return {**{one.__name__: one for one in classes}, **{snake_case(one.__name__): one for one in classes}}
