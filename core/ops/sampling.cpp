// SPDX-License-Identifier: Apache-2.0
// Random choices: classes, orders, and numbers of distributions that need an unknown count of draws. All is computed in
// double; each number that is drawn has counters of its own, so that none depends on how many draws another took.
#include <unsupported/Eigen/SpecialFunctions>

#include <cmath>

#include "core/base/convert.h"
#include "core/ops/loops.h"
#include "core/ops/moving.h"
#include "core/ops/random.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

constexpr std::uint64_t blocksReserved = 256;  // for each number

std::vector<double> doubles(const Tensor& tensor) {
    const Tensor wide = converted(tensor, DType::Float64);
    const auto values = wide.as<double>();
    return {values.begin(), values.end()};
}

NoiseStream streamFor(Philox generator, std::size_t output, std::uint64_t blocks = blocksReserved) {
    generator.skip(blocks * output);
    return NoiseStream(generator);
}

// ---- orders

/// random_shuffle_op.h: word i says with which of the rest place i changes.
std::vector<std::int64_t> permutation(Philox generator, std::int64_t count) {
    std::vector<std::int64_t> places(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::int64_t>(i);
    Philox::Block block{};
    for (std::size_t i = 0; i + 1 < places.size(); ++i) {
        if (i % block.size() == 0) block = generator.block();
        std::swap(places[i], places[i + block[i % block.size()] % (places.size() - i)]);
    }
    return places;
}

Tensors shuffled(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    if (shape.empty() || in[0].count() == 0) return {in[0]};
    const auto places = permutation(generatorOf(attributes), shape[0]);
    const auto width = static_cast<std::size_t>(in[0].count() / shape[0]);
    return {byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto from = in[0].as<T>();
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto begin = from.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(places[i]) * width);
            std::copy_n(begin, width, result.values.begin() + static_cast<std::ptrdiff_t>(i * width));
        }
        return std::move(result).done(in[0].dtype());
    })};
}

// ---- classes

/// multinomial_op.cc: by the running sums of the exponentials. TensorFlow cuts large problems by its number of threads
/// and gives each part numbers of its own; this is what it does with one thread.
Tensors categorical(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    const auto samples = std::get<std::int64_t>(attributes[3]);
    if (shape.size() != 2) {
        refuse(row, "logits should be a matrix, got shape " + kernelText(shape));
    }
    if (samples < 0) refuse(row, "num_samples should be non-negative, got " + std::to_string(samples));
    if (shape[1] <= 0) refuse(row, "num_classes should be positive, got " + std::to_string(shape[1]));
    const auto logits = doubles(in[0]);
    const auto classes = static_cast<std::size_t>(shape[1]);
    Filling<std::int64_t> result({shape[0], samples});
    Philox generator = generatorOf(attributes);
    Philox::Block block{};
    std::size_t drawn = 0;
    std::vector<double> sums(classes);
    for (std::size_t begin = 0; begin < logits.size(); begin += classes) {
        double top = std::numeric_limits<float>::lowest();
        for (std::size_t i = 0; i < classes; ++i) {
            if (std::isfinite(logits[begin + i])) top = std::max(top, logits[begin + i]);
        }
        double total = 0;
        for (std::size_t i = 0; i < classes; ++i) {
            if (std::isfinite(logits[begin + i])) total += std::exp(logits[begin + i] - top);
            sums[i] = total;
        }
        for (std::int64_t sample = 0; sample < samples; ++sample) {
            if (drawn % 2 == 0) block = generator.block();
            const std::size_t at = drawn % 2 * 2;
            const double place = unitInterval(block[at], block[at + 1]) * total;
            result.values[drawn++] = std::upper_bound(sums.begin(), sums.end(), place) - sums.begin();
        }
    }
    return {converted(std::move(result).done(), std::get<DType>(attributes[4]))};
}

// ---- gamma

/// Marsaglia and Tsang (2000), as random_op.cc has it.
double gammaNumber(NoiseStream noise, double alpha) {
    if (alpha == 1.0) return -std::log1p(-noise.uniform());
    const bool small = alpha < 1.0;
    const double d = alpha + (small ? 2.0 / 3 : -1.0 / 3);
    const double c = 1.0 / 3 / std::sqrt(d);
    for (;;) {
        const double x = noise.normal();
        double v = 1 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        const double u = noise.uniform();
        if (u < 1 - 0.0331 * (x * x) * (x * x) || std::log(u) < 0.5 * x * x + d * (1 - v + std::log(v))) {
            return small ? d * v * std::pow(noise.uniform(), 1 / alpha) : d * v;
        }
    }
}

/// Samples of each of the parameters: [samples, parameters]. `draw(output, parameter)` gives a number.
template <class Draw>
Tensor samplesOf(const Shape& shape, std::size_t parameters, DType dtype, Draw draw) {
    Filling<double> result(shape);
    const std::size_t samples = parameters == 0 ? 0 : result.values.size() / parameters;
    for (std::size_t p = 0; p < parameters; ++p) {
        for (std::size_t s = 0; s < samples; ++s) result.values[s * parameters + p] = draw(p * samples + s, p);
    }
    return converted(std::move(result).done(), dtype);
}

Tensor gammaNumbers(const Shape& shape, const Tensor& alphas, const Attributes& attributes) {
    const auto parameters = doubles(alphas);
    const Philox generator = generatorOf(attributes);
    return samplesOf(shape, parameters.size(), alphas.dtype(), [&](std::size_t output, std::size_t p) {
        return gammaNumber(streamFor(generator, output), parameters[p]);
    });
}

const Shape& askedShape(const OpRow& row, const Attributes& attributes) {
    const auto& shape = std::get<Shape>(attributes[3]);
    requireSizes(row, shape);
    return shape;
}

Tensors gammaSamples(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {gammaNumbers(joined(askedShape(row, attributes), in[0].shape()), in[0], attributes)};
}

/// The stateless one says the whole shape, which must end in that of alpha.
const Shape& wholeShape(const OpRow& row, const Attributes& attributes, const Shape& parameters) {
    const Shape& shape = askedShape(row, attributes);
    const auto common = broadcast(parameters, shape);
    if (!common || *common != shape) {
        refuse(row, "Shape passed in must end with broadcasted shape.");
    }
    return shape;
}

Tensors keyedGammaSamples(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {gammaNumbers(wholeShape(row, attributes, in[0].shape()), in[0], attributes)};
}

struct SampleSlope {
    template <class T>
    T operator()(T alpha, T sample) const {
        return Eigen::numext::gamma_sample_der_alpha(alpha, sample);
    }
};

Tensors sampleSlope(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs wide) {
        return std::vector{pairsOf<T, T>(wide[0], wide[1], commonShape(row, wide[0], wide[1]), SampleSlope{})};
    });
}

/// Figurnov, Mohamed and Mnih (2018): how a sample moves with alpha at the same place of the distribution.
Operands gammaSamplesBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const Operand slope = run.run("RandomGammaGrad", {op.inputs[0], op.outputs[0]});
    const Operand moved = run.run("Mul", {g[0], slope});
    return {reducedTo(run, moved, op.inputs[0].value.shape())};
}

// ---- counts

/// Few: as products of uniform numbers (Knuth); many: transformed rejection (Hörmann, 1993), as random_poisson_op.cc.
double poissonNumber(NoiseStream noise, double rate) {
    if (rate < 10) {
        const double limit = std::exp(-rate);
        double product = 1;
        for (double count = 0;; ++count) {
            product *= noise.uniform();
            if (product <= limit) return count;
        }
    }
    if (std::isinf(rate)) return rate;
    const double b = 0.931 + 2.53 * std::sqrt(rate);
    const double a = -0.059 + 0.02483 * b;
    const double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    for (;;) {
        const double u = noise.uniform() - 0.5;
        const double v = noise.uniform();
        const double shifted = 0.5 - std::abs(u);
        const double k = std::floor((2 * a / shifted + b) * u + rate + 0.43);
        if (shifted >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
        if (k < 0 || (shifted < 0.013 && v > shifted)) continue;
        const double s = std::log(v * inverseAlpha / (a / (shifted * shifted) + b));
        if (s <= -rate + k * std::log(rate) - std::lgamma(k + 1)) return k;
    }
}

Tensor poissonNumbers(const Shape& shape, const Tensor& rates, const Attributes& attributes) {
    const auto parameters = doubles(rates);
    const Philox generator = generatorOf(attributes);
    const DType dtype = std::get<DType>(attributes[4]);
    return samplesOf(shape, parameters.size(), dtype, [&](std::size_t output, std::size_t p) {
        return poissonNumber(streamFor(generator, output), parameters[p]);
    });
}

Tensors poissonSamples(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {poissonNumbers(joined(askedShape(row, attributes), in[0].shape()), in[0], attributes)};
}

Tensors keyedPoissonSamples(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {poissonNumbers(wholeShape(row, attributes, in[0].shape()), in[0], attributes)};
}

/// The rest of Stirling's series for ln k!.
double stirlingRest(double k) {
    constexpr double first[] = {0.0810614667953272,  0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
                                0.0166446911898211,  0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
                                0.00925546218271273, 0.00833056343336287};
    if (k <= 9) return first[static_cast<int>(k)];
    const double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

/// Sums of geometric distances between hits.
double fewHits(NoiseStream noise, double count, double probability) {
    const double slope = std::log1p(-probability);
    double sum = 0;
    for (double hits = 0;; ++hits) {
        sum += std::ceil(std::log(noise.uniform()) / slope);
        if (!(sum <= count)) return hits;
    }
}

/// Transformed rejection (BTRS; Hörmann, 1993).
double manyHits(NoiseStream noise, double count, double p) {
    const double deviation = std::sqrt(count * p * (1 - p));
    const double b = 1.15 + 2.53 * deviation;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double c = count * p + 0.5;
    const double r = p / (1 - p);
    const double alpha = (2.83 + 5.1 / b) * deviation;
    const double m = std::floor((count + 1) * p);
    for (;;) {
        const double u = noise.uniform() - 0.5;
        double v = noise.uniform();
        const double shifted = 0.5 - std::abs(u);
        const double k = std::floor((2 * a / shifted + b) * u + c);
        if (shifted >= 0.07 && v <= 0.92 - 4.2 / b) return k;
        if (k < 0 || k > count) continue;
        v = std::log(v * alpha / (a / (shifted * shifted) + b));
        const double limit = (m + 0.5) * std::log((m + 1) / (r * (count - m + 1))) +
                             (count + 1) * std::log((count - m + 1) / (count - k + 1)) +
                             (k + 0.5) * std::log(r * (count - k + 1) / (k + 1)) + stirlingRest(m) +
                             stirlingRest(count - m) - stirlingRest(k) - stirlingRest(count - k);
        if (v <= limit) return k;
    }
}

double binomialNumber(Philox generator, std::size_t output, double count, double probability) {
    constexpr std::uint64_t blocksOfFew = 42;
    if (!(count * probability >= 10)) return fewHits(streamFor(generator, output, blocksOfFew), count, probability);
    return manyHits(streamFor(generator, output), count, probability);
}

Tensors keyedBinomialSamples(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const Shape common = commonShape(row, in[0], in[1]);
    const Shape& shape = wholeShape(row, attributes, common);
    const auto counts = doubles(stretched(in[0], common));
    const auto probabilities = doubles(stretched(in[1], common));
    const bool single = in[1].dtype() != DType::Float64;
    const Philox generator = generatorOf(attributes);
    return {samplesOf(shape, counts.size(), std::get<DType>(attributes[4]), [&](std::size_t output, std::size_t p) {
        const double count = counts[p];
        const double probability = probabilities[p];
        if (!(probability > 0.5)) return binomialNumber(generator, output, count, probability);
        const double rest = single ? static_cast<double>(1.0F - static_cast<float>(probability)) : 1 - probability;
        return count - binomialNumber(generator, output, count, rest);
    })};
}

}  // namespace

std::vector<OpRow> sampling() {
    const AttributeRow shape{"shape", Shape{}};
    const AttributeRow samples{"num_samples", std::int64_t{0}};
    const char* const order = "y = rows of x in a random order";
    const char* const choice = "P(y = k) = softmax(logits)ₖ";
    const char* const gamma = "y ~ Γ(α, 1)";
    const char* const gammaDoc = "Random numbers of a gamma distribution; they move with α at their place in it.";
    const char* const count = "y ~ Poisson(rate)";
    return {
        {"RandomShuffle", "", order, "Rows in a random order.", {{"value", Severed}}, withSeeds({}), shuffled},
        {"StatelessShuffle", "", order, "Rows in a random order.", {{"value", Unregistered}}, withKey({}), shuffled},
        {"Multinomial",
         "",
         choice,
         "Random classes, by the logarithms of their probabilities.",
         {{"logits", Severed}},
         withSeeds({samples, {"output_dtype", DType::Int64}}),
         categorical},
        {"StatelessMultinomial",
         "",
         choice,
         "Random classes, by the logarithms of their probabilities.",
         {{"logits", Severed}},
         withKey({samples, {"output_dtype", DType::Int64}}),
         categorical},
        {"RandomGamma", "", gamma, gammaDoc, {{"alpha", Kinked}}, withSeeds({shape}), gammaSamples, gammaSamplesBack},
        {"StatelessRandomGammaV3",
         "",
         gamma,
         gammaDoc,
         {{"alpha", Kinked}},
         withKey({shape}),
         keyedGammaSamples,
         gammaSamplesBack},
        {"RandomGammaGrad",
         "",
         "∂y/∂α",
         "How a random number of a gamma distribution moves with α.",
         {{"alpha", Unregistered}, {"sample", Unregistered}},
         {},
         sampleSlope},
        {"RandomPoissonV2",
         "",
         count,
         "Random counts.",
         {{"rate", Unregistered}},
         withSeeds({shape, {"dtype", DType::Int64}}),
         poissonSamples},
        {"StatelessRandomPoisson",
         "",
         count,
         "Random counts.",
         {{"lam", Severed}},
         withKey({shape, {"dtype", DType::Int32}}),
         keyedPoissonSamples},
        {"StatelessRandomBinomial",
         "",
         "y ~ B(counts, probs)",
         "How often something happens.",
         {{"counts", Severed}, {"probs", Severed}},
         withKey({shape, {"dtype", DType::Int32}}),
         keyedBinomialSamples},
    };
}

}  // namespace tapescope::rows
