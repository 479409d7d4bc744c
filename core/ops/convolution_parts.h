// SPDX-License-Identifier: Apache-2.0
// What sums of convolutions are made of: patches of the picture as the rows of a matrix, in parts that stay small.
// Included by their files only.
#pragma once

#include <memory>
#include <vector>

#include "core/ops/convolution_sums.h"
#include "core/ops/level.h"

namespace tapescope::convolution {

using namespace kernel;

/// One product of a convolution: outputs [from, to) of a picture and a group of channels.
struct Part {
    std::int64_t picture, group, from, to;
};

/// Its first row, inner() × groupOut(); outDepth from row to row.
template <class P>
P* filterOf(const Sizes& sizes, P* filter, const Part& part) {
    return filter + part.group * sizes.groupOut();
}

/// Its first row, outputs × groupOut(); outDepth from row to row.
template <class P>
P* outputOf(const Sizes& sizes, P* output, const Part& part) {
    return output + (part.picture * sizes.windows.outputs() + part.from) * sizes.outDepth +
           part.group * sizes.groupOut();
}

/// Where the channels of this group begin in a picture.
inline std::int64_t offsetOf(const Sizes& sizes, const Part& part) {
    return part.picture * sizes.windows.inputs() * sizes.depth + part.group * sizes.groupDepth();
}

struct Range {
    std::int64_t from, to;
};

/// In parts whose patches stay small: these rows of so many numbers for each picture and group, so many at least.
template <class F>
void forEachPart(const Sizes& sizes, Range pictures, Range rows, std::int64_t numbers, std::int64_t least, F&& f) {
    constexpr std::int64_t patchNumbers = std::int64_t{1} << 20;
    const std::int64_t fits = patchNumbers / std::max<std::int64_t>(1, numbers * least);
    const std::int64_t step = std::max<std::int64_t>(1, fits) * least;
    for (std::int64_t picture = pictures.from; picture < pictures.to; ++picture) {
        for (std::int64_t group = 0; group < sizes.groups; ++group) {
            for (std::int64_t from = rows.from; from < rows.to; from += step)
                f(Part{picture, group, from, std::min(from + step, rows.to)});
        }
    }
}

inline Range allPictures(const Sizes& sizes) {
    return {0, sizes.windows.batch};
}

template <class T>
std::unique_ptr<T[]> room(std::int64_t count) {
    return std::make_unique_for_overwrite<T[]>(static_cast<std::size_t>(count));
}

/// Where a tap stands in a sum.
using Places = std::vector<std::int64_t>;

/// Outputs × inner, the taps at their places.
template <class T>
std::unique_ptr<T[]> patches(const Sizes& sizes, const Part& part, const T* pictures, const Places& places) {
    const std::int64_t depth = sizes.groupDepth();
    auto result = room<T>((part.to - part.from) * sizes.inner());
    const T* picture = pictures + offsetOf(sizes, part);
    forEachTap(sizes.windows, part.from, part.to, [&](std::int64_t at, std::int64_t from, std::int64_t tap) {
        T* target = result.get() + (at - part.from) * sizes.inner() + places[static_cast<std::size_t>(tap)] * depth;
        if (from < 0) {
            std::fill_n(target, depth, T(0));
        } else {
            std::copy_n(picture + from * sizes.depth, depth, target);
        }
    });
    return result;
}

inline Places inOrder(const Windows& windows) {
    Places places(static_cast<std::size_t>(windows.taps()));
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::int64_t>(i);
    return places;
}

}  // namespace tapescope::convolution
