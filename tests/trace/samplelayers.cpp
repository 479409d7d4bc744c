// SPDX-License-Identifier: Apache-2.0
// Folds within a fold.
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

namespace tapescope::testing {

namespace {

const char* const layersScript = R"(net = Net()
with tf.GradientTape() as tape:
    loss = net(x)
class Net:
    def call(self, x):
        h = self.hidden(x)
        return self.out(h)
)";

}  // namespace

std::vector<Event> layersTrace(bool cut) {
    LogBuilder log(layersScript, "layers.py");
    const auto made = log.site(1), asking = log.site(2), calling = log.site(3, "net(x)");
    const Place call{3, "net(x)", "<module>"};
    const auto hidden = log.site({call, {6, "self.hidden(x)", "call"}}),
               out = log.site({call, {7, "self.out(h)", "call"}});
    const auto a = log.variable("a", Tensor::scalar(2), {}, made), b = log.variable("b", Tensor::scalar(3), {}, made);
    const auto x = log.constant(made, Tensor::scalar(1));
    const auto tape = log.openTape(asking);
    log.beginFold("net", calling);
    log.beginFold("hidden", hidden);
    const auto product = log.op("Mul", hidden, {x, log.read(a, hidden)}, Tensor::scalar(2));
    auto h = log.op("Relu", hidden, {product}, Tensor::scalar(2));
    log.endFold();
    const auto copied = h;
    if (cut) h = log.constant(hidden, Tensor::scalar(2), {copied});
    log.beginFold("out", out);
    const auto read = log.read(b, out);
    const auto y = log.op("Mul", out, {h, read}, Tensor::scalar(6));
    const auto loss = log.op("Square", out, {y}, Tensor::scalar(36));
    log.endFold();
    log.endFold();
    log.exitTape(tape, asking);
    const auto gradient = log.ask(tape, {loss}, {log.handle(a), log.handle(b)}, asking);
    const auto ofY = log.backward(gradient, "Mul", asking, {loss}, Tensor::scalar(12));
    log.arrive(gradient, y, log.producer(loss), 0, ofY);
    const auto ofB = log.backward(gradient, "Mul", asking, {ofY}, Tensor::scalar(24));
    log.arrive(gradient, log.handle(b), log.producer(y), 1, ofB);
    SourceAnswer first = log.path(log.handle(a), ofB);
    if (cut) {
        first.state = GradientState::None;
        first.path = false;
        first.result = {};
        first.value = {};
        first.reason = CutReason::LeftTensorFlow;
        first.cutNode = log.producer(h);
        first.cutSite = hidden;
    }
    log.answer(gradient, {first, log.path(log.handle(b), ofB)});
    log.add(RunEnded{Outcome::Finished, "", 0});
    return std::move(log).done();
}

}  // namespace tapescope::testing
