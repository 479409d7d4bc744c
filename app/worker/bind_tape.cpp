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
        results.append(gradientObject(result));
    }
    return results;
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
    return results;
}

/// A way back in Python: a function of the gradients of the results, which returns a list with those of the arguments.
CustomPullback pullbackFrom(const py::function& function) {
    return {0, [function](std::span<const Operand> upstream) {
                py::list gradients;
                for (const Operand& one : upstream) gradients.append(gradientObject(one));
                std::vector<Operand> back;
                for (const auto one : function(*gradients)) {
                    back.push_back(one.is_none() ? Operand{} : toGradient(one));
                }
                return back;
            }};
}

std::vector<Operand> operandsFrom(const py::sequence& values) {
    std::vector<Operand> operands;
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
        const TapeId tape = engine().openTape(PyObject_IsTrue(given[0]) != 0, PyObject_IsTrue(given[1]) != 0);
        return PyLong_FromUnsignedLong(tape.value);
    });
    module.def("watch", [](std::uint32_t tape, py::handle value) {
        if (engine().anyTapeActive()) engine().watch(TapeId{tape}, toSource(value).id);
    });
    module.def("watched_variables", [](std::uint32_t tape) {
        py::list variables;
        for (const VariableId id : engine().watchedVariables(TapeId{tape})) variables.append(variableObject(id));
        return py::tuple(variables);
    });
    module.def("gradient", gradient);
    module.def("jacobian", jacobian);
    bindCustom(module);
    module.def("suspend_recording", [] { engine().suspendRecording(); });
    module.def("resume_recording", [] { engine().resumeRecording(); });
}

}  // namespace tapescope
