// SPDX-License-Identifier: Apache-2.0
// Totals of floats in the order in which TensorFlow's kernels (Eigen's reducers) join them, so that they have the same
// digits: four packets of numbers side by side, what is left one after the other, and halves of what is long. Included
// by core/ops/*.cpp only.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "core/ops/loops.h"

namespace tapescope::kernel {

/// In what a T is added up: bfloat16 in float, a half in itself.
template <class T>
using Added = std::conditional_t<std::is_same_v<T, Eigen::bfloat16>, float, T>;
template <class A>
inline constexpr std::size_t packetOf = sizeof(A) == 8 ? 4 : 8;
template <class A>
inline constexpr std::int64_t leafOf = sizeof(A) > 2                    ? 1024
                                       : std::is_same_v<A, Eigen::half> ? 200
                                                                        : 128;

template <class Reducer, class A>
TS_INLINE A joined(A a, A b) {
    return static_cast<A>(Reducer::join(static_cast<Wide<A>>(a), static_cast<Wide<A>>(b)));
}
template <class Reducer, class A, class T>
TS_INLINE A liftedTo(T x) {
    return static_cast<A>(Reducer::lift(static_cast<Wide<A>>(static_cast<Wide<T>>(x))));
}

template <class Reducer, class A, class T, std::size_t N>
TS_INLINE void intoPackets(const T* x, std::int64_t rounds, std::array<A, N>& lanes) {
    auto totals = lanes;  // in registers
    for (; rounds > 0; --rounds, x += N) {
        for (std::size_t lane = 0; lane < N; ++lane)
            totals[lane] = joined<Reducer>(totals[lane], liftedTo<Reducer, A>(x[lane]));
    }
    lanes = totals;
}
template <class Reducer, class A, class T, std::size_t N>
TS_WIDE void intoPacketsWide(const T* x, std::int64_t rounds, std::array<A, N>& lanes) {
    intoPackets<Reducer>(x, rounds, lanes);
}

/// Four packets become one, whose numbers are joined by halves.
template <class Reducer, class A>
A ofPacket(std::array<A, packetOf<A>> packet) {
    std::array<Wide<A>, packetOf<A>> wide;
    std::ranges::copy(packet, wide.begin());
    for (std::size_t half = packetOf<A> / 2; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane)
            wide[lane] = static_cast<Wide<A>>(Reducer::join(wide[lane], wide[lane + half]));
    }
    return static_cast<A>(wide[0]);
}

/// Of neighbours, the first of which is number `first` of the tensor: Eigen's InnerMostDimReducer.
template <class Reducer, class A, class T>
A totalOf(const T* x, std::int64_t count, std::int64_t first = 0) {
    constexpr auto packet = static_cast<std::int64_t>(packetOf<A>);
    const A start = Reducer::template start<Wide<A>>() == Wide<A>(0) ? A(0) : A(1);
    if (count > packet * leafOf<A>) {
        const std::int64_t split = (first + (count + 1) / 2 + packet - 1) / packet * packet;
        const std::int64_t left = std::min(split - first, count);
        const A total = joined<Reducer>(start, totalOf<Reducer, A>(x, left, first));
        return joined<Reducer>(total, totalOf<Reducer, A>(x + left, count - left, first + left));
    }
    std::array<A, 4 * packetOf<A>> lanes;
    lanes.fill(start);
    if constexpr (std::is_floating_point_v<T>) {
        intoPacketsWide<Reducer>(x, count / (4 * packet), lanes);
    } else {
        intoPackets<Reducer>(x, count / (4 * packet), lanes);
    }
    std::array<A, packetOf<A>> one;
    for (std::size_t lane = 0; lane < one.size(); ++lane) {
        one[lane] = lanes[lane];
        for (std::size_t i = 1; i < 4; ++i) one[lane] = joined<Reducer>(one[lane], lanes[i * one.size() + lane]);
    }
    std::int64_t i = count / (4 * packet) * (4 * packet);
    intoPackets<Reducer>(x + i, (count - i) / packet, one);
    A rest = start;
    for (i = count / packet * packet; i < count; ++i) rest = joined<Reducer>(rest, liftedTo<Reducer, A>(x[i]));
    return joined<Reducer>(rest, ofPacket<Reducer>(one));
}

/// Of numbers that are `stride` apart, one after the other.
template <class Reducer, class A, class T>
A apartTotal(const T* x, std::int64_t count, std::int64_t stride, A total) {
    for (std::int64_t i = 0; i < count; ++i, x += stride) total = joined<Reducer>(total, liftedTo<Reducer, A>(*x));
    return total;
}

template <class Reducer, class A, class T>
TS_INLINE void intoRow(const T* x, std::int64_t columns, A* totals) {
    for (std::int64_t k = 0; k < columns; ++k) totals[k] = joined<Reducer>(totals[k], liftedTo<Reducer, A>(x[k]));
}
template <class Reducer, class A, class T>
TS_WIDE void intoRowWide(const T* x, std::int64_t columns, A* totals) {
    intoRow<Reducer>(x, columns, totals);
}

/// Each column of [rows, columns]: Eigen's InnerMostDimPreserver, which has four totals of each where there are many
/// rows.
template <class Reducer, class A, class T>
std::vector<A> columnTotals(const T* x, std::int64_t rows, std::int64_t columns, bool fourfold, A start) {
    const std::int64_t folds = fourfold ? 4 : 1;
    std::vector<A> totals(static_cast<std::size_t>(folds * columns), start);
    const auto add = [&](std::int64_t row, std::int64_t fold) {
        if constexpr (std::is_floating_point_v<T>) {
            intoRowWide<Reducer>(x + row * columns, columns, totals.data() + fold * columns);
        } else {
            intoRow<Reducer>(x + row * columns, columns, totals.data() + fold * columns);
        }
    };
    const std::int64_t whole = rows / folds * folds;
    for (std::int64_t row = 0; row < whole; ++row) add(row, row % folds);
    for (std::int64_t fold = 1; fold < folds; ++fold) {
        for (std::int64_t k = 0; k < columns; ++k) {
            A& total = totals[static_cast<std::size_t>(k)];
            total = joined<Reducer>(total, totals[static_cast<std::size_t>(fold * columns + k)]);
        }
    }
    for (std::int64_t row = whole; row < rows; ++row) add(row, 0);
    totals.resize(static_cast<std::size_t>(columns));
    return totals;
}

/// The results of [outer, rows, inner] over the rows. Packets of neighbouring results have four totals each; a packet
/// that ends in another place of `outer`, or behind the last result, is made number by number.
template <class Reducer, class A, class T>
std::vector<A> middleTotals(const T* x, std::int64_t outer, std::int64_t rows, std::int64_t inner, A start) {
    constexpr auto packet = static_cast<std::int64_t>(packetOf<A>);
    constexpr std::int64_t many = 16;
    std::vector<A> totals;
    totals.reserve(static_cast<std::size_t>(outer * inner));
    for (std::int64_t i = 0; i < outer; ++i, x += rows * inner) {
        const std::vector<A> columns = columnTotals<Reducer, A>(x, rows, inner, rows >= many, start);
        for (std::int64_t k = 0; k < inner; ++k) {
            const std::int64_t block = (i * inner + k) / packet * packet;
            const bool together = block + packet <= outer * inner && block / inner == (block + packet - 1) / inner;
            totals.push_back(rows < many || together ? columns[static_cast<std::size_t>(k)]
                                                     : apartTotal<Reducer, A>(x + k, rows, inner, start));
        }
    }
    return totals;
}

}  // namespace tapescope::kernel
