# SPDX-License-Identifier: Apache-2.0
"""Compares the cases of one family with their recordings: test_cases.py BUILD_FOLDER FAMILY. Each case is one test."""
import sys
import unittest

import conformance


class Cases(unittest.TestCase):
    """Its methods are made from the cases, and so are their names."""


def add_test(identity, family, wanted, found, reason):
    def test(self):
        if wanted is None or found is None:
            self.fail("the case is not recorded" if wanted is None else "a recording for a case that is no more")
        said = conformance.difference(wanted, found, family)
        if reason is None and said:
            self.fail(said)
        if reason is not None and not said:
            self.fail(f"no longer needed in known.txt: {reason}")
    test.__doc__ = identity
    setattr(Cases, f"test {identity}", test)


def main():
    folder, family = sys.argv[1:]
    recorded, known = conformance.recording_of(family), conformance.known_differences()
    found, _ = conformance.run_all(conformance.worker(folder), family)
    for name in [*found, *(name for name in recorded if name not in found)]:
        identity = f"{family}/{name}"
        add_test(identity, family, recorded.get(name), found.get(name), conformance.reason_for(known, identity))
    unittest.main(argv=sys.argv[:1], verbosity=0)


if __name__ == "__main__":
    main()
