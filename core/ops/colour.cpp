// SPDX-License-Identifier: Apache-2.0
// Colours: red, green and blue to hue, saturation and value and back (tensorflow/core/kernels/image/colorspace_op.h).
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <type_traits>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

template <class T>
using Colour = std::array<T, 3>;

template <class T>
Colour<T> hsvOf(const Colour<T>& rgb) {
    const auto [r, g, b] = rgb;
    const T value = std::max({r, g, b});
    const T range = value - std::min({r, g, b});
    const T saturation = value > 0 ? range / value : T(0);
    if (!(range > 0)) return {T(0), saturation, value};
    const T norm = T(1) / (T(6) * range);
    T hue = norm * (r - g) + T(4) / T(6);
    if (r == value) {
        hue = norm * (g - b);
    } else if (g == value) {
        hue = norm * (b - r) + T(2) / T(6);
    }
    return {hue < 0 ? hue + T(1) : hue, saturation, value};
}

template <class T>
Colour<T> rgbOf(const Colour<T>& hsv) {
    const auto [hue, saturation, value] = hsv;
    const T turn = hue * T(6);
    const auto part = [&](T share) {
        const T most = std::clamp(share, T(0), T(1));
        return (T(1) - saturation + saturation * most) * value;
    };
    return {part(std::abs(turn - T(3)) - T(1)), part(T(2) - std::abs(turn - T(2))), part(T(2) - std::abs(turn - T(4)))};
}

/// Each colour of the input, changed. Half precision is computed in float.
template <class T, class F>
Tensor each(const OpRow& row, const Tensor& images, F&& change) {
    if (images.shape().empty()) refuse(row, "input must be at least 1D" + kernelText(images.shape()));
    if (images.shape().back() != 3) {
        refuse(row,
               "input must have 3 channels but input only has " + std::to_string(images.shape().back()) + " channels.",
               {}, ErrorKind::FailedPrecondition);
    }
    using Wide = std::conditional_t<std::is_same_v<T, double>, double, float>;
    Filling<T> result(images.shape());
    const auto source = images.as<T>();
    for (std::size_t i = 0; i < result.values.size(); i += 3) {
        Colour<Wide> colour{};
        for (std::size_t c = 0; c < 3; ++c) colour[c] = static_cast<Wide>(source[i + c]);
        colour = change(colour);
        for (std::size_t c = 0; c < 3; ++c) result.values[i + c] = static_cast<T>(colour[c]);
    }
    return std::move(result).done();
}

template <bool ToHsv>
Tensors turned(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        return each<T>(row, in[0], [](const auto& colour) {
            if constexpr (ToHsv) {
                return hsvOf(colour);
            } else {
                return rgbOf(colour);
            }
        });
    })};
}

/// With hue, saturation and value changed between.
template <class Change>
Tensors adjusted(const OpRow& row, Inputs in, const Attributes&) {
    if (in[0].shape().size() < 3) refuse(row, "input must be at least 3-D, got shape" + kernelText(in[0].shape()));
    if (!in[1].shape().empty()) refuse(row, Change::scalar + kernelText(in[1].shape()));
    const float by = in[1].as<float>()[0];
    return {floating(row, in[0].dtype(), [&]<class T>() {
        return each<T>(row, in[0], [by](const auto& colour) {
            auto hsv = hsvOf(colour);
            Change::apply(hsv, static_cast<std::remove_cvref_t<decltype(hsv[0])>>(by));
            return rgbOf(hsv);
        });
    })};
}

struct Hue {
    inline static const std::string scalar = "delta must be scalar: ";
    template <class T>
    static void apply(Colour<T>& hsv, T by) {
        hsv[0] += by - std::floor(hsv[0] + by);
    }
};

struct Saturation {
    inline static const std::string scalar = "scale must be scalar: ";
    template <class T>
    static void apply(Colour<T>& hsv, T by) {
        hsv[1] = std::clamp(hsv[1] * by, T(0), T(1));
    }
};
}  // namespace

std::vector<OpRow> colours() {
    const auto of = [](std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
                       decltype(OpRow::forward) forward) {
        return OpRow{type, names, formula, doc, {{"images", Unregistered}}, {}, forward};
    };
    const auto change = [](std::string_view type, std::string_view number, std::string_view formula,
                           std::string_view doc, decltype(OpRow::forward) forward) {
        return OpRow{type, "", formula, doc, {{"images", Unregistered}, {number, Unregistered}}, {}, forward};
    };
    return {
        of("RGBToHSV", "image.rgb_to_hsv", "(h, s, v) of (r, g, b)", "Hue, saturation and value of colours.",
           turned<true>),
        of("HSVToRGB", "image.hsv_to_rgb", "(r, g, b) of (h, s, v)",
           "Colours of hue, saturation and value; nobody wrote a gradient.", turned<false>),
        change("AdjustHue", "delta", "h ← h + delta", "Colours with another hue; nobody wrote a gradient.",
               adjusted<Hue>),
        change("AdjustSaturation", "scale", "s ← scale·s", "Stronger or paler colours; nobody wrote a gradient.",
               adjusted<Saturation>),
    };
}

}  // namespace tapescope::rows
