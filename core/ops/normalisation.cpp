// SPDX-License-Identifier: Apache-2.0
// Biases, the normalisation of batches, and the normalisation over neighbouring channels.
#include "core/ops/normalisation.h"

#include <cmath>

#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;
using normalisation::Batch;
using normalisation::batchOf;

// ---- biases

std::size_t channelOf(const Shape& shape, const std::string& format) {
    return format == "NCHW" && shape.size() > 2 ? 1 : shape.size() - 1;
}

Tensors addBias(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const Shape& shape = in[0].shape();
    const Shape& bias = in[1].shape();
    if (shape.size() < 2) refuse(row, "Input tensor must be at least 2D: " + kernelText(shape));
    if (bias.size() != 1) refuse(row, "Biases must be 1D: " + kernelText(bias));
    const std::size_t channel = channelOf(shape, std::get<std::string>(attributes[0]));
    if (bias[0] != shape[channel])
        refuse(row, "Must provide as many biases as the last dimension of the input tensor: " + kernelText(bias) +
                        " vs. " + kernelText(shape));
    const Batch batch = batchOf(shape, std::get<std::string>(attributes[0]));
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto x = in[0].as<T>();
        const auto b = in[1].as<T>();
        for (std::int64_t o = 0; o < batch.outer; ++o) {
            for (std::int64_t c = 0; c < batch.channels; ++c) {
                for (std::int64_t i = 0; i < batch.inner; ++i) {
                    const std::size_t at = batch.place(o, c, i);
                    result.values[at] = static_cast<T>(x[at] + b[static_cast<std::size_t>(c)]);
                }
            }
        }
        return std::move(result).done();
    })};
}

Tensors biasGradient(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Batch batch = batchOf(in[0].shape(), std::get<std::string>(attributes[0]));
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result({batch.channels});
        std::ranges::fill(result.values, T(0));
        const auto g = x[0].as<T>();
        for (std::int64_t o = 0; o < batch.outer; ++o) {
            for (std::int64_t c = 0; c < batch.channels; ++c) {
                for (std::int64_t i = 0; i < batch.inner; ++i)
                    result.values[static_cast<std::size_t>(c)] += g[batch.place(o, c, i)];
            }
        }
        return Tensors{std::move(result).done()};
    });
}

Operands addBiasBack(Runner& run, const Executed& op, Gradients g) {
    return {g[0], op.wanted[1] ? run.run("BiasAddGrad", {g[0]}, op.attributes) : Operand{}};
}

Operands biasGradientBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& shape = op.inputs[0].value.shape();
    Shape column(shape.size(), 1);
    const std::size_t channel = channelOf(shape, std::get<std::string>(op.attributes[0]));
    column[channel] = shape[channel];
    return {run.run("BroadcastTo", {run.run("Reshape", {g[0]}, {column})}, {shape})};
}

// ---- batches

/// Mean and biased variance of each channel.
template <class T>
std::pair<std::vector<T>, std::vector<T>> momentsOf(std::span<const T> x, const Batch& batch) {
    const auto channels = static_cast<std::size_t>(batch.channels);
    std::vector<T> mean(channels, T(0));
    std::vector<T> variance(channels, T(0));
    const T count = static_cast<T>(std::max<std::int64_t>(1, batch.perChannel()));
    const auto forEach = [&](auto&& f) {
        for (std::int64_t o = 0; o < batch.outer; ++o) {
            for (std::int64_t c = 0; c < batch.channels; ++c) {
                for (std::int64_t i = 0; i < batch.inner; ++i) f(static_cast<std::size_t>(c), x[batch.place(o, c, i)]);
            }
        }
    };
    forEach([&](std::size_t c, T value) { mean[c] += value; });
    for (T& one : mean) one /= count;
    forEach([&](std::size_t c, T value) { variance[c] += (value - mean[c]) * (value - mean[c]); });
    for (T& one : variance) one /= count;
    return {mean, variance};
}

void checkBatch(const OpRow& row, Inputs in, const std::string& format) {
    const std::string name = "__MklNativeFusedBatchNormV3";
    const Shape& shape = in[0].shape();
    const std::size_t rank = format.size();
    if (shape.size() != rank)
        refuse(row, "input must be " + std::to_string(rank) + "-dimensional" + kernelText(shape), name);
    const std::int64_t channels = batchOf(shape, format).channels;
    constexpr const char* names[] = {"", "scale", "offset"};
    for (std::size_t i = 1; i < 3; ++i) {
        const Shape& one = in[i].shape();
        if (one.size() != 1) refuse(row, std::string(names[i]) + " must be 1-dimensional" + kernelText(one), name);
        if (one[0] != channels)
            refuse(row,
                   std::string(names[i]) + " must have the same number of elements as the channels of x, got " +
                       std::to_string(one[0]) + " and " + std::to_string(channels),
                   name);
    }
}

template <class T>
std::vector<T> valuesOf(const Tensor& tensor) {
    return {tensor.as<T>().begin(), tensor.as<T>().end()};
}

template <class T>
Tensor vectorOf(const std::vector<T>& values) {
    return Tensor::of<T>({static_cast<std::int64_t>(values.size())}, values);
}

/// What training tells of a channel: batch_mean and batch_variance mixed with the running ones, the variance with
/// Bessel's correction; then mean and variance as the way back uses them.
template <class T>
Tensors statistics(Inputs x, const std::vector<T>& mean, const std::vector<T>& variance, const Batch& batch,
                   double factor) {
    const double count = static_cast<double>(batch.perChannel());
    const T correction = static_cast<T>(count / std::max(1.0, count - 1));
    std::vector<T> toldMean = mean;
    std::vector<T> toldVariance = variance;
    for (std::size_t c = 0; c < mean.size(); ++c) {
        toldVariance[c] *= correction;
        if (factor == 1.0) continue;
        const T keep = static_cast<T>(1 - factor);
        const T take = static_cast<T>(factor);
        toldMean[c] = keep * x[3].as<T>()[c] + take * toldMean[c];
        toldVariance[c] = keep * x[4].as<T>()[c] + take * toldVariance[c];
    }
    return {vectorOf(toldMean), vectorOf(toldVariance), vectorOf(mean), vectorOf(variance)};
}

Tensors normalise(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto& format = std::get<std::string>(attributes[2]);
    checkBatch(row, in, format);
    const Batch batch = batchOf(in[0].shape(), format);
    const bool training = std::get<bool>(attributes[3]);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        const auto values = x[0].as<T>();
        std::vector<T> mean;
        std::vector<T> variance;
        if (training) {
            std::tie(mean, variance) = momentsOf<T>(values, batch);
        } else {
            mean = valuesOf<T>(x[3]);
            variance = valuesOf<T>(x[4]);
        }
        Filling<T> result(x[0].shape());
        const T epsilon = static_cast<T>(std::get<double>(attributes[0]));
        for (std::int64_t c = 0; c < batch.channels; ++c) {
            const auto channel = static_cast<std::size_t>(c);
            const T scale = x[1].as<T>()[channel] / std::sqrt(variance[channel] + epsilon);
            const T offset = x[2].as<T>()[channel];
            for (std::int64_t o = 0; o < batch.outer; ++o) {
                for (std::int64_t i = 0; i < batch.inner; ++i) {
                    const std::size_t at = batch.place(o, c, i);
                    result.values[at] = (values[at] - mean[channel]) * scale + offset;
                }
            }
        }
        Tensors outputs{std::move(result).done()};
        const auto told = training ? statistics<T>(x, mean, variance, batch, std::get<double>(attributes[1]))
                                   : Tensors{x[3], x[4], x[3], x[4]};
        outputs.insert(outputs.end(), told.begin(), told.end());
        outputs.push_back(vectorOf(std::vector<T>{}));
        return outputs;
    });
}

/// dx = s·r·(g − mean(g) − r²·mean(g·xc)·xc) in training (xc = x − mean, r = 1 / √(variance + ε)), s·r·g else.
Tensors normaliseGradient(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Batch batch = batchOf(in[1].shape(), std::get<std::string>(attributes[2]));
    const bool training = std::get<bool>(attributes[3]);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs v) {
        const auto g = v[0].as<T>();
        const auto x = v[1].as<T>();
        Filling<T> dx(v[1].shape());
        Filling<T> dscale({batch.channels});
        Filling<T> doffset({batch.channels});
        const T epsilon = static_cast<T>(std::get<double>(attributes[0]));
        const T count = static_cast<T>(std::max<std::int64_t>(1, batch.perChannel()));
        // In training the moments are those of x itself; the reserve spaces hold them too.
        const auto [means, variances] =
            training ? momentsOf<T>(x, batch) : std::pair(valuesOf<T>(v[3]), valuesOf<T>(v[4]));
        for (std::int64_t c = 0; c < batch.channels; ++c) {
            const auto channel = static_cast<std::size_t>(c);
            const T mean = means[channel];
            const T r = T(1) / std::sqrt(variances[channel] + epsilon);
            const auto forEach = [&](auto&& f) {
                for (std::int64_t o = 0; o < batch.outer; ++o) {
                    for (std::int64_t i = 0; i < batch.inner; ++i) f(batch.place(o, c, i));
                }
            };
            T total(0);
            T product(0);
            forEach([&](std::size_t at) {
                total += g[at];
                product += g[at] * (x[at] - mean);
            });
            const T scale = v[2].as<T>()[channel] * r;
            const T slope = training ? r * r * product / count : T(0);
            const T level = training ? total / count : T(0);
            forEach([&](std::size_t at) { dx.values[at] = scale * (g[at] - level - slope * (x[at] - mean)); });
            dscale.values[channel] = product * r;
            doffset.values[channel] = total;
        }
        const Tensor none = vectorOf(std::vector<T>{});
        return Tensors{std::move(dx).done(), std::move(dscale).done(), std::move(doffset).done(), none, none};
    });
}

Operands normaliseBack(Runner& run, const Executed& op, Gradients g) {
    const bool training = std::get<bool>(op.attributes[3]);
    const Operand& mean = training ? op.outputs[3] : op.inputs[3];
    const Operand& variance = training ? op.outputs[4] : op.inputs[4];
    if (!g[0]) return Operands(5);
    const auto back =
        run.runAll("FusedBatchNormGradV3", {g[0], op.inputs[0], op.inputs[1], mean, variance}, op.attributes);
    return {back[0], back[1], back[2], Operand{}, Operand{}};
}

// ---- neighbouring channels

struct Neighbourhood {
    std::int64_t radius;
    double bias, alpha, beta;

    explicit Neighbourhood(const Attributes& attributes)
        : radius(std::get<std::int64_t>(attributes[0])),
          bias(std::get<double>(attributes[1])),
          alpha(std::get<double>(attributes[2])),
          beta(std::get<double>(attributes[3])) {}

    /// Calls f(pixel's first place, channel, first and last neighbour).
    template <class F>
    void forEach(const Shape& shape, F&& f) const {
        const std::int64_t depth = shape.back();
        const std::int64_t pixels = depth == 0 ? 0 : elementCount(shape) / depth;
        for (std::int64_t p = 0; p < pixels; ++p) {
            for (std::int64_t c = 0; c < depth; ++c)
                f(p * depth, c, std::max<std::int64_t>(0, c - radius), std::min(depth - 1, c + radius));
        }
    }

    /// bias + α·Σ x² of the neighbours.
    template <class T>
    std::vector<T> norms(std::span<const T> x, const Shape& shape) const {
        std::vector<T> result(x.size());
        forEach(shape, [&](std::int64_t first, std::int64_t c, std::int64_t from, std::int64_t to) {
            T sum(0);
            for (std::int64_t n = from; n <= to; ++n) {
                const T value = x[static_cast<std::size_t>(first + n)];
                sum += value * value;
            }
            result[static_cast<std::size_t>(first + c)] = static_cast<T>(bias) + static_cast<T>(alpha) * sum;
        });
        return result;
    }
};

Tensors localResponse(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (in[0].shape().size() != 4) refuse(row, "in must be 4-dimensional");
    const Neighbourhood near(attributes);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        const auto values = x[0].as<T>();
        const auto norms = near.norms<T>(values, x[0].shape());
        Filling<T> result(x[0].shape());
        for (std::size_t i = 0; i < values.size(); ++i)
            result.values[i] = values[i] * std::pow(norms[i], static_cast<T>(-near.beta));
        return Tensors{std::move(result).done()};
    });
}

/// From g and x: dxⱼ = gⱼ·nⱼ^−β − 2αβ·xⱼ·Σᵢ gᵢ·yᵢ / nᵢ over the i whose neighbour j is.
Tensors localResponseGradient(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Neighbourhood near(attributes);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs v) {
        const auto g = v[0].as<T>();
        const auto x = v[1].as<T>();
        const auto y = v[2].as<T>();
        const auto norms = near.norms<T>(x, v[1].shape());
        Filling<T> result(v[1].shape());
        const T factor = static_cast<T>(-2 * near.alpha * near.beta);
        near.forEach(v[1].shape(), [&](std::int64_t first, std::int64_t c, std::int64_t from, std::int64_t to) {
            const auto at = static_cast<std::size_t>(first + c);
            T sum(0);
            for (std::int64_t n = from; n <= to; ++n) {
                const auto i = static_cast<std::size_t>(first + n);
                T slope = factor * x[at] * y[i] / norms[i];
                if (i == at) slope += std::pow(norms[i], static_cast<T>(-near.beta));
                sum += slope * g[i];
            }
            result.values[at] = sum;
        });
        return Tensors{std::move(result).done()};
    });
}

Operands localResponseBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("LRNGrad", {g[0], op.inputs[0], op.outputs[0]}, op.attributes)};
}

std::vector<AttributeRow> neighbours() {
    return {{"depth_radius", std::int64_t{5}}, {"bias", 1.0}, {"alpha", 1.0}, {"beta", 0.5}};
}

std::vector<OpRow> biases() {
    const AttributeRow format{"data_format", std::string("NHWC")};
    return {
        {"BiasAdd",
         "",
         "y = x + b, for each channel",
         "Adds a number to all values of a channel.",
         {{"value"}, {"bias"}},
         {format},
         addBias,
         addBiasBack},
        {"BiasAddGrad",
         "",
         "db = Σ g, for each channel",
         "The way back to biases.",
         {{"out_backprop"}},
         {format},
         biasGradient,
         biasGradientBack},
    };
}
}  // namespace

std::vector<OpRow> normalisation() {
    auto rows = biases();
    rows.push_back({"FusedBatchNormV3",
                    "",
                    "y = γ·(x − µ) / √(σ² + ε) + β, for each channel",
                    "Brings each channel of a batch to mean β and deviation γ.",
                    {{"x"}, {"scale"}, {"offset"}, {"mean", Severed}, {"variance", Severed}},
                    normalisation::attributeRows(),
                    normalise,
                    normaliseBack,
                    nullptr,
                    "y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3"});
    rows.push_back({"FusedBatchNormGradV3",
                    "",
                    "dx = γ·r·(g − mean g − r²·mean(g·(x − µ))·(x − µ)), r = 1/√(σ² + ε)",
                    "The way back through the normalisation of a batch.",
                    {{"y_backprop"}, {"x"}, {"scale"}, {"reserve_space_1", Severed}, {"reserve_space_2", Severed}},
                    normalisation::attributeRows(),
                    normaliseGradient,
                    normalisation::gradientBack,
                    nullptr,
                    "x_backprop scale_backprop offset_backprop reserve_space_4 reserve_space_5"});
    rows.push_back({"LRN",
                    "",
                    "yⱼ = xⱼ / (k + α Σ xᵢ²)^β, i near j",
                    "Divides by a norm of the neighbouring channels.",
                    {{"input"}},
                    neighbours(),
                    localResponse,
                    localResponseBack});
    rows.push_back({"LRNGrad",
                    "",
                    "dxⱼ = gⱼ/nⱼ^β − 2αβ·xⱼ Σᵢ gᵢ·yᵢ/nᵢ",
                    "The way back through the norm of the neighbouring channels.",
                    {{"input_grads", Unregistered}, {"input_image", Unregistered}, {"output_image", Unregistered}},
                    neighbours(),
                    localResponseGradient});
    return rows;
}

}  // namespace tapescope::rows
