// SPDX-License-Identifier: Apache-2.0
#include "app/worker/convert.h"

#include <algorithm>

#include "app/worker/classes.h"
#include "app/worker/origin.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
std::string reprOf(py::handle value) {
    return py::cast<std::string>(py::repr(value));
}

[[noreturn]] void unsupported(py::handle value) {
    throw Error(ErrorKind::Value, "Attempt to convert a value (" + py::cast<std::string>(py::str(value)) +
                                      ") with an unsupported type (" + reprOf(py::type::handle_of(value)) +
                                      ") to a Tensor.");
}

/// The dtype of a numpy array, as its kind and size say it.
std::optional<DType> dtypeOfArray(const py::array& array) {
    struct Row {
        char kind;
        py::ssize_t size;
        DType dtype;
    };
    static constexpr Row rows[] = {{'f', 4, DType::Float32},
                                   {'f', 8, DType::Float64},
                                   {'i', 4, DType::Int32},
                                   {'i', 8, DType::Int64},
                                   {'b', 1, DType::Bool}};
    for (const Row& row : rows) {
        if (array.dtype().kind() == row.kind && array.itemsize() == row.size) return row.dtype;
    }
    return std::nullopt;
}

template <class T>
Tensor copied(const py::array& array, Shape shape) {
    const auto typed = py::array_t<T, py::array::c_style | py::array::forcecast>::ensure(array);
    return Tensor::of<T>(std::move(shape), std::span<const T>(typed.data(), static_cast<std::size_t>(typed.size())));
}

Tensor fromArray(const py::array& array, std::optional<DType> wanted) {
    const auto own = dtypeOfArray(array);
    if (!own && !wanted) {
        throw Error(ErrorKind::Value, "Failed to convert a NumPy array to a Tensor (Unsupported object type " +
                                          reprOf(array.dtype()) + ").");
    }
    Shape shape(array.shape(), array.shape() + array.ndim());
    switch (wanted.value_or(own.value_or(DType::Float32))) {
        case DType::Float32: return copied<float>(array, shape);
        case DType::Float64: return copied<double>(array, shape);
        case DType::Int32: return copied<std::int32_t>(array, shape);
        case DType::Int64: return copied<std::int64_t>(array, shape);
        case DType::Bool: return copied<bool>(array, shape);
        case DType::Resource: break;
    }
    unsupported(array);
}

/// Numbers of nested lists, with the shape that they make; every row must be as long as the first.
struct Gathering {
    Shape shape;
    std::vector<py::handle> numbers;
    bool anyFloat = false, anyInt = false;

    void take(py::handle value, std::size_t depth) {
        if (PyList_Check(value.ptr()) == 0 && PyTuple_Check(value.ptr()) == 0) {
            if (depth != shape.size()) uneven();
            anyFloat |= PyFloat_Check(value.ptr()) != 0 || isNumpyScalar(value);
            anyInt |= PyLong_Check(value.ptr()) != 0 && PyBool_Check(value.ptr()) == 0;
            numbers.push_back(value);
            return;
        }
        const auto items = py::reinterpret_borrow<py::sequence>(value);
        const auto size = static_cast<std::int64_t>(items.size());
        if (numbers.empty() && shape.size() == depth) shape.push_back(size);
        if (shape.size() <= depth || shape[depth] != size) uneven();
        for (const auto item : items) take(item, depth + 1);
    }

    static bool isNumpyScalar(py::handle value) { return py::hasattr(value, "dtype"); }
    [[noreturn]] static void uneven() {
        throw Error(ErrorKind::Value, "Can't convert non-rectangular Python sequence to Tensor.");
    }
};

template <class T>
Tensor filledFrom(const Gathering& all) {
    Filling<T> filling(all.shape);
    for (std::size_t i = 0; i < all.numbers.size(); ++i) {
        if constexpr (std::is_floating_point_v<T>) {
            filling.values[i] =
                static_cast<T>(py::cast<double>(py::float_(py::reinterpret_borrow<py::object>(all.numbers[i]))));
        } else if constexpr (std::is_same_v<T, bool>) {
            filling.values[i] = PyObject_IsTrue(all.numbers[i].ptr()) != 0;
        } else {
            filling.values[i] = py::cast<T>(py::int_(py::reinterpret_borrow<py::object>(all.numbers[i])));
        }
    }
    return std::move(filling).done();
}

Tensor fromPython(py::handle value, std::optional<DType> wanted) {
    Gathering all;
    all.take(value, 0);
    for (const py::handle number : all.numbers) {
        if (PyFloat_Check(number.ptr()) == 0 && PyLong_Check(number.ptr()) == 0 && !py::hasattr(number, "__float__")) {
            unsupported(number);
        }
    }
    const bool noNumbers = all.numbers.empty();
    const DType own = all.anyFloat || noNumbers ? DType::Float32 : all.anyInt ? DType::Int32 : DType::Bool;
    const DType dtype = wanted.value_or(own);
    if (all.anyFloat && !row(dtype).floating) {
        throw Error(ErrorKind::Type,
                    "Cannot convert " + reprOf(value) + " to EagerTensor of dtype " + std::string(row(dtype).name));
    }
    switch (dtype) {
        case DType::Float32: return filledFrom<float>(all);
        case DType::Float64: return filledFrom<double>(all);
        case DType::Int32: return filledFrom<std::int32_t>(all);
        case DType::Int64: return filledFrom<std::int64_t>(all);
        case DType::Bool: return filledFrom<bool>(all);
        case DType::Resource: break;
    }
    unsupported(value);
}

bool isArray(py::handle value) {
    return py::hasattr(value, "__array_interface__") && py::hasattr(value, "dtype");
}

Operand fromHost(py::handle value, std::optional<DType> wanted) {
    if (value.is_none()) unsupported(value);
    auto origins = originsOf(value);
    const Tensor tensor = isArray(value) ? fromArray(py::array::ensure(value), wanted) : fromPython(value, wanted);
    return engine().constantFrom(tensor, std::move(origins), false);
}
}  // namespace

Operand toOperand(py::handle value, std::optional<DType> like) {
    if (const auto* tensor = asTensor(value)) return tensor->operand;
    if (const auto* variable = asVariable(value)) return engine().read(variable->id, variable->unread);
    return fromHost(value, like);
}

Operand toConstant(py::handle value, std::optional<DType> dtype) {
    if (const auto* tensor = asTensor(value)) {
        if (!dtype || *dtype == tensor->operand.value.dtype()) return tensor->operand;
        return engine().run("Cast", {tensor->operand}, {*dtype});
    }
    if (const auto* variable = asVariable(value)) {
        return engine().constantFrom(engine().value(variable->id), {engine().handle(variable->id)}, true);
    }
    return fromHost(value, dtype);
}

Operand toSource(py::handle value) {
    if (const auto* tensor = asTensor(value)) return tensor->operand;
    if (const auto* variable = asVariable(value)) return engine().handleOperand(variable->id);
    const std::string type = value.get_type().attr("__name__").cast<std::string>();
    if (PyFloat_Check(value.ptr()) != 0 && py::cast<double>(value) == 3.0) {
        // 3.0 equals the number of a dtype, so TensorFlow's first check lets it pass.
        throw Error(ErrorKind::Attribute, "'float' object has no attribute 'dtype'");
    }
    if (py::hasattr(value, "dtype")) {
        const std::string module = value.get_type().attr("__module__").cast<std::string>();
        const std::string prefix = module == "numpy" ? "numpy." : "";
        throw Error(ErrorKind::Attribute, "'" + prefix + type + "' object has no attribute '_id'");
    }
    throw Error(ErrorKind::Type,
                "Cannot convert the argument `type_value`: " + reprOf(value) + " to a TensorFlow DType.");
}

py::object toNumpy(const Tensor& tensor) {
    const py::dtype dtype(std::string(row(tensor.dtype()).name));
    const std::vector<py::ssize_t> shape(tensor.shape().begin(), tensor.shape().end());
    py::array array(dtype, shape, tensor.bytes());
    return shape.empty() ? array.attr("__getitem__")(py::tuple()).cast<py::object>() : py::object(array);
}

py::object leaveAs(const char* how, TensorId tensor, const py::object& value) {
    engine().leave(tensor, how);
    rememberOrigin(value, tensor);
    return value;
}

DType dtypeFrom(py::handle value) {
    std::string name;
    if (py::isinstance<py::str>(value)) {
        name = py::cast<std::string>(value);
    } else if (py::hasattr(value, "name")) {
        name = py::cast<std::string>(py::str(value.attr("name")));
    } else if (py::hasattr(value, "__name__")) {
        name = py::cast<std::string>(value.attr("__name__"));
    }
    struct Python {
        std::string_view name;
        DType dtype;
    };
    static constexpr Python python[] = {{"float", DType::Float32}, {"int", DType::Int32}, {"bool", DType::Bool}};
    for (const auto& [known, dtype] : python) {
        if (name == known) return dtype;
    }
    if (const auto dtype = dtypeNamed(name)) return *dtype;
    throw Error(ErrorKind::Type,
                "Cannot convert the argument `type_value`: " + reprOf(value) + " to a TensorFlow DType.");
}

Shape shapeFrom(py::handle value) {
    if (const auto* tensor = asTensor(value)) {
        Shape shape;
        for (std::int64_t i = 0; i < tensor->operand.value.count(); ++i) {
            shape.push_back(static_cast<std::int64_t>(tensor->operand.value.at(i)));
        }
        return shape;
    }
    if (PyLong_Check(value.ptr()) != 0) return {py::cast<std::int64_t>(value)};
    Shape shape;
    for (const auto item : py::iter(value)) {
        shape.push_back(py::cast<std::int64_t>(py::int_(py::reinterpret_borrow<py::object>(item))));
    }
    return shape;
}

py::object dtypeObject(DType dtype) {
    return classes().dtypes[py::str(std::string(row(dtype).name))];
}

py::object shapeObject(const Shape& shape) {
    py::list dimensions;
    for (const auto dimension : shape) dimensions.append(dimension);
    return classes().tensorShape(dimensions);
}

}  // namespace tapescope
