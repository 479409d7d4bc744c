// SPDX-License-Identifier: Apache-2.0
// Random numbers. An operation comes in two kinds: with two seeds, whose generator moves on from call to call (`skip`
// blocks so far), and stateless, with a key and a counter. Both start the same generator.
#include "core/ops/random.h"
#include "core/ops/moving.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

std::uint64_t bitsOf(const AttributeValue& number) {
    return static_cast<std::uint64_t>(std::get<std::int64_t>(number));
}

const Shape& shapeOf(const OpRow& row, const Attributes& attributes) {
    const auto& shape = std::get<Shape>(attributes[3]);
    requireSizes(row, shape);
    return shape;
}

/// shape, dtype -> numbers of a distribution of floats.
template <class Fill>
Tensors floats(const OpRow& row, const Attributes& attributes, Fill fill) {
    return {floating(row, std::get<DType>(attributes[4]), [&]<class T>() {
        Filling<T> result(shapeOf(row, attributes));
        fill(generatorOf(attributes), std::span<T>(result.values.data(), result.values.size()));
        return std::move(result).done();
    })};
}

Tensors uniform(const OpRow& row, Inputs, const Attributes& attributes) {
    return floats(row, attributes, []<class T>(Philox generator, std::span<T> to) { fillUniform<T>(generator, to); });
}

Tensors normal(const OpRow& row, Inputs, const Attributes& attributes) {
    return floats(row, attributes, []<class T>(Philox generator, std::span<T> to) { fillNormal<T>(generator, to); });
}

Tensors truncatedNormal(const OpRow& row, Inputs, const Attributes& attributes) {
    return floats(row, attributes,
                  []<class T>(Philox generator, std::span<T> to) { fillTruncatedNormal<T>(generator, to); });
}

/// All bits of integers of a dtype.
template <class T>
Tensor bits(const Shape& shape, const Attributes& attributes, DType dtype) {
    Filling<T> result(shape);
    fillBits<T>(generatorOf(attributes), {result.values.data(), result.values.size()});
    return std::move(result).done(dtype);
}

Tensors fullIntegers(const OpRow& row, Inputs, const Attributes& attributes) {
    const DType dtype = std::get<DType>(attributes[4]);
    const Shape& shape = shapeOf(row, attributes);
    return {tapescope::row(dtype).size == 8 ? bits<std::uint64_t>(shape, attributes, dtype)
                                            : bits<std::uint32_t>(shape, attributes, dtype)};
}

/// In [minval, maxval), by a remainder. T: the unsigned integer of the size of the dtype.
template <class T>
Tensor integersBetween(const OpRow& row, Inputs in, const Attributes& attributes) {
    using Signed = std::make_signed_t<T>;
    const auto low = in[0].as<Signed>()[0];
    const auto high = in[1].as<Signed>()[0];
    Filling<T> result(shapeOf(row, attributes));
    if (low >= high && !result.values.empty()) {
        refuse(row, "Need minval < maxval, got " + std::to_string(low) + " >= " + std::to_string(high));
    }
    fillBits<T>(generatorOf(attributes), {result.values.data(), result.values.size()});
    const T range = static_cast<T>(static_cast<T>(high) - static_cast<T>(low));
    for (T& number : result.values) number = static_cast<T>(static_cast<T>(low) + number % range);
    return std::move(result).done(in[0].dtype());
}

Tensors uniformIntegers(const OpRow& row, Inputs in, const Attributes& attributes) {
    for (std::size_t i = 0; i < 2; ++i) {
        if (in[i].shape().empty()) continue;
        refuse(row, std::string(i == 0 ? "minval" : "maxval") + " must be 0-D, got shape " + kernelText(in[i].shape()));
    }
    requireSameDType(row, in);
    if (in[0].dtype() == DType::Int64) return {integersBetween<std::uint64_t>(row, in, attributes)};
    if (in[0].dtype() == DType::Int32) return {integersBetween<std::uint32_t>(row, in, attributes)};
    refuseDType(row, in[0].dtype());
}

std::vector<AttributeRow> joined(std::vector<AttributeRow> first, std::initializer_list<AttributeRow> more) {
    first.insert(first.end(), more);
    return first;
}
}  // namespace

std::vector<AttributeRow> withSeeds(std::initializer_list<AttributeRow> more) {
    return joined({{"seed", std::int64_t{0}}, {"seed2", std::int64_t{0}}, {"skip", std::int64_t{0}}}, more);
}

std::vector<AttributeRow> withKey(std::initializer_list<AttributeRow> more) {
    return joined({{"key", std::int64_t{0}}, {"counter", std::int64_t{0}}, {"skip", std::int64_t{0}}}, more);
}

Philox generatorOf(const Attributes& attributes) {
    return Philox(bitsOf(attributes[0]), bitsOf(attributes[1]), bitsOf(attributes[2]));
}

std::vector<OpRow> randomNumbers() {
    const AttributeRow shape{"shape", Shape{}};
    const AttributeRow dtype{"dtype", DType::Float32};
    const std::vector<InputRow> bounds{{"minval", Severed}, {"maxval", Severed}};
    const char* const one = "y ~ N(0, 1)";
    const char* const cut = "y ~ N(0, 1) within (-2, 2)";
    const char* const unit = "y ~ U[0, 1)";
    const char* const between = "y ~ U{minval, …, maxval - 1}";
    const char* const normals = "Standard normal random numbers.";
    const char* const cuts = "Standard normal random numbers, drawn again beyond two standard deviations.";
    const char* const units = "Uniform random numbers.";
    const char* const wholes = "Uniform random integers below a limit.";
    return {
        {"RandomStandardNormal", "", one, normals, {}, withSeeds({shape, dtype}), normal},
        {"RandomUniform", "", unit, units, {}, withSeeds({shape, dtype}), uniform},
        {"RandomUniformInt", "", between, wholes, bounds, withSeeds({shape}), uniformIntegers},
        {"TruncatedNormal", "", cut, cuts, {}, withSeeds({shape, dtype}), truncatedNormal},
        {"StatelessRandomNormalV2", "", one, normals, {}, withKey({shape, dtype}), normal},
        {"StatelessRandomUniformV2", "", unit, units, {}, withKey({shape, dtype}), uniform},
        {"StatelessRandomUniformIntV2", "", between, wholes, bounds, withKey({shape}), uniformIntegers},
        {"StatelessRandomUniformFullIntV2",
         "",
         "y ~ all integers",
         "Uniform random integers of all that the dtype has.",
         {},
         withKey({shape, {"dtype", DType::UInt64}}),
         fullIntegers},
        {"StatelessTruncatedNormalV2", "", cut, cuts, {}, withKey({shape, dtype}), truncatedNormal},
    };
}

}  // namespace tapescope::rows
