// SPDX-License-Identifier: Apache-2.0
// Python values as tensors, by TensorFlow's rules of conversion, and where Python values came from.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <optional>
#include <string>
#include <vector>

#include "app/worker/tensorobject.h"
#include "core/engine/session.h"

namespace tapescope {

/// tf.Variable. An unread one is what assign() returns: the same variable, but its reads mark it on no tape.
struct PyVariable {
    VariableId id;  ///< first: see operator new
    bool unread = false;

    PyVariable() = default;
    PyVariable(VariableId of, bool isUnread) : id(of), unread(isUnread) {}
    /// What a script makes by __new__ alone is memory that no constructor has seen: the id of nothing, and zeros.
    static void* operator new(std::size_t size);
    static void* operator new(std::size_t /*size*/, void* place) { return place; }
    static void operator delete(void* memory) { ::operator delete(memory); }
};

/// The class of an unread one.
struct PyUnreadVariable : PyVariable {};

/// keras.Variable: the same variable under the names of Keras. Its class is written in Python, on top of this.
struct PyKerasVariable : PyVariable {
    bool autocasts = true;  ///< may be read as another dtype, where a layer computes in one
};

/// The session of this process; set once by bindEngine.
Session& engine();

/// A Python value as a tensor. `like`: the dtype that a plain number, a list or an array must take (the other
/// operand's); otherwise Python's float is float32 and int is int32. A list with tensors in it is packed. Throws what
/// TensorFlow throws.
Operand toOperand(pybind11::handle value, std::optional<DType> like = {});

/// A Python value as numbers, without an operation: what is computed with it stands in the trace elsewhere.
Tensor tensorFrom(pybind11::handle value, std::optional<DType> wanted);

/// A gradient for Python: None, a tensor, or tf.IndexedSlices.
pybind11::object gradientObject(const Operand& gradient);
/// A gradient from Python: as toOperand, but tf.IndexedSlices stay slices.
Operand toGradient(pybind11::handle value, std::optional<DType> like = {});

/// The same, but where the value cannot take the preferred dtype it takes its own.
Operand toOperandPreferring(pybind11::handle value, std::optional<DType> preferred);

/// As tf.convert_to_tensor(value, dtype, dtype_hint): a tensor or variable of another dtype is refused.
Operand toConverted(pybind11::handle value, std::optional<DType> dtype, std::optional<DType> preferred = {});

/// As tf.constant(value, dtype): a tensor stays the same object's tensor, a variable is copied.
Operand toConstant(pybind11::handle value, std::optional<DType> dtype);

/// A variable as its handle, a tensor as itself: targets and sources of gradient(). Throws as TensorFlow does for
/// others.
Operand toSource(pybind11::handle value);

/// A copy as a numpy array, or a numpy scalar for a tensor of rank 0. Does not count as leaving.
pybind11::object toNumpy(const Tensor& tensor);

/// The same, for the script: the value has left TensorFlow, and the object remembers from where.
pybind11::object leaveAs(const char* how, TensorId tensor, const pybind11::object& value);

DType dtypeFrom(pybind11::handle value);  ///< a DType, "float32", numpy.float32, float
Shape shapeFrom(pybind11::handle value);  ///< a TensorShape, a list or tuple of ints, an int, a tensor of ints

/// The Python objects that stand for dtypes and shapes.
pybind11::object dtypeObject(DType dtype);
pybind11::object shapeObject(const Shape& shape);

}  // namespace tapescope
