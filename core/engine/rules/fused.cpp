// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rules/fused.h"

#include <cmath>

#include "core/base/wide.h"

namespace tapescope::rules {

namespace {
bool alike(const Tensor& one, const Tensor& variable) {
    return one.dtype() == DType::Float32 && one.shape() == variable.shape();
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
    descend(w.as<float>().data(), in.gradient.as<float>().data(), newW.values.data(), alpha, newW.values.size());
    return RuleResult{std::move(newW).done(), {}};
}

std::optional<RuleResult> fusedAdam(const RuleInput& in, const AdamNumbers& numbers) {
    const Tensor &m = in.slots.at("momentum"), &v = in.slots.at("velocity"), &w = in.variable;
    if (in.rows != nullptr || !alike(w, w) || !alike(in.gradient, w) || !alike(m, w) || !alike(v, w))
        return std::nullopt;
    Filling<float> newW(w.shape()), newM(w.shape()), newV(w.shape());
    adam({w.as<float>().data(), in.gradient.as<float>().data(), m.as<float>().data(), v.as<float>().data(),
          newW.values.data(), newM.values.data(), newV.values.data()},
         numbers, newW.values.size());
    RuleResult result{std::move(newW).done(), {}};
    result.slots.emplace("momentum", std::move(newM).done());
    result.slots.emplace("velocity", std::move(newV).done());
    return result;
}

}  // namespace tapescope::rules
