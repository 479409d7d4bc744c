// SPDX-License-Identifier: Apache-2.0
#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/wide.h"

namespace tapescope {

namespace {
constexpr std::size_t lanes = 16;
constexpr std::size_t chunk = 4096;
using Floats = float __attribute__((vector_size(lanes * sizeof(float))));
using Integers = std::int32_t __attribute__((vector_size(lanes * sizeof(std::int32_t))));
using Doubles = double __attribute__((vector_size(lanes * sizeof(double))));

template <class V>
double total(const V& vector) {
    double sum = 0;
    for (std::size_t i = 0; i < lanes; ++i) sum += static_cast<double>(vector[i]);
    return sum;
}

/// Whole vectors of a chunk; `finite` is false where some number is not.
TS_WIDE Moments wideMoments(const float* numbers, std::size_t count, bool& finite) {
    Floats low{}, high{};
    std::memcpy(&low, numbers, sizeof low);
    high = low;
    Doubles sum{}, squares{};
    Integers zeros{}, odd{};
    for (std::size_t i = 0; i < count; i += lanes) {
        Floats x;
        std::memcpy(&x, numbers + i, sizeof x);
        low = x < low ? x : low;
        high = x > high ? x : high;
        zeros -= x == 0;
        odd |= (x - x) != 0;  // infinities and NaN
        const Doubles wide = __builtin_convertvector(x, Doubles);
        sum += wide;
        squares += wide * wide;
    }
    Moments result;
    finite = total(odd) == 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        result.minimum = std::min(result.minimum, static_cast<double>(low[i]));
        result.maximum = std::max(result.maximum, static_cast<double>(high[i]));
    }
    result.sum = total(sum);
    result.squares = total(squares);
    result.zeros = static_cast<std::int64_t>(total(zeros));
    result.finite = static_cast<std::int64_t>(count);
    return result;
}

TS_WIDE void wideDistance(const float* a, const float* b, std::size_t count, double* sums) {
    Doubles sum;
    std::memcpy(&sum, sums, sizeof sum);
    for (std::size_t i = 0; i < count; i += lanes) {
        Floats x, y;
        std::memcpy(&x, a + i, sizeof x);
        std::memcpy(&y, b + i, sizeof y);
        const Doubles gap = __builtin_convertvector(y, Doubles) - __builtin_convertvector(x, Doubles);
        sum += gap * gap;
    }
    std::memcpy(sums, &sum, sizeof sum);
}

/// Whole vectors of a chunk.
TS_WIDE bool wideNan(const float* numbers, std::size_t count) {
    Integers odd{};
    for (std::size_t i = 0; i < count; i += lanes) {
        Floats x;
        std::memcpy(&x, numbers + i, sizeof x);
        odd |= x != x;
    }
    return total(odd) != 0;
}

/// The bin of each number, and one past the last for what is not finite.
TS_WIDE void findPlaces(const double* numbers, std::size_t count, double begin, double scale, std::int32_t* places) {
    constexpr auto bins = static_cast<double>(Bins().size());
    for (std::size_t i = 0; i < count; ++i) {
        const double x = numbers[i];
        double place = (x / 2 - begin) * scale;
        place = place > 0 ? place : 0;
        place = place < bins - 1 ? place : bins - 1;
        places[i] = static_cast<std::int32_t>(x - x == 0 ? place : bins);
    }
}
}  // namespace

Bins binsOf(std::span<const double> numbers, double minimum, double maximum) {
    // Halves first: the difference of two finite numbers can be infinite.
    double scale = static_cast<double>(Bins().size()) / (maximum / 2 - minimum / 2);
    if (!std::isfinite(scale)) scale = 0;
    // In turns, so that equal numbers do not wait for each other.
    std::array<std::array<std::uint32_t, Bins().size() + 1>, 4> turns{};
    std::array<std::int32_t, 512> places{};
    for (; !numbers.empty(); numbers = numbers.subspan(std::min(places.size(), numbers.size()))) {
        const std::size_t count = std::min(places.size(), numbers.size());
        findPlaces(numbers.data(), count, minimum / 2, scale, places.data());
        for (std::size_t i = 0; i < count; ++i) ++turns[i % turns.size()][static_cast<std::size_t>(places[i])];
    }
    Bins bins{};
    for (const auto& turn : turns) {
        for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += turn[i];
    }
    return bins;
}

void Moments::take(double x) {
    if (std::isnan(x)) {
        ++nans;
    } else if (std::isinf(x)) {
        ++infinities;
    } else {
        minimum = std::min(minimum, x);
        maximum = std::max(maximum, x);
        sum += x;
        squares += x * x;
        ++finite;
        if (x == 0) ++zeros;
    }
}

void Moments::take(const Moments& others) {
    minimum = std::min(minimum, others.minimum);
    maximum = std::max(maximum, others.maximum);
    sum += others.sum;
    squares += others.squares;
    finite += others.finite;
    zeros += others.zeros;
    nans += others.nans;
    infinities += others.infinities;
}

Moments momentsOf(std::span<const float> numbers) {
    Moments result;
    while (!numbers.empty()) {
        const auto part = numbers.first(std::min(chunk, numbers.size()));
        numbers = numbers.subspan(part.size());
        const std::size_t whole = part.size() / lanes * lanes;
        bool finite = true;
        const Moments wide = whole == 0 ? Moments{} : wideMoments(part.data(), whole, finite);
        if (finite) result.take(wide);
        for (const float x : part.subspan(finite ? whole : 0)) result.take(static_cast<double>(x));
    }
    return result;
}

bool anyNan(std::span<const float> numbers) {
    const std::size_t whole = numbers.size() / lanes * lanes;
    if (whole > 0 && wideNan(numbers.data(), whole)) return true;
    return std::ranges::any_of(numbers.subspan(whole), [](float x) { return std::isnan(x); });
}

void SquaredDistance::take(std::span<const float> a, std::span<const float> b) {
    static_assert(std::tuple_size_v<decltype(sums_)> == lanes);
    const std::size_t whole = a.size() / lanes * lanes;
    wideDistance(a.data(), b.data(), whole, sums_.data());
    for (std::size_t i = whole; i < a.size(); ++i) {
        const double gap = static_cast<double>(b[i]) - static_cast<double>(a[i]);
        rest_ += gap * gap;
    }
}

double SquaredDistance::total() const {
    return tapescope::total(sums_) + rest_;
}

}  // namespace tapescope
