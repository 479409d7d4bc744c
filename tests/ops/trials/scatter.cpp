// SPDX-License-Identifier: Apache-2.0
// Parts put where integers say.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> scatterTrials() {
    const std::pair<std::size_t, Tensor> places{1, indices({2, 1}, {3, 1})};
    return {
        {"ScatterNd", {{3, 1}, {3, 2}}, {Shape{4, 2}}, -2, 2, {{0, indices({3, 1}, {3, 0, 3})}}},
        {"SparseToDense",
         {{2, 2}, {2}, {}},
         {Shape{3, 3}, true},
         -2,
         2,
         {{0, Tensor::of<std::int64_t>({2, 2}, std::vector<std::int64_t>{0, 1, 2, 0})}}},
        {"TensorScatterUpdate", {{4, 2}, {2, 1}, {2, 2}}, {}, -2, 2, {places}},
        {"TensorScatterAdd", {{4, 2}, {2, 1}, {2, 2}}, {}, -2, 2, {places}},
        {"TensorScatterSub", {{4, 2}, {2, 1}, {2, 2}}, {}, -2, 2, {places}},
        {"TensorScatterMax", {{4, 2}, {2, 1}, {2, 2}}, {}, -2, 2, {places}},
        {"TensorScatterMin", {{4, 2}, {2, 1}, {2, 2}}, {}, -2, 2, {places}},
    };
}

}  // namespace tapescope::testing
