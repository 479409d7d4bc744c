# SPDX-License-Identifier: Apache-2.0
"""Plants violations in a small tree and expects check_layers to name each, with file and line."""
import pathlib
import tempfile
import unittest

import check_layers

HEAD = "// SPDX-License-Identifier: Apache-2.0\n"
CLEAN = {
    "core/base/ids.h": HEAD + "#include <cstdint>\n",
    "core/trace/event.h": HEAD + '#include "core/base/ids.h"\n',
    "app/layout/graphviz.cpp": HEAD + "#include <graphviz/gvc.h>\n#include <QRectF>\n",
    "app/worker/main.cpp": HEAD + '#include <pybind11/pybind11.h>\n#include "core/trace/event.h"\n',
    "run": "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n",
}


class CheckLayers(unittest.TestCase):
    def violations(self, **planted):
        """What the check says of the clean tree with these files on top; '__' stands for '/', a last '_' for '.'."""
        files = dict(CLEAN)
        for name, text in planted.items():
            folder, _, suffix = name.replace("__", "/").rpartition("_")
            files[f"{folder}.{suffix}"] = text
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            count, found = check_layers.check(root)
        self.assertEqual(count, len(files))
        return found

    def test_clean_tree(self):
        self.assertEqual(self.violations(), [])

    def test_qt_in_core(self):
        self.assertEqual(self.violations(core__base__text_h=HEAD + "\n#include <QString>\n"),
                         ["core/base/text.h:3: <QString>: core never includes Qt"])

    def test_engine_in_view(self):
        found = self.violations(core__engine__session_h=HEAD,
                                app__view__canvas_cpp=HEAD + '#include "core/engine/session.h"\n')
        self.assertEqual(found, ["app/view/canvas.cpp:2: app/view may not include core/engine"])

    def test_python_outside_the_worker(self):
        found = self.violations(app__cli__check_cpp=HEAD + "#include <Python.h>\n")
        self.assertEqual(found, ["app/cli/check.cpp:2: <Python.h>: only the worker includes Python"])

    def test_arrow_against_the_stream_even_to_a_missing_file(self):
        found = self.violations(core__base__shape_h=HEAD + '#include "core/trace/lost.h"\n')
        self.assertEqual(found, ["core/base/shape.h:2: core/base may not include core/trace"])

    def test_second_graphviz_file(self):
        found = self.violations(app__layout__lines_cpp=HEAD + "#include <cgraph.h>\n")
        self.assertEqual(len(found), 1)
        self.assertIn("app/layout/graphviz.cpp app/layout/lines.cpp", found[0])

    def test_cycle_through_a_header_beside(self):
        found = self.violations(core__ops__a_h=HEAD + '#include "b.h"\n',
                                core__ops__b_h=HEAD + '#include "core/ops/a.h"\n')
        self.assertEqual(found, ["core/ops/a.h:1: includes itself: core/ops/a.h -> core/ops/b.h -> core/ops/a.h"])

    def test_form(self):
        found = self.violations(core__ops__plain_cpp="int a; \n", core__ops__long_cpp=HEAD + "\n" * 400)
        self.assertEqual(found, ["core/ops/long.cpp:401: longer than 400 lines", "core/ops/plain.cpp:1: no SPDX line",
                                 "core/ops/plain.cpp:1: white space at the end of the line"])

    def test_lists_of_cases_are_as_long_as_there_are_cases(self):
        self.assertEqual(self.violations(tests__conformance__cases__long_py="# SPDX-License-Identifier: Apache-2.0\n" * 500), [])


if __name__ == "__main__":
    unittest.main()
