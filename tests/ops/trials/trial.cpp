// SPDX-License-Identifier: Apache-2.0
#include "tests/ops/trials/trial.h"

#include <algorithm>
#include <iterator>

namespace tapescope::testing {

const std::vector<Trial>& trials() {
    static const std::vector<Trial> all = [] {
        std::vector<Trial> joined;
        for (const auto family :
             {arithmeticTrials, pointwiseTrials, activationTrials, networkTrials, reductionTrials, linearTrials,
              shapingTrials, joiningTrials, paddingTrials, slicingTrials, gatherTrials, scatterTrials, indexingTrials,
              blocksTrials, imageTrials, sourceTrials, blockingTrials, functionTrials, complexTrials, rowTrials})
            std::ranges::move(family(), std::back_inserter(joined));
        return joined;
    }();
    return all;
}

Tensor indices(Shape shape, const std::vector<std::int32_t>& values) {
    return Tensor::of<std::int32_t>(std::move(shape), values);
}

Tensor complexNumbers(Shape shape, const std::vector<std::complex<double>>& values) {
    return Tensor::of<std::complex<double>>(std::move(shape), values);
}

Tensor condition(Shape shape, const std::vector<int>& values) {
    Filling<bool> filling(std::move(shape));
    std::ranges::transform(values, filling.values.begin(), [](int value) { return value != 0; });
    return std::move(filling).done();
}

}  // namespace tapescope::testing
