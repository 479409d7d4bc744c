// SPDX-License-Identifier: Apache-2.0
// Convolutions and their ways back to the pictures. Floats are summed in the order of oneDNN's kernels, in which
// TensorFlow computes them (jit_brgemm_conv and its kin): one chain for each output, over the taps and within a tap
// over the channels. What differs from that is named where it is done.
#include "core/ops/convolution_parts.h"

namespace tapescope::convolution {

namespace {
/// Columns of an unpadded picture that a stride leaves together become channels.
bool joinsColumns(const WindowAxis& x) {
    if (x.before > 0 || (x.out - 1) * x.stride + x.kernel > x.in + x.before) return false;
    for (std::int64_t i = 2; i <= std::min({x.kernel, x.stride, x.in}); ++i) {
        if (x.kernel % i == 0 && x.stride % i == 0 && x.in % i == 0) return true;
    }
    return false;
}

/// Pictures of one channel, more than one of them: column by column of the filter (jit_brgemm_conv_utils, "relo").
bool byColumns(const Sizes& sizes) {
    const auto& [z, y, x] = sizes.windows.axes;
    return sizes.windows.format.spatial == 2 && sizes.groupDepth() == 1 && sizes.windows.batch > 1 && x.out > 4 &&
           y.kernel > 1 && y.dilation == 1 && x.dilation == 1 && !joinsColumns(x);
}

Places placesOf(const Sizes& sizes) {
    Places places = inOrder(sizes.windows);
    if (!byColumns(sizes)) return places;
    const std::int64_t rows = sizes.windows.axes[1].kernel, columns = sizes.windows.axes[2].kernel;
    for (std::int64_t& place : places) place = place % columns * rows + place / columns;
    return places;
}

/// The way back to the pictures, of which the inputs of one column class (those that are a stride apart) are summed
/// together: which taps of a row they see, in the groups in which these are summed.
struct Columns {
    std::int64_t first, count;
    std::vector<Places> groups;
};

/// Filters are walked against their order where no axis has a stride (jit_brgemm_conv_bwd), else along it
/// (jit_brgemm_conv_bwd_strided).
bool walksBack(const Windows& windows) {
    return std::ranges::all_of(windows.axes, [](const WindowAxis& axis) { return axis.stride == 1; });
}

std::int64_t tapAt(const WindowAxis& axis, std::int64_t i, bool back) {
    return back ? axis.kernel - 1 - i : i;
}

/// The output that sees this input through this tap, or -1.
std::int64_t outputThrough(const WindowAxis& axis, std::int64_t input, std::int64_t tap) {
    const std::int64_t at = input + axis.before - tap * axis.dilation;
    return at >= 0 && at % axis.stride == 0 && at / axis.stride < axis.out ? at / axis.stride : -1;
}

/// No tap hangs over by a whole filter, and no row is longer than one of the outputs: all are summed at once.
bool padsInPlace(const WindowAxis& x) {
    const std::int64_t reach = (x.kernel - 1) * x.dilation;
    const std::int64_t left = reach - x.before;
    const std::int64_t right = x.in + reach - x.out - left;
    return left < x.kernel && right < x.kernel && x.in <= x.out;
}

/// Taps that every input of the class sees are summed at once, those before and after each by itself.
Columns columnsOf(const Windows& windows, std::int64_t first) {
    const WindowAxis& x = windows.axes[2];
    const bool back = walksBack(windows);
    Columns columns{first, (x.in - first + x.stride - 1) / x.stride, {}};
    // With strides, a row that they do not divide is copied, with zeros around it.
    const bool atOnce = back ? padsInPlace(x) : x.in % x.stride != 0;
    bool joins = false;
    for (std::int64_t i = 0; i < x.kernel; ++i) {
        const std::int64_t tap = tapAt(x, i, back);
        std::int64_t seen = 0;
        for (std::int64_t at = first; at < x.in; at += x.stride) seen += outputThrough(x, at, tap) >= 0 ? 1 : 0;
        if (seen == 0) continue;
        const bool whole = atOnce || seen == columns.count;
        if (whole && joins) {
            columns.groups.back().push_back(tap);
        } else {
            columns.groups.push_back({tap});
        }
        joins = whole;
    }
    return columns;
}

/// The rows of a filter that a group of columns sees, as rows of outputs' channels.
template <class T>
std::unique_ptr<T[]> turned(const Sizes& sizes, const T* filter, const Part& part, const Places& group) {
    const auto& [z, y, x] = sizes.windows.axes;
    const bool back = walksBack(sizes.windows);
    const std::int64_t depth = sizes.groupDepth(), out = sizes.groupOut();
    auto result = room<T>(z.kernel * y.kernel * static_cast<std::int64_t>(group.size()) * out * depth);
    T* target = result.get();
    for (std::int64_t iz = 0; iz < z.kernel; ++iz) {
        for (std::int64_t iy = 0; iy < y.kernel; ++iy) {
            const std::int64_t row = tapAt(z, iz, back) * y.kernel + tapAt(y, iy, back);
            for (const std::int64_t kx : group) {
                const T* source = filterOf(sizes, filter, part) + (row * x.kernel + kx) * depth * sizes.outDepth;
                for (std::int64_t k = 0; k < out; ++k) {
                    for (std::int64_t c = 0; c < depth; ++c) *target++ = source[c * sizes.outDepth + k];
                }
            }
        }
    }
    return result;
}

/// For inputs of a class: what the outputs that see them hold, in the order of turned().
template <class T>
std::unique_ptr<T[]> seen(const Sizes& sizes, const T* output, const Part& part, const Columns& columns,
                          const Places& group) {
    const auto& [z, y, x] = sizes.windows.axes;
    const bool back = walksBack(sizes.windows);
    const std::int64_t out = sizes.groupOut();
    auto result = room<T>((part.to - part.from) * z.kernel * y.kernel * static_cast<std::int64_t>(group.size()) * out);
    const T* whole = outputOf(sizes, output, {part.picture, part.group, 0, 0});
    T* target = result.get();
    for (std::int64_t at = part.from; at < part.to; ++at) {
        const std::int64_t atX = columns.first + at % columns.count * x.stride;
        const std::int64_t atY = at / columns.count % y.in, atZ = at / columns.count / y.in;
        for (std::int64_t iz = 0; iz < z.kernel; ++iz) {
            const std::int64_t outZ = outputThrough(z, atZ, tapAt(z, iz, back));
            for (std::int64_t iy = 0; iy < y.kernel; ++iy) {
                const std::int64_t outY = outputThrough(y, atY, tapAt(y, iy, back));
                for (const std::int64_t kx : group) {
                    const std::int64_t outX = outputThrough(x, atX, kx);
                    if (outZ < 0 || outY < 0 || outX < 0) {
                        std::fill_n(target, out, T(0));
                    } else {
                        std::copy_n(whole + ((outZ * y.out + outY) * x.out + outX) * sizes.outDepth, out, target);
                    }
                    target += out;
                }
            }
        }
    }
    return result;
}

template <class T>
void addGroup(const Sizes& sizes, const T* filter, const T* output, T* pictures, const Columns& columns,
              const Places& group) {
    const auto& [z, y, x] = sizes.windows.axes;
    const std::int64_t depth = sizes.groupDepth();
    const std::int64_t inner = z.kernel * y.kernel * static_cast<std::int64_t>(group.size()) * sizes.groupOut();
    std::vector<std::unique_ptr<T[]>> filters;
    for (std::int64_t i = 0; i < sizes.groups; ++i) filters.push_back(turned(sizes, filter, {0, i, 0, 0}, group));
    forEachPart(sizes, allPictures(sizes), {0, z.in * y.in * columns.count}, inner, 1, [&](const Part& part) {
        const std::int64_t rows = part.to - part.from;
        const auto left = seen(sizes, output, part, columns, group);
        const auto sums = room<T>(rows * depth);
        multiply(left.get(), filters[static_cast<std::size_t>(part.group)].get(), sums.get(),
                 {.rows = rows, .inner = inner, .columns = depth, .sums = Sums::Chain});
        for (std::int64_t i = 0; i < rows; ++i) {
            const std::int64_t at = part.from + i;
            const std::int64_t pixel = at / columns.count * x.in + columns.first + at % columns.count * x.stride;
            T* target = pictures + offsetOf(sizes, part) + pixel * sizes.depth;
            for (std::int64_t c = 0; c < depth; ++c) target[c] += sums[i * depth + c];
        }
    });
}
}  // namespace

template <class T>
void convolve(const Sizes& sizes, const T* pictures, const T* filter, T* output) {
    const Places places = placesOf(sizes);
    std::vector<T> moved;
    if (byColumns(sizes)) {
        moved.resize(static_cast<std::size_t>(sizes.windows.taps() * sizes.outDepth));
        for (std::size_t tap = 0; tap < places.size(); ++tap) {
            std::copy_n(filter + static_cast<std::int64_t>(tap) * sizes.outDepth, sizes.outDepth,
                        moved.data() + places[tap] * sizes.outDepth);
        }
        filter = moved.data();
    }
    forEachPart(sizes, allPictures(sizes), {0, sizes.windows.outputs()}, sizes.inner(), 1, [&](const Part& part) {
        const auto rows = patches(sizes, part, pictures, places);
        multiply(rows.get(), filterOf(sizes, filter, part), outputOf(sizes, output, part),
                 {.rows = part.to - part.from,
                  .inner = sizes.inner(),
                  .columns = sizes.groupOut(),
                  .strideB = sizes.outDepth,
                  .strideC = sizes.outDepth,
                  .sums = Sums::Chain});
    });
}

template <class T>
void toPictures(const Sizes& sizes, const T* filter, const T* output, T* pictures) {
    std::fill_n(pictures, sizes.windows.batch * sizes.windows.inputs() * sizes.depth, T(0));
    const WindowAxis& x = sizes.windows.axes[2];
    for (std::int64_t first = 0; first < std::min(x.stride, x.in); ++first) {
        const Columns columns = columnsOf(sizes.windows, first);
        for (const Places& group : columns.groups) addGroup(sizes, filter, output, pictures, columns, group);
    }
}

template void convolve(const Sizes&, const float*, const float*, float*);
template void convolve(const Sizes&, const double*, const double*, double*);
template void toPictures(const Sizes&, const float*, const float*, float*);
template void toPictures(const Sizes&, const double*, const double*, double*);

}  // namespace tapescope::convolution
