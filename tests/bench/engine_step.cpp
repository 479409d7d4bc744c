// SPDX-License-Identifier: Apache-2.0
// One training step of the article's first listing, from C++: plain Eigen, the engine with nobody listening, and the
// engine with every event encoded and written to a pipe that another process reads. Times are those of the thread that
// runs the script's part. Prints one line of JSON.
#include <Eigen/Core>
#include <cstdio>
#include <string>

#include "tests/bench/stopwatch.h"

namespace tapescope {
namespace {

/// The arithmetic and nothing else.
class Plain {
public:
    void step() {
        y_.noalias() = x_ * w_;
        y_.rowwise() += b_;
        loss_ = y_.sum();
        ones_.setOnes();
        w_ -= 0.01F * (x_.transpose() * ones_);
        b_ -= 0.01F * ones_.colwise().sum();
    }
    float loss() const { return loss_; }

private:
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using Row = Eigen::Matrix<float, 1, Eigen::Dynamic>;
    Matrix x_{{1, 2}, {3, 4}}, w_{{0.5F, -0.25F}, {0.125F, 1}}, y_{2, 2}, ones_{2, 2};
    Row b_{{0, 0}};
    float loss_ = 0;
};

/// The same by the engine, as the bindings call it.
class Ours {
public:
    explicit Ours(Sink& sink, bool told)
        : session_(
              sink, [] { return CallSiteId{}; }, told) {
        x_ = session_.constant(Tensor::of<float>({2, 2}, {1, 2, 3, 4}));
        w_ = session_.createVariable(session_.constant(Tensor::of<float>({2, 2}, {0.5F, -0.25F, 0.125F, 1})),
                                     "weight:0", true);
        b_ = session_.createVariable(session_.constant(Tensor::of<float>({2}, {0, 0})), "bias:0", true);
        optimizer_ =
            session_.createOptimizer("SGD", "sgd", {{"learning_rate", 0.01}, {"momentum", 0.0}, {"nesterov", 0.0}});
    }

    void step() {
        const TapeId tape = session_.openTape(false, true);
        const Operand product = session_.run("MatMul", {x_, session_.read(w_)});
        const Operand sum = session_.run("AddV2", {product, session_.read(b_)});
        const Operand loss = session_.run("Sum", {sum});
        session_.exitTape(tape);
        const Operand sources[] = {session_.handleOperand(w_), session_.handleOperand(b_)};
        const auto gradients = session_.gradient(tape, {&loss, 1}, sources, {}, Unconnected::None);
        ApplyBegan facts;
        facts.zipLengths = {2, 2};
        facts.pairs = {{gradients[0].id, w_}, {gradients[1].id, b_}};
        const ApplyId apply = session_.beginApply(optimizer_, std::move(facts));
        session_.applyPair(apply, 0, w_, gradients[0]);
        session_.applyPair(apply, 1, b_, gradients[1]);
        session_.endApply(apply, ++steps_, false);
        session_.closeTape(tape);
        if (session_.fullOfMemories()) session_.forget({&x_.id, 1});
    }

private:
    Session session_;
    Operand x_;
    VariableId w_, b_;
    OptimizerId optimizer_;
    std::int64_t steps_ = 0;
};

}  // namespace
}  // namespace tapescope

int main(int count, char** words) {
    using namespace tapescope;
    using namespace tapescope::bench;
    constexpr int round = 2000;
    const double seconds = count > 1 ? std::atof(words[1]) : 2;
    Plain plain;
    const Cost eigen = measured(plain, std::min(seconds, 1.0), round);
    Cost silent{};
    {
        Nobody nobody;
        Ours ours(nobody, false);
        silent = measured(ours, std::min(seconds, 2.0), round);
    }
    const Cost full = recorded([](Sink& sink) { return std::make_unique<Ours>(sink, true); }, seconds, round);
    std::printf(
        R"({"eigen": %.3f, "silent": %.3f, "recorded": %.3f, "recorded_average": %.3f, "recorded_wall": %.3f, "loss": %.3f})"
        "\n",
        1e6 * eigen.best, 1e6 * silent.best, 1e6 * full.best, 1e6 * full.average, 1e6 * full.wall,
        static_cast<double>(plain.loss()));
    return EXIT_SUCCESS;
}
