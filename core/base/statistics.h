// SPDX-License-Identifier: Apache-2.0
// What can be said of many numbers in one pass.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

namespace tapescope {

/// Of the finite numbers, but for the last two.
struct Moments {
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    double sum = 0, squares = 0;
    std::int64_t finite = 0, zeros = 0, nans = 0, infinities = 0;

    void take(double x);
    void take(const Moments& others);
};

/// The same for many: sums are of sixteen lanes, whatever the processor, so that digits are too.
Moments momentsOf(std::span<const float> numbers);

/// How many of the finite numbers lie in each of sixteen equal parts from `minimum` to `maximum`.
using Bins = std::array<std::uint32_t, 16>;
Bins binsOf(std::span<const double> numbers, double minimum, double maximum);

/// Whether one of them is not a number.
bool anyNan(std::span<const float> numbers);

/// Σ (b − a)², in one go or part by part, with the same digits as long as all parts but the last hold a multiple of
/// sixteen numbers.
class SquaredDistance {
public:
    /// As many of one as of the other.
    void take(std::span<const float> a, std::span<const float> b);
    double total() const;

private:
    std::array<double, 16> sums_{};
    double rest_ = 0;
};

}  // namespace tapescope
