// SPDX-License-Identifier: Apache-2.0
#include "tests/view/sampletape.h"

#include <QCoreApplication>
#include <QFile>
#include <QSettings>

#include "core/trace/codec.h"
#include "tests/trace/logbuilder.h"

namespace tapescope::testing {

namespace {

const char* const loopScript = R"(import tensorflow as tf

W = tf.Variable([[0.5], [0.5]], name="weight")
X = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

for step in range(1000):
    with tf.GradientTape() as tape:
        y = tf.matmul(X, W)
        loss = tf.reduce_sum(y)
    gradients = tape.gradient(loss, [W])
    optimizer.apply_gradients(zip(gradients, [W]))
)";

struct Learner {
    LogBuilder log{loopScript, "loop.py"};
    VariableId W;
    TensorId X;
    OptimizerId optimizer;

    Learner() {
        SyntaxItem loop{SyntaxKind::Loop, -1, {7, 0, 12, 50}, "step", {}};
        loop.parts = {{7, 0, 7, 27}, {8, 4, 12, 50}};
        log.syntax(loop);
        log.digest();
        W = log.variable("weight", tensor({2, 1}, {0.5F, 0.5F}), {}, log.site(3));
        log.bind("W", LogBuilder::ref(W), log.site(3));
        X = log.constant(log.site(4), tensor({1, 2}, {1, 2}));
        optimizer = log.optimizer("SGD", 0.01, log.site(5));
    }

    void step(std::uint32_t number) {
        log.loops({{0, 0, number}});
        const auto with = log.site(8);
        const auto tape = log.openTape(with);
        const auto read = log.read(W, log.site(9));
        const float product = log.value(W).as<float>()[0] + 2 * log.value(W).as<float>()[1];
        const auto y = log.op("MatMul", log.site(9), {X, read}, tensor({1, 1}, {product}));
        const auto loss = log.op("Sum", log.site(10), {y}, Tensor::scalar(product));
        log.exitTape(tape, with);
        const auto site = log.site(11);
        const auto gradient = log.ask(tape, {loss}, {log.handle(W)}, site);
        const auto seed = log.backward(gradient, "OnesLike", site, {loss}, Tensor::scalar(1));
        log.arrive(gradient, loss, {}, 0, seed);
        const auto ofW = log.backward(gradient, "MatMul", site, {X, seed}, tensor({2, 1}, {1, 2}));
        log.arrive(gradient, log.handle(W), log.producer(y), 1, ofW);
        log.answer(gradient, {log.path(log.handle(W), ofW)});
        const auto apply = log.beginApply({{}, optimizer, {1, 1}, {{ofW, W}}, {}, {}, log.site(12), log.site(12)});
        log.applyPair(apply, 0, 0.01);
        log.endApply(apply);
    }
};

}  // namespace

void useFreshSettings() {
    static const QTemporaryDir folder;
    QCoreApplication::setOrganizationName(QStringLiteral("Tapescope"));
    QCoreApplication::setApplicationName(QStringLiteral("tests"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
}

QString SampleTapes::write(const QString& name, const std::vector<Event>& events) const {
    Encoder encoder;
    for (const Event& event : events) encoder.add(event);
    const std::vector<std::byte> bytes = encoder.drain();
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
    return file.fileName();
}

std::vector<Event> loopTrace(std::uint32_t steps) {
    Learner learner;
    for (std::uint32_t number = 0; number < steps; ++number) learner.step(number);
    learner.log.loops({});
    learner.log.add(RunEnded{Outcome::Finished, "", 0});
    return std::move(learner.log).done();
}

}  // namespace tapescope::testing
