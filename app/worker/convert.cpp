// SPDX-License-Identifier: Apache-2.0
#include "app/worker/convert.h"

#include <algorithm>
#include <complex>
#include <cstring>

#include "app/worker/classes.h"
#include "app/worker/origin.h"
#include "core/base/convert.h"
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

/// The dtype of a numpy array, as its kind and size say it. numpy has no bfloat16.
std::optional<DType> dtypeOfArray(const py::array& array) {
    struct Row {
        char kind;
        py::ssize_t size;
        DType dtype;
    };
    static constexpr Row rows[] = {{'f', 4, DType::Float32},   {'f', 8, DType::Float64},    {'f', 2, DType::Float16},
                                   {'i', 1, DType::Int8},      {'i', 2, DType::Int16},      {'i', 4, DType::Int32},
                                   {'i', 8, DType::Int64},     {'u', 1, DType::UInt8},      {'u', 2, DType::UInt16},
                                   {'u', 4, DType::UInt32},    {'u', 8, DType::UInt64},     {'b', 1, DType::Bool},
                                   {'c', 8, DType::Complex64}, {'c', 16, DType::Complex128}};
    for (const Row& row : rows) {
        if (array.dtype().kind() == row.kind && array.itemsize() == row.size) return row.dtype;
    }
    return std::nullopt;
}

/// A str as UTF-8, bytes as they are.
std::string bytesOf(py::handle value) {
    return py::cast<std::string>(value);
}

/// Elements of a numpy array of str, bytes or objects.
Tensor stringsFrom(const py::array& array, Shape shape) {
    Filling<std::string> filling(std::move(shape));
    std::size_t next = 0;
    for (const auto item : py::iter(array.attr("ravel")())) {
        if (PyUnicode_Check(item.ptr()) == 0 && PyBytes_Check(item.ptr()) == 0) unsupported(array);
        filling.values[next++] = bytesOf(item);
    }
    return std::move(filling).done();
}

Tensor fromArray(const py::array& array, std::optional<DType> wanted) {
    Shape shape(array.shape(), array.shape() + array.ndim());
    const char kind = array.dtype().kind();
    if (kind == 'U' || kind == 'S' || kind == 'O') return stringsFrom(array, std::move(shape));
    const auto own = dtypeOfArray(array);
    if (!own) {
        throw Error(ErrorKind::Value, "Failed to convert a NumPy array to a Tensor (Unsupported object type " +
                                          reprOf(array.dtype()) + ").");
    }
    const auto packed = py::array::ensure(array, py::array::c_style);
    auto bytes = std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(packed.nbytes()) + 1);
    std::memcpy(bytes.get(), packed.data(), static_cast<std::size_t>(packed.nbytes()));
    return converted({*own, std::move(shape), std::move(bytes)}, wanted.value_or(*own));
}

/// Numbers of nested lists, with the shape that they make; every row must be as long as the first.
struct Gathering {
    Shape shape;
    std::vector<py::handle> numbers;
    bool anyFloat = false, anyInt = false, anyString = false, anyComplex = false;

    void take(py::handle value, std::size_t depth) {
        if (PyList_Check(value.ptr()) == 0 && PyTuple_Check(value.ptr()) == 0) {
            if (depth != shape.size()) uneven();
            anyFloat |= PyFloat_Check(value.ptr()) != 0 || isNumpyScalar(value);
            anyString |= PyUnicode_Check(value.ptr()) != 0 || PyBytes_Check(value.ptr()) != 0;
            anyComplex |= PyComplex_Check(value.ptr()) != 0;
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

template <class T, class F>
Tensor filledFrom(const Gathering& all, F&& read) {
    Filling<T> filling(all.shape);
    for (std::size_t i = 0; i < all.numbers.size(); ++i) {
        filling.values[i] = read(py::reinterpret_borrow<py::object>(all.numbers[i]));
    }
    return std::move(filling).done();
}

/// By way of the widest of its kind.
Tensor numbersFrom(const Gathering& all, DType dtype) {
    switch (row(dtype).kind) {
        case DTypeKind::Float:
            return converted(
                filledFrom<double>(all, [](const py::object& one) { return py::cast<double>(py::float_(one)); }),
                dtype);
        case DTypeKind::Complex:
            return converted(filledFrom<std::complex<double>>(all,
                                                              [](const py::object& one) {
                                                                  const Py_complex z = PyComplex_AsCComplex(one.ptr());
                                                                  return std::complex<double>(z.real, z.imag);
                                                              }),
                             dtype);
        case DTypeKind::Signed:
            return converted(filledFrom<std::int64_t>(
                                 all, [](const py::object& one) { return py::cast<std::int64_t>(py::int_(one)); }),
                             dtype);
        case DTypeKind::Unsigned:
            return converted(
                filledFrom<std::uint64_t>(
                    all, [](const py::object& one) { return PyLong_AsUnsignedLongLongMask(py::int_(one).ptr()); }),
                dtype);
        case DTypeKind::Bool:
            return filledFrom<bool>(all, [](const py::object& one) { return PyObject_IsTrue(one.ptr()) != 0; });
        case DTypeKind::Bytes: return filledFrom<std::string>(all, [](const py::object& one) { return bytesOf(one); });
        case DTypeKind::Handle: break;
    }
    return {};
}

Tensor fromPython(py::handle value, std::optional<DType> wanted) {
    Gathering all;
    all.take(value, 0);
    for (const py::handle number : all.numbers) {
        const bool text = PyUnicode_Check(number.ptr()) != 0 || PyBytes_Check(number.ptr()) != 0;
        if (!text && PyFloat_Check(number.ptr()) == 0 && PyLong_Check(number.ptr()) == 0 &&
            PyComplex_Check(number.ptr()) == 0 && !py::hasattr(number, "__float__")) {
            unsupported(number);
        }
    }
    const bool noNumbers = all.numbers.empty();
    const DType own = all.anyString               ? DType::String
                      : all.anyComplex            ? DType::Complex128
                      : all.anyFloat || noNumbers ? DType::Float32
                      : all.anyInt                ? DType::Int32
                                                  : DType::Bool;
    const DType dtype = wanted.value_or(own);
    const DTypeRow& facts = row(dtype);
    const bool fits = all.anyString == (dtype == DType::String) && (!all.anyFloat || facts.floating || facts.complex());
    if (!noNumbers && !fits) {
        throw Error(ErrorKind::Type,
                    "Cannot convert " + reprOf(value) + " to EagerTensor of dtype " + std::string(facts.name));
    }
    Tensor result = numbersFrom(all, dtype);
    if (!result) unsupported(value);
    return result;
}

bool isArray(py::handle value) {
    return py::hasattr(value, "__array_interface__") && py::hasattr(value, "dtype");
}

Operand fromHost(py::handle value, std::optional<DType> wanted) {
    if (value.is_none()) unsupported(value);
    auto origins = originsOf(value);
    return engine().constantFrom(tensorFrom(value, wanted), std::move(origins), false);
}
}  // namespace

Tensor tensorFrom(py::handle value, std::optional<DType> wanted) {
    return isArray(value) ? fromArray(py::array::ensure(value), wanted) : fromPython(value, wanted);
}

/// indexed_slices.py _indexed_slices_to_tensor.
static Operand denseFrom(py::handle value) {
    const Operand gradient = toGradient(value);
    if (!gradient.slices->denseShape) {
        throw Error(ErrorKind::Value,
                    "Tensor conversion requested for IndexedSlices for argument `value` without dense_shape: " +
                        py::cast<std::string>(py::str(value)));
    }
    return dense(engine(), gradient);
}

Operand toOperand(py::handle value, std::optional<DType> like) {
    if (const auto* tensor = asTensor(value)) return tensor->operand;
    if (const auto* variable = asVariable(value)) return engine().read(variable->id, variable->unread);
    if (isSlices(value)) return denseFrom(value);
    return fromHost(value, like);
}

py::object gradientObject(const Operand& gradient) {
    if (!gradient) return py::none();
    const py::object values = py::cast(PyTensor{{gradient.id, gradient.value, {}}});
    if (!gradient.slices) return values;
    const Slices& slices = *gradient.slices;
    return classes().slices(values, PyTensor{slices.indices},
                            slices.denseShape ? py::cast(PyTensor{slices.denseShape}) : py::object(py::none()));
}

Operand toGradient(py::handle value, std::optional<DType> like) {
    if (!isSlices(value)) return toOperand(value, like);
    const py::object shape = value.attr("dense_shape");
    Operand gradient = toOperand(value.attr("values"), like);
    gradient.slices = std::make_shared<const Slices>(
        Slices{toOperand(value.attr("indices"), DType::Int32), shape.is_none() ? Operand{} : toOperand(shape)});
    return gradient;
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
    const std::vector<py::ssize_t> shape(tensor.shape().begin(), tensor.shape().end());
    if (tensor.dtype() == DType::String) {
        py::list all;
        for (const auto& string : tensor.as<std::string>()) all.append(py::bytes(string));
        if (shape.empty()) return all[0];
        const auto numpy = py::module_::import("numpy");
        const auto array = numpy.attr("empty")(all.size(), "object").cast<py::object>();
        array.attr("__setitem__")(py::ellipsis(), all);
        return array.attr("reshape")(py::cast(shape));
    }
    // numpy has no bfloat16: the same numbers in float32.
    const Tensor shown = tensor.dtype() == DType::BFloat16 ? converted(tensor, DType::Float32) : tensor;
    const py::dtype dtype(std::string(row(shown.dtype()).name));
    py::array array(dtype, shape, shown.bytes());
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
    static constexpr Python python[] = {
        {"float", DType::Float32},      {"int", DType::Int32},    {"bool", DType::Bool},      {"bool_", DType::Bool},
        {"str", DType::String},         {"str_", DType::String},  {"bytes", DType::String},   {"bytes_", DType::String},
        {"complex", DType::Complex128}, {"half", DType::Float16}, {"double", DType::Float64}, {"object", DType::String},
        {"object_", DType::String}};
    for (const auto& [known, dtype] : python) {
        if (name == known) return dtype;
    }
    if (const auto dtype = dtypeNamed(name)) return *dtype;
    throw Error(ErrorKind::Type,
                "Cannot convert the argument `type_value`: " + reprOf(value) + " to a TensorFlow DType.");
}

namespace {
void takeIntegers(py::handle value, py::handle whole, Shape& into) {
    if (const auto* tensor = asTensor(value)) {
        const Tensor& integers = tensor->operand.value;
        for (std::int64_t i = 0; i < integers.count(); ++i) {
            into.push_back(integers.dtype() == DType::Int64 ? integers.as<std::int64_t>()[static_cast<std::size_t>(i)]
                                                            : static_cast<std::int64_t>(integers.at(i)));
        }
        return;
    }
    if (value.is_none()) unsupported(value);
    if (PyFloat_Check(value.ptr()) != 0 || PyUnicode_Check(value.ptr()) != 0)
        throw Error(ErrorKind::Type, "Cannot convert " + reprOf(whole) + " to EagerTensor of dtype int32");
    if (PyIndex_Check(value.ptr()) != 0 && !(py::isinstance<py::array>(value) && py::len(value.attr("shape")) > 0)) {
        into.push_back(py::cast<std::int64_t>(py::int_(py::reinterpret_borrow<py::object>(value))));
        return;
    }
    for (const auto item : py::iter(value)) takeIntegers(item, whole, into);
}
}  // namespace

Shape shapeFrom(py::handle value) {
    Shape shape;
    takeIntegers(value, value, shape);
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
