# SPDX-License-Identifier: Apache-2.0
"""Compares the cases of one family with their recordings: test_cases.py BUILD_FOLDER FAMILY. Each case is one test."""
import sys
import unittest

import conformance


class Cases(unittest.TestCase):
    """Its methods are made from the cases, and so are their names."""


def add_test(identity, said):
    def test(self):
        if said:
            self.fail(said)
    test.__doc__ = identity
    setattr(Cases, f"test {identity}", test)


def said_of(wanted, found, family):
    if wanted is None or found is None:
        return "the case is not recorded" if wanted is None else "a recording for a case that is no more"
    return conformance.difference(wanted, found, family)


def main():
    folder, family = sys.argv[1:]
    recorded, known = conformance.recording_of(family), conformance.known_differences()
    found, _ = conformance.run_all(conformance.worker(folder), family)
    unused = {name for name in known if name.startswith(f"{family}/")}
    for name in [*found, *(name for name in recorded if name not in found)]:
        identity = f"{family}/{name}"
        said = said_of(recorded.get(name), found.get(name), family)
        entry = conformance.entry_for(known, identity) if said else None
        unused.discard(entry)
        add_test(identity, None if entry else said)
    for entry in unused:
        add_test(f"known difference {entry}", "nothing of this name differs any longer: take it out of known.txt")
    unittest.main(argv=sys.argv[:1], verbosity=0)


if __name__ == "__main__":
    main()
