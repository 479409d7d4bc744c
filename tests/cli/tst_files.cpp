// SPDX-License-Identifier: Apache-2.0
// The built program on files as people have them: notebooks, modules beside the script, encodings, lines to read.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

/// JSON written with ' for " and ` for ': raw strings confuse moc.
QByteArray quoted(QByteArray text) {
    return text.replace('\'', '"').replace('`', '\'');
}

}  // namespace

class TestFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(folder_.isValid()); }

    void notebook() {
        put("a.ipynb",
            quoted("{'cells': [{'cell_type': 'code', 'source': ['%matplotlib inline\\n', 'import tensorflow as tf']},"
                   "{'cell_type': 'code', 'source': ['w = tf.Variable(3.0)\\n', 'display(1)\\n', 'w.numpy()']},"
                   "{'cell_type': 'code', 'source': ['print(_ + 1)\\n', 'w;']},"
                   "{'cell_type': 'code', 'source': ['x = 1\\n', 'raise ValueError(`no`)']},"
                   "{'cell_type': 'code', 'source': ['def f(:']}]}"));
        const QJsonObject report = check({path("a.ipynb")});
        QCOMPARE(report["outcome"].toString(), QStringLiteral("error"));
        QCOMPARE(report["output"].toString(), QStringLiteral("4.0\n"));
        QCOMPARE(report["shown"].toString(), QStringLiteral("1\nnp.float32(3.0)\n"));
        QCOMPARE(report["notes"][0].toString(), QStringLiteral("Line 1 of cell 1 was left out: %matplotlib inline"));
        const QJsonObject error = report["error"].toObject();
        QCOMPARE(error["cell"].toInt(), 4);
        QCOMPARE(error["cell_line"].toInt(), 2);
        QVERIFY(report["traceback"].toString().contains(QStringLiteral("Cell 4, line 2, in <module>")));
        QCOMPARE(report["variables"][0]["cell"].toInt(), 2);
        QVERIFY(run({"check", path("a.ipynb")}).contains("a.ipynb:13 (cell 4, line 2): stopped (ValueError)"));
    }

    void cellsBeforeAWrongOneRun() {
        put("b.ipynb", quoted("{'cells': [{'cell_type': 'code', 'source': 'print(`first`)'},"
                              "{'cell_type': 'code', 'source': 'x = 1\\ndef f(:'}]}"));
        const QJsonObject report = check({path("b.ipynb")});
        QCOMPARE(report["output"].toString(), QStringLiteral("first\n"));
        QCOMPARE(report["error"]["type"].toString(), QStringLiteral("SyntaxError"));
        QCOMPARE(report["error"]["cell_line"].toInt(), 2);
    }

    void damagedNotebook() {
        put("c.ipynb", quoted("{'cells': ["));
        QByteArray errors;
        QVERIFY(run({"check", path("c.ipynb")}, {}, &errors).isEmpty());
        QVERIFY2(errors.contains("this notebook is damaged: it is not JSON"), errors.constData());
    }

    void standardInput() {
        QVERIFY(run({"check", "-"}, "x = 1\n1 / 0\n").contains("-:2: stopped (ZeroDivisionError)"));
        const QByteArray notebook = quoted("{'cells': [{'cell_type': 'code', 'source': '1 / 0'}]}");
        QVERIFY(run({"check", "-"}, notebook).contains("(cell 1, line 1): stopped (ZeroDivisionError)"));
    }

    void modulesBeside() {
        put("utils.py",
            "import numpy as np\nfrom models.net import Net\n\n\ndef fail():\n    raise ValueError('deep')\n");
        put("models/net.py",
            "import tensorflow as tf\n\n\nclass Net(tf.Module):\n    def __init__(self):\n        super().__init__()\n"
            "        self.w = tf.Variable(2.0)\n\n    def train(self, steps):\n        for _ in range(steps):\n"
            "            with tf.GradientTape() as tape:\n                loss = self.w ** 2\n"
            "            self.w.assign_sub(0.1 * tape.gradient(loss, self.w))\n");
        put("train.py",
            "import utils\nnet = utils.Net()\nnet.train(3)\nprint(utils.__name__, utils.__file__)\nutils.fail()\n");
        const QJsonObject report = check({path("train.py")});
        QCOMPARE(report["output"].toString(), QStringLiteral("utils utils.py\n"));
        const QJsonObject error = report["error"].toObject();
        QCOMPARE(error["file"].toString(), QStringLiteral("utils.py"));
        QCOMPARE(error["line"].toInt(), 6);
        QVERIFY(report["traceback"].toString().contains(QStringLiteral("File \"train.py\", line 5, in <module>")));
        QVERIFY(report["traceback"].toString().contains(QStringLiteral("File \"utils.py\", line 6, in fail")));
        const QJsonObject variable = report["variables"][0].toObject();
        QCOMPARE(variable["file"].toString(), QStringLiteral("models/net.py"));
        QCOMPARE(variable["line"].toInt(), 7);
        QCOMPARE(variable["steps"].toArray().size(), 3);  // a loop of a module makes steps, too
    }

    void theRecordingKeepsAllTexts() {
        modulesBeside();
        run({"record", path("train.py"), "-o", path("run.tape")});
        const QByteArray dump = run({"dump", path("run.tape")});
        for (const char* name : {"\"train.py\"", "\"utils.py\"", "\"models/net.py\""})
            QVERIFY2(dump.contains(QByteArray("script ") + name), name);
        QVERIFY(run({"check", path("run.tape")}).contains("models/net.py:13"));
        run({"render", path("train.py"), "-o", path("picture.svg")});
        QVERIFY(QFile::exists(path("picture.svg")));
    }

    void wrongModules() {
        put("broken.py", "def f(:\n");
        put("latin.py", "# coding: latin-1\nNAME = '\xe9'\n");
        put("bytes.py", "x = '\xe9'\n");
        put("e.py",
            "import latin\nprint(len(latin.NAME))\ntry:\n    import bytes\nexcept SyntaxError as e:\n"
            "    print(e.msg[:20])\nimport broken\n");
        const QJsonObject report = check({path("e.py")});
        QCOMPARE(report["output"].toString(), QStringLiteral("1\nNon-UTF-8 code start\n"));
        QCOMPARE(report["error"]["file"].toString(), QStringLiteral("broken.py"));
        QCOMPARE(report["error"]["line"].toInt(), 1);
    }

    void encodings_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("says");  // what it prints, or the text of the SyntaxError that Python has for it
        const auto row = [](const char* name, const QByteArray& script, const char* says) {
            QTest::newRow(name) << script << QString::fromUtf8(says);
        };
        row("latin-1", "# -*- coding: latin-1 -*-\nprint('\xe9', len('\xe9'))\n", "é 1\n");
        row("cp1252", "# coding: cp1252\r\nprint('\x80')\r\n", "€\n");
        row("utf-8-sig", "\xef\xbb\xbfprint('é')\n", "é\n");
        row("tabs", "if 1:\n\tif 1:\n\t\tprint(2)\n", "2\n");
        row("old line ends", "x = 1\rprint(x)\r", "1\n");
        row("utf-16 declared", "# coding: utf-16\nprint(1)\n", "encoding problem: utf-16");
        row("unknown", "# coding: klingon\nprint(1)\n", "encoding problem: klingon");
        row("mixed tabs", "if 1:\n\tx = 1\n        y = 2\n", "inconsistent use of tabs and spaces in indentation");
        row("no declaration", "x = 1\ny = '\xe9'\n",
            "Non-UTF-8 code starting with '\\xe9' in file e.py on line 2, but no encoding declared; see "
            "https://peps.python.org/pep-0263/ for details");
        row("null", QByteArray("print(1)\0\n", 10), "source code cannot contain null bytes");
    }

    void encodings() {
        QFETCH(QByteArray, script);
        QFETCH(QString, says);
        put("e.py", script);
        const QJsonObject report = check({path("e.py")});
        const bool ran = report["outcome"].toString() == u"finished";
        QCOMPARE(ran ? report["output"].toString() : report["error"]["message"].toString(), says);
    }

    void linesToRead() {
        put("ask.py",
            "import sys\nname = input('Name? ')\nprint('hello', name)\nprint(sys.stdin.read().split())\n"
            "input()\n");
        put("lines.txt", "Ada\n1 2\n3\n");
        const QJsonObject report = check({path("ask.py"), "--input", path("lines.txt")});
        QCOMPARE(report["output"].toString(), QStringLiteral("Name? hello Ada\n['1', '2', '3']\n"));
        QCOMPARE(report["error"]["type"].toString(), QStringLiteral("EOFError"));
        QCOMPARE(report["error"]["line"].toInt(), 5);
    }

    void grantedFiles() {
        put("data/d.csv", "x,y\n1,2.5\n3,4\n");
        put("c.json", "{\"lr\": 0.1}");
        put("read.py",
            "import csv, json, os, pathlib\nimport numpy as np\n"
            "here = os.path.dirname(os.path.abspath(__file__))\n"
            "print(open('data/d.csv').readline().strip(), len(open(os.path.join(here, 'data', 'd.csv'), "
            "'rb').read()))\n"
            "print(np.loadtxt('data/d.csv', delimiter=',', skiprows=1).sum(), "
            "list(csv.reader(open('data/d.csv')))[1])\n"
            "print(json.load(open('c.json')), pathlib.Path('c.json').exists(), os.path.exists('no'), "
            "os.listdir('data'))\n"
            "os.makedirs('out', exist_ok=True)\n"
            "try:\n    open('data/d.csv', 'a')\nexcept PermissionError as error:\n    print(error)\n"
            "np.genfromtxt('other.csv')\n");
        const QJsonObject report = check({path("read.py"), "--data", path("data/d.csv"), "--data", path("c.json")});
        QCOMPARE(report["output"].toString(),
                 QStringLiteral("x,y 14\n10.5 ['1', '2.5']\n{'lr': 0.1} True False ['d.csv']\n"
                                "open(\"data/d.csv\"): a script cannot write files here; print what it should hold, or "
                                "leave this out\n"));
        QCOMPARE(report["outcome"].toString(), QStringLiteral("forbidden"));
        QVERIFY(report["error"]["message"].toString().contains(QStringLiteral("--data other.csv gives it this one")));
        QVERIFY(!QFile::exists(path("out")));
        QByteArray errors;
        run({"check", path("read.py"), "--data", path("none.csv")}, {}, &errors);
        QVERIFY(errors.contains("there is no such file"));
    }

    void standIns() {
        put("plots.py",
            "import matplotlib.pyplot as plt\nimport seaborn as sns\nfrom tqdm import tqdm, trange\n"
            "from IPython.display import display, HTML\nfrom absl import app, flags\n"
            "fig, axes = plt.subplots(2, 3)\nline, = plt.plot([1, 2], 'r-')\nprint(axes.shape)\n"
            "n, bins, _ = plt.hist([1, 2, 3, 4], bins=2)\nprint(n, bins)\nplt.savefig('x.png')\nsns.heatmap([[1]])\n"
            "for i in (bar := tqdm(range(3))):\n    bar.set_postfix(loss=1.0)\nprint(bar.n, list(trange(2)))\n"
            "display(3, HTML('x'))\nrate = flags.DEFINE_float('rate', 0.1, 'help')\n"
            "try:\n    from sklearn.svm import SVC\nexcept ImportError as error:\n    print(error)\n"
            "app.run(lambda argv: print(rate.value))\n");
        const QJsonObject report = check({path("plots.py")});
        QCOMPARE(report["outcome"].toString(), QStringLiteral("finished"));
        const QString output = report["output"].toString();
        QVERIFY2(
            output.startsWith(QStringLiteral("(2, 3)\n[2 2] [1.  2.5 4. ]\n3 [0, 1]\n3\nsklearn.svm is not here: ")),
            qUtf8Printable(output));
        QVERIFY(output.endsWith(QStringLiteral("\n0.1\n")));
        QCOMPARE(report["notes"].toArray().size(), 1);
    }

    void foldersThatAreNotOnTheDisk() {
        put("folders.py",
            "import os, pathlib, sys\nprint(os.path.isdir(os.getcwd()), os.listdir())\n"
            "os.mkdir('a'); os.makedirs('b/c'); pathlib.Path('a').mkdir(exist_ok=True)\n"
            "print(os.listdir(), os.path.isdir('b/c'))\n"
            "for make in (lambda: os.mkdir('a'), lambda: os.mkdir('x/y'), lambda: pathlib.Path('a').mkdir(),\n"
            "             lambda: os.makedirs('../z')):\n"
            "    try:\n        make()\n    except OSError as error:\n        print(type(error).__name__)\n"
            "for part in (b'\\xc3', b'\\xa4\\n'):\n    sys.stdout.buffer.write(part)\n");
        const QJsonObject report = check({path("folders.py")});
        QCOMPARE(
            report["output"].toString(),
            QStringLiteral("True []\n['a', 'b'] "
                           "True\nFileExistsError\nFileNotFoundError\nFileExistsError\nPermissionError\n\u00e4\n"));
        QCOMPARE(report["notes"].toArray().size(), 1);
        QVERIFY(!QFile::exists(path("a")));
    }

    void seedsOfGenerators() {
        for (const char* own : {"np.random.default_rng(42)", "np.random.RandomState(0)", "random.Random(seed=0)"}) {
            put("seeded.py", QByteArray("import random\nimport numpy as np\nmade = ") + own + "\n");
            QVERIFY2(check({path("seeded.py")})["notes"].toArray().isEmpty(), own);
        }
        put("unseeded.py", "import numpy as np\nprint(np.random.default_rng())\n");
        QCOMPARE(check({path("unseeded.py")})["notes"].toArray().size(), 1);
    }

    void whatStandInsLack() {
        put("lack.py",
            "import io\nimport pandas as pd\nfrom sklearn import datasets\nfrom sklearn.preprocessing import "
            "OneHotEncoder\n"
            "for ask in (lambda: pd.read_csv(io.StringIO('t\\n1'), parse_dates=['t']), lambda: pd.DataFrame({'a': "
            "[1]}).melt,\n"
            "            lambda: datasets.fetch_openml, lambda: OneHotEncoder(max_categories=2)):\n"
            "    try:\n        print(ask())\n    except (AttributeError, NotImplementedError) as error:\n        "
            "print(error)\n");
        const QStringList lines = check({path("lack.py")})["output"].toString().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].startsWith(QStringLiteral("pd.read_csv() is here without parse_dates;")));
        QVERIFY(lines[1].startsWith(QStringLiteral("DataFrame.melt is not here: of DataFrame there is ")));
        QVERIFY(lines[2].startsWith(
            QStringLiteral("sklearn.datasets.fetch_openml is not here: of sklearn.datasets there is "
                           "load_iris, make_blobs, ")));
        QVERIFY(lines[3].startsWith(QStringLiteral("OneHotEncoder() is here without min_frequency, ")));
    }

    void saidToTheUser() {
        put("say.py",
            "import sys, warnings\nprint('oops', file=sys.stderr)\nwarnings.warn('careful')\nsys.exit('bye')\n");
        const QJsonObject report = check({path("say.py")});
        QCOMPARE(report["stderr"].toString(), QStringLiteral("oops\nbye\n"));
        QCOMPARE(report["warnings"][0]["message"].toString(), QStringLiteral("careful"));
        QCOMPARE(report["warnings"][0]["line"].toInt(), 3);
        const QByteArray text = run({"check", path("say.py")});
        for (const char* part : {"Warning, line 3: UserWarning: careful", "oops", "bye"}) QVERIFY(text.contains(part));
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }

    void put(const char* name, const QByteArray& bytes) const {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    static QByteArray run(const QStringList& arguments, const QByteArray& input = {}, QByteArray* errors = nullptr) {
        QProcess process;
        process.start(QStringLiteral(TAPESCOPE_PROGRAM), arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(120000);
        if (errors != nullptr) *errors = process.readAllStandardError();
        return process.readAllStandardOutput();
    }

    static QJsonObject check(const QStringList& arguments) {
        return QJsonDocument::fromJson(run(QStringList{"check", "--format", "json"} + arguments)).object();
    }

    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
