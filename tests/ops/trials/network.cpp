// SPDX-License-Identifier: Apache-2.0
// Convolutions, poolings, normalisations and cross entropies.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

namespace {
/// strides, padding, explicit_paddings, data_format, dilations; before them the sizes of a row that leads back.
Attributes convolution(Shape strides, const char* padding, Shape explicitly = {}, Shape sizes = {}) {
    const std::string format = strides.size() == 4 ? "NHWC" : "NDHWC";
    Attributes attributes{std::move(strides), std::string(padding), std::move(explicitly), format, Shape{}};
    if (!sizes.empty()) attributes.insert(attributes.begin(), std::move(sizes));
    return attributes;
}

/// ksize, strides, padding, explicit_paddings, data_format; before them the shape of a row that leads back.
Attributes pooling(Shape size, Shape strides, const char* padding, Shape explicitly = {}, Shape shape = {}) {
    const std::string format = size.size() == 4 ? "NHWC" : "NDHWC";
    Attributes attributes{std::move(size), std::move(strides), std::string(padding), std::move(explicitly), format};
    if (!shape.empty()) attributes.insert(attributes.begin(), std::move(shape));
    return attributes;
}

/// epsilon, exponential_avg_factor, data_format, is_training.
Attributes batch(const char* format, bool training) {
    return {0.001, 1.0, std::string(format), training};
}

std::vector<Trial> convolutions() {
    const Shape ones{1, 1, 1, 1};
    const Shape twos{1, 2, 2, 1};
    const Shape cube{1, 1, 1, 1, 1};
    const Shape explicitly{0, 0, 1, 2, 0, 1, 0, 0};
    return {
        {"Conv2D", {{2, 4, 5, 2}, {3, 2, 2, 3}}, convolution(ones, "SAME")},
        {"Conv2D", {{1, 5, 4, 2}, {2, 3, 2, 2}}, convolution(twos, "VALID")},
        {"Conv2D", {{1, 3, 3, 1}, {2, 2, 1, 2}}, convolution(twos, "EXPLICIT", explicitly)},
        {"Conv2DBackpropInput", {{3, 3, 2, 3}, {1, 3, 3, 3}}, convolution(twos, "SAME", {}, {1, 5, 6, 2})},
        {"Conv2DBackpropFilter", {{2, 4, 4, 2}, {2, 3, 3, 2}}, convolution(ones, "VALID", {}, {2, 2, 2, 2})},
        {"Conv3D", {{1, 3, 3, 2, 2}, {2, 2, 2, 2, 2}}, convolution(cube, "SAME")},
        {"Conv3DBackpropInputV2", {{2, 2, 1, 2, 2}, {1, 2, 2, 2, 2}}, convolution(cube, "VALID", {}, {1, 3, 3, 2, 2})},
        {"Conv3DBackpropFilterV2", {{1, 3, 3, 2, 2}, {1, 2, 2, 2, 2}}, convolution(cube, "VALID", {}, {2, 2, 1, 2, 2})},
        {"DepthwiseConv2dNative", {{2, 4, 4, 2}, {2, 3, 2, 2}}, convolution(twos, "SAME")},
        {"DepthwiseConv2dNativeBackpropInput",
         {{2, 2, 2, 2}, {1, 3, 3, 4}},
         convolution(ones, "VALID", {}, {1, 4, 4, 2})},
        {"DepthwiseConv2dNativeBackpropFilter",
         {{1, 4, 4, 2}, {1, 3, 3, 4}},
         convolution(ones, "VALID", {}, {2, 2, 2, 2})},
    };
}

std::vector<Trial> poolings() {
    const Shape square{1, 2, 2, 1};
    const Shape ones{1, 1, 1, 1};
    const Shape cube{1, 2, 2, 2, 1};
    const Shape explicitly{0, 0, 1, 0, 0, 1, 0, 0};
    const auto overlapping = pooling(square, ones, "SAME");
    const auto volumes = pooling(cube, cube, "SAME");
    auto withPlaces = overlapping;
    withPlaces.emplace_back(false);
    return {
        {"MaxPool", {{2, 4, 3, 2}}, overlapping},
        {"MaxPool", {{1, 3, 4, 2}}, pooling(square, square, "EXPLICIT", explicitly)},
        {"MaxPoolGrad", {{1, 3, 3, 2}, {1, 3, 3, 2}, {1, 3, 3, 2}}, overlapping},
        {"MaxPoolGradGrad", {{1, 3, 3, 2}, {1, 3, 3, 2}, {1, 3, 3, 2}}, overlapping},
        {"MaxPool3D", {{1, 3, 3, 2, 2}}, volumes},
        {"MaxPool3DGrad", {{1, 3, 3, 2, 2}, {1, 2, 2, 1, 2}, {1, 2, 2, 1, 2}}, volumes},
        {"MaxPool3DGradGrad", {{1, 3, 3, 2, 2}, {1, 2, 2, 1, 2}, {1, 3, 3, 2, 2}}, volumes},
        {"MaxPoolWithArgmax", {{2, 3, 3, 2}}, withPlaces},
        {"AvgPool", {{2, 4, 3, 2}}, overlapping},
        {"AvgPoolGrad", {{2, 2, 2, 2}}, pooling(square, square, "SAME", {}, {2, 4, 3, 2})},
        {"AvgPool3D", {{1, 3, 3, 2, 2}}, volumes},
        {"AvgPool3DGrad", {{1, 2, 2, 1, 2}}, pooling(cube, cube, "SAME", {}, {1, 3, 3, 2, 2})},
    };
}

std::vector<Trial> normalisations() {
    const std::string last = "NHWC";
    const std::string first = "NCHW";
    const Shape pictures{2, 2, 3, 2};
    return {
        {"BiasAdd", {{2, 3, 4}, {4}}, {last}},
        {"BiasAdd", {{2, 3, 4}, {3}}, {first}},
        {"BiasAddGrad", {{2, 3, 4}}, {last}},
        {"BiasAddGrad", {{2, 3, 4}}, {first}},
        {"FusedBatchNormV3", {pictures, {2}, {2}, {0}, {0}}, batch("NHWC", true), -2, 2, {}, 1},
        {"FusedBatchNormV3", {pictures, {2}, {2}, {0}, {0}}, batch("NCHW", true), -2, 2, {}, 1},
        {"FusedBatchNormV3", {pictures, {2}, {2}, {2}, {2}}, batch("NHWC", false), 0.5, 2, {}, 1},
        {"FusedBatchNormGradV3", {pictures, pictures, {2}, {2}, {2}}, batch("NHWC", true), 0.5, 2, {}, 3},
        {"FusedBatchNormGradV3", {pictures, pictures, {2}, {2}, {2}}, batch("NCHW", true), 0.5, 2, {}, 3},
        {"FusedBatchNormGradV3", {pictures, pictures, {2}, {2}, {2}}, batch("NHWC", false), 0.5, 2, {}, 3},
        {"Dilation2D", {{2, 4, 3, 2}, {2, 2, 2}}, {Shape{1, 1, 1, 1}, Shape{1, 2, 1, 1}, std::string("SAME")}},
        {"LRN", {{1, 2, 1, 5}}, {std::int64_t{1}, 1.5, 0.3, 0.7}},
    };
}
}  // namespace

std::vector<Trial> networkTrials() {
    // The way back takes the labels of each row for probabilities.
    const Tensor labels = Tensor::of<double>({2, 3}, std::vector<double>{0.2, 0.3, 0.5, 1, 0, 0});
    std::vector<Trial> all{
        {"SoftmaxCrossEntropyWithLogits", {{2, 3}, {2, 3}}, {}, -2, 2, {{1, labels}}, 1},
        {"SparseSoftmaxCrossEntropyWithLogits", {{2, 3}, {2}}, {}, -2, 2, {{1, indices({2}, {2, 0})}}},
    };
    for (const auto family : {convolutions, poolings, normalisations}) {
        for (auto& trial : family()) all.push_back(std::move(trial));
    }
    return all;
}

}  // namespace tapescope::testing
