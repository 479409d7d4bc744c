// SPDX-License-Identifier: Apache-2.0
// The operation table as a whole: every row is told, computes, and passes back what finite differences say.
#include <QTest>
#include <cmath>
#include <complex>
#include <random>

#include "core/base/error.h"
#include "core/ops/noise.h"
#include "core/ops/op.h"
#include "tests/ops/trials/trial.h"

using namespace tapescope;
using tapescope::testing::Trial;
using tapescope::testing::trials;

namespace {

/// Runs rows on values alone.
class Plain final : public Runner {
public:
    Operands apply(const OpRow& row, std::span<const Operand> inputs, const Attributes& attributes) override {
        Operands outputs;
        for (auto& value : row.forward(row, inputs, attributes)) outputs.push_back({{next_++}, std::move(value)});
        return outputs;
    }
    Operand constant(const Tensor& value) override { return {{next_++}, value}; }

private:
    std::uint32_t next_ = 0;
};

using Complex = std::complex<double>;

Tensor randomTensor(const Shape& shape, double low, double high, std::mt19937& random, DType dtype = DType::Float64) {
    std::uniform_real_distribution<double> between(low, high);
    if (dtype == DType::Complex128) {
        Filling<Complex> filling(shape);
        for (auto& value : filling.values) value = {between(random), between(random)};
        return std::move(filling).done();
    }
    Filling<double> filling(shape);
    for (auto& value : filling.values) value = between(random);
    return std::move(filling).done();
}

/// Complex numbers as vectors of two real ones.
double inner(const Tensor& a, const Tensor& b) {
    double sum = 0;
    for (std::int64_t i = 0; i < a.count(); ++i) {
        sum += a.at(i) * b.at(i);
        if (a.dtype() == DType::Complex128) {
            const auto place = static_cast<std::size_t>(i);
            sum += a.as<Complex>()[place].imag() * b.as<Complex>()[place].imag();
        }
    }
    return sum;
}

Tensor moved(const Tensor& x, const Tensor& direction, double by) {
    if (x.dtype() == DType::Complex128) {
        Filling<Complex> filling(x.shape());
        for (std::size_t i = 0; i < filling.values.size(); ++i)
            filling.values[i] = x.as<Complex>()[i] + by * direction.as<Complex>()[i];
        return std::move(filling).done();
    }
    Filling<double> filling(x.shape());
    for (std::int64_t i = 0; i < x.count(); ++i)
        filling.values[static_cast<std::size_t>(i)] = x.at(i) + by * direction.at(i);
    return std::move(filling).done();
}

Tensor transposed(const Tensor& matrix) {
    return Plain().run("Transpose", {{{0}, matrix}}).value;
}

Operands inputsOf(const Trial& trial, std::mt19937& random) {
    Operands inputs;
    for (std::size_t i = 0; i < trial.inputs.size(); ++i)
        inputs.push_back(
            {{static_cast<std::uint32_t>(1000 + i)}, randomTensor(trial.inputs[i], trial.low, trial.high, random)});
    for (const auto& [place, value] : trial.given) inputs[place].value = value;
    return inputs;
}

/// Those of the values that are floating and have a gradient operand: a random one each, or none for the others.
Operands seedsFor(const Operands& outputs, std::size_t seeded, std::mt19937& random) {
    Operands seeds;
    for (const auto& output : outputs) {
        const DType dtype = output.value.dtype();
        const bool floating =
            seeds.size() < seeded && (dtype == DType::Float64 || dtype == DType::Float32 || dtype == DType::Complex128);
        const auto shape = floating ? output.value.shape() : Shape{};
        seeds.push_back(floating ? Operand{{static_cast<std::uint32_t>(2000 + seeds.size())},
                                           randomTensor(shape, -1, 1, random, dtype)}
                                 : Operand());
    }
    return seeds;
}

double inner(const Operands& seeds, const Operands& outputs) {
    double sum = 0;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        if (seeds[i]) sum += inner(seeds[i].value, outputs[i].value);
    return sum;
}

}  // namespace

class TestOps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsTold();
    void everySmoothRowIsTried();
    void gradientEqualsFiniteDifference_data();
    void gradientEqualsFiniteDifference();
    void complaintsAreTensorFlows();
    void scalarsHaveNoChannels();
    void tiesAndKinks();
    void seededNormalIsTensorFlows();
    void countersCarry();
};

void TestOps::everyRowIsTold() {
    for (const OpRow& row : opTable()) {
        QVERIFY2(!row.type.empty() && !row.formula.empty() && !row.doc.empty(), row.type.data());
        QCOMPARE(findOpOrNull(row.type), &row);
        for (const InputRow& input : row.inputs) {
            const bool passes = input.flow == Flow::Smooth || input.flow == Flow::Kinked || input.flow == Flow::Zero;
            if (passes) QVERIFY2(row.pullback != nullptr, row.type.data());
        }
    }
}

void TestOps::everySmoothRowIsTried() {
    for (const OpRow& row : opTable()) {
        const bool smooth = std::any_of(row.inputs.begin(), row.inputs.end(), [](const InputRow& input) {
            return input.flow == Flow::Smooth || input.flow == Flow::Kinked;
        });
        if (!smooth || row.forward == nullptr) continue;
        // Its pullback raises, as TensorFlow's does: what can be differentiated is composed of other rows (fast=True).
        if (row.type == "MatrixSolveLs") continue;
        // Not the slope of its draws, which jump, but of the place in the distribution; tried by recorded cases.
        if (row.type == "RandomGamma" || row.type == "StatelessRandomGammaV3") continue;
        // A staircase that lets gradients through as if it were a ramp; tried by recorded cases.
        if (row.type.starts_with("FakeQuant")) continue;
        // Its results are complex, and the vectors have any phase; tried by recorded cases.
        if (row.type == "Eig") continue;
        const bool tried =
            std::any_of(trials().begin(), trials().end(), [&](const Trial& trial) { return trial.op == row.type; });
        QVERIFY2(tried, row.type.data());
    }
}

void TestOps::gradientEqualsFiniteDifference_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(trials().size()); ++i) {
        QTest::addRow("%s %d", trials()[static_cast<std::size_t>(i)].op, i) << i;
    }
}

/// <g, f(x + h·d) - f(x - h·d)> / 2h = <pullback(g), d> for random g and d, for each input by itself.
void TestOps::gradientEqualsFiniteDifference() {
    QFETCH(const int, index);
    const auto& trial = trials()[static_cast<std::size_t>(index)];
    const OpRow& row = findOp(trial.op);
    std::mt19937 random(42);
    Plain runner;
    const auto inputs = inputsOf(trial, random);
    Attributes attributes = trial.attributes;
    complete(attributes, row);
    const auto outputs = runner.runAll(trial.op, inputs, attributes);
    const auto seeds = seedsFor(outputs, trial.seeded, random);
    const Executed op{inputs, outputs, attributes, SmallVector<bool, 8>(inputs.size(), true)};
    const auto back = row.pullback(runner, op, seeds);
    QCOMPARE(back.size(), inputs.size());
    Tensors values;
    for (const Operand& input : inputs) values.push_back(input.value);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Flow flow = flowOf(row, i, values, attributes);
        if (flow != Flow::Smooth && flow != Flow::Kinked) continue;
        const Tensor gradient = denseValue(back[i]);
        QCOMPARE(gradient.shape(), inputs[i].value.shape());
        const Tensor any = randomTensor(inputs[i].value.shape(), -1, 1, random, inputs[i].value.dtype());
        const Tensor direction = trial.symmetric ? moved(any, transposed(any), 1) : any;
        const double h = trial.step;
        auto up = inputs;
        auto down = inputs;
        up[i].value = moved(inputs[i].value, direction, h);
        down[i].value = moved(inputs[i].value, direction, -h);
        const double difference = (inner(seeds, runner.runAll(trial.op, up, attributes)) -
                                   inner(seeds, runner.runAll(trial.op, down, attributes))) /
                                  (2 * h);
        const double expected = inner(gradient, direction);
        QVERIFY2(std::abs(difference - expected) <= 1e-6 * (1 + std::abs(expected)),
                 qPrintable(QStringLiteral("input %1: %2 against %3").arg(i).arg(difference).arg(expected)));
    }
}

namespace {
std::string complaintOf(std::string_view op, Operands inputs, Attributes attributes = {}) {
    try {
        Plain().run(op, std::move(inputs), std::move(attributes));
    } catch (const Error& error) {
        return error.what();
    }
    return "no complaint";
}

Operand floats(Shape shape) {
    const auto count = static_cast<std::size_t>(elementCount(shape));
    return {{0}, Tensor::of<float>(std::move(shape), std::vector<float>(count, 1.0F))};
}
}  // namespace

/// Texts as TensorFlow 2.21 printed them.
void TestOps::complaintsAreTensorFlows() {
    const std::string wrapped = "{{function_node __wrapped__";
    const std::string device = "_device_/job:localhost/replica:0/task:0/device:CPU:0}} ";
    QCOMPARE(complaintOf("AddV2", {floats({2, 3}), floats({2, 2})}),
             wrapped + "AddV2" + device + "Incompatible shapes: [2,3] vs. [2,2] [Op:AddV2] name: ");
    QCOMPARE(
        complaintOf("MatMul", {floats({2, 3}), floats({2, 3})}),
        wrapped + "__MklMatMul" + device + "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3] [Op:MatMul] name: ");
    const Operand wide{{1}, Tensor::of<double>({}, std::vector<double>{1.0})};
    QCOMPARE(complaintOf("Mul", {floats({}), wide}),
             std::string(
                 "cannot compute Mul as input #1(zero-based) was expected to be a float tensor but is a double tensor "
                 "[Op:Mul] name: "));
}

/// TensorFlow itself ends here: a range for each channel of what has none.
void TestOps::scalarsHaveNoChannels() {
    const Operand none = floats({0});
    QVERIFY(complaintOf("FakeQuantWithMinMaxVarsPerChannel", {floats({}), none, none}, {std::int64_t{8}, false})
                .find("inputs must be at least rank 1") != std::string::npos);
    QVERIFY(complaintOf("FakeQuantWithMinMaxVarsPerChannelGradient", {floats({}), floats({}), none, none},
                        {std::int64_t{8}, false})
                .find("inputs must be at least rank 1") != std::string::npos);
}

/// Reference: reduce_max splits ties, maximum and minimum give all to the first, relu'(0) = 0, abs'(0) = 0.
void TestOps::tiesAndKinks() {
    Plain runner;
    const Operand one = floats({2});
    const auto back = [&](std::string_view type, Operands inputs, Attributes attributes) {
        const OpRow& row = findOp(type);
        const Operands outputs{runner.run(type, inputs, attributes)};
        const Operand g = runner.run("OnesLike", {outputs[0]}, {});
        return row.pullback(runner, {inputs, outputs, attributes, SmallVector<bool, 8>(inputs.size(), true)},
                            Operands{g});
    };
    QCOMPARE(back("Max", {one}, {std::monostate{}, false})[0].value,
             Tensor::of<float>({2}, std::vector<float>{0.5F, 0.5F}));
    QCOMPARE(back("Maximum", {one, one}, {})[0].value, Tensor::of<float>({2}, std::vector<float>{1, 1}));
    QCOMPARE(back("Maximum", {one, one}, {})[1].value, Tensor::of<float>({2}, std::vector<float>{0, 0}));
    QCOMPARE(back("Minimum", {one, one}, {})[0].value, Tensor::of<float>({2}, std::vector<float>{1, 1}));
    const Operand zero{{3}, Tensor::of<float>({1}, std::vector<float>{0})};
    QCOMPARE(back("Relu", {zero}, {})[0].value.at(0), 0.0);
    QCOMPARE(back("Abs", {zero}, {})[0].value.at(0), 0.0);
}

/// tf.random.set_seed(0); tf.random.normal((2, 2)) of TensorFlow 2.21, whose seed for the operation is 1654615998.
void TestOps::seededNormalIsTensorFlows() {
    std::array<float, 4> values{};
    fillNormal<float>(Philox(0, 1654615998), values);
    const std::array<float, 4> expected{1.5110626220703125F, 0.4229220449924469F, -0.4196949303150177F,
                                        -1.0360372066497803F};
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(values[i], expected[i]);
}

/// Counters carry from one half of the 128 bits to the other.
void TestOps::countersCarry() {
    Philox near(5, 0, ~std::uint64_t{0});
    near.block();
    QCOMPARE(near.block(), Philox(5, 1, 0).block());
    Philox skipped(5, 0, ~std::uint64_t{0});
    skipped.skip(3);
    QCOMPARE(skipped.block(), Philox(5, 1, 2).block());
}

QTEST_GUILESS_MAIN(TestOps)
#include "tst_ops.moc"
