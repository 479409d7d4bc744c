// SPDX-License-Identifier: Apache-2.0
// The Python functions of the operation table: signature, docstring and conversions come from the row.
#include <algorithm>
#include <unordered_map>

#include "app/worker/attributes.h"
#include "app/worker/classes.h"
#include "app/worker/fastcall.h"
#include "app/worker/operators.h"
#include "app/worker/origin.h"
#include "core/base/error.h"
#include "core/ops/definition.h"
#include "core/ops/philox.h"

namespace tapescope {

namespace py = pybind11;

namespace {
bool isListed(py::handle value) {
    return PyList_Check(value.ptr()) != 0 || PyTuple_Check(value.ptr()) != 0;
}

/// One of numpy's numbers that is none of Python's.
bool isNumpysOwn(py::handle value) {
    const std::string_view type = Py_TYPE(value.ptr())->tp_name;
    return type.starts_with("numpy.") && type != "numpy.ndarray" && PyFloat_Check(value.ptr()) == 0;
}

/// What TensorFlow's fast path does not take for an input either.
bool isTextOrComplex(py::handle value) {
    return PyUnicode_Check(value.ptr()) != 0 || PyBytes_Check(value.ptr()) != 0 ||
           PyComplex_CheckExact(value.ptr()) != 0;
}

/// Whether TensorFlow's fast path leaves a value to Python.
bool isSlow(py::handle value) {
    return isListed(value) || isTextOrComplex(value) || isNumpysOwn(value);
}

/// Where a list is among the arguments TensorFlow takes another way to the kernel, whose complaints end without a name.
/// These make tensors of their arguments before.
bool convertsFirst(std::string_view type) {
    static constexpr std::string_view rows[] = {"AddV2",         "RealDiv", "DivNoNan", "MatMul",
                                                "BatchMatMulV2", "Cumsum",  "Cast",     "OnesLike",
                                                "ZerosLike",     "Relu6",   "Sigmoid",  "CumulativeLogsumexp"};
    return std::ranges::find(rows, type) != std::end(rows);
}

constexpr std::string_view nameless = " name: ";

/// A complaint that ends with the call's name. None: with an empty one. False: without.
Error named(const Error& error, py::handle name) {
    std::string text = error.what();
    if (!name || name.is_none() || !text.ends_with(nameless)) return error;
    if (PyUnicode_Check(name.ptr()) != 0) {
        text += py::cast<std::string>(name);
    } else {
        text.resize(text.size() - nameless.size());
    }
    return {error.kind(), text};
}

/// The new shape is an input in TensorFlow: a list that makes another tensor than a vector of integers is refused as
/// one.
void requireSizes(const OpRow& row, py::handle given) {
    const auto isOdd = [](py::handle one) {
        return isListed(one) || isTextOrComplex(one) || PyFloat_Check(one.ptr()) != 0;
    };
    if (const auto* tensor = asTensor(given)) {
        const DType own = tensor->operand.value.dtype();
        if (!tapescope::row(own).integer()) refuseType(row, "Tshape", own);
        return;
    }
    if (!isTextOrComplex(given) && !(isListed(given) && std::any_of(given.begin(), given.end(), isOdd))) return;
    const Tensor sizes = toOperand(given).value;
    try {
        if (!tapescope::row(sizes.dtype()).integer() && sizes.count() != 0) refuseType(row, "Tshape", sizes.dtype());
        if (sizes.shape().size() > 1) refuseCall(row, "sizes input must be 1-D, not " + kernelText(sizes.shape()));
    } catch (const Error& error) {
        throw named(error, py::handle(Py_False));
    }
}

/// Runs a row; what it complains of ends with the call's name.
Operands runNamed(const OpRow& row, Operands inputs, Attributes attributes, py::handle name,
                  const PyVariable* variable = nullptr) {
    try {
        if (variable != nullptr)
            return engine().readWith(row, variable->id, std::move(inputs), std::move(attributes), variable->unread);
        return engine().apply(row, std::move(inputs), std::move(attributes));
    } catch (const Error& error) {
        throw named(error, name);
    }
}

/// The dtype that a plain value takes as input i: a fixed one, or that of the tensors of the same attribute, wherever
/// they stand.
std::optional<DType> dtypeFor(const OpRow& row, std::size_t i, const Operands& inputs) {
    const InputType type = inputType(row, i);
    if (type.fixed) return type.fixed;
    if (type.attribute.empty()) {
        // Nothing is recorded of this one: what the numbers beside it have.
        const auto beside =
            std::ranges::find_if(inputs, [](const Operand& one) { return one && one.value.dtype() != DType::Bool; });
        return beside == inputs.end() ? std::nullopt : std::optional(beside->value.dtype());
    }
    for (std::size_t other = 0; other < inputs.size(); ++other) {
        if (inputs[other] && inputType(row, other).attribute == type.attribute) return inputs[other].value.dtype();
    }
    return std::nullopt;
}

Operands converted(const OpRow& row, std::span<const py::handle> given) {
    Operands inputs(given.size());
    // TensorFlow's slow path converts tensors too, to a dtype that is fixed.
    const bool slow = std::ranges::any_of(
        given, [](py::handle one) { return one.is_none() || isListed(one) || isTextOrComplex(one); });
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto fixed = slow ? inputType(row, i).fixed : std::nullopt;
        if (fixed) {
            inputs[i] = toConverted(given[i], fixed);
        } else if (asTensor(given[i]) != nullptr || asVariable(given[i]) != nullptr) {
            inputs[i] = toOperand(given[i]);
        }
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!inputs[i]) inputs[i] = toOperand(given[i], dtypeFor(row, i, inputs));
    }
    return inputs;
}

bool isReduction(const OpRow& row) {
    return row.attributes.size() == 2 && row.attributes[0].name == "axis" && row.attributes[1].name == "keepdims";
}

/// Axes are an input in TensorFlow, and a text among them is refused by the dtype that it would have there.
void requireAxes(const OpRow& row, py::handle given) {
    if (PyUnicode_Check(given.ptr()) == 0) return;
    try {
        refuseType(row, "Tidx", DType::String);
    } catch (const Error& error) {
        throw named(error, Py_False);
    }
}

/// Arguments that do not fit a function, in the words of Python's.
struct WrongArguments {
    std::string text;
};

/// A call's arguments by the names of the row: inputs first, then attributes, then `name`, which TensorFlow ignores
/// too.
class Call {
public:
    /// By CPython's fast convention: `count` arguments by position, behind them those that `names` names.
    Call(const OpRow& row, const std::string& function, std::size_t required, PyObject* const* arguments,
         std::size_t count, PyObject* names)
        : row_(row), function_(function), given_(row.inputs.size() + row.attributes.size() + 1) {
        if (count > given_.size()) {
            throw WrongArguments{function + "() takes at most " + std::to_string(given_.size()) +
                                 " positional arguments but " + std::to_string(count) + " were given"};
        }
        std::copy(arguments, arguments + count, given_.begin());
        const Py_ssize_t named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
        for (Py_ssize_t i = 0; i < named; ++i) {
            const std::string_view name = textOf(PyTuple_GET_ITEM(names, i));
            py::handle& given = given_[place(name)];
            if (given) {
                throw WrongArguments{function + "() got multiple values for argument '" + std::string(name) + "'"};
            }
            given = arguments[count + static_cast<std::size_t>(i)];
        }
        for (std::size_t i = 0; i < required; ++i) {
            if (!given_[i]) throw WrongArguments{"Missing required positional argument"};
        }
    }

    Operands run() const {
        Attributes attributes;
        for (std::size_t i = 0; i < row_.attributes.size(); ++i) {
            const py::handle given = given_[row_.inputs.size() + i];
            if (given && row_.type == "Reshape") requireSizes(row_, given);
            if (given && i == 0 && isReduction(row_)) requireAxes(row_, given);
            attributes.push_back(given ? attribute(given, row_.attributes[i]) : row_.attributes[i].fallback);
        }
        const auto inputs = std::span(given_).first(row_.inputs.size());
        const bool listed =
            !convertsFirst(row_.type) &&
            (std::any_of(given_.begin(), given_.end() - 1, [](py::handle one) { return one && isListed(one); }) ||
             std::ranges::any_of(inputs, [](py::handle one) { return one && isSlow(one); }));
        return runNamed(row_, operands(), std::move(attributes), listed ? py::handle(Py_False) : given_.back());
    }

private:
    AttributeValue attribute(py::handle given, const AttributeRow& wanted) const {
        try {
            return attributeFrom(given, row_, wanted);
        } catch (const Error& error) {
            throw named(error, isTextOrComplex(given) ? py::handle(Py_False) : given_.back());
        }
    }

    static std::string_view textOf(PyObject* name) {
        Py_ssize_t size = 0;
        const char* text = PyUnicode_AsUTF8AndSize(name, &size);
        if (text == nullptr) throw py::error_already_set();
        return {text, static_cast<std::size_t>(size)};
    }

    Operands operands() const { return converted(row_, std::span(given_).first(row_.inputs.size())); }

    std::size_t place(std::string_view name) const {
        const auto input = std::ranges::find(row_.inputs, name, &InputRow::name);
        if (input != row_.inputs.end()) return static_cast<std::size_t>(input - row_.inputs.begin());
        const auto attribute = std::ranges::find(row_.attributes, name, &AttributeRow::name);
        if (attribute != row_.attributes.end() || name == "name") {
            return row_.inputs.size() + static_cast<std::size_t>(attribute - row_.attributes.begin());
        }
        throw WrongArguments{function_ + "() got an unexpected keyword argument '" + std::string(name) + "'"};
    }

    const OpRow& row_;
    const std::string& function_;
    std::vector<py::handle> given_;
};

std::string docOf(const OpRow& row) {
    return std::string(row.doc) + "\n\n    " + std::string(row.formula);
}

/// How Python gets the outputs: a tensor, a list, or the named tuple that `together` makes.
py::object handedOut(const OpRow& row, const Operands& outputs, const py::object& together) {
    if (row.outputs.empty()) return py::cast(PyTensor{outputs.front()});
    py::list all;
    for (const auto& output : outputs) all.append(PyTensor{output});
    return row.outputs == "*" ? all : together(*all).cast<py::object>();
}

py::object namedTupleOf(const OpRow& row) {
    if (row.outputs.empty() || row.outputs == "*") return py::none();
    return py::module_::import("collections").attr("namedtuple")(std::string(row.type), std::string(row.outputs));
}

/// The same, made once for a row; never freed, as the interpreter ends first.
const py::object& knownTupleOf(const OpRow& row) {
    static auto* known = new std::unordered_map<const OpRow*, py::object>;
    const auto [place, isNew] = known->try_emplace(&row);
    if (isNew) place->second = namedTupleOf(row);
    return place->second;
}

/// The name of what holds a Function.
constexpr const char* ofRow = "tapescope.row";

/// What a Python function of the table needs, for the life of the program.
struct Function {
    const OpRow& row;
    std::string path;
    std::string name;
    std::string doc;
    py::object together;
    std::size_t required;  ///< how many arguments have to be given
    PyMethodDef method{};
};

std::pair<py::tuple, py::dict> packed(PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    py::list positional;
    for (Py_ssize_t i = 0; i < count; ++i) positional.append(py::handle(arguments[i]));
    py::dict named;
    for (Py_ssize_t i = 0; names != nullptr && i < PyTuple_GET_SIZE(names); ++i)
        named[py::handle(PyTuple_GET_ITEM(names, i))] = py::handle(arguments[count + i]);
    return {py::tuple(positional), named};
}

/// What the function gives for ragged or sparse tensors; NotImplemented where there are none among the arguments.
py::object answerOf(const Function& function, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    const auto [positional, named] = packed(arguments, count, names);
    const std::string_view all = function.row.names;
    const std::string path(all.substr(0, all.find(' ')));
    const py::object self = py::module_::import("_tapescope").attr("functions")[py::str(path)];
    return classes().ragged(function.name, self, positional, named);
}

PyObject* callFunction(PyObject* self, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    return guarded([&] {
        const auto& function = *static_cast<const Function*>(PyCapsule_GetPointer(self, ofRow));
        try {
            const Call call(function.row, function.name, function.required, arguments, static_cast<std::size_t>(count),
                            names);
            return handedOut(function.row, call.run(), function.together).release().ptr();
        } catch (const WrongArguments& wrong) {
            const auto [positional, named] = packed(arguments, count, names);
            classes().wording(function.path, positional, named);
            throw py::type_error(wrong.text);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Value) throw;
            const py::object result = answerOf(function, arguments, count, names);
            if (result.ptr() == Py_NotImplemented) throw;
            return py::object(result).release().ptr();
        }
    });
}

/// The function for one name of a row: f(inputs..., attributes..., name=None).
py::object functionOf(const OpRow& row, const std::string& name) {
    auto* function =
        new Function{row, name, name.substr(name.rfind('.') + 1), docOf(row), namedTupleOf(row), row.inputs.size()};
    using Fast = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*);
    const Fast fast = callFunction;
    function->method = {function->name.c_str(), reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(fast)),
                        METH_FASTCALL | METH_KEYWORDS, function->doc.c_str()};
    const py::capsule self(static_cast<const void*>(function), ofRow);
    return py::reinterpret_steal<py::object>(PyCFunction_New(&function->method, self.ptr()));
}

/// The product of two matrices as they are; NotImplemented where there is more to decide.
PyObject* plainProduct(Arguments given) {
    static const OpRow& row = findOp("MatMul");
    const auto matrix = [](PyObject* value) -> const Tensor* {
        if (const auto* tensor = asTensor(value)) return &tensor->operand.value;
        const auto* variable = asVariable(value);
        return variable == nullptr ? nullptr : &engine().value(variable->id);
    };
    const Tensor* a = matrix(given[0]);
    const Tensor* b = matrix(given[1]);
    const bool plain = a != nullptr && b != nullptr && a->dtype() == DType::Float32 && b->dtype() == DType::Float32 &&
                       a->shape().size() == 2 && b->shape().size() == 2;
    if (!plain) Py_RETURN_NOTIMPLEMENTED;
    const Operand left = toOperand(given[0]);
    return newTensor({engine().runAll(row.type, {left, toOperand(given[1])}).front()});
}
}  // namespace

void bindOperations(py::module_& module) {
    py::dict functions;
    for (const auto& row : opTable()) {
        std::string_view names = row.names;
        while (!names.empty()) {
            const std::string name(names.substr(0, names.find(' ')));
            functions[py::str(name)] = functionOf(row, name);
            names.remove_prefix(std::min(names.size(), name.size() + 1));
        }
    }
    module.attr("functions") = functions;
    module.def("require", [](const py::object& function, std::size_t count) {
        PyObject* self = PyCFunction_Check(function.ptr()) != 0 ? PyCFunction_GET_SELF(function.ptr()) : nullptr;
        if (self == nullptr || PyCapsule_IsValid(self, ofRow) == 0) throw py::type_error("no function of a row");
        auto& known = *static_cast<Function*>(PyCapsule_GetPointer(self, ofRow));
        const std::size_t least = known.row.inputs.size();
        known.required = std::clamp(count, least, least + known.row.attributes.size());
    });
    // A row by its type, inputs by position, attributes by name: for the embedded sources.
    module.def("slowly", [](const py::args& values) { return std::any_of(values.begin(), values.end(), isSlow); });
    module.def("run", [](const std::string& type, const py::args& inputs, const py::kwargs& given) {
        const OpRow& row = findOp(type);
        const auto* variable =
            !row.inputs.empty() && row.inputs[0].name == "resource" ? asVariable(inputs[0]) : nullptr;
        Operands operands;
        if (variable == nullptr) {
            const std::vector<py::handle> all(inputs.begin(), inputs.end());
            operands = converted(row, all);
        }
        for (std::size_t i = 1; variable != nullptr && i < inputs.size(); ++i) operands.push_back(toOperand(inputs[i]));
        Attributes attributes;
        for (const auto& attribute : row.attributes) {
            const py::str key{std::string(attribute.name)};
            attributes.push_back(given.contains(key) ? attributeFrom(given[key], row, attribute) : attribute.fallback);
        }
        const py::handle name = given.contains("name") ? py::handle(given["name"]) : py::handle();
        return handedOut(row, runNamed(row, std::move(operands), std::move(attributes), name, variable),
                         knownTupleOf(row));
    });
    defineFast(module, "plain_product", 2, [](Arguments given) { return plainProduct(given); });
    // The value as an array, for the embedded sources: it does not leave TensorFlow.
    module.def("peek", [](py::handle value) {
        const py::object array = toNumpy(toOperand(value).value);
        return py::module_::import("numpy").attr("asarray")(array).cast<py::object>();
    });
    // The two seeds of a stateless operation as a key and a counter: one block of a generator of TensorFlow's own.
    module.def("scrambled", [](std::uint64_t first, std::uint64_t second) {
        const auto block = Philox(0x02461E293EC8F720, second, first).block();
        const auto number = [&block](std::size_t i) {
            return static_cast<std::int64_t>(block[i] | std::uint64_t{block[i + 1]} << 32);
        };
        return py::make_tuple(number(0), number(2));
    });
    module.def("refuse_type", [](const std::string& type, const std::string& attribute, const py::object& dtype) {
        OpRow named;
        named.type = type;
        refuseType(named, attribute, dtypeFrom(dtype));
    });
    // A value that Python made of a tensor: the tensor is remembered, as for what numpy() gives.
    module.def("came_from", [](py::handle value, py::handle tensor) { rememberOrigin(value, toOperand(tensor).id); });
    module.def("quotient", [](py::handle x, py::handle y) { return PyTensor{quotient(toOperand(x), toOperand(y))}; });
    module.def("begin_fold", [](const std::string& name) { engine().beginFold(name); });
    module.def("end_fold", [] { engine().endFold(); });
}

}  // namespace tapescope
