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

std::vector<Event> unrolledTrace(std::uint32_t iterations) {
    LogBuilder log(
        "w = tf.Variable(1.)\nwith tf.GradientTape() as tape:\n    for t in range(9):\n        x = f(x)\n"
        "        x = g(x)\ng = tape.gradient(x, w)\n",
        "unrolled.py");
    log.syntax(SyntaxItem{SyntaxKind::Loop, -1, {3, 4, 5, 16}, "t", {}});
    log.digest();
    const auto w = log.variable("w", Tensor::scalar(1), {}, log.site(1));
    log.bind("w", LogBuilder::ref(w), log.site(1));
    const auto tape = log.openTape(log.site(2));
    TensorId x = log.read(w, log.site(2));
    std::vector<std::pair<TensorId, NodeId>> chain;
    for (std::uint32_t i = 0; i < iterations; ++i) {
        log.loops({{0, 0, i}});
        for (const auto& [type, line] : {std::pair("Tanh", 4U), std::pair("Sin", 5U)}) {
            const TensorId next = log.op(type, log.site(line), {x}, Tensor::scalar(0.5F));
            chain.emplace_back(i == 0 && line == 4U ? log.handle(w) : x, log.producer(next));
            x = next;
        }
    }
    log.loops({});
    log.exitTape(tape, log.site(2));
    const auto site = log.site(6);
    const auto gradient = log.ask(tape, {x}, {log.handle(w)}, site);
    TensorId back = log.backward(gradient, "OnesLike", site, {x}, Tensor::scalar(1));
    log.arrive(gradient, x, {}, 0, back);
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        back = log.backward(gradient, "Mul", site, {back}, Tensor::scalar(0.5F));
        log.arrive(gradient, link->first, link->second, 0, back);
    }
    log.answer(gradient, {log.path(log.handle(w), back)});
    return std::move(log).done();
}

}  // namespace tapescope::testing
