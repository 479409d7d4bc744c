// SPDX-License-Identifier: Apache-2.0
#include "app/worker/convert.h"

#include <cstring>
#include <new>

#include "app/worker/classes.h"
#include "app/worker/origin.h"
#include "app/worker/sequence.h"
#include "core/base/convert.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
std::string reprOf(py::handle value) {
    return py::cast<std::string>(py::repr(value));
}

[[noreturn]] void refuseArray(const std::string& why) {
    throw Error(ErrorKind::Value, "Failed to convert a NumPy array to a Tensor (Unsupported " + why + ").");
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

/// numpy's name for what TensorFlow has no dtype for.
std::string numpyType(char kind) {
    switch (kind) {
        case 'M': return "NPY_DATETIME";
        case 'm': return "NPY_TIMEDELTA";
        case 'f': return "NPY_LONGDOUBLE";
        case 'c': return "NPY_CLONGDOUBLE";
        default: return "NPY_VOID";
    }
}

/// Elements of a numpy array of str, bytes or objects.
Tensor stringsFrom(const py::object& array, Shape shape) {
    Filling<std::string> filling(std::move(shape));
    std::size_t next = 0;
    for (const auto item : array.attr("ravel")().attr("tolist")()) {
        if (PyUnicode_Check(item.ptr()) == 0 && PyBytes_Check(item.ptr()) == 0) {
            refuseArray("object type " + py::cast<std::string>(item.get_type().attr("__name__")));
        }
        filling.values[next++] =
            bytesOf(item, "Failed to convert a NumPy array to a Tensor (Unable to convert element to UTF-8).");
    }
    return std::move(filling).done();
}

/// numpy's may hold any byte, ours are true or false.
Tensor truthsFrom(const py::array& packed, Shape shape) {
    Filling<bool> filling(std::move(shape));
    const auto* bytes = static_cast<const unsigned char*>(packed.data());
    std::transform(bytes, bytes + filling.values.size(), filling.values.begin(),
                   [](unsigned char byte) { return byte != 0; });
    return std::move(filling).done();
}

Tensor fromArray(const py::array& array, std::optional<DType> wanted) {
    Shape shape(array.shape(), array.shape() + array.ndim());
    const char kind = array.dtype().kind();
    if (kind == 'U' || kind == 'S' || kind == 'O' || wanted == DType::String)
        return stringsFrom(array, std::move(shape));
    const auto own = dtypeOfArray(array);
    if (!own) refuseArray("numpy type: " + numpyType(kind));
    const auto packed = py::array::ensure(array, py::array::c_style);
    if (!packed) throw std::bad_alloc();
    const Tensor tensor = *own == DType::Bool ? truthsFrom(packed, std::move(shape))
                                              : Tensor::copied(*own, std::move(shape), packed.data());
    if (!wanted || row(*wanted).size == 0) return tensor;
    return converted(tensor, *wanted);
}

bool isArray(py::handle value) {
    return py::hasattr(value, "__array_interface__") && py::hasattr(value, "dtype");
}

/// Numbers that need no second look.
bool isPlain(py::handle value) {
    return PyFloat_CheckExact(value.ptr()) != 0 || PyLong_CheckExact(value.ptr()) != 0 ||
           PyList_CheckExact(value.ptr()) != 0 || PyUnicode_Check(value.ptr()) != 0 || PyBytes_Check(value.ptr()) != 0;
}

Tensor hostValue(py::handle value, std::optional<DType> wanted) {
    const bool array = !isPlain(value) && (isArray(value) || py::hasattr(value, "__array__"));
    if (!array) return fromSequence(value, wanted);
    // What the script's own __array__ raises is the script's.
    const py::object given = isArray(value) ? py::reinterpret_borrow<py::object>(value) : value.attr("__array__")();
    const bool made = py::isinstance<py::array>(given) || isArray(value);
    const auto elements = made ? py::array::ensure(given) : py::array();
    if (!made || !elements) throw Error(ErrorKind::Value, "Value returned by __array__ is not a NumPy array");
    return fromArray(elements, wanted);
}

Operand fromHost(py::handle value, std::optional<DType> wanted) {
    if (value.is_none()) refuseValue(value);
    auto origins = originsOf(value);
    return engine().constantFrom(hostValue(value, wanted), std::move(origins), false);
}

bool isOurs(py::handle value) {
    return asTensor(value) != nullptr || asVariable(value) != nullptr;
}

/// A level deeper, for as long as this lives: RecursionError where Python has no more of them.
class Deeper {
public:
    explicit Deeper(const char* where) {
        if (Py_EnterRecursiveCall(where) != 0) throw py::error_already_set();
    }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { Py_LeaveRecursiveCall(); }
};

/// The dtype of the first tensor or variable in nested lists, if there is one.
std::optional<DType> dtypeWithin(py::handle value) {
    if (const auto* tensor = asTensor(value)) return tensor->operand.value.dtype();
    if (const auto* variable = asVariable(value)) return engine().value(variable->id).dtype();
    if (PyList_Check(value.ptr()) == 0 && PyTuple_Check(value.ptr()) == 0) return std::nullopt;
    const Deeper level(" while a list is converted to a tensor");
    for (const auto item : py::reinterpret_borrow<py::sequence>(value)) {
        if (PyFloat_CheckExact(item.ptr()) != 0 || PyLong_CheckExact(item.ptr()) != 0) continue;
        if (const auto found = dtypeWithin(item)) return found;
    }
    return std::nullopt;
}

/// array_ops.py _autopacking_helper: a list with tensors in it becomes a Pack of its items.
Operand packed(py::handle value, DType dtype) {
    Operands items;
    for (const auto item : py::reinterpret_borrow<py::sequence>(value)) {
        if (isOurs(item)) {
            items.push_back(toOperand(item));
        } else {
            items.push_back(dtypeWithin(item) ? packed(item, dtype) : fromHost(item, dtype));
        }
    }
    try {
        return engine().run("Pack", std::move(items), {std::int64_t{0}});
    } catch (const Error& error) {
        throw Error(error.kind(), std::string(error.what()) + "packed");
    }
}

/// A list that holds tensors, with those of another dtype cast to the one that is asked for.
std::optional<Operand> packedIfMixed(py::handle value, std::optional<DType> wanted) {
    if (PyList_Check(value.ptr()) == 0 && PyTuple_Check(value.ptr()) == 0) return std::nullopt;
    const auto within = dtypeWithin(value);
    if (!within) return std::nullopt;
    const Operand result = packed(value, *within);
    return wanted && *wanted != *within ? engine().run("Cast", {result}, {*wanted}) : result;
}

/// What an object says that it is as a tensor, by TensorFlow's protocol for classes of one's own.
std::optional<Operand> convertedByItself(py::handle value, std::optional<DType> wanted) {
    if (isPlain(value)) return std::nullopt;
    if (classes().tensorShape && py::isinstance(value, classes().tensorShape)) {
        if (!py::cast<bool>(value.attr("is_fully_defined")())) {
            throw Error(ErrorKind::Value, "Cannot convert a partially known TensorShape " +
                                              py::cast<std::string>(py::str(value)) + " to a Tensor.");
        }
        return fromHost(value.attr("as_list")(), wanted.value_or(DType::Int32));
    }
    if (!py::hasattr(value, "__tf_tensor__")) return std::nullopt;
    const py::object dtype = wanted ? dtypeObject(*wanted) : py::none();
    const Deeper level(" while an object is converted to a tensor");
    return toOperand(value.attr("__tf_tensor__")(dtype, py::none()));
}
}  // namespace

Tensor tensorFrom(py::handle value, std::optional<DType> wanted) {
    return hostValue(value, wanted);
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

/// The value of a variable; one of Keras's as the dtype that the layer around computes in.
static Operand readOf(py::handle value, const PyVariable& variable) {
    Operand read = engine().read(variable.id, variable.unread);
    const auto wanted = classes().autocast;
    if (!wanted || Py_TYPE(value.ptr()) != classes().kerasType) return read;
    const bool casts = static_cast<const PyKerasVariable&>(variable).autocasts;
    if (!casts || !row(read.value.dtype()).floating || read.value.dtype() == *wanted) return read;
    return engine().run("Cast", {read}, {*wanted});
}

Operand toOperand(py::handle value, std::optional<DType> like) {
    if (const auto* tensor = asTensor(value)) return tensor->operand;
    if (const auto* variable = asVariable(value)) return readOf(value, *variable);
    if (isSlices(value)) return denseFrom(value);
    if (const auto list = packedIfMixed(value, like)) return *list;
    if (const auto own = convertedByItself(value, like)) return *own;
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

Operand toOperandPreferring(py::handle value, std::optional<DType> preferred) {
    if (!preferred) return toOperand(value);
    try {
        return toOperand(value, preferred);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Type && error.kind() != ErrorKind::Value) throw;
        return toOperand(value);
    }
}

Operand toConverted(py::handle value, std::optional<DType> dtype, std::optional<DType> preferred) {
    if (const auto* tensor = asTensor(value)) {
        const DType own = tensor->operand.value.dtype();
        if (!dtype || *dtype == own) return tensor->operand;
        throw Error(ErrorKind::Value, "Tensor conversion requested dtype " + std::string(row(*dtype).name) +
                                          " for Tensor with dtype " + std::string(row(own).name) + ": " +
                                          reprOf(value));
    }
    if (const auto* variable = asVariable(value)) {
        const DType own = engine().value(variable->id).dtype();
        if (dtype && *dtype != own) {
            throw Error(ErrorKind::Value, "Incompatible type conversion requested to type " +
                                              std::string(row(*dtype).name) + " for `tf.Variable of type " +
                                              std::string(row(own).name) + ". (Variable: " + reprOf(value) + ")");
        }
        return toOperand(value);
    }
    return dtype ? toOperand(value, dtype) : toOperandPreferring(value, preferred);
}

Operand toConstant(py::handle value, std::optional<DType> dtype) {
    if (const auto* tensor = asTensor(value)) {
        const DType own = tensor->operand.value.dtype();
        if (!dtype || *dtype == own) return tensor->operand;
        throw Error(ErrorKind::Type, "Expected tensor " +
                                         py::cast<std::string>(py::str(toNumpy(tensor->operand.value))) +
                                         " with dtype tf." + std::string(row(*dtype).name) + ", but got dtype tf." +
                                         std::string(row(own).name) + ".");
    }
    if (const auto* variable = asVariable(value)) {
        return engine().constantFrom(engine().value(variable->id), {engine().handle(variable->id)}, true);
    }
    if (classes().tensorShape && py::isinstance(value, classes().tensorShape))
        return fromHost(py::tuple(py::reinterpret_borrow<py::object>(value)), dtype);
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

namespace {
py::tuple shapeTuple(const Shape& shape) {
    py::tuple sizes(shape.size());
    for (std::size_t i = 0; i < shape.size(); ++i) sizes[i] = py::int_(shape[i]);
    return sizes;
}
}  // namespace

py::object toNumpy(const Tensor& tensor) {
    const std::vector<py::ssize_t> shape(tensor.shape().begin(), tensor.shape().end());
    if (tensor.dtype() == DType::String) {
        py::list all;
        for (const auto& string : tensor.as<std::string>()) all.append(py::bytes(string));
        return shape.empty() ? py::object(all[0])
                             : classes().texts.attr("object_array")(all, shapeTuple(tensor.shape()));
    }
    // numpy has no bfloat16: the same numbers as float32, which print as bfloat16.
    const bool narrow = tensor.dtype() == DType::BFloat16;
    const Tensor shown = narrow ? converted(tensor, DType::Float32) : tensor;
    const py::array array(py::dtype(std::string(row(shown.dtype()).name)), shape, shown.bytes());
    if (narrow) return classes().texts.attr("bfloat16_array")(array);
    return shape.empty() ? array.attr("__getitem__")(py::tuple()).cast<py::object>() : py::object(array);
}

py::object leaveAs(const char* how, TensorId tensor, const py::object& value) {
    engine().leave(tensor, how);
    rememberOrigin(value, tensor);
    return value;
}

DType dtypeFrom(py::handle value) {
    // Sources that run while the classes are still being imported name dtypes by texts.
    if (!classes().asDtype) return dtypeNamed(py::cast<std::string>(py::str(value))).value();
    const py::object dtype = classes().asDtype(value);
    const auto name = py::cast<std::string>(dtype.attr("name"));
    if (const auto known = dtypeNamed(name)) return *known;
    throw Error(ErrorKind::NotImplemented, "this program does not compute in " + name);
}

namespace {

/// A size of more than 32 bits among those of a list; in an array of such integers any.
bool isWide(py::handle value) {
    if (PyList_Check(value.ptr()) == 0 && PyTuple_Check(value.ptr()) == 0) {
        const auto array = isArray(value) ? py::array::ensure(value) : py::array();
        return array && array.dtype().kind() == 'i' && array.itemsize() == sizeof(std::int64_t);
    }
    for (const auto item : py::reinterpret_borrow<py::sequence>(value)) {
        int overflow = 0;
        if ((PyList_Check(item.ptr()) != 0 || PyTuple_Check(item.ptr()) != 0) && isWide(item)) return true;
        if (PyLong_Check(item.ptr()) == 0) continue;
        const std::int64_t size = PyLong_AsLongLongAndOverflow(item.ptr(), &overflow);
        if (overflow == 0 && size != static_cast<std::int32_t>(size)) return true;
    }
    return false;
}

}  // namespace

Shape shapeFrom(py::handle value) {
    Shape shape;
    int beyond = 0;
    if (PyLong_CheckExact(value.ptr()) != 0) shape = {PyLong_AsLongLongAndOverflow(value.ptr(), &beyond)};
    if (beyond != 0)
        throw Error(ErrorKind::Value, "Can't convert Python sequence with out-of-range integer to Tensor.");
    if (!shape.empty()) return shape;
    const auto take = [&shape](const Tensor& sizes) {
        for (std::int64_t i = 0; i < sizes.count(); ++i) shape.push_back(static_cast<std::int64_t>(sizes.at(i)));
    };
    if (isOurs(value)) {
        take(asTensor(value) != nullptr ? asTensor(value)->operand.value : engine().value(asVariable(value)->id));
    } else if (dtypeWithin(value)) {
        for (const auto item : py::reinterpret_borrow<py::sequence>(value)) {
            for (const auto size : shapeFrom(item)) shape.push_back(size);
        }
    } else if (classes().tensorShape && py::isinstance(value, classes().tensorShape)) {
        return shapeFrom(py::tuple(py::reinterpret_borrow<py::object>(value)));
    } else {
        take(hostValue(value, isWide(value) ? DType::Int64 : DType::Int32));
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
