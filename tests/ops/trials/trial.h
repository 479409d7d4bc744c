// SPDX-License-Identifier: Apache-2.0
// What a row is differentiated at, against finite differences: the tables of trials, one for each family of rows.
#pragma once

#include <complex>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/ops/op.h"

namespace tapescope::testing {

/// A row with inputs that it can be differentiated at.
struct Trial {
    const char* op;
    std::vector<Shape> inputs;
    Attributes attributes = {};
    double low = -2, high = 2;  ///< of the input values, which are random float64 numbers
    /// Inputs that are not: conditions, indices; or values that must be these.
    std::vector<std::pair<std::size_t, Tensor>> given = {};
    /// How many outputs, from the first, get a gradient: where TensorFlow passes none back from the others.
    std::size_t seeded = SIZE_MAX;
    bool symmetric = false;  ///< matrices that are moved along symmetric directions only
    double step = 1e-5;  ///< of the differences; large for rows that are linear and round to float32
};

/// All trials, in the order of the families.
const std::vector<Trial>& trials();

// A family each. Every smooth or kinked row needs at least one.
std::vector<Trial> arithmeticTrials();
std::vector<Trial> pointwiseTrials();
std::vector<Trial> activationTrials();
std::vector<Trial> networkTrials();
std::vector<Trial> reductionTrials();
std::vector<Trial> linearTrials();
std::vector<Trial> shapingTrials();
std::vector<Trial> joiningTrials();
std::vector<Trial> paddingTrials();
std::vector<Trial> slicingTrials();
std::vector<Trial> gatherTrials();
std::vector<Trial> scatterTrials();
std::vector<Trial> indexingTrials();
std::vector<Trial> blocksTrials();
std::vector<Trial> imageTrials();
std::vector<Trial> sourceTrials();
std::vector<Trial> blockingTrials();
std::vector<Trial> functionTrials();  ///< trigonometric and special functions
std::vector<Trial> complexTrials();
std::vector<Trial> rowTrials();  ///< running totals, orders, segments

/// int32 indices for `given`.
Tensor indices(Shape shape, const std::vector<std::int32_t>& values);
/// Complex numbers for `given`.
Tensor complexNumbers(Shape shape, const std::vector<std::complex<double>>& values);
/// A condition for `given`: 1 is true.
Tensor condition(Shape shape, const std::vector<int>& values);

}  // namespace tapescope::testing
