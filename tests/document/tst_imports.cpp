// SPDX-License-Identifier: Apache-2.0
// What counts as an import: statements, wherever they stand; never words in comments and strings.
#include <QtTest>

#include "app/document/imports.h"

using tapescope::importedModules;

class TestImports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modules_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("modules");
        QTest::newRow("none") << "x = 1\n"
                              << "";
        QTest::newRow("plain") << "import numpy"
                               << "numpy";
        QTest::newRow("as") << "import numpy as np\nnp.zeros(2)\n"
                            << "numpy";
        QTest::newRow("several") << "import math, os.path as p, random\n"
                                 << "math os.path random";
        QTest::newRow("from") << "from collections.abc import Sequence, Mapping\n"
                              << "collections.abc";
        QTest::newRow("from in brackets") << "from math import (\n  sin,  # import os\n  cos)\nimport time"
                                          << "math time";
        QTest::newRow("star") << "from math import *; import json\n"
                              << "json math";
        QTest::newRow("relative") << "from . import x\nfrom .y import z\nfrom .. import import_this\n"
                                  << "";
        QTest::newRow("future") << "from __future__ import annotations\n"
                                << "__future__";
        QTest::newRow("indented") << "def f():\n    import math\n\tfrom json import loads\n"
                                  << "json math";
        QTest::newRow("after a colon") << "try: import numpy\nexcept ImportError: import math\n"
                                       << "math numpy";
        QTest::newRow("comment") << "# import os\nx = 1 # import sys\n"
                                 << "";
        QTest::newRow("string") << "s = 'import os'\nt = \"import sys\"\n"
                                << "";
        QTest::newRow("docstring") << "\"\"\"\nimport os\n'''\n\"\"\"\nimport math\n"
                                   << "math";
        QTest::newRow("escaped quote") << "s = 'a\\'\\\nimport os'\nimport math"
                                       << "math";
        QTest::newRow("raw prefix") << "rb'''x\nimport os'''\n"
                                    << "";
        QTest::newRow("unfinished string") << "s = 'abc\nimport math\n"
                                           << "math";
        QTest::newRow("continued line") << "import \\\n  math\n"
                                        << "math";
        QTest::newRow("not a statement") << "important = 1\nx.importer\nraise E from e\n"
                                         << "";
        QTest::newRow("yield from") << "def f():\n  yield from g()\n"
                                    << "";
        QTest::newRow("what numpy loads late") << "import numpy as np\nnp.testing.assert_allclose(1, 1)"
                                               << "numpy numpy.testing";
        QTest::newRow("tensorflow in a string") << "print('import tensorflow')"
                                                << "";
        QTest::newRow("part of tensorflow") << "from tensorflow.keras import layers\nimport numpy"
                                            << "numpy tensorflow.keras";
        QTest::newRow("each once") << "import math\nimport math\n"
                                   << "math";
        QTest::newRow("other letters") << QStringLiteral("import größe\nπ = 3\n") << QStringLiteral("größe");
        QTest::newRow("broken off") << "import"
                                    << "";
        QTest::newRow("broken off after from") << "from math"
                                               << "";
        QTest::newRow("unbalanced") << ")\nimport math\n"
                                    << "math";
    }

    void modules() {
        QFETCH(QString, script);
        QFETCH(QString, modules);
        QCOMPARE(importedModules(script).join(u' '), modules);
    }
};

QTEST_GUILESS_MAIN(TestImports)
#include "tst_imports.moc"
