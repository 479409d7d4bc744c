// SPDX-License-Identifier: Apache-2.0
#include "app/worker/slicing.h"

#include <limits>
#include <optional>

#include "app/worker/classes.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
[[noreturn]] void refuseIndex(py::handle item) {
    throw Error(ErrorKind::Type,
                "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
                "tensors are valid indices, got " +
                    py::cast<std::string>(py::repr(item)));
}

[[noreturn]] void refuseTruth() {
    throw Error(ErrorKind::InvalidArgument,
                "Value for attr 'Index' of bool is not in the list of allowed values: int16, int32, int64\n\t; "
                "NodeDef: {{node StridedSlice}}; Op<name=StridedSlice; signature=input:T, begin:Index, end:Index, "
                "strides:Index -> output:T; attr=T:type; attr=Index:type,allowed=[DT_INT16, DT_INT32, DT_INT64]; "
                "attr=begin_mask:int,default=0; attr=end_mask:int,default=0; attr=ellipsis_mask:int,default=0; "
                "attr=new_axis_mask:int,default=0; attr=shrink_axis_mask:int,default=0> [Op:StridedSlice] name: "
                "strided_slice/");
}

bool indexDType(std::string_view name) {
    return name == "int16" || name == "int32" || name == "int64";
}

/// One number of an index, and the dtype where it came as a tensor: a stack of them must agree.
struct Bound {
    std::int64_t value = 0;
    std::optional<DType> dtype;
};

Bound fromTensor(const Tensor& tensor, py::handle item) {
    if (!indexDType(row(tensor.dtype()).name) || tensor.shape().size() == 1) refuseIndex(item);
    if (!tensor.shape().empty()) {
        const Shape shape = [&] {
            Shape stacked{1};
            stacked.insert(stacked.end(), tensor.shape().begin(), tensor.shape().end());
            return stacked;
        }();
        throw Error(ErrorKind::InvalidArgument,
                    "{{function_node __wrapped__StridedSlice_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
                    "Expected begin, end, and strides to be 1D equal size tensors, but got shapes " +
                        kernelText(shape) + ", " + kernelText(shape) +
                        ", and [1] instead. [Op:StridedSlice] name: strided_slice/");
    }
    return {tensor.dtype() == DType::Int64 ? tensor.as<std::int64_t>()[0] : static_cast<std::int64_t>(tensor.at(0)),
            tensor.dtype()};
}

Bound boundFrom(py::handle item) {
    if (const auto* tensor = asTensor(item)) return fromTensor(tensor->operand.value, item);
    if (const auto* variable = asVariable(item)) return fromTensor(engine().read(variable->id).value, item);
    if (PyLong_Check(item.ptr()) == 0) {
        // numpy's: scalars of integers, and arrays of no axes.
        if (!py::hasattr(item, "dtype") || !py::hasattr(item, "ndim")) refuseIndex(item);
        if (!indexDType(py::cast<std::string>(py::str(item.attr("dtype")))) || py::cast<int>(item.attr("ndim")) != 0)
            refuseIndex(item);
    }
    int overflow = 0;
    const py::int_ number(py::reinterpret_borrow<py::object>(item));
    const std::int64_t value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
    if (overflow != 0 || value == std::numeric_limits<std::int64_t>::max()) {
        throw Error(ErrorKind::Value, "Can't convert Python sequence with out-of-range integer to Tensor.");
    }
    return {value, std::nullopt};
}

/// The call of strided_slice that an index means.
class Subscript {
public:
    void take(py::handle item) {
        constexpr std::size_t most = 63;
        if (begin_.size() >= most) throw Error(ErrorKind::Index, "too many indices for a tensor");
        const std::int64_t bit = std::int64_t{1} << begin_.size();
        if (PySlice_Check(item.ptr()) != 0) {
            takeSlice(item, bit);
        } else if (item.ptr() == Py_Ellipsis) {
            ellipsis_ |= bit;
            push({}, {}, {1, {}});
        } else if (item.is_none()) {
            newAxis_ |= bit;
            push({}, {}, {1, {}});
        } else {
            const Bound at = boundFrom(item);
            shrink_ |= bit;
            push(at, {at.value + 1, at.dtype}, {1, {}});
        }
    }

    Attributes attributes() const {
        requireOneDType(begin_);
        requireOneDType(end_);
        return {numbers(begin_), numbers(end_), numbers(stride_), beginOpen_, endOpen_, ellipsis_, newAxis_, shrink_};
    }

private:
    void takeSlice(py::handle item, std::int64_t bit) {
        const auto part = [&](const char* name, std::int64_t fallback, std::int64_t* open) -> Bound {
            const py::object given = item.attr(name);
            if (!given.is_none()) return boundFrom(given);
            if (open != nullptr) *open |= bit;
            return {fallback, std::nullopt};
        };
        const Bound begin = part("start", 0, &beginOpen_);
        const Bound end = part("stop", 0, &endOpen_);
        push(begin, end, part("step", 1, nullptr));
    }

    void push(Bound begin, Bound end, Bound stride) {
        begin_.push_back(begin);
        end_.push_back(end);
        stride_.push_back(stride);
    }

    static void requireOneDType(const std::vector<Bound>& bounds) {
        std::optional<DType> first;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            if (!bounds[i].dtype) continue;
            if (!first) first = bounds[i].dtype;
            if (*first == *bounds[i].dtype) continue;
            throw Error(ErrorKind::InvalidArgument,
                        "cannot compute Pack as input #" + std::to_string(i) + "(zero-based) was expected to be a " +
                            std::string(row(*first).kernelName) + " tensor but is a " +
                            std::string(row(*bounds[i].dtype).kernelName) + " tensor [Op:Pack] name: stack");
        }
    }

    static Shape numbers(const std::vector<Bound>& bounds) {
        Shape values;
        for (const Bound& bound : bounds) values.push_back(bound.value);
        return values;
    }

    std::vector<Bound> begin_, end_, stride_;
    std::int64_t beginOpen_ = 0, endOpen_ = 0, ellipsis_ = 0, newAxis_ = 0, shrink_ = 0;
};

bool isMask(py::handle index) {
    if (PyBool_Check(index.ptr()) != 0) return true;
    if (const auto* tensor = asTensor(index)) return tensor->operand.value.dtype() == DType::Bool;
    return py::isinstance<py::array>(index) && py::reinterpret_borrow<py::array>(index).dtype().kind() == 'b';
}

/// array_ops.py boolean_mask, operation by operation.
Operand masked(const Operand& whole, py::handle mask) {
    return toOperand(py::module_::import("tensorflow._arrays._array").attr("boolean_mask")(PyTensor{whole}, mask));
}

/// TensorFlow calls the operation strided_slice/ here, and says so where it complains.
Operand named(const OpRow& row, const Operand& whole, const Subscript& reading) {
    try {
        return engine().apply(row, Operands{whole}, reading.attributes()).front();
    } catch (const Error& error) {
        const std::string text = error.what();
        throw Error(error.kind(), text.ends_with(" name: ") ? text + "strided_slice/" : text);
    }
}
}  // namespace

Operand sliced(const Operand& whole, py::handle index) {
    static const OpRow& row = findOp("StridedSlice");
    Subscript reading;
    const bool list = PyTuple_Check(index.ptr()) != 0 || PyList_Check(index.ptr()) != 0;
    if (!list) {
        if (isMask(index)) return masked(whole, index);
        reading.take(index);
        return named(row, whole, reading);
    }
    const auto items = py::reinterpret_borrow<py::sequence>(index);
    bool truths = items.size() > 0;
    for (const auto item : items) {
        truths &= PyBool_Check(item.ptr()) != 0;
        reading.take(item);
    }
    if (truths) refuseTruth();
    return named(row, whole, reading);
}

}  // namespace tapescope
