// SPDX-License-Identifier: Apache-2.0
#include "app/worker/attributes.h"

#include <algorithm>

#include "app/worker/classes.h"
#include "app/worker/convert.h"
#include "app/worker/fastcall.h"
#include "core/ops/definition.h"

namespace tapescope {

namespace py = pybind11;

namespace {

/// A number that is an input in TensorFlow: what its kernel says of a tensor of another rank, and the attribute of its
/// dtype.
struct ScalarRow {
    std::string_view op, attribute, dtype, complaint;
};
constexpr ScalarRow scalarRows[] = {
    {"ArgMax", "axis", "Tidx", "dim must be a scalar, but received tensor of shape: "},
    {"ArgMin", "axis", "Tidx", "dim must be a scalar, but received tensor of shape: "},
    {"Cumprod", "axis", "Tidx", "ScanOp: axis must be a scalar, not "},
    {"Cumsum", "axis", "Tidx", "ScanOp: axis must be a scalar, not "},
    {"CumulativeLogsumexp", "axis", "Tidx", "ScanOp: axis must be a scalar, not "},
    {"MatrixBandPart", "num_lower", "Tindex", "num_lower must be scalar, got shape "},
    {"MatrixBandPart", "num_upper", "Tindex", "num_upper must be scalar, got shape "},
    {"TopKV2", "k", "Tk", "k must be scalar, got shape "},
};

void requireScalar(const OpRow& row, const AttributeRow& attribute, const Tensor& value) {
    const auto said = std::ranges::find_if(
        scalarRows, [&](const ScalarRow& one) { return one.op == row.type && one.attribute == attribute.name; });
    const bool known = said != std::end(scalarRows);
    if (known && !tapescope::row(value.dtype()).integer()) refuseType(row, said->dtype, value.dtype());
    if (value.count() == 1 && (!known || value.shape().empty())) return;
    refuseCall(row, (known ? std::string(said->complaint) : std::string(attribute.name) + " must be a scalar, not ") +
                        kernelText(value.shape()));
}

/// Python's, or a scalar of numpy's.
bool isPlainInteger(py::handle value) {
    if (PyLong_Check(value.ptr()) != 0) return true;
    return PyIndex_Check(value.ptr()) != 0 && asTensor(value) == nullptr && !py::hasattr(value, "__len__");
}

/// A value of another kind than an attribute of TensorFlow's has.
[[noreturn]] void refuseKind(py::handle value, const AttributeRow& attribute, const char* kind) {
    throw Error(ErrorKind::Type, std::string("Expected ") + kind + " for argument '" + std::string(attribute.name) +
                                     "' not " + py::cast<std::string>(py::repr(value)) + ".");
}

bool isText(py::handle value) {
    return PyUnicode_Check(value.ptr()) != 0 || PyBytes_Check(value.ptr()) != 0;
}

/// What does not fit raises Python's OverflowError.
std::int64_t fitting(py::handle number) {
    const std::int64_t fits = PyLong_AsLongLong(number.ptr());
    if (fits == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
    return fits;
}

/// As int() reads what is no text. What a script's __int__ raises comes through; so does an OverflowError.
std::int64_t plainInteger(py::handle value, const AttributeRow& attribute) {
    if (isText(value)) refuseKind(value, attribute, "int");
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Long(value.ptr()));
    if (number) return fitting(number);
    if (PyErr_ExceptionMatches(PyExc_TypeError) == 0 && PyErr_ExceptionMatches(PyExc_ValueError) == 0)
        throw py::error_already_set();
    PyErr_Clear();
    refuseKind(value, attribute, "int");
}

/// Python's real numbers, and scalars of numpy's.
bool isReal(py::handle value) {
    if (PyFloat_Check(value.ptr()) != 0 || PyLong_Check(value.ptr()) != 0) return true;
    if (py::isinstance(value, py::module_::import("numbers").attr("Real"))) return true;
    return py::hasattr(value, "dtype") && asTensor(value) == nullptr && !py::hasattr(value, "__len__");
}

double plainFloat(py::handle value, const AttributeRow& attribute) {
    if (!isReal(value)) refuseKind(value, attribute, "float");
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Float(value.ptr()));
    if (!number) throw py::error_already_set();
    return PyFloat_AS_DOUBLE(number.ptr());
}

std::string textFrom(py::handle value, const OpRow& row, const AttributeRow& attribute) {
    if (PyBytes_Check(value.ptr()) != 0) return py::cast<std::string>(value);
    if (PyUnicode_Check(value.ptr()) != 0) {
        Py_ssize_t size = 0;
        const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
        if (text == nullptr) throw py::error_already_set();
        return {text, static_cast<std::size_t>(size)};
    }
    if (attributeDefaults(row, attribute.name)) refuseKind(value, attribute, "string");
    throw Error(ErrorKind::Type,
                "Cannot convert " + py::cast<std::string>(py::repr(value)) + " to EagerTensor of dtype string");
}

/// What stands where TensorFlow takes an int32 tensor.
std::int64_t integerFrom(py::handle value, const OpRow& row, const AttributeRow& attribute) {
    if (!isPlainInteger(value) && attributeDefaults(row, attribute.name)) return plainInteger(value, attribute);
    if (PyFloat_Check(value.ptr()) != 0) {
        throw Error(ErrorKind::Type,
                    "Cannot convert " + py::cast<std::string>(py::repr(value)) + " to EagerTensor of dtype int32");
    }
    if (isPlainInteger(value)) {
        try {
            return fitting(value);
        } catch (const py::error_already_set& raised) {
            if (!raised.matches(PyExc_OverflowError) || attributeDefaults(row, attribute.name)) throw;
        }
        throw Error(ErrorKind::Value, "Can't convert Python sequence with out-of-range integer to Tensor.");
    }
    const Tensor number = toOperand(value).value;
    requireScalar(row, attribute, number);
    return static_cast<std::int64_t>(number.at(0));
}

Shape axesFrom(py::handle value, const OpRow& row, const AttributeRow& attribute) {
    const bool number = PyFloat_Check(value.ptr()) != 0 || isPlainInteger(value);
    return number ? Shape{integerFrom(value, row, attribute)} : shapeFrom(value);
}

/// Sizes and orders that TensorFlow takes as tensors: the attribute of an operation that says of which dtypes.
void requireSizes(py::handle value, const OpRow& row) {
    const PyTensor* tensor = asTensor(value);
    if (tensor == nullptr) return;
    const DType dtype = tensor->operand.value.dtype();
    for (const auto& [type, of] : {std::pair{"Reshape", "Tshape"},
                                   {"BroadcastTo", "Tidx"},
                                   {"Tile", "Tmultiples"},
                                   {"Transpose", "Tperm"},
                                   {"Fill", "index_type"}})
        if (row.type == type && dtype != DType::Int32 && dtype != DType::Int64) refuseType(row, of, dtype);
}

}  // namespace

AttributeValue attributeFrom(py::handle value, const OpRow& row, const AttributeRow& attribute) {
    struct Reader {
        py::handle value;
        const OpRow& row;
        const AttributeRow& attribute;
        AttributeValue operator()(std::monostate) const {
            requireSizes(value, row);
            return value.is_none() ? AttributeValue{} : axesFrom(value, row, attribute);
        }
        AttributeValue operator()(bool) const { return truthOf(value.ptr()); }
        AttributeValue operator()(std::int64_t) const { return integerFrom(value, row, attribute); }
        AttributeValue operator()(double) const { return plainFloat(value, attribute); }
        AttributeValue operator()(DType) const { return dtypeFrom(value); }
        AttributeValue operator()(const std::string&) const { return textFrom(value, row, attribute); }
        AttributeValue operator()(const Shape&) const {
            requireSizes(value, row);
            return shapeFrom(value);
        }
    };
    if (value.is_none() && attributeDefaults(row, attribute.name).value_or(false)) return attribute.fallback;
    return std::visit(Reader{value, row, attribute}, attribute.fallback);
}

}  // namespace tapescope
