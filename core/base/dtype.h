// SPDX-License-Identifier: Apache-2.0
// Element types, with TensorFlow's names. A row for each; the engine computes in those that have a size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tapescope {

enum class DType : std::uint8_t { Float32, Float64, Int32, Int64, Bool, Resource };

struct DTypeRow {
    DType dtype;
    std::string_view name;        ///< as in tf.float32 and numpy
    std::string_view kernelName;  ///< as in TensorFlow's kernel errors: "float", "double"
    std::size_t size;             ///< bytes of an element; 0 for a variable's handle
    bool floating;
    bool trainable;  ///< a tape records an operation only through inputs of these (tape.h IsDtypeTrainable)
};

std::span<const DTypeRow> dtypeTable();
const DTypeRow& row(DType dtype);
std::optional<DType> dtypeNamed(std::string_view name);

}  // namespace tapescope
