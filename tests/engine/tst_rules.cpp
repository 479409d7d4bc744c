// SPDX-License-Identifier: Apache-2.0
// Update rules in Keras's three behaviours. Expectations: three steps of the real Keras, keras and tf_keras.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/engine/rules/generations.h"

using namespace tapescope;

namespace {
constexpr int legacy = 1, two = 2, three = 3;

struct Golden {
    const char* rule;
    Settings settings;
    std::vector<int> generations;
    std::vector<double> after;  ///< of the third step, row by row
};

const Settings betas{{"beta_1", 0.9}, {"beta_2", 0.999}, {"epsilon", 1e-7}};

Settings with(Settings settings, const Settings& more) {
    settings.insert(settings.end(), more.begin(), more.end());
    return settings;
}

const Settings rms{{"rho", 0.9}, {"epsilon", 1e-7}};
const Settings ftrl{{"learning_rate_power", -0.5},
                    {"initial_accumulator_value", 0.1},
                    {"beta", 0},
                    {"l2_shrinkage_regularization_strength", 0}};

std::vector<Golden> goldens() {
    const std::vector<int> all{legacy, two, three}, newer{two, three};
    return {
        {"SGD", {{"momentum", 0}, {"nesterov", 0}}, all, {0.975, -2.01, 2.98, 0.47}},
        {"SGD", {{"momentum", 0.9}, {"nesterov", 0}}, all, {0.9624, -1.9848, 2.9287, 0.3836}},
        {"SGD", {{"momentum", 0.9}, {"nesterov", 1}}, all, {0.94116, -1.99632, 2.91583, 0.36524}},
        {"RMSprop", with(rms, {{"momentum", 0}, {"centered", 0}}), newer, {0.549368, -2.052891, 2.793604, 0.223978}},
        {"RMSprop", with(rms, {{"momentum", 0}, {"centered", 0}}), {legacy}, {0.549357, -2.052890, 2.793603, 0.223977}},
        {"RMSprop", with(rms, {{"momentum", 0.9}, {"centered", 0}}), all, {0.141338, -1.644844, 2.252857, -0.449467}},
        {"RMSprop", with(rms, {{"momentum", 0}, {"centered", 1}}), newer, {0.516288, -2.039087, 2.777879, 0.193980}},
        {"RMSprop", with(rms, {{"momentum", 0}, {"centered", 1}}), {legacy}, {0.516274, -2.039086, 2.777878, 0.193979}},
        {"RMSprop", with(rms, {{"momentum", 0.9}, {"centered", 1}}), all, {0.079944, -1.602725, 2.207882, -0.521710}},
        {"Adagrad",
         {{"initial_accumulator_value", 0.1}, {"epsilon", 1e-7}},
         all,
         {0.933541, -2.018251, 2.953536, 0.433077}},
        {"Adadelta", {{"rho", 0.95}, {"epsilon", 1e-7}}, all, {0.999758, -2.000099, 2.999924, 0.499892}},
        {"Adam", with(betas, {{"amsgrad", 0}}), all, {0.807560, -1.900638, 2.804083, 0.282569}},
        {"Adam", with(betas, {{"amsgrad", 1}}), all, {0.807560, -1.900638, 2.804116, 0.282569}},
        {"Adamax", betas, all, {0.835384, -1.902543, 2.834960, 0.307385}},
        {"Nadam", betas, newer, {0.838193, -2.001966, 2.913004, 0.392207}},
        {"Nadam", with(betas, {{"schedule_decay", 0.004}}), {legacy}, {0.835656, -2.008791, 2.917517, 0.397261}},
        {"Ftrl",
         with(ftrl, {{"l1_regularization_strength", 0}, {"l2_regularization_strength", 0}}),
         all,
         {-0.019921, -0.327942, 0.777107, 0.122990}},
        {"Ftrl",
         with(ftrl, {{"l1_regularization_strength", 0.01}, {"l2_regularization_strength", 0.01}}),
         all,
         {-0.017749, -0.323579, 0.771277, 0.120581}},
        {"Lion", {{"beta_1", 0.9}, {"beta_2", 0.99}}, newer, {0.9, -2.1, 2.9, 0.4}},
        {"Lamb", betas, {three}, {0.471590, -1.844271, 2.503867, -0.052280}},
    };
}

Tensor matrix(std::vector<float> values) {
    return Tensor::of<float>({2, 2}, values);
}

std::map<std::string, Tensor> slotsOf(const Rule& rule, const Settings& settings) {
    std::map<std::string, Tensor> slots;
    for (const Slot& slot : rule.slots(settings, {2, 2}))
        slots[slot.name] = matrix(std::vector<float>(4, static_cast<float>(slot.initial)));
    return slots;
}

/// The product of what Nadam's momentum keeps in the steps so far.
double shares(int step, double decay) {
    double product = 1;
    for (int n = 1; n <= step; ++n) product *= 0.9 * (1 - 0.5 * std::pow(0.96, n * decay));
    return product;
}

Tensor threeSteps(const Golden& golden, int generation) {
    const Tensors gradients{matrix({0.1F, -0.2F, 0.3F, 0.4F}), matrix({-0.05F, 0.1F, 0, 0.2F}),
                            matrix({0.2F, 0.2F, -0.1F, -0.3F})};
    const Rule& rule = ruleNamed(golden.rule);
    Settings settings = with(golden.settings, {{"keras", generation}, {"learning_rate", 0.1}});
    const double decay = setting(settings, "schedule_decay", 1);
    Tensor variable = matrix({1, -2, 3, 0.5F});
    std::map<std::string, Tensor> slots = slotsOf(rule, settings);
    for (int step = 1; step <= 3; ++step) {
        const Settings now = with(settings, {{"step", step}, {"u_product", shares(step, decay)}});
        const Tensor& gradient = gradients[static_cast<std::size_t>(step) - 1];
        RuleResult result = updated(rule, {variable, gradient, slots, now, "w:0", "o"});
        variable = result.variable;
        for (auto& [name, value] : result.slots) slots[name] = value;
    }
    return variable;
}
}  // namespace

class TestRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeStepsOfEach() {
        for (const Golden& golden : goldens()) {
            for (const int generation : golden.generations) {
                const Tensor found = threeSteps(golden, generation);
                for (std::size_t i = 0; i < golden.after.size(); ++i) {
                    const double value = found.at(static_cast<std::int64_t>(i));
                    const std::string text = std::string(golden.rule) + " of " + std::to_string(generation) + ": " +
                                             std::to_string(value) + " for " + std::to_string(golden.after[i]);
                    QVERIFY2(std::abs(value - golden.after[i]) < 3e-6, text.c_str());
                }
            }
        }
    }

    void slotsHaveTheNamesOfTheirTime() {
        QCOMPARE(slotNameIn(Generation::Three, "Adam", "velocity_hat"), std::string("velocity_hat"));
        QCOMPARE(slotNameIn(Generation::Two, "Adam", "velocity_hat"), std::string("vhat"));
        QCOMPARE(slotNameIn(Generation::Legacy, "RMSprop", "velocity"), std::string("rms"));
        QCOMPARE(slotNameIn(Generation::Legacy, "RMSprop", "momentum"), std::string("momentum"));
    }

    void kernelsRefuseOtherShapes() {
        const Settings settings{{"keras", legacy}, {"learning_rate", 0.1}, {"momentum", 0}, {"nesterov", 0}};
        const Tensor row = Tensor::of<float>({2}, std::vector<float>{1, 2});
        try {
            updated(ruleNamed("SGD"), {matrix({1, 2, 3, 4}), row, {}, settings, "w:0", "SGD"});
            QFAIL("no complaint");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what())
                        .find("var and delta do not have the same shape[2,2] [2] "
                              "[Op:ResourceApplyGradientDescent]") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
