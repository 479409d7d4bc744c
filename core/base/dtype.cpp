// SPDX-License-Identifier: Apache-2.0
#include "core/base/dtype.h"

#include <algorithm>
#include <array>

namespace tapescope {

namespace {
constexpr std::array<DTypeRow, 18> table{{
    {DType::Float32, "float32", "float", 4, DTypeKind::Float, true, true},
    {DType::Float64, "float64", "double", 8, DTypeKind::Float, true, true},
    {DType::Int32, "int32", "int32", 4, DTypeKind::Signed, false, false},
    {DType::Int64, "int64", "int64", 8, DTypeKind::Signed, false, false},
    {DType::Bool, "bool", "bool", 1, DTypeKind::Bool, false, false},
    {DType::Resource, "resource", "resource", 0, DTypeKind::Handle, false, true},
    {DType::Float16, "float16", "half", 2, DTypeKind::Float, true, true},
    {DType::BFloat16, "bfloat16", "bfloat16", 2, DTypeKind::Float, true, true},
    {DType::Int8, "int8", "int8", 1, DTypeKind::Signed, false, false},
    {DType::Int16, "int16", "int16", 2, DTypeKind::Signed, false, false},
    {DType::UInt8, "uint8", "uint8", 1, DTypeKind::Unsigned, false, false},
    {DType::UInt16, "uint16", "uint16", 2, DTypeKind::Unsigned, false, false},
    {DType::UInt32, "uint32", "uint32", 4, DTypeKind::Unsigned, false, false},
    {DType::UInt64, "uint64", "uint64", 8, DTypeKind::Unsigned, false, false},
    {DType::Complex64, "complex64", "complex64", 8, DTypeKind::Complex, false, true},
    {DType::Complex128, "complex128", "complex128", 16, DTypeKind::Complex, false, true},
    {DType::String, "string", "string", 0, DTypeKind::Bytes, false, false},
    {DType::Variant, "variant", "variant", 0, DTypeKind::Handle, false, true},
}};
}  // namespace

std::span<const DTypeRow> dtypeTable() {
    return table;
}

const DTypeRow& row(DType dtype) {
    return table[static_cast<std::size_t>(dtype)];
}

std::optional<DType> dtypeNamed(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &DTypeRow::name);
    if (found == table.end()) return std::nullopt;
    return found->dtype;
}

}  // namespace tapescope
