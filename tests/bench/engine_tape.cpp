// SPDX-License-Identifier: Apache-2.0
// A chain of operations on one tape: how long gradient() takes for its length, and what an operation of it costs in
// memory beside its tensor. Prints one line of JSON for each length.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "core/engine/session.h"

namespace tapescope {
namespace {

double threadSeconds() {
    constexpr double nano = 1e-9;
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + nano * static_cast<double>(used.tv_nsec);
}

class Nobody final : public Sink {
public:
    void take(Event&&) override {}
};

/// Events are made, and thrown away.
class Counting final : public Sink {
public:
    void take(Event&&) override { ++events_; }
    long events_ = 0;
};

struct Result {
    double forward, backward;  ///< seconds for an operation
    double bytes;              ///< kept for an operation, beside the elements
};

Result chain(Sink& sink, bool told, int length) {
    constexpr int elements = 4;
    Session session(
        sink, [] { return CallSiteId{}; }, told);
    const Operand factor = session.constant(Tensor::scalar(1.0001F));
    Operand x = session.constant(Tensor::of<float>({2, 2}, {1, 2, 3, 4}));
    const Operand source = x;
    const std::size_t before = ::mallinfo2().uordblks;
    const TapeId tape = session.openTape(false, true);
    session.watch(tape, x.id);
    const double begin = threadSeconds();
    for (int i = 0; i < length; ++i) x = session.run(i % 2 == 0 ? "Mul" : "AddV2", {x, factor});
    const double middle = threadSeconds();
    const std::size_t after = ::mallinfo2().uordblks;
    session.exitTape(tape);
    const double back = threadSeconds();
    const auto gradient = session.gradient(tape, {&x, 1}, {&source, 1}, {}, Unconnected::None);
    const double end = threadSeconds();
    if (!gradient.front()) std::exit(EXIT_FAILURE);
    return {(middle - begin) / length, (end - back) / length,
            static_cast<double>(after - before) / length - elements * sizeof(float)};
}

}  // namespace
}  // namespace tapescope

int main() {
    using namespace tapescope;
    for (const int length : {1'000, 10'000, 100'000}) {
        constexpr int rounds = 5;
        Result silent{1, 1, 0}, told{1, 1, 0};
        for (int i = 0; i < rounds; ++i) {
            Nobody nobody;
            Counting counting;
            const Result one = chain(nobody, false, length);
            const Result other = chain(counting, true, length);
            silent = {std::min(silent.forward, one.forward), std::min(silent.backward, one.backward), one.bytes};
            told = {std::min(told.forward, other.forward), std::min(told.backward, other.backward), other.bytes};
        }
        std::printf(
            R"({"length": %d, "forward": %.4f, "backward": %.4f, "told_forward": %.4f, "told_backward": %.4f, "bytes": %.0f})"
            "\n",
            length, 1e6 * silent.forward, 1e6 * silent.backward, 1e6 * told.forward, 1e6 * told.backward, silent.bytes);
    }
    return EXIT_SUCCESS;
}
