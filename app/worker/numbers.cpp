// SPDX-License-Identifier: Apache-2.0
// Looking for numbers that are not finite behind each operation, once a script asks for it
// (tf.debugging.enable_check_numerics). What is passed by is TensorFlow's list (check_numerics_callback.py).
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
/// Operations that only move numbers, or that TensorFlow does not look at.
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
    module.def("look_for_numbers", [](const py::object& found) {
        if (found.is_none()) return engine().lookWith({});
        engine().lookWith([found](const OpRow& row, std::span<const Operand> inputs, std::span<const Operand> outputs) {
            lookAt(found, row, inputs, outputs);
        });
    });
}

}  // namespace tapescope
