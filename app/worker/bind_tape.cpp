// SPDX-License-Identifier: Apache-2.0
// What the Python side of tf.GradientTape asks of the engine. A tape is its number there.
#include <algorithm>

#include "app/worker/classes.h"
#include "app/worker/fastcall.h"
#include "core/ops/discarded.h"

namespace tapescope {

namespace py = pybind11;

namespace {
Operands sourcesFrom(const py::sequence& values) {
    Operands operands;
    for (const auto value : values) operands.push_back(toSource(value));
    return operands;
}

/// What tf.cast writes of each cast on the way back that kept the real part only.
void warnOfDiscarded() {
    if (discardedParts().empty()) return;
    const py::object err = py::module_::import("sys").attr("stderr");
    for (const auto& [from, to] : std::exchange(discardedParts(), {})) {
        err.attr("write")("WARNING:tensorflow:You are casting an input of type " + std::string(row(from).name) +
                          " to an incompatible dtype " + std::string(row(to).name) +
                          ".  This will discard the imaginary part and may not be what you intended.\n");
    }
}

py::list gradient(std::uint32_t tape, const py::sequence& targets, const py::sequence& sources,
                  const py::sequence& seeds, bool zero) {
    Operands seedOperands;
    for (const auto seed : seeds) seedOperands.push_back(seed.is_none() ? Operand{} : toOperand(seed));
    const auto targetOperands = sourcesFrom(targets);
    const auto sourceOperands = sourcesFrom(sources);
    py::list results;
    discardedParts().clear();  // of a way back that ended with an exception
    for (const Operand& result : engine().gradient(TapeId{tape}, targetOperands, sourceOperands, seedOperands,
                                                   zero ? Unconnected::Zero : Unconnected::None)) {
        results.append(gradientObject(result));
    }
    warnOfDiscarded();
    return results;
}

/// Appends a tensor, a variable, or those of a list; false for any other structure.
bool takePlain(PyObject* structure, Operands& operands) {
    const bool list = PyList_CheckExact(structure) != 0;
    PyObject** items = list ? PySequence_Fast_ITEMS(structure) : &structure;
    const Py_ssize_t count = list ? PyList_GET_SIZE(structure) : 1;
    operands.reserve(static_cast<std::size_t>(count));
    const auto take = [&operands](PyObject* item) {
        if (asTensor(item) == nullptr && asVariable(item) == nullptr) return false;
        operands.push_back(toSource(item));
        return true;
    };
    return count > 0 && std::all_of(items, items + count, take);
}

/// Tape, target and sources as nearly every training has them, without anything else to say: the answers in the
/// structure of the sources. NotImplemented where a structure is another one.
PyObject* plainGradient(Arguments given) {
    Operands targets, sources;
    if (!takePlain(given[1], targets) || !takePlain(given[2], sources)) Py_RETURN_NOTIMPLEMENTED;
    discardedParts().clear();
    const auto answers = engine().gradient(TapeId{numberFrom(given[0])}, targets, sources, {}, Unconnected::None);
    warnOfDiscarded();
    if (PyList_CheckExact(given[2]) == 0) return gradientObject(answers.front()).release().ptr();
    py::list results(answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i) results[i] = gradientObject(answers[i]);
    return results.release().ptr();
}

/// The variables that the tape has watched; it is asked nothing any more.
PyObject* endTape(Arguments given) {
    const TapeId tape{numberFrom(given[0])};
    const auto watched = engine().watchedVariables(tape);
    py::tuple variables(watched.size());
    for (std::size_t i = 0; i < watched.size(); ++i) variables[i] = variableObject(watched[i]);
    engine().closeTape(tape);
    return variables.release().ptr();
}

/// Rows of d target / d source, one for each element of the target; nothing where there is no path.
py::list jacobian(std::uint32_t tape, py::handle target, const py::sequence& sources, bool perExample) {
    const auto sourceOperands = sourcesFrom(sources);
    py::list results;
    for (const auto& rows : engine().jacobian(TapeId{tape}, toSource(target), sourceOperands, perExample)) {
        py::list row;
        for (const Operand& one : rows) row.append(PyTensor{one.slices ? dense(engine(), one) : one});
        results.append(row);
    }
    discardedParts().clear();
    return results;
}

/// A way back in Python: a function of the gradients of the results, which returns a list with those of the arguments.
CustomPullback pullbackFrom(const py::function& function) {
    return {0, [function](std::span<const Operand> upstream) {
                py::list gradients;
                for (const Operand& one : upstream) gradients.append(gradientObject(one));
                Operands back;
                for (const auto one : function(*gradients)) {
                    back.push_back(one.is_none() ? Operand{} : toGradient(one));
                }
                return back;
            }};
}

Operands operandsFrom(const py::sequence& values) {
    Operands operands;
    for (const auto value : values) operands.push_back(toOperand(value));
    return operands;
}

void bindCustom(py::module_& module) {
    module.def("apply_custom", [](const std::string& name, const py::sequence& arguments, const py::sequence& results,
                                  const py::function& pullback) {
        py::list outputs;
        for (const Operand& output :
             engine().applyCustom(name, operandsFrom(arguments), operandsFrom(results), pullbackFrom(pullback))) {
            outputs.append(PyTensor{output});
        }
        return outputs;
    });
    module.def("begin_read_watch", [] { engine().beginReadWatch(); });
    module.def("end_read_watch", [] {
        py::list variables;
        for (const VariableId id : engine().endReadWatch()) variables.append(variableObject(id));
        return variables;
    });
}

template <void (Session::*action)(TapeId)>
void defineTapeAction(py::module_& module, const char* name) {
    defineFast(module, name, 1, [](Arguments given) {
        (engine().*action)(TapeId{numberFrom(given[0])});
        return nothing();
    });
}
}  // namespace

void bindTape(py::module_& module) {
    defineTapeAction<&Session::exitTape>(module, "exit_tape");
    defineTapeAction<&Session::reenterTape>(module, "reenter_tape");
    defineTapeAction<&Session::pauseTape>(module, "pause_tape");
    defineTapeAction<&Session::resumeTape>(module, "resume_tape");
    defineTapeAction<&Session::resetTape>(module, "reset_tape");
    defineTapeAction<&Session::closeTape>(module, "close_tape");
    defineFast(module, "open_tape", 2, [](Arguments given) {
        const TapeId tape = engine().openTape(truthOf(given[0]), truthOf(given[1]));
        return PyLong_FromUnsignedLong(tape.value);
    });
    module.def("watch_everything", [](std::uint32_t tape) { engine().watchEverything(TapeId{tape}); });
    module.def("watch", [](std::uint32_t tape, py::handle value) {
        if (engine().anyTapeActive()) engine().watch(TapeId{tape}, toSource(value).id);
    });
    module.def("watched_variables", [](std::uint32_t tape) {
        py::list variables;
        for (const VariableId id : engine().watchedVariables(TapeId{tape})) variables.append(variableObject(id));
        return py::tuple(variables);
    });
    module.def("gradient", gradient);
    defineFast(module, "plain_gradient", 3, [](Arguments given) { return plainGradient(given); });
    defineFast(module, "end_tape", 1, [](Arguments given) { return endTape(given); });
    module.def("jacobian", jacobian);
    bindCustom(module);
    module.def("suspend_recording", [] { engine().suspendRecording(); });
    module.def("resume_recording", [] { engine().resumeRecording(); });
    module.def("set_tapes_aside", [] { engine().setTapesAside(); });
    module.def("take_tapes_back", [] { engine().takeTapesBack(); });
}

}  // namespace tapescope
