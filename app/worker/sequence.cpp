// SPDX-License-Identifier: Apache-2.0
#include "app/worker/sequence.h"

#include <cmath>
#include <complex>
#include <limits>

#include "core/base/convert.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
enum class Leaf { None, Text, Double, Half, Float, Bool, Int, Complex };

/// numpy's scalar types, once numpy is there: a script without it has none of their values.
struct NumpyTypes {
    py::object floating64, floating32, floating16, floating, boolean, integer, complex;

    static const NumpyTypes* find() {
        static NumpyTypes* found = nullptr;
        if (found != nullptr) return found;
        PyObject* numpy = PyDict_GetItemString(PyImport_GetModuleDict(), "numpy");
        if (numpy == nullptr || PyObject_HasAttrString(numpy, "complexfloating") == 0) return nullptr;
        const auto type = [numpy](const char* name) { return py::getattr(numpy, name); };
        found = new NumpyTypes{type("float64"), type("float32"), type("float16"),        type("floating"),
                               type("bool_"),   type("integer"), type("complexfloating")};
        return found;
    }
};

bool isA(PyObject* object, const py::object& type) {
    return PyObject_TypeCheck(object, reinterpret_cast<PyTypeObject*>(type.ptr())) != 0;
}

bool isText(PyObject* object) {
    return PyUnicode_Check(object) != 0 || PyBytes_Check(object) != 0;
}

bool isSequence(PyObject* object) {
    return PyList_Check(object) != 0 || PyTuple_Check(object) != 0 ||
           (!isText(object) && PySequence_Check(object) != 0);
}

Leaf kindOf(PyObject* object) {
    if (isText(object)) return Leaf::Text;
    const NumpyTypes* numpy = NumpyTypes::find();
    if (PyFloat_Check(object) != 0)
        return numpy != nullptr && isA(object, numpy->floating64) ? Leaf::Double : Leaf::Float;
    if (PyBool_Check(object) != 0) return Leaf::Bool;
    if (PyLong_Check(object) != 0) return Leaf::Int;
    if (PyComplex_Check(object) != 0) return Leaf::Complex;
    if (numpy == nullptr) return Leaf::None;
    if (isA(object, numpy->floating32)) return Leaf::Float;
    if (isA(object, numpy->floating16)) return Leaf::Half;
    if (isA(object, numpy->boolean)) return Leaf::Bool;
    if (isA(object, numpy->integer)) return Leaf::Int;
    if (isA(object, numpy->complex)) return Leaf::Complex;
    return Leaf::None;
}

/// Why a conversion to one dtype failed; TensorFlow then tries others.
enum class Trouble { None, Mixed, Uneven, OutOfRange, DoubleOutOfRange, FoundInt64, FoundFloat, Negative };

const char* textOf(Trouble trouble) {
    switch (trouble) {
        case Trouble::Uneven: return "Can't convert non-rectangular Python sequence to Tensor.";
        case Trouble::OutOfRange: return "Can't convert Python sequence with out-of-range integer to Tensor.";
        case Trouble::DoubleOutOfRange:
            return "Can't convert Python sequence with a value out of range for a double-precision float.";
        default: return "Can't convert Python sequence with mixed types to Tensor.";
    }
}

/// What a class of the script's own raises when it is asked for its number is the script's.
py::object indexOf(PyObject* object) {
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(object));
    if (!number) throw py::error_already_set();
    return number;
}

void requireNoError() {
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
}

// One element of each kind. An integer counts as a float, a truth value as an integer.

Trouble readInt(PyObject* object, std::int64_t& value) {
    const Leaf kind = kindOf(object);
    if (kind != Leaf::Int && PyBool_Check(object) == 0) {
        return kind == Leaf::Float || kind == Leaf::Double || kind == Leaf::Half ? Trouble::FoundFloat : Trouble::Mixed;
    }
    const py::object number = indexOf(object);
    int overflow = 0;
    value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
    return overflow == 0 ? Trouble::None : Trouble::OutOfRange;
}

Trouble readInt32(PyObject* object, std::int32_t& value) {
    std::int64_t wide = 0;
    const Trouble trouble = readInt(object, wide);
    if (trouble != Trouble::None) return trouble;
    value = static_cast<std::int32_t>(wide);
    return value == wide ? Trouble::None : Trouble::FoundInt64;
}

Trouble readUnsigned(PyObject* object, std::uint64_t& value) {
    const Leaf kind = kindOf(object);
    if (kind != Leaf::Int && PyBool_Check(object) == 0)
        return kind == Leaf::Float || kind == Leaf::Double ? Trouble::FoundFloat : Trouble::Mixed;
    const py::object number = indexOf(object);
    value = PyLong_AsUnsignedLongLong(number.ptr());
    if (PyErr_Occurred() == nullptr) return Trouble::None;
    PyErr_Clear();
    return Py_SIZE(number.ptr()) < 0 ? Trouble::Negative : Trouble::OutOfRange;
}

Trouble readDouble(PyObject* object, double& value) {
    const Leaf kind = kindOf(object);
    if (kind == Leaf::Int || PyBool_Check(object) != 0) {
        const py::object number = indexOf(object);
        value = PyLong_AsDouble(number.ptr());
        if (PyErr_Occurred() == nullptr) return Trouble::None;
        PyErr_Clear();
        return Trouble::DoubleOutOfRange;
    }
    if (kind != Leaf::Float && kind != Leaf::Double && kind != Leaf::Half) return Trouble::Mixed;
    value = PyFloat_AsDouble(object);
    if (value == -1.0) requireNoError();
    return Trouble::None;
}

Trouble readFloat(PyObject* object, float& value) {
    double wide = 0;
    const Trouble trouble = readDouble(object, wide);
    value = static_cast<float>(wide);
    if (trouble == Trouble::None && std::isinf(value) && !std::isinf(wide)) return Trouble::DoubleOutOfRange;
    return trouble;
}

Trouble readComplex(PyObject* object, std::complex<double>& value) {
    if (kindOf(object) == Leaf::Complex) {
        const Py_complex z = PyComplex_AsCComplex(object);
        if (z.real == -1.0) requireNoError();
        value = {z.real, z.imag};
        return Trouble::None;
    }
    double real = 0;
    const Trouble trouble = readDouble(object, real);
    value = real;
    return trouble;
}

Trouble readBool(PyObject* object, bool& value) {
    if (kindOf(object) != Leaf::Bool) return Trouble::Mixed;
    const int truth = PyObject_IsTrue(object);
    if (truth < 0) throw py::error_already_set();
    value = truth > 0;
    return Trouble::None;
}

Trouble readText(PyObject* object, std::string& value) {
    if (!isText(object)) return Trouble::Mixed;
    value = bytesOf(object, "Error converting unicode string while converting Python sequence to Tensor.");
    return Trouble::None;
}

/// The shape down the first elements, and what kind the first of all is (None: there is none).
struct Outline {
    Shape shape;
    Leaf kind = Leaf::None;
    bool empty = false;

    explicit Outline(py::handle value) {
        constexpr std::size_t mostDimensions = 254;
        py::object at = py::reinterpret_borrow<py::object>(value);
        while (true) {
            kind = kindOf(at.ptr());
            if (kind != Leaf::None) return;
            if (!isSequence(at.ptr())) refuseValue(at);
            const Py_ssize_t size = PySequence_Size(at.ptr());
            if (size < 0) refuseLength();
            // Of a list in itself there would be no end.
            if (shape.size() == mostDimensions)
                throw Error(ErrorKind::InvalidArgument, "Too many dimensions in tensor");
            shape.push_back(size);
            if (size == 0) {
                empty = true;
                return;
            }
            at = py::reinterpret_steal<py::object>(PySequence_GetItem(at.ptr(), 0));
            if (!at) throw py::error_already_set();
        }
    }

    /// What TensorFlow adds where a line of its own raised.
    static constexpr const char* raisedInside =
        "Traceback (most recent call last):\n\n  File \"tensorflow/python/framework/ops.py\", line 361, in __len__\n   "
        " "
        "raise TypeError(\"Scalar tensor has no `len()`\")\n\n";

    /// Of an object that looks like a sequence and is none: its own complaint, in another's mouth.
    [[noreturn]] static void refuseLength() {
        const py::error_already_set error;
        const std::string text = py::cast<std::string>(error.type().attr("__name__")) + ": " +
                                 py::cast<std::string>(py::str(error.value())) + "\n";
        const bool ours = text.starts_with("TypeError: Scalar tensor");
        throw Error(ErrorKind::Value, ours ? text + raisedInside + text + "\n" : text);
    }
};

/// Reads every element with `read`, in order.
template <class T>
class Reading {
public:
    using Read = Trouble (*)(PyObject*, T&);

    Reading(const Outline& outline, Read read) : shape_(outline.shape), read_(read), filling_(outline.shape) {}

    Trouble from(PyObject* value) { return take(value, 0); }
    Tensor done() && { return std::move(filling_).done(); }

private:
    Trouble take(PyObject* value, std::size_t depth) {
        if (depth == shape_.size()) return read_(value, filling_.values[next_++]);
        if (!isSequence(value)) return Trouble::Uneven;
        const auto items = py::reinterpret_steal<py::object>(PySequence_Fast(value, ""));
        if (!items) throw py::error_already_set();
        if (PySequence_Fast_GET_SIZE(items.ptr()) != shape_[depth]) return Trouble::Uneven;
        for (std::int64_t i = 0; i < shape_[depth]; ++i) {
            // An item may be a sequence of the script's own, whose length takes items away from this one.
            if (PySequence_Fast_GET_SIZE(items.ptr()) <= i) return Trouble::Uneven;
            PyObject* item = PySequence_Fast_GET_ITEM(items.ptr(), i);
            // Held while it is looked into: sequences and numbers of the script's own run what could let go of them.
            const bool plain = PyFloat_CheckExact(item) != 0 || PyLong_CheckExact(item) != 0;
            const auto held = plain ? py::object() : py::reinterpret_borrow<py::object>(item);
            const Trouble trouble = take(item, depth + 1);
            if (trouble != Trouble::None) return trouble;
        }
        return Trouble::None;
    }

    const Shape& shape_;
    Read read_;
    Filling<T> filling_;
    std::size_t next_ = 0;
};

struct Attempt {
    Tensor tensor;
    Trouble trouble = Trouble::Mixed;
};

template <class T>
Attempt attempt(py::handle value, const Outline& outline, Trouble (*read)(PyObject*, T&)) {
    Reading<T> reading(outline, read);
    const Trouble trouble = reading.from(value.ptr());
    if (trouble != Trouble::None) return {{}, trouble};
    return {std::move(reading).done(), trouble};
}

Attempt halves(py::handle value, const Outline& outline) {
    Attempt result = attempt<double>(value, outline, readDouble);
    if (result.tensor) result.tensor = converted(result.tensor, DType::Float16);
    return result;
}

/// Straight to the dtype that is asked for, where there is such a way.
Attempt straight(py::handle value, const Outline& outline, DType wanted) {
    switch (wanted) {
        case DType::Float32: return attempt<float>(value, outline, readFloat);
        case DType::Float64: return attempt<double>(value, outline, readDouble);
        case DType::Float16: return halves(value, outline);
        case DType::Int32: return attempt<std::int32_t>(value, outline, readInt32);
        case DType::Int64: return attempt<std::int64_t>(value, outline, readInt);
        case DType::UInt64: return attempt<std::uint64_t>(value, outline, readUnsigned);
        case DType::Complex128: return attempt<std::complex<double>>(value, outline, readComplex);
        case DType::Bool: return attempt<bool>(value, outline, readBool);
        case DType::String: return attempt<std::string>(value, outline, readText);
        default: return {};
    }
}

/// To the dtype that the first element suggests.
Attempt suggested(py::handle value, const Outline& outline, bool free) {
    switch (outline.kind) {
        case Leaf::Text: return attempt<std::string>(value, outline, readText);
        case Leaf::Double: return attempt<double>(value, outline, readDouble);
        case Leaf::Half: return halves(value, outline);
        case Leaf::Float: return attempt<float>(value, outline, readFloat);
        case Leaf::Bool: return attempt<bool>(value, outline, readBool);
        case Leaf::Complex: return attempt<std::complex<double>>(value, outline, readComplex);
        case Leaf::Int: {
            Attempt result = free ? attempt<std::int32_t>(value, outline, readInt32)
                                  : attempt<std::int64_t>(value, outline, readInt);
            if (result.trouble == Trouble::FoundInt64) result = attempt<std::int64_t>(value, outline, readInt);
            if (result.trouble == Trouble::FoundFloat) result = attempt<float>(value, outline, readFloat);
            return result;
        }
        case Leaf::None: break;
    }
    return {};
}

/// May a value of the dtype that Python's suggested become the one that is asked for?
bool compatible(DType wanted, DType found) {
    const DTypeRow& to = row(wanted);
    const DTypeRow& from = row(found);
    if (wanted == found) return true;
    if (to.integer()) return from.integer();
    if (to.floating) return from.floating || from.integer();
    return to.complex() && (from.complex() || from.floating || from.integer());
}
}  // namespace

std::string bytesOf(py::handle value, const char* complaint) {
    if (PyUnicode_Check(value.ptr()) == 0) return py::cast<std::string>(value);
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (text != nullptr) return {text, static_cast<std::size_t>(size)};
    PyErr_Clear();  // lone surrogates
    throw Error(ErrorKind::Value, complaint);
}

void refuseValue(py::handle value) {
    throw Error(ErrorKind::Value, "Attempt to convert a value (" + py::cast<std::string>(py::repr(value)) +
                                      ") with an unsupported type (" +
                                      py::cast<std::string>(py::repr(py::type::handle_of(value))) + ") to a Tensor.");
}

Tensor fromSequence(py::handle value, std::optional<DType> wanted) {
    const Outline outline(value);
    if (outline.empty) {
        const DType dtype = wanted.value_or(DType::Float32);
        if (dtype == DType::String) return Filling<std::string>(outline.shape).done();
        return ByteFilling(dtype, outline.shape).done();
    }
    Attempt result = wanted ? straight(value, outline, *wanted) : Attempt{};
    if (result.tensor) return result.tensor;
    result = suggested(value, outline, !wanted.has_value());
    if (!result.tensor) throw Error(ErrorKind::Value, textOf(result.trouble));
    if (!wanted || *wanted == result.tensor.dtype()) return result.tensor;
    if (!compatible(*wanted, result.tensor.dtype())) {
        throw Error(ErrorKind::Type, "Cannot convert " + py::cast<std::string>(py::repr(value)) +
                                         " to EagerTensor of dtype " + std::string(row(*wanted).kernelName));
    }
    return converted(result.tensor, *wanted);
}

}  // namespace tapescope
