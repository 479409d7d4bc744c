// SPDX-License-Identifier: Apache-2.0
#include "core/ops/level.h"

#include <cstdlib>

namespace tapescope::kernel {

#ifdef TS_LEVELS
namespace avx2 {
void single(const float* a, const float* b, float* c, const ProductSizes& sizes);
void twofold(const double* a, const double* b, double* c, const ProductSizes& sizes);
}  // namespace avx2
namespace avx512 {
void single(const float* a, const float* b, float* c, const ProductSizes& sizes);
void twofold(const double* a, const double* b, double* c, const ProductSizes& sizes);
}  // namespace avx512

namespace {
struct LevelRow {
    Level level;
    bool (*has)();
};
const LevelRow levels[] = {
    {{"avx512", avx512::single, avx512::twofold},
     [] {
         return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
                __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0;
     }},
    {{"avx2", avx2::single, avx2::twofold},
     [] { return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0; }},
};

const Level* chosen() {
    const char* asked = std::getenv("TAPESCOPE_LEVEL");
    for (const LevelRow& row : levels) {
        if (row.has() && (asked == nullptr || row.level.name == asked)) return &row.level;
    }
    return nullptr;
}
}  // namespace

const Level* level() {
    static const Level* const one = chosen();
    return one;
}
#else
const Level* level() {
    return nullptr;
}
#endif

}  // namespace tapescope::kernel
