// SPDX-License-Identifier: Apache-2.0
// What the Python side of tf.GradientTape asks of the engine. A tape is its number there.
#include "app/worker/classes.h"
#include "app/worker/fastcall.h"

namespace tapescope {

namespace py = pybind11;

namespace {
std::vector<Operand> sourcesFrom(const py::sequence& values) {
    std::vector<Operand> operands;
    for (const auto value : values) operands.push_back(toSource(value));
    return operands;
}

py::list gradient(std::uint32_t tape, const py::sequence& targets, const py::sequence& sources,
                  const py::sequence& seeds, bool zero) {
    std::vector<Operand> seedOperands;
    for (const auto seed : seeds) seedOperands.push_back(seed.is_none() ? Operand{} : toOperand(seed));
    const auto targetOperands = sourcesFrom(targets);
    const auto sourceOperands = sourcesFrom(sources);
    py::list results;
    for (const Operand& result : engine().gradient(TapeId{tape}, targetOperands, sourceOperands, seedOperands,
                                                   zero ? Unconnected::Zero : Unconnected::None)) {
        results.append(result ? py::cast(PyTensor{result}) : py::object(py::none()));
    }
    return results;
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
        const TapeId tape = engine().openTape(PyObject_IsTrue(given[0]) != 0, PyObject_IsTrue(given[1]) != 0);
        return PyLong_FromUnsignedLong(tape.value);
    });
    module.def("watch", [](std::uint32_t tape, py::handle value) {
        if (engine().anyTapeActive()) engine().watch(TapeId{tape}, toSource(value).id);
    });
    module.def("watched_variables", [](std::uint32_t tape) {
        py::list variables;
        for (const VariableId id : engine().watchedVariables(TapeId{tape})) variables.append(PyVariable{id, false});
        return py::tuple(variables);
    });
    module.def("gradient", gradient);
    module.def("suspend_recording", [] { engine().suspendRecording(); });
    module.def("resume_recording", [] { engine().resumeRecording(); });
}

}  // namespace tapescope
