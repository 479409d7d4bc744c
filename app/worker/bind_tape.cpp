// SPDX-License-Identifier: Apache-2.0
// What the Python side of tf.GradientTape asks of the engine. A tape is its number there.
#include "app/worker/classes.h"

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
}  // namespace

void bindTape(py::module_& module) {
    struct Row {
        const char* name;
        void (Session::*action)(TapeId);
    };
    for (const Row row : {Row{"exit_tape", &Session::exitTape}, Row{"reenter_tape", &Session::reenterTape},
                          Row{"pause_tape", &Session::pauseTape}, Row{"resume_tape", &Session::resumeTape},
                          Row{"reset_tape", &Session::resetTape}}) {
        module.def(row.name, [action = row.action](std::uint32_t tape) { (engine().*action)(TapeId{tape}); });
    }
    module.def("open_tape", [](bool persistent, bool watch) { return engine().openTape(persistent, watch).value; });
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
