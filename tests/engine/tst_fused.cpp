// SPDX-License-Identifier: Apache-2.0
// Rules in one pass: the digits of operation by operation.
#include <QtTest>
#include <random>

#include "core/engine/rule.h"

using namespace tapescope;

namespace {
Tensor noise(const Shape& shape, unsigned seed, bool positive = false) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    Filling<float> filling(shape);
    for (float& value : filling.values) {
        value = normal(generator);
        if (positive) value *= value;
    }
    return std::move(filling).done();
}

Tensor run(const char* type, const Tensor& a, const Tensor& b) {
    const OpRow& row = findOp(type);
    return row.forward(row, Tensors{a, b}, {}).front();
}

Tensor root(const Tensor& a) {
    const OpRow& row = findOp("Sqrt");
    return row.forward(row, Tensors{a}, {}).front();
}

/// With the change that the rule saw in passing, which must have the digits of a look afterwards.
RuleResult measured(const char* rule, RuleInput input) {
    RuleResult quiet = ruleNamed(rule).update(input);
    input.measured = true;
    RuleResult result = ruleNamed(rule).update(input);
    if (quiet.change || !result.change || *result.change != distance(input.variable, result.variable)) return {};
    return result;
}
}  // namespace

class TestFused : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void adamHasTheDigitsOfItsOperations_data();
    void adamHasTheDigitsOfItsOperations();
    void descentHasTheDigitsOfItsOperations_data() { adamHasTheDigitsOfItsOperations_data(); }
    void descentHasTheDigitsOfItsOperations();
};

void TestFused::adamHasTheDigitsOfItsOperations_data() {
    QTest::addColumn<int>("count");
    for (const int count : {1, 7, 16, 33, 1000, 5001}) QTest::addRow("%d", count) << count;
}

void TestFused::adamHasTheDigitsOfItsOperations() {
    QFETCH(int, count);
    const Shape shape{count};
    const Tensor w = noise(shape, 1), g = noise(shape, 2), m = noise(shape, 3), v = noise(shape, 4, true);
    const Settings settings{{"learning_rate", 0.01}, {"beta_1", 0.9},  {"beta_2", 0.999},
                            {"epsilon", 1e-7},       {"amsgrad", 0.0}, {"step", 3}};
    const std::map<std::string, Tensor> slots{{"momentum", m}, {"velocity", v}};
    const RuleResult fused = measured("Adam", {w, g, slots, settings, "w:0", "adam"});

    const Tensor newM = run("AddV2", m, run("Mul", run("Sub", g, m), Tensor::scalar(static_cast<float>(1 - 0.9))));
    const Tensor newV =
        run("AddV2", v, run("Mul", run("Sub", run("Mul", g, g), v), Tensor::scalar(static_cast<float>(1 - 0.999))));
    QCOMPARE(fused.slots.at("momentum"), newM);
    QCOMPARE(fused.slots.at("velocity"), newV);
    const auto power = [](float base) { return run("Pow", Tensor::scalar(base), Tensor::scalar(3)); };
    const Tensor one = Tensor::scalar(1);
    const Tensor alpha = run("RealDiv", run("Mul", Tensor::scalar(0.01F), root(run("Sub", one, power(0.999F)))),
                             run("Sub", one, power(0.9F)));
    const Tensor amount = run("RealDiv", run("Mul", newM, alpha), run("AddV2", root(newV), Tensor::scalar(1e-7F)));
    QCOMPARE(fused.variable, run("Sub", w, amount));
}

void TestFused::descentHasTheDigitsOfItsOperations() {
    QFETCH(int, count);
    const Tensor w = noise({count}, 1), g = noise({count}, 2);
    const Settings settings{{"learning_rate", 0.01}, {"momentum", 0.0}, {"nesterov", 0.0}};
    const RuleResult fused = measured("SGD", {w, g, {}, settings, "w:0", "sgd"});
    QCOMPARE(fused.variable, run("Sub", w, run("Mul", g, Tensor::scalar(0.01F))));
}

QTEST_GUILESS_MAIN(TestFused)
#include "tst_fused.moc"
