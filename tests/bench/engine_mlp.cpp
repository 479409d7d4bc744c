// SPDX-License-Identifier: Apache-2.0
// A training step of a network of two layers (784-128-10, 64 examples, Adam) from C++, beside its matrix products
// alone, and Adam's update of ten million parameters beside copying what it touches. Prints one line of JSON;
// microseconds.
#include <cstdio>
#include <cstring>
#include <random>

#include "core/engine/rule.h"
#include "tests/bench/stopwatch.h"

namespace tapescope {
namespace {

constexpr std::int64_t examples = 64, inputs = 784, hidden = 128, classes = 10;

Tensor noise(Shape shape, float scale) {
    static std::mt19937 generator(1);
    std::normal_distribution<float> normal(0, scale);
    Filling<float> filling(std::move(shape));
    for (float& value : filling.values) value = normal(generator);
    return std::move(filling).done();
}

Tensor product(const Tensor& a, const Tensor& b, bool transposeA, bool transposeB) {
    const OpRow& row = findOp("MatMul");
    return row.forward(row, Tensors{a, b}, {transposeA, transposeB}).front();
}

/// The products of a step: two forward, three back.
class Products {
public:
    void step() {
        const Tensor h = product(x_, w1_, false, false);
        const Tensor y = product(h, w2_, false, false);
        product(h, y, true, false);
        product(y, w2_, false, true);
        product(x_, h, true, false);
    }

private:
    Tensor x_ = noise({examples, inputs}, 1), w1_ = noise({inputs, hidden}, 0.05F),
           w2_ = noise({hidden, classes}, 0.1F);
};

const Settings adam{{"learning_rate", 0.001}, {"beta_1", 0.9}, {"beta_2", 0.999},
                    {"epsilon", 1e-7},        {"amsgrad", 0},  {"step", 1}};

class Network {
public:
    explicit Network(Sink& sink, bool told)
        : session_(
              sink, [] { return CallSiteId{}; }, told) {
        x_ = session_.constant(noise({examples, inputs}, 1));
        std::vector<std::int32_t> labels(examples);
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % classes);
        labels_ = session_.constant(Tensor::of<std::int32_t>({examples}, labels));
        add({inputs, hidden}, 0.05F);
        add({hidden}, 0);
        add({hidden, classes}, 0.1F);
        add({classes}, 0);
        optimizer_ = session_.createOptimizer("Adam", "adam", adam);
    }

    void step() {
        const TapeId tape = session_.openTape(false, true);
        const Operand first = session_.run("AddV2", {session_.run("MatMul", {x_, read(0)}), read(1)});
        const Operand h = session_.run("Relu", {first});
        const Operand logits = session_.run("AddV2", {session_.run("MatMul", {h, read(2)}), read(3)});
        const Operand losses = session_.run("SparseSoftmaxCrossEntropyWithLogits", {logits, labels_});
        const Operand loss = session_.run("Mean", {losses});
        session_.exitTape(tape);
        Operands sources;
        for (const VariableId variable : variables_) sources.push_back(session_.handleOperand(variable));
        const auto gradients = session_.gradient(tape, {&loss, 1}, sources, {}, Unconnected::None);
        session_.setSetting(optimizer_, "step", static_cast<double>(++steps_));
        ApplyBegan facts;
        const auto count = static_cast<std::uint32_t>(variables_.size());
        facts.zipLengths = {count, count};
        for (std::size_t i = 0; i < count; ++i) facts.pairs.push_back({gradients[i].id, variables_[i]});
        const ApplyId apply = session_.beginApply(optimizer_, std::move(facts));
        for (std::uint32_t i = 0; i < count; ++i) session_.applyPair(apply, i, variables_[i], gradients[i]);
        session_.endApply(apply, steps_, false);
        session_.closeTape(tape);
        const TensorId kept[] = {x_.id, labels_.id};
        if (session_.fullOfMemories()) session_.forget(kept);
    }

private:
    void add(Shape shape, float scale) {
        variables_.push_back(session_.createVariable(session_.constant(noise(std::move(shape), scale)), "w:0", true));
    }
    Operand read(std::size_t i) { return session_.read(variables_[i]); }

    Session session_;
    Operand x_, labels_;
    std::vector<VariableId> variables_;
    OptimizerId optimizer_;
    std::int64_t steps_ = 0;
};

constexpr std::int64_t many = 10'000'000;

/// Ten million parameters, one pair a step.
class Update {
public:
    explicit Update(Sink& sink, bool told)
        : session_(
              sink, [] { return CallSiteId{}; }, told) {
        variable_ = session_.createVariable(session_.constant(noise({many}, 1)), "w:0", true);
        gradient_ = session_.constant(noise({many}, 1));
        optimizer_ = session_.createOptimizer("Adam", "adam", adam);
    }
    void step() {
        ApplyBegan facts;
        facts.zipLengths = {1, 1};
        facts.pairs = {{gradient_.id, variable_}};
        const ApplyId apply = session_.beginApply(optimizer_, std::move(facts));
        session_.applyPair(apply, 0, variable_, gradient_);
        session_.endApply(apply, ++steps_, false);
    }

private:
    Session session_;
    Operand gradient_;
    VariableId variable_;
    OptimizerId optimizer_;
    std::int64_t steps_ = 0;
};

/// The variable, its gradient and two slots are read, the variable and the slots written: three copies, and half of
/// one.
class Copies {
public:
    void step() {
        for (std::size_t i = 0; i < from_.size(); ++i) {
            const std::size_t count = from_[i].size() / (i + 1 == from_.size() ? 2 : 1);
            std::memcpy(to_[i].data(), from_[i].data(), sizeof(float) * count);
        }
    }

private:
    std::vector<std::vector<float>> from_{4, std::vector<float>(many, 1.0F)}, to_{4, std::vector<float>(many, 2.0F)};
};

}  // namespace
}  // namespace tapescope

int main(int count, char** words) {
    using namespace tapescope;
    using namespace tapescope::bench;
    const double seconds = count > 1 ? std::atof(words[1]) : 2;
    constexpr int round = 20;
    Products products;
    const Cost alone = measured(products, seconds, round);
    Nobody nobody;
    Network silentNetwork(nobody, false);
    const Cost silent = measured(silentNetwork, seconds, round);
    const Cost full = recorded([](Sink& sink) { return std::make_unique<Network>(sink, true); }, seconds, round);
    Copies copies;
    const Cost copied = measured(copies, seconds, 2);
    Cost updated{};
    {
        Update update(nobody, false);
        updated = measured(update, seconds, 2);
    }
    const Cost toldUpdate = recorded([](Sink& sink) { return std::make_unique<Update>(sink, true); }, seconds, 2);
    std::printf(
        R"({"products": %.1f, "silent": %.1f, "recorded": %.1f, "recorded_wall": %.1f, "copies": %.1f, "update": %.1f, "told_update": %.1f})"
        "\n",
        1e6 * alone.best, 1e6 * silent.best, 1e6 * full.best, 1e6 * full.wall, 1e6 * copied.best, 1e6 * updated.best,
        1e6 * toldUpdate.best);
    return EXIT_SUCCESS;
}
