// SPDX-License-Identifier: Apache-2.0
#include "app/worker/bindings.h"

#include "app/worker/classes.h"
#include "app/worker/fastcall.h"
#include "app/worker/origin.h"
#include "app/worker/scalars.h"
#include "app/worker/zip.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

namespace {
Session* session = nullptr;

/// The Python class of each kind of error.
PyObject* classOf(ErrorKind kind) {
    const auto ours = [](const char* name) {
        const py::dict& all = classes().errors;
        return all && all.contains(name) ? all[name].cast<py::object>().ptr() : PyExc_RuntimeError;
    };
    switch (kind) {
        case ErrorKind::Type: return PyExc_TypeError;
        case ErrorKind::Value: return PyExc_ValueError;
        case ErrorKind::Key: return PyExc_KeyError;
        case ErrorKind::Attribute: return PyExc_AttributeError;
        case ErrorKind::Runtime: return PyExc_RuntimeError;
        case ErrorKind::Lookup: return PyExc_LookupError;
        case ErrorKind::NotImplemented: return PyExc_NotImplementedError;
        case ErrorKind::Index: return PyExc_IndexError;
        case ErrorKind::Memory: return PyExc_MemoryError;
        case ErrorKind::Overflow: return PyExc_OverflowError;
        case ErrorKind::InvalidArgument: return ours("InvalidArgumentError");
        case ErrorKind::NotFound: return ours("NotFoundError");
        case ErrorKind::FailedPrecondition: return ours("FailedPreconditionError");
        case ErrorKind::OutOfRange: return ours("OutOfRangeError");
        case ErrorKind::Unimplemented: return ours("UnimplementedError");
        case ErrorKind::Internal: return ours("InternalError");
        case ErrorKind::ResourceExhausted: return ours("ResourceExhaustedError");
    }
    return PyExc_RuntimeError;
}

/// The same elements in another shape, or the only one everywhere.
Operand inShape(const Operand& value, const Shape& shape) {
    if (value.value.shape() == shape) return value;
    if (value.value.count() != 1) return engine().run("Reshape", {value}, {shape});
    const Operand one = value.value.shape().empty() ? value : engine().run("Reshape", {value}, {Shape{}});
    return engine().run("Fill", {one}, {shape});
}

void bindConstants(py::module_& module) {
    const auto wanted = [](const py::object& dtype) {
        return dtype.is_none() ? std::nullopt : std::optional(dtypeFrom(dtype));
    };
    module.def(
        "constant",
        [wanted](py::handle value, const py::object& dtype, const py::object& shape) {
            const Operand result = toConstant(value, wanted(dtype));
            return PyTensor{shape.is_none() ? result : inShape(result, shapeFrom(shape))};
        },
        py::arg("value"), py::arg("dtype") = py::none(), py::arg("shape") = py::none());
    module.def(
        "tensor",
        [wanted](py::handle value, const py::object& dtype, const py::object& hint) {
            return PyTensor{toConverted(value, wanted(dtype), wanted(hint))};
        },
        py::arg("value"), py::arg("dtype") = py::none(), py::arg("dtype_hint") = py::none());
    defineFast(module, "is_tensor", 1, [](Arguments given) {
        return PyBool_FromLong(asTensor(given[0]) != nullptr || asVariable(given[0]) != nullptr ? 1 : 0);
    });
    defineFast(module, "is_variable", 1,
               [](Arguments given) { return PyBool_FromLong(asVariable(given[0]) != nullptr ? 1 : 0); });
    module.def("modernize_scalars", modernizeScalars);
    module.def("as_dtype", [](py::handle value) { return dtypeObject(dtypeFrom(value)); });
    module.def("kernel_name", [](py::handle value) { return std::string(row(dtypeFrom(value)).kernelName); });
    // All integers of a number, a nest of lists, a shape or a tensor, one behind the other.
    module.def("numbers", [](py::handle value) {
        py::list numbers;
        for (const auto number : shapeFrom(value)) numbers.append(number);
        return numbers;
    });
    defineFast(module, "here", 0, [](Arguments) {
        const CallSiteId site = engine().here();
        return PyLong_FromLongLong(site.valid() ? static_cast<long long>(site.value) : -1);
    });
    module.def("share", [](const py::dict& shared) {
        Classes& all = classes();
        all.dtypes = shared["dtypes"];
        all.asDtype = shared["as_dtype"];
        all.tensorShape = shared["TensorShape"];
        all.ragged = shared["ragged"];
        all.texts = shared["texts"];
        all.wording = shared["wording"];
        all.tape = shared["GradientTape"];
        all.optimizer = shared["Optimizer"];
        all.errors = shared["errors"];
        all.slices = shared["IndexedSlices"];
    });
}

std::uint32_t numberOf(py::handle object, const char* attribute) {
    const py::object number = py::getattr(object, attribute, py::none());
    return number.is_none() ? Id<void>::nothing : py::cast<std::uint32_t>(number);
}
}  // namespace

Session& engine() {
    return *session;
}

Classes& classes() {
    static auto* all = new Classes;
    return *all;
}

const PyTensor* asTensor(py::handle value) {
    return isTensor(value.ptr()) ? &contentOf(value.ptr()) : nullptr;
}

const PyVariable* asVariable(py::handle value) {
    const PyTypeObject* type = Py_TYPE(value.ptr());
    const Classes& all = classes();
    if (type != all.variableType && type != all.unreadType && type != all.kerasType) return nullptr;
    // The classes are known, and have one base: pybind11's search for the place of the content is not needed.
    const auto* object = reinterpret_cast<const py::detail::instance*>(value.ptr());
    const void* content = object->simple_value_holder[0];
    // One that was made by __new__ alone gets its content, the id of nothing, when it is first asked for.
    return content == nullptr ? value.cast<PyVariable*>() : static_cast<const PyVariable*>(content);
}

bool isSlices(py::handle value) {
    const py::object& type = classes().slices;
    return type && Py_TYPE(value.ptr()) == reinterpret_cast<PyTypeObject*>(type.ptr());
}

void bindEngine(py::module_& module, Session& one) {
    session = &one;
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const Error& error) {
            PyErr_SetString(classOf(error.kind()), error.what());
        }
    });
    bindTensor(module);
    bindVariable(module);
    bindOperations(module);
    bindTape(module);
    bindOptimizer(module);
    bindNumbers(module);
    bindConstants(module);
    bindZip(module);
}

void forgetNowAndThen() {
    if (session->fullOfMemories()) session->forget(rememberedTensors());
}

ObjectRef describe(py::handle object) {
    constexpr py::ssize_t itemsLooked = 256;
    if (object.is_none()) return {ObjectKind::None, Id<void>::nothing, {}};
    if (const auto* tensor = asTensor(object)) return {ObjectKind::Tensor, tensor->operand.id.value, {}};
    if (const auto* variable = asVariable(object)) {
        return variable->id.valid() ? ObjectRef{ObjectKind::Variable, variable->id.value, {}} : ObjectRef{};
    }
    if (isSlices(object)) {
        const py::object values = object.attr("values");
        return asTensor(values) != nullptr ? describe(values) : ObjectRef{};
    }
    if (PyList_Check(object.ptr()) != 0 || PyTuple_Check(object.ptr()) != 0) {
        ObjectRef list{ObjectKind::List, Id<void>::nothing, {}};
        bool any = false;
        const auto items = py::reinterpret_borrow<py::sequence>(object);
        if (static_cast<py::ssize_t>(items.size()) > itemsLooked) return {};
        for (const auto item : items) {
            const bool nested = PyList_Check(item.ptr()) != 0 || PyTuple_Check(item.ptr()) != 0;
            list.items.push_back(nested ? ObjectRef{} : describe(item));
            any |= list.items.back().kind != ObjectKind::Other && list.items.back().kind != ObjectKind::None;
        }
        return any ? list : ObjectRef{};
    }
    if (classes().tape && py::isinstance(object, classes().tape)) {
        // One that was not entered yet, or has answered, is no tape of the engine's.
        const std::uint32_t tape = numberOf(object, "_tape");
        return tape == Id<void>::nothing ? ObjectRef{} : ObjectRef{ObjectKind::Tape, tape, {}};
    }
    if (classes().optimizer && py::isinstance(object, classes().optimizer)) {
        // One whose steps the script computes itself is no optimizer of the engine's.
        const std::uint32_t optimizer = numberOf(object, "_number");
        return optimizer == Id<void>::nothing ? ObjectRef{} : ObjectRef{ObjectKind::Optimizer, optimizer, {}};
    }
    return {};
}

}  // namespace tapescope
