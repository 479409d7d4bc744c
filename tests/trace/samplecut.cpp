// SPDX-License-Identifier: Apache-2.0
// The path that is cut, and the clipped gradients. Numbers of the first: X·W = [0, 0.5], y = X·W + 0.1, loss = sum(y),
// d loss/dW = Xᵀ·ones = [4, 6]. Of the second: gradients [[4, 4], [6, 6]] and [2, 2], whose global norm is sqrt(112).
#include <cmath>

#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

namespace tapescope::testing {

namespace {

constexpr double rate = 0.01;

const char* const cutScript = R"(import tensorflow as tf

W = tf.Variable([[0.5], [-0.25]], name="weight")
b = tf.Variable([0.1], name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

with tf.GradientTape() as tape:
    fixed = tf.constant(b.numpy())
    y = tf.matmul(X, W) + fixed
    loss = tf.reduce_sum(y)

dW, db = tape.gradient(loss, [W, b])
optimizer.apply_gradients([(dW, W), (db, b)])
)";

const char* const clipScript = R"(import tensorflow as tf

W = tf.Variable([[0.5, 0.1], [-0.25, 0.2]], name="weight")
b = tf.Variable([0.0, 0.0], name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

with tf.GradientTape() as tape:
    y = tf.matmul(X, W) + b
    loss = tf.reduce_sum(y)

gradients = tape.gradient(loss, [W, b])
clipped, norm = tf.clip_by_global_norm(gradients, 1.0)
optimizer.apply_gradients(zip(clipped, [W, b]))
)";

/// The lines that both scripts share: W, b, X and the optimizer.
struct Scene {
    LogBuilder log;
    VariableId W, b;
    TensorId X;
    OptimizerId optimizer;

    Scene(const char* script, const char* name, const char* madeW, const Tensor& valueW, const char* madeB,
          const Tensor& valueB)
        : log(script, name) {
        log.digest();
        const auto siteW = log.site(3, madeW), siteB = log.site(4, madeB);
        W = log.variable("weight", valueW, {}, siteW);
        log.bind("W", LogBuilder::ref(W), siteW);
        b = log.variable("bias", valueB, {}, siteB);
        log.bind("b", LogBuilder::ref(b), siteB);
        const auto siteX = log.site(5, "tf.constant([[1.0, 2.0], [3.0, 4.0]])");
        X = log.constant(siteX, tensor({2, 2}, {1, 2, 3, 4}));
        log.bind("X", LogBuilder::ref(X), siteX);
        const auto siteOptimizer = log.site(6, "tf.keras.optimizers.SGD(learning_rate=0.01)");
        optimizer = log.optimizer("SGD", rate, siteOptimizer);
        log.bind("optimizer", LogBuilder::ref(optimizer), siteOptimizer);
    }

    TensorId seed(GradientId gradient, TensorId loss, TensorId y, const Tensor& ones, CallSiteId site) {
        const auto seed = log.backward(gradient, "OnesLike", site, {loss}, Tensor::scalar(1));
        log.arrive(gradient, loss, {}, 0, seed);
        const auto spread = log.backward(gradient, "BroadcastTo", site, {seed}, ones);
        log.arrive(gradient, y, log.producer(loss), 0, spread);
        return spread;
    }
};

SourceAnswer severed(const Scene& scene, TensorId copy, CallSiteId site) {
    SourceAnswer answer;
    answer.source = scene.log.handle(scene.b);
    answer.state = GradientState::None;
    answer.path = false;
    answer.reason = CutReason::LeftTensorFlow;
    answer.cutNode = scene.log.producer(copy);
    answer.cutSite = site;
    return answer;
}

void applyWithNone(Scene& scene, TensorId ofW) {
    auto& log = scene.log;
    const auto site = log.site(14, "optimizer.apply_gradients([(dW, W), (db, b)])");
    ApplyBegan facts{{}, scene.optimizer, {}, {{ofW, scene.W}, {{}, scene.b}}, {}, {}, site, {}};
    const auto apply = log.beginApply(std::move(facts));
    log.add(Warned{"UserWarning",
                   "Gradients do not exist for variables ['bias'] when minimizing the loss. If using "
                   "`model.compile()`, did you forget to provide a `loss` argument?",
                   site});
    log.applyPair(apply, 0, rate);
    log.applyPair(apply, 1, rate);
    log.endApply(apply);
}

/// tf.clip_by_global_norm(gradients, 1.0) as the operations that it is made of.
std::vector<TensorId> clip(LogBuilder& log, const std::vector<TensorId>& gradients, CallSiteId site) {
    log.beginFold("tf.clip_by_global_norm", site);
    std::vector<TensorId> halves;
    float squares = 0;
    for (const auto gradient : gradients) {
        float own = 0;
        for (const float x : log.value(gradient).as<float>()) own += x * x;
        squares += own;
        halves.push_back(log.op("L2Loss", site, {gradient}, Tensor::scalar(own / 2)));
    }
    const auto packed = log.op("Pack", site, halves,
                               tensor({2}, {log.value(halves[0]).as<float>()[0], log.value(halves[1]).as<float>()[0]}));
    const auto sum = log.op("Sum", site, {packed}, Tensor::scalar(squares / 2));
    const auto two = log.constant(site, Tensor::scalar(2));
    const auto doubled = log.op("Mul", site, {sum, two}, Tensor::scalar(squares));
    const auto norm = log.op("Sqrt", site, {doubled}, Tensor::scalar(std::sqrt(squares)));
    const auto one = log.constant(site, Tensor::scalar(1));
    const auto scale = log.op("RealDiv", site, {one, norm}, Tensor::scalar(1 / std::sqrt(squares)));
    std::vector<TensorId> results;
    for (const auto gradient : gradients) {
        std::vector<float> values;
        for (const float x : log.value(gradient).as<float>()) values.push_back(x / std::sqrt(squares));
        results.push_back(log.op("Mul", site, {gradient, scale}, tensor(log.value(gradient).shape(), values)));
    }
    log.endFold();
    results.push_back(norm);
    return results;
}

}  // namespace

std::string cutPathScript() {
    return cutScript;
}
std::string clippedScript() {
    return clipScript;
}

std::vector<Event> cutPathTrace() {
    Scene scene(cutScript, "cut-path.py", "tf.Variable([[0.5], [-0.25]], name=\"weight\")",
                tensor({2, 1}, {0.5F, -0.25F}), "tf.Variable([0.1], name=\"bias\")", tensor({1}, {0.1F}));
    auto& log = scene.log;
    const auto with = log.site(8, "with tf.GradientTape() as tape:");
    const auto tape = log.openTape(with);
    log.bind("tape", LogBuilder::ref(tape), with);
    log.add(ValueLeft{log.handle(scene.b), 0, "numpy", log.site(9, "b.numpy()")});
    const auto copying = log.site(9, "tf.constant(b.numpy())");
    const auto fixed = log.constant(copying, log.value(scene.b), {log.handle(scene.b)});
    log.bind("fixed", LogBuilder::ref(fixed), copying);
    const auto matmul = log.site(10, "tf.matmul(X, W)"), adding = log.site(10, "tf.matmul(X, W) + fixed");
    const auto readW = log.read(scene.W, matmul);
    const auto product = log.op("MatMul", matmul, {scene.X, readW}, tensor({2, 1}, {0, 0.5F}));
    const auto y = log.op("AddV2", adding, {product, fixed}, tensor({2, 1}, {0.1F, 0.6F}));
    log.bind("y", LogBuilder::ref(y), adding);
    const auto summing = log.site(11, "tf.reduce_sum(y)");
    const auto loss = log.op("Sum", summing, {y}, Tensor::scalar(0.7F));
    log.bind("loss", LogBuilder::ref(loss), summing);
    log.exitTape(tape, with);

    const auto asking = log.site(13, "tape.gradient(loss, [W, b])");
    const auto gradient = log.ask(tape, {loss}, {log.handle(scene.W), log.handle(scene.b)}, asking);
    const auto ones = scene.seed(gradient, loss, y, tensor({2, 1}, {1, 1}), asking);
    log.arrive(gradient, product, log.producer(y), 0, ones);
    const auto ofW = log.backward(gradient, "MatMul", asking, {scene.X, ones}, tensor({2, 1}, {4, 6}));
    log.arrive(gradient, log.handle(scene.W), log.producer(product), 1, ofW);
    log.answer(gradient, {log.path(log.handle(scene.W), ofW), severed(scene, fixed, copying)});
    log.bind("dW", LogBuilder::ref(ofW), asking);
    log.bind("db", {ObjectKind::None, ObjectRef{}.id, {}}, asking);
    applyWithNone(scene, ofW);
    log.add(RunEnded{Outcome::Finished, "", 0});
    return std::move(log).done();
}

std::vector<Event> clippedTrace() {
    Scene scene(clipScript, "clipped.py", "tf.Variable([[0.5, 0.1], [-0.25, 0.2]], name=\"weight\")",
                tensor({2, 2}, {0.5F, 0.1F, -0.25F, 0.2F}), "tf.Variable([0.0, 0.0], name=\"bias\")",
                tensor({2}, {0, 0}));
    auto& log = scene.log;
    const auto with = log.site(8, "with tf.GradientTape() as tape:");
    const auto tape = log.openTape(with);
    log.bind("tape", LogBuilder::ref(tape), with);
    const auto matmul = log.site(9, "tf.matmul(X, W)"), adding = log.site(9, "tf.matmul(X, W) + b");
    const auto readW = log.read(scene.W, matmul);
    const auto product = log.op("MatMul", matmul, {scene.X, readW}, tensor({2, 2}, {0, 0.5F, 0.5F, 1.1F}));
    const auto readB = log.read(scene.b, adding);
    const auto y = log.op("AddV2", adding, {product, readB}, tensor({2, 2}, {0, 0.5F, 0.5F, 1.1F}));
    log.bind("y", LogBuilder::ref(y), adding);
    const auto summing = log.site(10, "tf.reduce_sum(y)");
    const auto loss = log.op("Sum", summing, {y}, Tensor::scalar(2.1F));
    log.bind("loss", LogBuilder::ref(loss), summing);
    log.exitTape(tape, with);

    const auto asking = log.site(12, "tape.gradient(loss, [W, b])");
    const auto gradient = log.ask(tape, {loss}, {log.handle(scene.W), log.handle(scene.b)}, asking);
    const auto ones = scene.seed(gradient, loss, y, tensor({2, 2}, {1, 1, 1, 1}), asking);
    log.arrive(gradient, product, log.producer(y), 0, ones);
    const auto ofB = log.backward(gradient, "Sum", asking, {ones}, tensor({2}, {2, 2}));
    log.arrive(gradient, log.handle(scene.b), log.producer(y), 1, ofB);
    const auto ofW = log.backward(gradient, "MatMul", asking, {scene.X, ones}, tensor({2, 2}, {4, 4, 6, 6}));
    log.arrive(gradient, log.handle(scene.W), log.producer(product), 1, ofW);
    log.answer(gradient, {log.path(log.handle(scene.W), ofW), log.path(log.handle(scene.b), ofB)});
    log.bind("gradients", log.list({LogBuilder::ref(ofW), LogBuilder::ref(ofB)}), asking);

    const auto clipping = log.site(13, "tf.clip_by_global_norm(gradients, 1.0)");
    const auto clipped = clip(log, {ofW, ofB}, clipping);
    log.bind("clipped", log.list({LogBuilder::ref(clipped[0]), LogBuilder::ref(clipped[1])}), clipping);
    log.bind("norm", LogBuilder::ref(clipped[2]), clipping);
    ApplyBegan facts{{}, scene.optimizer, {2, 2}, {{clipped[0], scene.W}, {clipped[1], scene.b}}, {}, {}, {}, {}};
    facts.site = log.site(14, "optimizer.apply_gradients(zip(clipped, [W, b]))");
    facts.zipSite = log.site(14, "zip(clipped, [W, b])");
    const auto apply = log.beginApply(std::move(facts));
    for (std::uint32_t i = 0; i < 2; ++i) log.applyPair(apply, i, rate);
    log.endApply(apply);
    log.add(RunEnded{Outcome::Finished, "", 0});
    return std::move(log).done();
}

}  // namespace tapescope::testing
