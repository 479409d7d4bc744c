# SPDX-License-Identifier: Apache-2.0
"""What counts as a difference between two outcomes, and how a batch survives a crash."""
import ast
import json
import os
import re
import subprocess
import unittest

import conformance


def words_of(tree):
    """Names in the code, dotted ones too, and words in texts, which lists of cases are; not what comments and docstrings say."""
    said = {node.body[0].value for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
            and node.body and isinstance(node.body[0], ast.Expr)}
    words = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            words.add(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said:
            words.update(re.findall(r"[\w.]+", node.value))
    return words


def tensor(values, dtype="float32", shape=None):
    return {"result": {"tensor": {"dtype": dtype, "shape": shape or [len(values)], "v": values}}}


class Differences(unittest.TestCase):
    def assert_same(self, wanted, found):
        self.assertIsNone(conformance.difference(wanted, found, "any"))

    def assert_differ(self, wanted, found):
        self.assertIsNotNone(conformance.difference(wanted, found, "any"))

    def test_numbers_within_the_tolerance_of_their_dtype(self):
        self.assert_same(tensor([1.0, 2.0]), tensor([1.0000005, 2.0]))
        self.assert_differ(tensor([1.0, 2.0]), tensor([1.0001, 2.0]))
        self.assert_differ(tensor([1.0, 2.0], "float64"), tensor([1.0000005, 2.0], "float64"))
        self.assert_differ(tensor([1, 2], "int32"), tensor([1, 3], "int32"))
        self.assert_same(tensor([[1.0, 2.0]], "complex64"), tensor([[1.0, 2.0000002]], "complex64"))

    def test_what_is_not_finite(self):
        self.assert_same(tensor(["nan", "inf"]), tensor(["nan", "inf"]))
        self.assert_differ(tensor(["nan"]), tensor([0.0]))
        self.assert_differ(tensor(["inf"]), tensor(["-inf"]))

    def test_structure_counts(self):
        self.assert_differ(tensor([1.0]), tensor([1.0], "float64"))
        self.assert_differ(tensor([1.0], shape=[1]), tensor([1.0], shape=[1, 1]))
        self.assert_differ({"result": {"list": [None, 1]}}, {"result": {"list": [0, 1]}})
        self.assert_differ({"result": {"list": [1]}}, {"result": {"tuple": [1]}})
        self.assert_differ({"result": True}, {"result": 1})
        self.assert_differ({"result": 1}, {"result": 1.0})

    def test_what_was_said_and_raised(self):
        self.assert_differ({"result": 1, "said": ["UserWarning: no"]}, {"result": 1})
        self.assert_differ({"error": "ValueError", "text": "no"}, {"error": "TypeError", "text": "no"})
        self.assert_differ({"error": "ValueError", "text": "no"}, {"error": "ValueError", "text": "No"})

    def test_last_digits_in_texts(self):
        self.assert_same({"printed": "[0.1234567 1.]"}, {"printed": "[0.12345671 1.]"})
        self.assert_differ({"printed": "[0.1234567 1.]"}, {"printed": "[0.1234667 1.]"})
        self.assert_differ({"printed": "shape=(2,)"}, {"printed": "shape=(3,)"})
        self.assert_differ({"printed": "a b"}, {"printed": "ab"})


class Batches(unittest.TestCase):
    def test_a_crash_costs_one_case(self):
        def runner(text):
            if "skip=[]" in text:
                return 'next: "a"\ncase: ["a",{"result":1}]\nnext: "b"\n', "crashed"
            self.assertIn("skip=['a', 'b']", text)
            return 'next: "c"\ncase: ["c",{"result":3}]\ndone: {}\n', ""
        outcomes, _ = conformance.run_all(runner, conformance.families()[0])
        self.assertEqual(outcomes, {"a": {"result": 1}, "b": {"died": "crashed"}, "c": {"result": 3}})

    def test_known_differences_have_reasons(self):
        for name, reason in conformance.known_differences().items():
            self.assertTrue(reason, name)

    def test_families_and_recordings_belong_together(self):
        for family in conformance.families():
            versions = json.loads(conformance.recording_path(family).read_text())["versions"]
            keras = "2.21.0" if conformance.is_for_keras_2(family) else "3.15.1"
            self.assertEqual((versions["tensorflow"], versions["keras"]), ("2.21.0", keras), family)
            for package, version in conformance.packages_of(family).items():
                self.assertEqual(versions[package], version, family)

    def test_every_operation_with_a_name_has_a_case(self):
        """By one of its names, in whatever form: tf.nn.relu in a case, or nn.relu in a list."""
        printed = subprocess.run([os.environ["TAPESCOPE_BIN"] + "/optable"], check=True, capture_output=True, text=True)
        words = set()
        for path in (conformance.HERE / "cases").glob("*.py"):
            words |= words_of(ast.parse(path.read_text()))
        without = [row["type"] for row in json.loads(printed.stdout)
                   if row["names"] and not any(name.startswith("raw_ops.") or name in words or f"tf.{name}" in words for name in row["names"])]
        self.assertEqual(without, [])


if __name__ == "__main__":
    unittest.main()
