// SPDX-License-Identifier: Apache-2.0
// Python's operators on tensors and variables: one table for both classes.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>

#include "app/worker/classes.h"
#include "app/worker/slicing.h"

namespace tapescope {

/// self op other, or other op self: a plain number or an array takes the tensor's dtype. What nobody can make a tensor
/// of is asked for its own operator, as TensorFlow does, before the complaint.
pybind11::object binary(const char* op, pybind11::handle self, pybind11::handle other, bool swapped);

/// x / y as Python means it: integers are divided in floats. TypeError for two dtypes, and for what cannot be divided.
Operand quotient(const Operand& x, const Operand& y);

struct BinaryOperator {
    const char* method;   ///< "__add__"
    const char* swapped;  ///< "__radd__", nothing for comparisons
    const char* op;
};
inline constexpr BinaryOperator binaryOperators[] = {
    {"__add__", "__radd__", "AddV2"},      {"__sub__", "__rsub__", "Sub"},
    {"__mul__", "__rmul__", "Mul"},        {"__truediv__", "__rtruediv__", "RealDiv"},
    {"__pow__", "__rpow__", "Pow"},        {"__matmul__", "__rmatmul__", "MatMul"},
    {"__mod__", "__rmod__", "FloorMod"},   {"__floordiv__", "__rfloordiv__", "FloorDiv"},
    {"__and__", "__rand__", "BitwiseAnd"}, {"__or__", "__ror__", "BitwiseOr"},
    {"__xor__", "__rxor__", "BitwiseXor"}, {"__lt__", nullptr, "Less"},
    {"__le__", nullptr, "LessEqual"},      {"__gt__", nullptr, "Greater"},
    {"__ge__", nullptr, "GreaterEqual"},   {"__eq__", nullptr, "Equal"},
    {"__ne__", nullptr, "NotEqual"},
};

/// Puts the operators of the table directly into the slots of the class, past the look-up of their methods.
void fillSlots(PyTypeObject* type);

template <class Class>
void bindOperators(Class& type) {
    namespace py = pybind11;
    for (const BinaryOperator& row : binaryOperators) {
        type.def(row.method,
                 [op = row.op](py::handle self, py::handle other) { return binary(op, self, other, false); });
        if (row.swapped == nullptr) continue;
        type.def(row.swapped,
                 [op = row.op](py::handle self, py::handle other) { return binary(op, self, other, true); });
    }
    type.def("__neg__", [](py::handle self) { return PyTensor{engine().run("Neg", {toOperand(self)})}; });
    type.def("__abs__", [](py::handle self) {
        const Operand x = toOperand(self);
        return PyTensor{engine().run(row(x.value.dtype()).complex() ? "ComplexAbs" : "Abs", {x})};
    });
    type.def("__invert__", [](py::handle self) {
        const Operand x = toOperand(self);
        return PyTensor{engine().run(x.value.dtype() == DType::Bool ? "LogicalNot" : "Invert", {x})};
    });
    fillSlots(reinterpret_cast<PyTypeObject*>(type.ptr()));
}

}  // namespace tapescope
