// SPDX-License-Identifier: Apache-2.0
// What convolutions of all kinds check, and the dtypes that they compute in. Included by core/ops/*.cpp only.
#pragma once

#include "core/ops/window.h"

namespace tapescope::convolution {

/// A call's attributes, of which the first `from` are not those of attributeRows().
struct Given {
    const Attributes& attributes;
    DType dtype;
    std::size_t from = 0;

    const Shape& shape(std::size_t i) const { return std::get<Shape>(attributes[from + i]); }
    const std::string& text(std::size_t i) const { return std::get<std::string>(attributes[from + i]); }
};

/// strides, padding, explicit_paddings, data_format, dilations.
std::vector<AttributeRow> attributeRows(const char* format);

/// The name of the kernel that TensorFlow runs: oneDNN's for float32, its own for others.
std::string kernelOf(const OpRow& row, DType dtype);

/// The windows of a convolution, after TensorFlow's checks of ranks, depths, strides and dilations.
kernel::Windows checked(const OpRow& row, const Shape& picture, const Shape& filter, const Given& given);
/// The same for a row that leads back, with the checks of the output's shape.
kernel::Windows checkedBack(const OpRow& row, const Shape& picture, const Shape& filter, const Shape& output,
                            const Given& given);

/// All inputs of one dtype, in the words of the kernel that TensorFlow runs.
void requireOneDType(const OpRow& row, Inputs in);

/// int32 as float64, which holds each, and back.
Tensors asDoubles(Inputs in);
Tensors asIntegers(const Tensors& outputs);

/// Calls f.template operator()<T>(inputs) in float or double.
template <class F>
Tensors computed(const OpRow& row, Inputs in, F&& f) {
    requireOneDType(row, in);
    if (in[0].dtype() == DType::Int32) return asIntegers({f.template operator()<double>(Inputs(asDoubles(in)))});
    return kernel::inFloatOrDouble(row, in, [&]<class T>(Inputs x) { return Tensors{f.template operator()<T>(x)}; });
}

}  // namespace tapescope::convolution
