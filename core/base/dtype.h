// SPDX-License-Identifier: Apache-2.0
// Element types, with TensorFlow's names. A row for each; the engine computes in those that have a size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tapescope {

/// The numbers stand in traces: new ones go to the end.
enum class DType : std::uint8_t {
    Float32,
    Float64,
    Int32,
    Int64,
    Bool,
    Resource,
    Float16,
    BFloat16,
    Int8,
    Int16,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Complex64,
    Complex128,
    String,
    Variant,
};

enum class DTypeKind : std::uint8_t { Float, Signed, Unsigned, Complex, Bool, Bytes, Handle };

struct DTypeRow {
    DType dtype;
    std::string_view name;        ///< as in tf.float32 and numpy
    std::string_view kernelName;  ///< as in TensorFlow's kernel errors: "float", "double"
    std::size_t size;             ///< bytes of an element; 0 for strings and for handles
    DTypeKind kind;
    bool floating;
    bool trainable;  ///< a tape records an operation only through inputs of these (tape.h IsDtypeTrainable)

    bool integer() const { return kind == DTypeKind::Signed || kind == DTypeKind::Unsigned; }
    bool complex() const { return kind == DTypeKind::Complex; }
};

std::span<const DTypeRow> dtypeTable();
const DTypeRow& row(DType dtype);
std::optional<DType> dtypeNamed(std::string_view name);

}  // namespace tapescope
