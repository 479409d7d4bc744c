// SPDX-License-Identifier: Apache-2.0
// The Python classes that the engine and the embedded sources share. The sources hand theirs over once, at import.
#pragma once

#include <pybind11/pybind11.h>

#include "app/worker/convert.h"

namespace tapescope {

struct Classes {
    pybind11::dict dtypes;         ///< "float32" -> tf.float32
    pybind11::object asDtype;      ///< tf.as_dtype
    pybind11::object tensorShape;  ///< tf.TensorShape
    pybind11::object ragged;       ///< answers for functions that get ragged or sparse tensors
    pybind11::object wording;      ///< raises TensorFlow's complaint about arguments that do not fit
    pybind11::object texts;        ///< the module tensorflow._values._texts: how values print
    pybind11::object tape;         ///< tf.GradientTape
    pybind11::object optimizer;    ///< base class of the optimizers
    pybind11::dict errors;         ///< "InvalidArgumentError" -> tf.errors.InvalidArgumentError
    pybind11::object slices;       ///< tf.IndexedSlices
    PyTypeObject* variableType = nullptr;
    PyTypeObject* unreadType = nullptr;
    PyTypeObject* kerasType = nullptr;  ///< keras.Variable, once a script has asked for layers
    std::optional<DType> autocast;      ///< what floats of Keras's variables are read as: keras's AutocastScope
    pybind11::list variables;           ///< weak references to the objects that the script made, by id
};

/// Never destroyed: the interpreter is gone before static objects are.
Classes& classes();

/// The engine's side of an object, or nothing where it is not one. One pointer comparison for the exact type.
const PyTensor* asTensor(pybind11::handle value);
const PyVariable* asVariable(pybind11::handle value);
bool isSlices(pybind11::handle value);  ///< a tf.IndexedSlices

/// The object that the script made for this variable, or an unread one where that is gone.
pybind11::object variableObject(VariableId id);

// Each fills its part of the module `_tapescope`.
void bindTensor(pybind11::module_& module);
void bindVariable(pybind11::module_& module);
void bindOperations(pybind11::module_& module);
void bindTape(pybind11::module_& module);
void bindOptimizer(pybind11::module_& module);
void bindNumbers(pybind11::module_& module);

}  // namespace tapescope
