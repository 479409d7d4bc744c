// SPDX-License-Identifier: Apache-2.0
#include "core/ops/level.h"

#include <algorithm>
#include <cstdlib>

namespace tapescope::kernel {

// What level_product.cpp, level_sums.cpp, level_map.cpp and level_softmax.cpp define in each of their forms.
#define TS_LEVEL_FUNCTIONS(level)                                                                             \
    namespace level {                                                                                         \
    void single(const float* a, const float* b, float* c, const ProductSizes& sizes);                         \
    void twofold(const double* a, const double* b, double* c, const ProductSizes& sizes);                     \
    void singleMap(MapKind kind, const float* x, float* y, std::int64_t count);                               \
    void twofoldMap(MapKind kind, const double* x, double* y, std::int64_t count);                            \
    void softmax(const float* x, float* y, std::int64_t rows, std::int64_t columns);                          \
    void singlePair(PairKind kind, const PairOperands<float>& operands, float* z, std::int64_t count);        \
    void twofoldPair(PairKind kind, const PairOperands<double>& operands, double* z, std::int64_t count);     \
    constexpr Level row = {#level, single, twofold, singleMap, twofoldMap, softmax, singlePair, twofoldPair}; \
    }
TS_LEVEL_FUNCTIONS(plain)
TS_LEVEL_FUNCTIONS(avx2)
TS_LEVEL_FUNCTIONS(avx512)
#undef TS_LEVEL_FUNCTIONS

const std::vector<Level>& levels() {
    static const std::vector<Level> all = [] {
        std::vector<Level> found;
#ifdef TS_LEVELS
        if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
            __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0)
            found.push_back(avx512::row);
        if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) found.push_back(avx2::row);
#endif
        found.push_back(plain::row);
        return found;
    }();
    return all;
}

const Level& chosenLevel() {
    static const Level& chosen = []() -> const Level& {
        const char* asked = std::getenv("TAPESCOPE_LEVEL");
        const auto named = std::ranges::find(levels(), std::string_view(asked == nullptr ? "" : asked), &Level::name);
        return named == levels().end() ? levels().front() : *named;
    }();
    return chosen;
}

const Level& levelFor(const ProductSizes& sizes) {
    return sizes.rows * sizes.inner * sizes.columns < smallProduct ? levels().back() : chosenLevel();
}

const Level& levelFor(std::int64_t numbers) {
    return numbers < smallMap ? levels().back() : chosenLevel();
}

#ifdef TS_LEVELS
namespace avx {
void singleQr(const float* a, std::int64_t rows, std::int64_t columns, bool full, float* q, float* r);
void twofoldQr(const double* a, std::int64_t rows, std::int64_t columns, bool full, double* q, double* r);
}  // namespace avx

bool decomposed(const float* a, std::int64_t rows, std::int64_t columns, bool full, float* q, float* r) {
    if (__builtin_cpu_supports("avx") == 0) return false;
    avx::singleQr(a, rows, columns, full, q, r);
    return true;
}
bool decomposed(const double* a, std::int64_t rows, std::int64_t columns, bool full, double* q, double* r) {
    if (__builtin_cpu_supports("avx") == 0) return false;
    avx::twofoldQr(a, rows, columns, full, q, r);
    return true;
}
#else
bool decomposed(const float*, std::int64_t, std::int64_t, bool, float*, float*) {
    return false;
}
bool decomposed(const double*, std::int64_t, std::int64_t, bool, double*, double*) {
    return false;
}
#endif

}  // namespace tapescope::kernel
