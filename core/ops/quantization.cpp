// SPDX-License-Identifier: Apache-2.0
// Numbers as a network of integers would know them: rounded to the steps of a range, and back to floats
// (fake_quant_ops.cc). A gradient goes through within the range; what lies outside moves the range's ends.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

/// The range moved a little, so that 0 is one of its steps (FakeQuant's Nudge).
struct Steps {
    float minimum = 0, maximum = 0, size = 0;
    bool nothing = false;  ///< an empty range at 0: everything becomes 0, and gradients pass

    Steps(float low, float high, float last, bool narrow) : nothing(low == 0 && high == 0) {
        const float first = narrow ? 1 : 0;
        size = (high - low) / (last - first);
        const float zero = first - low / size;
        const float nudged = zero < first ? first : zero > last ? last : std::round(zero);
        minimum = (first - nudged) * size;
        maximum = (last - nudged) * size;
    }
    float rounded(float x) const {
        if (nothing) return 0;
        const float perStep = 1.0F / size;
        const float zero = std::floor(-minimum * perStep + 0.5F);
        const float clamped = std::max(std::min(x, maximum), minimum);
        return std::floor((clamped - minimum) * perStep - zero + 0.5F) * size;
    }
    bool holds(float x) const { return nothing || (x >= minimum && x <= maximum); }
    bool below(float x) const { return !nothing && x < minimum; }
    bool above(float x) const { return !nothing && x > maximum; }
};

/// The kernels know nothing else.
void requireFloats(const OpRow& row, Inputs in) {
    for (const Tensor& one : in)
        if (one.dtype() != DType::Float32) refuseDType(row, one.dtype());
}

/// As a stream prints it.
std::string shortText(float number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g", static_cast<double>(number));
    return text.data();
}

/// The last step, from the attributes "num_bits" and "narrow_range" that stand at `at`.
float lastStep(const OpRow& row, const Attributes& attributes, std::size_t at) {
    const auto bits = std::get<std::int64_t>(attributes[at]);
    if (bits < 2 || bits > 16) refuse(row, "num_bits must be between 2 and 16, inclusive");
    return static_cast<float>((1 << bits) - 1);
}

Steps stepsOfAttributes(const OpRow& row, const Attributes& attributes) {
    const auto low = static_cast<float>(std::get<double>(attributes[0]));
    const auto high = static_cast<float>(std::get<double>(attributes[1]));
    if (low >= high) refuse(row, "min has to be smaller than max, was: " + shortText(low) + " >= " + shortText(high));
    return {low, high, lastStep(row, attributes, 2), std::get<bool>(attributes[3])};
}

/// One range for all, or one for each index of the last axis, from two inputs.
std::vector<Steps> stepsOfInputs(const OpRow& row, const Shape& shape, const Tensor& low, const Tensor& high,
                                 const Attributes& attributes, bool perChannel) {
    if (perChannel && shape.empty()) refuse(row, "inputs must be at least rank 1");
    const std::int64_t count = perChannel ? shape.back() : 1;
    const auto check = [&](const Tensor& end, const std::string& name) {
        const std::size_t rank = end.shape().size();
        if (rank != (perChannel ? 1U : 0U))
            refuse(row,
                   "`" + name + "` must be rank " + (perChannel ? "1" : "0") + " but is rank " + std::to_string(rank));
        if (end.count() == count) return;
        refuse(row,
               name + " has incorrect size, expected " + std::to_string(count) + " was " + std::to_string(end.count()));
    };
    check(low, "min");
    check(high, "max");
    std::vector<Steps> steps;
    const float last = lastStep(row, attributes, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
        steps.emplace_back(low.as<float>()[i], high.as<float>()[i], last, std::get<bool>(attributes[1]));
    return steps;
}

/// What `number` makes of each place and its steps.
template <class Number>
Tensor each(const Shape& shape, const std::vector<Steps>& steps, Number number) {
    Filling<float> result(shape);
    for (std::size_t i = 0; i < result.values.size(); ++i) result.values[i] = number(i, steps[i % steps.size()]);
    return std::move(result).done();
}

Tensor roundedAll(const Tensor& x, const std::vector<Steps>& steps) {
    return each(x.shape(), steps, [x = x.as<float>()](std::size_t i, const Steps& at) { return at.rounded(x[i]); });
}

Tensor passedWithin(const Tensor& g, const Tensor& x, const std::vector<Steps>& steps) {
    return each(x.shape(), steps, [g = g.as<float>(), x = x.as<float>()](std::size_t i, const Steps& at) {
        return at.holds(x[i]) ? g[i] : 0;
    });
}

Tensors byAttributes(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireFloats(row, in);
    return {roundedAll(in[0], {stepsOfAttributes(row, attributes)})};
}

void requireLike(const OpRow& row, Inputs in) {
    if (in[0].shape() != in[1].shape()) refuse(row, "gradient and input must be the same size");
}

Tensors byAttributesGradient(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireFloats(row, in);
    const Steps steps = stepsOfAttributes(row, attributes);
    requireLike(row, in);
    return {passedWithin(in[0], in[1], {steps})};
}

Operands byAttributesBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    return {run.run("FakeQuantWithMinMaxArgsGradient", {g[0], op.inputs[0]}, op.attributes)};
}

template <bool perChannel>
Tensors byInputs(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireFloats(row, in);
    return {roundedAll(in[0], stepsOfInputs(row, in[0].shape(), in[1], in[2], attributes, perChannel))};
}

template <bool perChannel>
Tensors byInputsGradient(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireFloats(row, in);
    requireLike(row, in);
    const auto steps = stepsOfInputs(row, in[1].shape(), in[2], in[3], attributes, perChannel);
    const auto g = in[0].as<float>(), x = in[1].as<float>();
    Filling<float> low(in[2].shape()), high(in[3].shape());
    std::ranges::fill(low.values, 0.0F);
    std::ranges::fill(high.values, 0.0F);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t at = i % steps.size();
        if (steps[at].below(x[i])) low.values[at] += g[i];
        if (steps[at].above(x[i])) high.values[at] += g[i];
    }
    return {passedWithin(in[0], in[1], steps), std::move(low).done(), std::move(high).done()};
}

template <bool perChannel>
Operands byInputsBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const char* gradient = perChannel ? "FakeQuantWithMinMaxVarsPerChannelGradient" : "FakeQuantWithMinMaxVarsGradient";
    return run.runAll(gradient, {g[0], op.inputs[0], op.inputs[1], op.inputs[2]}, op.attributes);
}
}  // namespace

std::vector<OpRow> quantization() {
    using enum Flow;
    const std::vector<AttributeRow> range{
        {"min", -6.0}, {"max", 6.0}, {"num_bits", std::int64_t{8}}, {"narrow_range", false}};
    const std::vector<AttributeRow> width{{"num_bits", std::int64_t{8}}, {"narrow_range", false}};
    const auto slope = [](std::string_view type, std::string_view name, std::vector<InputRow> inputs) {
        return OpRow{
            type, name, "dx = g within the range", "The way back through numbers rounded to steps.", std::move(inputs),
            {}};
    };
    OpRow argsBack = slope("FakeQuantWithMinMaxArgsGradient", "quantization.fake_quant_with_min_max_args_gradient",
                           {{"gradients", Unregistered}, {"inputs", Unregistered}});
    argsBack.attributes = range;
    argsBack.forward = byAttributesGradient;
    const std::vector<InputRow> four{
        {"gradients", Unregistered}, {"inputs", Unregistered}, {"min", Unregistered}, {"max", Unregistered}};
    OpRow varsBack =
        slope("FakeQuantWithMinMaxVarsGradient", "quantization.fake_quant_with_min_max_vars_gradient", four);
    varsBack.forward = byInputsGradient<false>;
    OpRow channelsBack = slope("FakeQuantWithMinMaxVarsPerChannelGradient",
                               "quantization.fake_quant_with_min_max_vars_per_channel_gradient", four);
    channelsBack.forward = byInputsGradient<true>;
    for (OpRow* row : {&varsBack, &channelsBack}) {
        row->attributes = width;
        row->outputs = "backprops_wrt_input backprop_wrt_min backprop_wrt_max";
    }
    return {
        {"FakeQuantWithMinMaxArgs",
         "quantization.fake_quant_with_min_max_args",
         "y = x in steps of a range",
         "Rounded to the steps of a fixed range; gradients pass within it.",
         {{"inputs", Kinked}},
         range,
         byAttributes,
         byAttributesBack},
        argsBack,
        {"FakeQuantWithMinMaxVars",
         "quantization.fake_quant_with_min_max_vars",
         "y = x in steps of a range",
         "Rounded to the steps of a range that is learned: what lies beyond an end is that end's gradient.",
         {{"inputs", Kinked}, {"min", Kinked}, {"max", Kinked}},
         width,
         byInputs<false>,
         byInputsBack<false>},
        varsBack,
        {"FakeQuantWithMinMaxVarsPerChannel",
         "quantization.fake_quant_with_min_max_vars_per_channel",
         "y = x in steps of a range for each channel",
         "The same with a range for each index of the last axis.",
         {{"inputs", Kinked}, {"min", Kinked}, {"max", Kinked}},
         width,
         byInputs<true>,
         byInputsBack<true>},
        channelsBack,
    };
}

}  // namespace tapescope::rows
