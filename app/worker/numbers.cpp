// SPDX-License-Identifier: Apache-2.0
// Looking for numbers that are not finite behind each operation, once a script asks for it
// (tf.debugging.enable_check_numerics); and the C library's functions of a float.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/worker/classes.h"
#include "app/worker/convert.h"
#include "app/worker/tensorobject.h"

namespace py = pybind11;

namespace tapescope {

namespace {
/// Of the operations that TensorFlow does not look at (check_numerics_callback.py SAFE_OPS, op_callbacks_common.py
/// OP_CALLBACK_SKIP_OPS) those that there are here.
constexpr std::array<std::string_view, 15> passedBy{
    "Concat",  "ConcatV2", "ExpandDims", "Fill",         "Gather",           "Identity",  "Maximum", "Minimum",
    "Reshape", "Slice",    "Squeeze",    "StridedSlice", "StridedSliceGrad", "Transpose", "Unpack"};

bool finite(const Tensor& tensor) {
    if (tensor.dtype() == DType::Float32)
        return std::ranges::all_of(tensor.as<float>(), [](float x) { return std::isfinite(x); });
    for (std::int64_t i = 0; i < tensor.count(); ++i) {
        if (!std::isfinite(tensor.at(i))) return false;
    }
    return true;
}

py::object asObject(const Operand& operand) {
    return py::reinterpret_steal<py::object>(newTensor({operand}));
}

/// `found(op, slot, outputs, tensor, inputs)` raises.
void lookAt(const py::object& found, const OpRow& row, std::span<const Operand> inputs,
            std::span<const Operand> outputs) {
    if (std::ranges::find(passedBy, row.type) != passedBy.end()) return;
    for (std::size_t slot = 0; slot < outputs.size(); ++slot) {
        if (row.type == "FusedBatchNormV3" && slot > 0) return;
        if (!tapescope::row(outputs[slot].value.dtype()).floating || finite(outputs[slot].value)) continue;
        py::list given;
        for (const Operand& input : inputs) given.append(asObject(input));
        found(std::string(row.type), slot, outputs.size(), asObject(outputs[slot]), given);
    }
}
}  // namespace

void bindNumbers(py::module_& module) {
    // Where TensorFlow's kernels call them, numpy's would have other last digits.
    module.def("log1pf", [](float x) { return std::log1p(x); });
    module.def("expm1f", [](float x) { return std::expm1(x); });
    module.def("look_for_numbers", [](const py::object& found) {
        if (found.is_none()) return engine().lookWith({});
        engine().lookWith([found](const OpRow& row, std::span<const Operand> inputs, std::span<const Operand> outputs) {
            lookAt(found, row, inputs, outputs);
        });
    });
}

}  // namespace tapescope
