// SPDX-License-Identifier: Apache-2.0
// Names of TensorFlow's that are not here, and what needs files or the network: each ends in one sentence that says
// what to do, in its line, and what was there before it is kept. Files of models work within a run.
#include <QTest>

#include "tests/worker/workerrun.h"

using namespace tapescope;

class TestMissing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void modelsAreKeptInMemory();
};

namespace {

const QByteArray head = "import tensorflow as tf\nprint('before')\n";
const QStringList loaded{"--preload", "tensorflow,tensorflow.keras,numpy"};

}  // namespace

void TestMissing::ends_data() {
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const char* statement, const char* type, const char* says) {
        QTest::newRow(name) << QByteArray(statement) << QByteArray(type) << QByteArray(says);
    };
    const char* attribute = "AttributeError";
    const char* permission = "PermissionError";
    row("closest", "tf.reduce_meen", attribute, "does not have it yet; the closest that it has: tf.reduce_mean");
    row("below", "tf.math.reduce_summ", attribute, "the closest that it has: tf.math.reduce_sum");
    row("keras", "tf.keras.layers.Dence(2)", attribute, "the closest that it has: tf.keras.layers.Dense");
    row("data", "tf.data.Datasett", attribute, "the closest that it has: tf.data.Dataset");
    row("session", "tf.Session()", attribute, "sessions are of TensorFlow 1, and nothing here runs them");
    row("compat", "tf.compat.v1.Session()", attribute, "sessions are of TensorFlow 1, and nothing here runs them");
    row("old layers", "tf.contrib.layers", attribute, "write tf.keras.layers and tf.keras.optimizers instead");
    row("module", "import tensorflow.nowhere", "ModuleNotFoundError", "or this program does not have it yet");
    row("data set", "from tensorflow.keras.datasets import mnist; mnist.load_data()", permission,
        "grant a file with --data and read it with np.load or pandas");
    row("trained", "from tensorflow.keras.applications import ResNet50; ResNet50()", permission,
        "build the layers yourself");
    row("load", "tf.keras.models.load_model('m.keras')", permission, "only what it saved itself in this run");
    row("saved model", "tf.saved_model.save(tf.keras.layers.Dense(1), 'm')", permission, "keep it in memory");
    row("read file", "tf.io.read_file('x')", permission, "those that it was given (--data");
    row("gfile", "tf.io.gfile.exists('x')", permission, "those that it was given (--data");
    row("lines", "tf.data.TextLineDataset('x')", permission, "those that it was given (--data");
    row("strategy", "tf.distribute.MirroredStrategy()", permission, "leave the strategy out");
    row("drawing", "tf.keras.utils.plot_model(None)", permission, "model.summary() says the same in words");
}

void TestMissing::ends() {
    QFETCH(QByteArray, statement);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, says);
    const WorkerRun run = runScript(head + statement + "\nprint('after')\n", loaded);
    QCOMPARE(run.raised().type, type.toStdString());
    QVERIFY2(run.raised().message.find(says.toStdString()) != std::string::npos, run.raised().message.c_str());
    QCOMPARE(run.raised().line, 3U);
    QCOMPARE(run.printed(), std::string("before\n"));
    QCOMPARE(run.ended().outcome, type == "PermissionError" ? Outcome::Forbidden : Outcome::Error);
}

void TestMissing::modelsAreKeptInMemory() {
    const WorkerRun run = runScript(R"(import tensorflow as tf
net = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
point = tf.train.Checkpoint(net=net)
manager = tf.train.CheckpointManager(point, "points", max_to_keep=2)
before = net.get_weights()[0].tolist()
net.save("net.keras"), net.save_weights("net.weights.h5"), manager.save()
for load in (lambda: net.load_weights("net.weights.h5"), lambda: point.restore(tf.train.latest_checkpoint("points"))):
    net.layers[0].kernel.assign([[1.0], [2.0]])
    load()
    print(net.get_weights()[0].tolist() == before)
again = tf.keras.models.load_model("net.keras")
print(again is not net, again.get_weights()[0].tolist() == before, manager.latest_checkpoint)
)",
                                    loaded);
    QCOMPARE(run.printed(), std::string("True\nTrue\nTrue True points/ckpt-1\n"));
    QCOMPARE(run.all<Noted>().size(), std::size_t{1});
    QVERIFY(run.all<Noted>()[0].text.find("nothing is written to the disk") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestMissing)
#include "tst_missing.moc"
