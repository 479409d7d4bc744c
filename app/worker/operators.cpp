// SPDX-License-Identifier: Apache-2.0
#include "app/worker/operators.h"

#include <string_view>
#include <utility>

#include "app/worker/fastcall.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
/// Could this stand beside a tensor? Python then tries the other operand's method, and says itself what is wrong.
bool convertible(py::handle value) {
    return PyFloat_Check(value.ptr()) != 0 || PyLong_Check(value.ptr()) != 0 || PyList_Check(value.ptr()) != 0 ||
           PyTuple_Check(value.ptr()) != 0 || asTensor(value) != nullptr || asVariable(value) != nullptr ||
           py::hasattr(value, "__array_interface__");
}

/// One axis of an index, resolved against its size.
struct Bounds {
    std::int64_t begin = 0, end = 0, stride = 1;
    bool shrink = false;
};

Bounds boundsOf(py::handle item, std::int64_t size, std::size_t axis) {
    if (PySlice_Check(item.ptr()) != 0) {
        Py_ssize_t begin = 0;
        Py_ssize_t end = 0;
        Py_ssize_t stride = 1;
        if (PySlice_Unpack(item.ptr(), &begin, &end, &stride) < 0) throw py::error_already_set();
        PySlice_AdjustIndices(size, &begin, &end, stride);
        return {begin, end, stride, false};
    }
    std::int64_t at = 0;
    if (const auto* tensor = asTensor(item)) {
        at = static_cast<std::int64_t>(tensor->operand.value.at(0));
    } else {
        at = py::cast<std::int64_t>(item);
    }
    if (at < -size || at >= size) {
        throw Error(
            ErrorKind::InvalidArgument,
            "{{function_node __wrapped__StridedSlice_device_/job:localhost/replica:0/task:0/device:CPU:0}} slice "
            "index " +
                std::to_string(at) + " of dimension " + std::to_string(axis) +
                " out of bounds. [Op:StridedSlice] name: strided_slice/");
    }
    if (at < 0) at += size;
    return {at, at + 1, 1, true};
}
}  // namespace

py::object binary(const char* op, py::handle self, py::handle other, bool swapped) {
    if (!convertible(other)) {
        if (other.is_none() && std::string_view(op) == "Equal") return py::bool_(false);
        if (other.is_none() && std::string_view(op) == "NotEqual") return py::bool_(true);
        return py::reinterpret_borrow<py::object>(Py_NotImplemented);
    }
    const Operand mine = toOperand(self);
    const Operand theirs = toOperand(other, mine.value.dtype());
    const bool batched = mine.value.shape().size() > 2 || theirs.value.shape().size() > 2;
    if (batched && std::string_view(op) == "MatMul") op = "BatchMatMulV2";
    return py::cast(PyTensor{swapped ? engine().run(op, {theirs, mine}) : engine().run(op, {mine, theirs})});
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

Operand sliced(const Operand& whole, py::handle index) {
    const py::tuple items =
        PyTuple_Check(index.ptr()) != 0 ? py::reinterpret_borrow<py::tuple>(index) : py::make_tuple(index);
    const Shape& shape = whole.value.shape();
    std::size_t named = 0;
    for (const auto item : items) named += item.is_none() || item.ptr() == Py_Ellipsis ? 0 : 1;
    if (named > shape.size()) {
        throw Error(ErrorKind::Index, "too many indices for a tensor of rank " + std::to_string(shape.size()) + ": " +
                                          std::to_string(named));
    }
    Shape begin;
    Shape end;
    Shape stride;
    Shape shrink;
    Shape result;
    const auto take = [&](const Bounds& bounds) {
        if (bounds.shrink) shrink.push_back(static_cast<std::int64_t>(begin.size()));
        begin.push_back(bounds.begin);
        end.push_back(bounds.end);
        stride.push_back(bounds.stride);
        if (bounds.shrink) return;
        const auto away = bounds.stride > 0 ? 1 : -1;
        result.push_back(std::max<std::int64_t>(0, (bounds.end - bounds.begin + bounds.stride - away) / bounds.stride));
    };
    const auto wholeAxes = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) take({0, shape[begin.size()], 1, false});
    };
    for (const auto item : items) {
        if (item.ptr() == Py_Ellipsis) {
            wholeAxes(shape.size() - named);
        } else if (item.is_none()) {
            result.push_back(1);
        } else {
            take(boundsOf(item, shape[begin.size()], begin.size()));
        }
    }
    wholeAxes(shape.size() - begin.size());
    const Operand part = engine().run("StridedSlice", {whole}, {begin, end, stride, shrink});
    return part.value.shape() == result ? part : engine().run("Reshape", {part}, {result});
}

}  // namespace tapescope
