// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rules/fused.h"

#include <algorithm>
#include <cmath>

#include "core/base/statistics.h"
#include "core/base/wide.h"

namespace tapescope::rules {

namespace {
bool alike(const Tensor& one, const Tensor& variable) {
    return one.dtype() == DType::Float32 && one.shape() == variable.shape();
}

/// Does the pass part by part and measures each while it is in the cache: the distance from w to newW.
template <class Pass>
std::optional<double> inParts(const RuleInput& in, std::span<const float> newW, Pass pass) {
    constexpr std::size_t part = 2048;
    if (!in.measured) {
        pass(0, newW.size());
        return std::nullopt;
    }
    const auto w = in.variable.as<float>();
    SquaredDistance squares;
    for (std::size_t begin = 0; begin < newW.size(); begin += part) {
        const std::size_t count = std::min(part, newW.size() - begin);
        pass(begin, count);
        squares.take(w.subspan(begin, count), newW.subspan(begin, count));
    }
    return std::sqrt(squares.total());
}

TS_WIDE void descend(const float* __restrict__ w, const float* __restrict__ g, float* __restrict__ newW, float alpha,
                     std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) newW[i] = w[i] - g[i] * alpha;
}

struct AdamArrays {
    const float* __restrict__ w;
    const float* __restrict__ g;
    const float* __restrict__ m;
    const float* __restrict__ v;
    float* __restrict__ newW;
    float* __restrict__ newM;
    float* __restrict__ newV;
};

TS_WIDE void adam(AdamArrays at, AdamNumbers numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const float g = at.g[i];
        const float m = at.m[i] + (g - at.m[i]) * numbers.rest1;
        const float v = at.v[i] + (g * g - at.v[i]) * numbers.rest2;
        at.newM[i] = m;
        at.newV[i] = v;
        at.newW[i] = at.w[i] - (m * numbers.alpha) / (std::sqrt(v) + numbers.epsilon);
    }
}
}  // namespace

std::optional<RuleResult> fusedDescent(const RuleInput& in, float alpha) {
    const Tensor& w = in.variable;
    if (in.rows != nullptr || !alike(w, w) || !alike(in.gradient, w)) return std::nullopt;
    Filling<float> newW(w.shape());
    const float *old = w.as<float>().data(), *g = in.gradient.as<float>().data();
    float* to = newW.values.data();
    const auto change = inParts(in, newW.values, [&](std::size_t begin, std::size_t count) {
        descend(old + begin, g + begin, to + begin, alpha, count);
    });
    return RuleResult{std::move(newW).done(), {}, change};
}

std::optional<RuleResult> fusedAdam(const RuleInput& in, const AdamNumbers& numbers) {
    const Tensor &m = in.slots.at("momentum"), &v = in.slots.at("velocity"), &w = in.variable;
    if (in.rows != nullptr || !alike(w, w) || !alike(in.gradient, w) || !alike(m, w) || !alike(v, w))
        return std::nullopt;
    Filling<float> newW(w.shape()), newM(w.shape()), newV(w.shape());
    const AdamArrays all{w.as<float>().data(), in.gradient.as<float>().data(),
                         m.as<float>().data(), v.as<float>().data(),
                         newW.values.data(),   newM.values.data(),
                         newV.values.data()};
    const auto change = inParts(in, newW.values, [&](std::size_t at, std::size_t count) {
        adam({all.w + at, all.g + at, all.m + at, all.v + at, all.newW + at, all.newM + at, all.newV + at}, numbers,
             count);
    });
    RuleResult result{std::move(newW).done(), {}, change};
    result.slots.emplace("momentum", std::move(newM).done());
    result.slots.emplace("velocity", std::move(newV).done());
    return result;
}

}  // namespace tapescope::rules
