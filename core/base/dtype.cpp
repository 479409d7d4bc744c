// SPDX-License-Identifier: Apache-2.0
#include "core/base/dtype.h"

#include <algorithm>
#include <array>

namespace tapescope {

namespace {
constexpr std::array<DTypeRow, 6> table{{
    {DType::Float32, "float32", "float", 4, true, true},
    {DType::Float64, "float64", "double", 8, true, true},
    {DType::Int32, "int32", "int32", 4, false, false},
    {DType::Int64, "int64", "int64", 8, false, false},
    {DType::Bool, "bool", "bool", 1, false, false},
    {DType::Resource, "resource", "resource", 0, false, true},
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
