// SPDX-License-Identifier: Apache-2.0
// The way back from a convolution to its filter, summed as oneDNN does it (jit_avx512_common_convolution).
#include "core/ops/convolution_parts.h"

namespace tapescope::convolution {

namespace {
/// How two threads, which TensorFlow has on the machines of its recordings, share the work: by pictures, or by blocks
/// of 16 channels (jit_avx512_common_conv_kernel, balance). Costs are those of memory and of computing.
bool sharesPictures(const Sizes& sizes) {
    const auto& [z, y, x] = sizes.windows.axes;
    const std::int64_t pictures = sizes.windows.batch, block = std::min<std::int64_t>(16, sizes.groupDepth());
    const std::int64_t blocksIn = (sizes.groupDepth() + 15) / 16, blocksOut = (sizes.groupOut() + 15) / 16;
    if (pictures * z.out < 2 || sizes.groups != 1) return false;
    if (sizes.windows.taps() == 1) return pictures > 1 && blocksIn * blocksOut == 1;
    const auto half = [](std::int64_t number, bool halved) { return halved ? (number + 1) / 2 : number; };
    const auto memory = [&](bool byPicture, bool byOut, bool byIn) {
        const std::int64_t in = half(blocksIn, byIn) * block, out = half(blocksOut, byOut) * 16;
        return half(pictures, byPicture) * in * sizes.windows.inputs() / z.stride / y.stride / x.stride +
               half(pictures, byPicture) * out * sizes.windows.outputs() + 8 * in * out * sizes.windows.taps();
    };
    const auto computing = [&](bool byPicture, bool byOut, bool byIn) {
        return half(pictures, byPicture) * half(blocksOut, byOut) * half(blocksIn, byIn);
    };
    struct Way {
        bool byPicture, byOut, byIn;
    };
    std::vector<Way> ways = {{false, false, blocksIn > 1}};
    if (blocksOut > 1) ways.push_back({false, true, false});
    ways.push_back({true, false, false});
    Way best = {false, false, false};
    std::int64_t leastMemory = memory(false, false, false);
    for (const Way& way : ways) {
        const std::int64_t cost = memory(way.byPicture, way.byOut, way.byIn);
        if (cost > leastMemory) continue;
        leastMemory = cost;
        best = way;
    }
    std::int64_t least = computing(best.byPicture, best.byOut, best.byIn);
    for (const Way& way : ways) {
        const std::int64_t cost = computing(way.byPicture, way.byOut, way.byIn);
        const bool light =
            static_cast<double>(memory(way.byPicture, way.byOut, way.byIn)) < 1.1 * static_cast<double>(leastMemory);
        if ((cost > least || !light) && 4 * cost > 3 * least) continue;
        least = cost;
        best = way;
    }
    return best.byPicture;
}

/// Where a sum over the outputs of a picture begins anew (jit_avx512_common_conv_kernel, cpu_reducer for filters of one
/// pixel): nowhere, before each picture, or, for 16 channels and more without strides, before each row and each 28 of
/// it.
enum class Breaks { None, Pictures, Rows };

Breaks breaksOf(const Sizes& sizes) {
    const auto& [z, y, x] = sizes.windows.axes;
    if (sizes.windows.taps() == 1) return Breaks::Pictures;
    return sizes.groupDepth() >= 16 && x.stride == 1 ? Breaks::Rows : Breaks::None;
}

/// The lengths of the sums in a row of outputs.
Places lengthsOf(const WindowAxis& x) {
    std::int64_t length = 28;
    if (x.out <= length) return {x.out};
    std::int64_t times = x.out / length, last = x.out % length;
    const std::int64_t over = (x.out - 1) * x.stride + (x.kernel - 1) * x.dilation + 1 - x.in - x.before;
    if ((last == 0 && over > 0) || over >= last) {
        if (times > 1) {
            last += length;
            --times;
        } else {
            last += length - length / 2;
            length /= 2;
        }
    }
    Places lengths(static_cast<std::size_t>(times), length);
    if (last > 0) lengths.push_back(last);
    return lengths;
}

/// Of pictures [range), outputs [begin, end).
template <class T>
void addPictures(const Sizes& sizes, const T* pictures, const T* output, T* filter, Range range, Range outputs) {
    const Places places = inOrder(sizes.windows);
    const std::int64_t row = sizes.windows.axes[2].out;
    const Breaks breaks = breaksOf(sizes);
    const Places lengths = breaks == Breaks::Rows ? lengthsOf(sizes.windows.axes[2]) : Places{};
    const std::int64_t least = breaks == Breaks::None ? 1 : breaks == Breaks::Rows ? row : sizes.windows.outputs();
    forEachPart(sizes, range, outputs, sizes.inner(), least, [&](const Part& part) {
        const auto left = patches(sizes, part, pictures, places);
        const auto add = [&](std::int64_t from, std::int64_t count) {
            multiply(left.get() + from * sizes.inner(), outputOf(sizes, output, part) + from * sizes.outDepth,
                     filterOf(sizes, filter, part),
                     {.rows = sizes.inner(),
                      .inner = count,
                      .columns = sizes.groupOut(),
                      .transposeA = true,
                      .strideB = sizes.outDepth,
                      .strideC = sizes.outDepth,
                      .adds = true,
                      .sums = breaks == Breaks::None ? Sums::Chain : Sums::Apart});
        };
        if (breaks != Breaks::Rows) return add(0, part.to - part.from);
        for (std::int64_t at = 0; at < part.to - part.from;) {
            for (const std::int64_t length : lengths) {
                add(at, length);
                at += length;
            }
        }
    });
}
}  // namespace

template <class T>
void toFilter(const Sizes& sizes, const T* pictures, const T* output, T* filter) {
    std::fill_n(filter, sizes.inner() * sizes.outDepth, T(0));
    // Both threads take pictures, or slices of one of volumes.
    const std::int64_t depth = sizes.windows.axes[0].out, slices = sizes.windows.batch * depth;
    const std::int64_t half = sharesPictures(sizes) ? (slices + 1) / 2 : slices;
    const std::int64_t slice = depth == 0 ? 0 : sizes.windows.outputs() / depth;
    const auto add = [&](T* sums, Range range) {
        while (range.from < range.to) {
            const std::int64_t picture = range.from / depth, first = range.from % depth;
            const std::int64_t last = std::min(depth, first + range.to - range.from);
            addPictures(sizes, pictures, output, sums, {picture, picture + 1}, {first * slice, last * slice});
            range.from += last - first;
        }
    };
    add(filter, {0, half});
    if (half == slices) return;
    std::vector<T> other(static_cast<std::size_t>(sizes.inner() * sizes.outDepth));
    add(other.data(), {half, slices});
    for (std::size_t i = 0; i < other.size(); ++i) filter[i] += other[i];
}

template void toFilter(const Sizes&, const float*, const float*, float*);
template void toFilter(const Sizes&, const double*, const double*, double*);

}  // namespace tapescope::convolution
