// SPDX-License-Identifier: Apache-2.0
// What TensorFlow's registry says about an operation: which dtypes its inputs may have, which of them must agree, and
// for which a kernel exists. The facts are recorded from TensorFlow (resources/operations/definitions.txt).
#pragma once

#include <optional>

#include "core/ops/op.h"

namespace tapescope {

/// The dtype of an input: one and the same, or whatever the other inputs of the same attribute have.
struct InputType {
    std::string_view attribute;  ///< "T"; empty where the dtype is fixed or not recorded
    std::optional<DType> fixed;
};

/// Of input i of a row; the last input of a row that takes any number stands for all further ones.
InputType inputType(const OpRow& row, std::size_t input);

/// Throws what TensorFlow says where an input has a dtype that the operation does not take ("Value for attr 'T' of bool
/// is not in the list of allowed values"), that another input does not have ("cannot compute Mul as input #1"), or that
/// no kernel computes in ("Could not find device for node").
void requireTypes(const OpRow& row, Inputs inputs);

/// "Value for attr 'T' of bool is not in the list of allowed values: ..." for a dtype that an attribute may not have.
[[noreturn]] void refuseType(const OpRow& row, std::string_view attribute, DType dtype);

/// The same, where it may not have it.
void requireAllowed(const OpRow& row, std::string_view attribute, DType dtype);

/// The same for any other value, written as TensorFlow writes it: "\"FOO\"".
[[noreturn]] void refuseValue(const OpRow& row, std::string_view attribute, const std::string& value);

/// Whether what TensorFlow has as an attribute, and not as an input, has a default; nothing where it is no attribute.
std::optional<bool> attributeDefaults(const OpRow& row, std::string_view attribute);

/// A kernel's complaint, as TensorFlow wraps it.
[[noreturn]] void refuseCall(const OpRow& row, const std::string& text);

}  // namespace tapescope
