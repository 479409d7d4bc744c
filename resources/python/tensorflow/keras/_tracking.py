# SPDX-License-Identifier: Apache-2.0
"""What a layer's attributes hold is known to the layer: variables, layers, metrics and generators of seeds, in lists and
dictionaries as well, also those that are put in later."""

import collections


def remove_by_id(items, value):
    for place, item in enumerate(items):
        if item is value:
            del items[place]
            return


class Tracker:
    """`kinds` is a list of (name, test); what passes a test stands in the list `stores[name]`, once."""

    def __init__(self, kinds):
        self._kinds = kinds
        self.stores = {name: [] for name, _ in kinds}
        self._known = {name: set() for name, _ in kinds}
        self.locked = False
        self.enabled = True

    def track(self, value):
        """The value, or a list or dictionary in its place that tells of its changes."""
        if not self.enabled or isinstance(value, (str, int, float, type(None))):
            return value
        for name, test in self._kinds:
            if test(value):
                self._add(name, value)
                return value
        if isinstance(value, tuple):
            items = [self.track(item) for item in value]
            return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
        for kind, tracked in _TRACKED:
            if isinstance(value, kind):
                return tracked(value, self)
        return value

    def _add(self, name, value):
        if any(id(value) in known for known in self._known.values()):
            return
        if self.locked:
            raise ValueError(
                "You cannot add new elements of state (variables or sub-layers) to a layer that is already built. All state "
                "must be created in the `__init__()` method or in the `build()` method."
            )
        self.stores[name].append(value)
        self._known[name].add(id(value))

    def untrack(self, value):
        for name, known in self._known.items():
            if id(value) in known:
                known.remove(id(value))
                remove_by_id(self.stores[name], value)


class TrackedList(list):
    def __init__(self, values=(), tracker=None):
        self.tracker = tracker
        super().__init__(self._track(value) for value in values)

    def _track(self, value):
        return self.tracker.track(value) if self.tracker is not None else value

    def _untrack(self, value):
        if self.tracker is not None:
            self.tracker.untrack(value)

    def append(self, value):
        self._track(value)
        super().append(value)

    def insert(self, index, value):
        self._track(value)
        super().insert(index, value)

    def extend(self, values):
        super().extend([self._track(value) for value in values])

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            value = [self._track(item) for item in value]
        else:
            value = self._track(value)
        super().__setitem__(index, value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def remove(self, value):
        self._untrack(value)
        remove_by_id(self, value)

    def pop(self, index=-1):
        self._untrack(self[index])
        return super().pop(index)

    def clear(self):
        for value in self:
            self._untrack(value)
        super().clear()

    def __delitem__(self, index):
        self._untrack(self[index])
        super().__delitem__(index)


def _tracked_dict(base):
    class Tracked(base):
        def __init__(self, values=(), tracker=None):
            self.tracker = tracker
            super().__init__()
            for key, value in dict(values).items():
                self[key] = value

        def __setitem__(self, key, value):
            super().__setitem__(key, self.tracker.track(value) if self.tracker is not None else value)

        def update(self, values=(), **more):
            for key, value in {**dict(values), **more}.items():
                self[key] = value

        def _dropped(self, value):
            if self.tracker is not None:
                self.tracker.untrack(value)
            return value

        def pop(self, key, *default):
            return self._dropped(super().pop(key, *default))

        def popitem(self):
            key, value = super().popitem()
            return key, self._dropped(value)

        def __delitem__(self, key):
            self._dropped(self[key])
            super().__delitem__(key)

        def clear(self):
            for value in self.values():
                self._dropped(value)
            super().clear()

    return Tracked


TrackedDict = _tracked_dict(dict)
TrackedDict.__name__ = TrackedDict.__qualname__ = "TrackedDict"
TrackedOrderedDict = _tracked_dict(collections.OrderedDict)
TrackedOrderedDict.__name__ = TrackedOrderedDict.__qualname__ = "TrackedOrderedDict"


class TrackedSet(set):
    def __init__(self, values=(), tracker=None):
        self.tracker = tracker
        super().__init__(tracker.track(value) for value in values)

    def add(self, value):
        self.tracker.track(value)
        super().add(value)

    def update(self, values):
        for value in values:
            self.add(value)

    def remove(self, value):
        self.tracker.untrack(value)
        super().remove(value)


_TRACKED = (
    (list, TrackedList), (collections.OrderedDict, TrackedOrderedDict), (dict, TrackedDict), (set, TrackedSet),
)  # fmt: skip
for _class in (TrackedList, TrackedDict, TrackedOrderedDict, TrackedSet):
    _class.__module__ = "keras.src.utils.tracking"
