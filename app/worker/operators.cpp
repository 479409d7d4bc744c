// SPDX-License-Identifier: Apache-2.0
#include "app/worker/operators.h"

#include <string_view>
#include <utility>

#include "app/worker/classes.h"
#include "app/worker/fastcall.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
/// The dtype that integers of another are divided in (math_ops.py _TRUEDIV_TABLE); their own for floats.
std::optional<DType> quotientDType(DType dtype) {
    const DTypeRow& facts = row(dtype);
    if (facts.floating || facts.complex()) return dtype;
    if (!facts.integer()) return std::nullopt;
    return facts.size < 4 ? DType::Float32 : DType::Float64;
}

/// What a sign means for truth values, where that differs from numbers.
Operand ofTruths(std::string_view op, const Operand& x, const Operand& y) {
    if (op == "BitwiseAnd") return engine().run("LogicalAnd", {x, y});
    if (op == "BitwiseOr") return engine().run("LogicalOr", {x, y});
    if (op == "BitwiseXor") {
        const Operand either = engine().run("LogicalOr", {x, y});
        const Operand both = engine().run("LogicalAnd", {x, y});
        return engine().run("LogicalAnd", {either, engine().run("LogicalNot", {both})});
    }
    if (op == "Mul") {
        const auto number = [](const Operand& one) { return engine().run("Cast", {one}, {DType::Int32}); };
        return engine().run("Cast", {engine().run("Mul", {number(x), number(y)})}, {DType::Bool});
    }
    return engine().run(op, {x, y});
}

Operand applied(std::string_view op, const Operand& x, const Operand& y) {
    if (op == "RealDiv") return quotient(x, y);
    // Tensors of shapes that do not fit are different, which is no error.
    if (op == "Equal" || op == "NotEqual") return engine().run(op, {x, y}, {false});
    const bool batched = x.value.shape().size() > 2 || y.value.shape().size() > 2;
    if (batched && op == "MatMul") return engine().run("BatchMatMulV2", {x, y});
    if (x.value.dtype() == DType::Bool) return ofTruths(op, x, y);
    if (op == "AddV2" && x.value.dtype() == DType::String) return engine().run("Add", {x, y});
    return engine().run(op, {x, y});
}

/// With `+` and `/` the dtype of the left side is a hint only: what cannot have it keeps its own, and the operation
/// says what is wrong.
Operand converted(std::string_view op, py::handle value, DType like, bool swapped) {
    if (!swapped && op == "Mul" && like == DType::Bool) return toOperand(value);  // both become integers
    if (swapped || (op != "AddV2" && op != "RealDiv")) return toOperand(value, like);
    try {
        return toOperand(value, like);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Type && error.kind() != ErrorKind::Value) throw;
    }
    return toOperand(value);
}

/// The other side's own operator, where it has one that answers; else nothing.
py::object ofTheOther(std::string_view op, py::handle self, py::handle other) {
    for (const BinaryOperator& one : binaryOperators) {
        if (op != one.op || one.swapped == nullptr || !py::hasattr(py::type::handle_of(other), one.swapped)) continue;
        try {
            const py::object answer = other.attr(one.swapped)(self);
            if (answer.ptr() != Py_NotImplemented) return answer;
        } catch (const py::error_already_set& raised) {
            if (!raised.matches(PyExc_TypeError) && !raised.matches(PyExc_ValueError)) throw;
        }
    }
    return {};
}

bool isOfKeras(py::handle value) {
    PyTypeObject* type = classes().kerasType;
    return type != nullptr && PyType_IsSubtype(Py_TYPE(value.ptr()), type) != 0;
}
}  // namespace

Operand quotient(const Operand& x, const Operand& y) {
    const auto repr = [](DType dtype) { return "tf." + std::string(row(dtype).name); };
    const DType dtype = x.value.dtype();
    if (dtype != y.value.dtype()) {
        throw Error(ErrorKind::Type,
                    "`x` and `y` must have the same dtype, got " + repr(dtype) + " != " + repr(y.value.dtype()) + ".");
    }
    const auto wide = quotientDType(dtype);
    if (!wide) {
        throw Error(ErrorKind::Type,
                    "Invalid dtype " + repr(dtype) +
                        " in __truediv__. Expected one of {tf.uint8, tf.int8, tf.uint16, tf.int16, tf.uint32, "
                        "tf.int32, tf.uint64, tf.int64, tf.bfloat16, tf.float16, tf.float32, tf.float64, "
                        "tf.complex64, tf.complex128}.");
    }
    const auto widened = [&](const Operand& one) {
        return *wide == dtype ? one : engine().run("Cast", {one}, {*wide});
    };
    return engine().run("RealDiv", {widened(x), widened(y)});
}

py::object binary(const char* op, py::handle self, py::handle other, bool swapped) {
    // A variable compares with nothing but what becomes a tensor.
    const bool none = other.is_none() && asVariable(self) == nullptr;
    if (none && std::string_view(op) == "Equal") return py::bool_(false);
    if (none && std::string_view(op) == "NotEqual") return py::bool_(true);
    const Operand mine = toOperand(self);
    // A variable of Keras finds a dtype that both have, but for + and @, whose hint it has to follow.
    const bool hinted = std::string_view(op) == "AddV2" || std::string_view(op) == "MatMul";
    if (!swapped && !hinted && isOfKeras(other) &&
        engine().value(asVariable(other)->id).dtype() != mine.value.dtype()) {
        if (const py::object answer = ofTheOther(op, self, other)) return answer;
        toConverted(other, mine.value.dtype());  // says that a comparison cannot
    }
    Operand theirs;
    try {
        theirs = converted(op, other, mine.value.dtype(), swapped);
    } catch (const Error& error) {
        if (swapped || (error.kind() != ErrorKind::Type && error.kind() != ErrorKind::Value)) throw;
        const py::object answer = ofTheOther(op, self, other);
        if (!answer) throw;
        return answer;
    }
    try {
        return py::cast(PyTensor{swapped ? applied(op, theirs, mine) : applied(op, mine, theirs)});
    } catch (const Error& error) {
        // A list takes another way to the kernel, whose complaints have no name; + and / make a tensor of it before.
        constexpr std::string_view name = " name: ";
        const std::string_view text = error.what();
        const bool listed = PyList_Check(other.ptr()) != 0 || PyTuple_Check(other.ptr()) != 0 ||
                            PyUnicode_Check(other.ptr()) != 0 || PyBytes_Check(other.ptr()) != 0;
        const bool direct = swapped || std::string_view(op) == "AddV2" || std::string_view(op) == "RealDiv";
        if (!listed || direct || !text.ends_with(name)) throw;
        throw Error(error.kind(), std::string(text.substr(0, text.size() - name.size())));
    }
}

namespace {
bool isOurs(PyObject* value) {
    return asTensor(value) != nullptr || asVariable(value) != nullptr;
}

/// a op b, where one of them is ours.
template <std::size_t place>
PyObject* numberSlot(PyObject* a, PyObject* b) {
    constexpr const char* op = binaryOperators[place].op;
    return guarded([&] { return (isOurs(a) ? binary(op, a, b, false) : binary(op, b, a, true)).release().ptr(); });
}

PyObject* powerSlot(PyObject* a, PyObject* b, PyObject* modulus) {
    if (modulus != Py_None) Py_RETURN_NOTIMPLEMENTED;
    return guarded(
        [&] { return (isOurs(a) ? binary("Pow", a, b, false) : binary("Pow", b, a, true)).release().ptr(); });
}

PyObject* compareSlot(PyObject* a, PyObject* b, int how) {
    static constexpr const char* ops[] = {"Less", "LessEqual", "Equal", "NotEqual", "Greater", "GreaterEqual"};
    return guarded([&] { return binary(ops[how], a, b, false).release().ptr(); });
}

template <std::size_t place>
void fillSlot(PyNumberMethods& numbers) {
    constexpr std::string_view method = binaryOperators[place].method;
    if constexpr (method == "__add__") numbers.nb_add = numberSlot<place>;
    if constexpr (method == "__sub__") numbers.nb_subtract = numberSlot<place>;
    if constexpr (method == "__mul__") numbers.nb_multiply = numberSlot<place>;
    if constexpr (method == "__truediv__") numbers.nb_true_divide = numberSlot<place>;
    if constexpr (method == "__matmul__") numbers.nb_matrix_multiply = numberSlot<place>;
}
}  // namespace

void fillSlots(PyTypeObject* type) {
    PyNumberMethods& numbers = *type->tp_as_number;
    [&]<std::size_t... places>(std::index_sequence<places...>) {
        (fillSlot<places>(numbers), ...);
    }
    (std::make_index_sequence<std::size(binaryOperators)>());
    numbers.nb_power = powerSlot;
    type->tp_richcompare = compareSlot;
}

}  // namespace tapescope
