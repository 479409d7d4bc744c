// SPDX-License-Identifier: Apache-2.0
// What rows are made of that only move elements about: the same code for every dtype, by the size of its elements.
// Included by core/ops/*.cpp only.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ops/kernel.h"

namespace tapescope::kernel {

/// Elements between neighbours along each axis, row-major.
std::vector<std::int64_t> stridesOf(const Shape& shape);

/// Calls f(at) for each position of the shape, in row-major order.
template <class F>
void eachPosition(const Shape& shape, F&& f) {
    Shape at(shape.size(), 0);
    for (std::int64_t n = elementCount(shape); n > 0; --n) {
        f(at);
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            if (++at[axis] < shape[axis]) break;
            at[axis] = 0;
        }
    }
}

/// Element i of the result is element from[i] of the input, or zero where from[i] is negative.
Tensor picked(const OpRow& row, const Tensor& input, const Shape& shape, const std::vector<std::int64_t>& from);

/// The same for runs of `run` elements that lie side by side: run i of the result is run from[i] of the input.
Tensor pickedRuns(const OpRow& row, const Tensor& input, const Shape& shape, const std::vector<std::int64_t>& from,
                  std::int64_t run);

/// Elements of the input go to to[i] of a copy of `base`; later ones overwrite.
Tensor placed(const OpRow& row, const Tensor& base, const Tensor& input, const std::vector<std::int64_t>& to,
              std::int64_t run);

/// A tensor of zeros; of empty strings.
Tensor zerosOf(const OpRow& row, DType dtype, const Shape& shape);

/// Element i of an integer tensor, exactly.
std::int64_t integerAt(const Tensor& tensor, std::int64_t i);
/// All elements of an integer tensor, exactly.
std::vector<std::int64_t> integersOf(const Tensor& tensor);
/// A tensor of int32 or int64.
Tensor integers(DType dtype, Shape shape, const std::vector<std::int64_t>& values);

/// An operand of integers that a pullback needs.
Operand vectorOf(Runner& runner, const std::vector<std::int64_t>& values, DType dtype = DType::Int32);

/// The axis from 0, where it lies in [-rank, rank).
std::int64_t fromZero(std::int64_t axis, std::size_t rank);

/// A shape that a script asks for has no negative sizes: "Dimension -1 must be >= 0".
void requireSizes(const OpRow& row, const Shape& shape);

/// Parts of a shape.
Shape sub(const Shape& shape, std::size_t begin, std::size_t end);
Shape joined(Shape a, const Shape& b);

}  // namespace tapescope::kernel
