// SPDX-License-Identifier: Apache-2.0
// One training step of the article's first listing, from C++: plain Eigen, the engine with nobody listening, and the
// engine with every event encoded and written to a pipe that another process reads. Times are those of the thread that
// runs the script's part. Prints one line of JSON.
#include <sys/wait.h>
#include <unistd.h>

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "app/worker/pipe.h"
#include "core/engine/session.h"

namespace tapescope {
namespace {

double threadSeconds() {
    constexpr double nano = 1e-9;
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + nano * static_cast<double>(used.tv_nsec);
}

double wallSeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

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

class Nobody final : public Sink {
public:
    void take(Event) override {}
};

struct Cost {
    double best;     ///< CPU seconds of the thread for a step, in the best round
    double average;  ///< over everything
    double wall;     ///< seconds that pass, the same
};

template <class Steps>
Cost measured(Steps& steps, double seconds) {
    constexpr int round = 2000;
    const double begin = wallSeconds();
    const double used = threadSeconds();
    double best = 1;
    long count = 0;
    while (wallSeconds() - begin < seconds) {
        const double from = threadSeconds();
        for (int i = 0; i < round; ++i) steps.step();
        best = std::min(best, (threadSeconds() - from) / round);
        count += round;
    }
    return {best, (threadSeconds() - used) / static_cast<double>(count),
            (wallSeconds() - begin) / static_cast<double>(count)};
}

/// A process that reads what is written to the descriptor it returns, and does nothing with it.
int reader(pid_t& process) {
    int ends[2];
    if (::pipe(ends) != 0) std::exit(EXIT_FAILURE);
    process = ::fork();
    if (process == 0) {
        ::close(ends[1]);
        std::vector<char> bytes(std::size_t{1} << 16);
        while (::read(ends[0], bytes.data(), bytes.size()) > 0) continue;
        ::_exit(EXIT_SUCCESS);
    }
    ::close(ends[0]);
    return ends[1];
}

Cost recorded(double seconds) {
    pid_t process = 0;
    const int descriptor = reader(process);
    Cost cost{};
    {
        EventPipe pipe(descriptor);
        pipe.start({});
        Ours ours(pipe, true);
        cost = measured(ours, seconds);
    }
    ::close(descriptor);
    ::waitpid(process, nullptr, 0);
    return cost;
}

}  // namespace
}  // namespace tapescope

int main(int count, char** words) {
    using namespace tapescope;
    const double seconds = count > 1 ? std::atof(words[1]) : 2;
    Plain plain;
    const Cost eigen = measured(plain, std::min(seconds, 1.0));
    Cost silent{};
    {
        Nobody nobody;
        Ours ours(nobody, false);
        silent = measured(ours, std::min(seconds, 2.0));
    }
    const Cost full = recorded(seconds);
    std::printf(
        R"({"eigen": %.3f, "silent": %.3f, "recorded": %.3f, "recorded_average": %.3f, "recorded_wall": %.3f, "loss": %.3f})"
        "\n",
        1e6 * eigen.best, 1e6 * silent.best, 1e6 * full.best, 1e6 * full.average, 1e6 * full.wall,
        static_cast<double>(plain.loss()));
    return EXIT_SUCCESS;
}
