# SPDX-License-Identifier: Apache-2.0
"""The sums that `./test` prints, from outputs as Qt Test and unittest write them."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import totals  # noqa: E402

QT = """PASS   : TestTape::initTestCase()
PASS   : TestTape::records()
FAIL!  : TestTape::resets() 'tape.empty()' returned FALSE. ()
SKIP   : TestTape::listings() TAPESCOPE_SEED is not set
PASS   : TestTape::cleanupTestCase()
Totals: 3 passed, 1 failed, 1 skipped, 0 blacklisted, 2ms
"""
PYTHON = """....F
----------------------------------------------------------------------
Ran 5 tests in 0.012s

FAILED (failures=1, skipped=1)
"""


class Totals(unittest.TestCase):
    def test_qt_functions_without_its_own_two(self):
        self.assertEqual(totals.count("fail", QT), (1, 1, 1))

    def test_two_classes_in_one_program(self):
        self.assertEqual(totals.count("fail", QT + QT), (2, 2, 2))

    def test_unittest(self):
        self.assertEqual(totals.count("fail", PYTHON), (3, 1, 1))
        self.assertEqual(totals.count("run", "Ran 1 test in 0.001s\n\nOK\n"), (1, 0, 0))

    def test_any_other_program_counts_as_one(self):
        self.assertEqual(totals.count("run", "fine\n"), (1, 0, 0))
        self.assertEqual(totals.count("fail", ""), (0, 1, 0))
        self.assertEqual(totals.count("notrun", ""), (0, 0, 1))

    def test_crash_after_all_passed(self):
        self.assertEqual(totals.count("fail", "Totals: 7 passed, 0 failed, 0 skipped, 0 blacklisted\n"), (7, 1, 0))


if __name__ == "__main__":
    unittest.main()
