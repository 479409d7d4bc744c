// SPDX-License-Identifier: Apache-2.0
// Reducers: what an element is lifted to, the neutral element, how two become one, and what becomes of the last.
// Included by core/ops/*.cpp only.
#pragma once

#include <cmath>
#include <limits>

#include "core/ops/loops.h"

namespace tapescope::kernel {

struct Summing {
    template <class T>
    using Total = Modular<T>;
    template <class W>
    static W start() {
        return W(0);
    }
    static auto lift(auto x) { return x; }
    static auto join(auto a, auto b) { return a + b; }
    template <class T, class W>
    static T finish(W total, std::int64_t) {
        return static_cast<T>(total);
    }
};
struct Multiplying : Summing {
    template <class W>
    static W start() {
        return W(1);
    }
    static auto join(auto a, auto b) { return a * b; }
};
struct Averaging : Summing {
    /// Integers do not wrap on the way to their mean.
    template <class T>
    struct TotalOf {
        using type = Wide<T>;
    };
    template <std::integral T>
    struct TotalOf<T> {
        using type = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    };
    template <class T>
    using Total = typename TotalOf<T>::type;
    template <class T, class W>
    static T finish(W total, std::int64_t count) {
        if constexpr (std::is_integral_v<T>) {
            return count == 0 ? T(0) : static_cast<T>(total / static_cast<W>(count));
        } else {
            return static_cast<T>(total / amount<W>(count));
        }
    }
};
struct Measuring : Summing {
    template <class W>
    static W lift(W x) {
        if constexpr (std::is_integral_v<W> || std::is_floating_point_v<W>) {
            return x * x;
        } else {
            return x * std::conj(x);
        }
    }
    template <class T, class W>
    static T finish(W total, std::int64_t) {
        if constexpr (std::is_integral_v<T>) {
            return static_cast<T>(std::sqrt(static_cast<double>(static_cast<T>(total))));
        } else {
            return static_cast<T>(std::sqrt(total));
        }
    }
};
struct Largest : Summing {
    template <class T>
    using Total = Wide<T>;
    template <class W>
    static W start() {
        return std::numeric_limits<W>::has_infinity ? -std::numeric_limits<W>::infinity()
                                                    : std::numeric_limits<W>::lowest();
    }
    template <class W>
    static W join(W a, W b) {
        return b > a || b != b ? b : a;
    }
};
struct Smallest : Summing {
    template <class T>
    using Total = Wide<T>;
    template <class W>
    static W start() {
        return std::numeric_limits<W>::has_infinity ? std::numeric_limits<W>::infinity()
                                                    : std::numeric_limits<W>::max();
    }
    template <class W>
    static W join(W a, W b) {
        return b < a || b != b ? b : a;
    }
};
struct Anywhere : Summing {
    static bool join(bool a, bool b) { return a || b; }
};
struct Everywhere : Summing {
    template <class W>
    static W start() {
        return true;
    }
    static bool join(bool a, bool b) { return a && b; }
};

}  // namespace tapescope::kernel
