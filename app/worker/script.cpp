// SPDX-License-Identifier: Apache-2.0
// Running a script, and turning what it raises into events.
#include "app/worker/script.h"

#include <pybind11/stl.h>

#include <array>
#include <cstring>

namespace py = pybind11;

namespace tapescope {
namespace {

using Corners = std::array<std::uint32_t, 4>;

Range rangeOf(const Corners& corners) {
    return {corners[0], corners[1], corners[2], corners[3]};
}

SyntaxItem itemOf(const py::handle& row) {
    const auto [kind, parent, range, name, parts] =
        row.cast<std::tuple<int, std::int32_t, Corners, std::string, std::vector<Corners>>>();
    SyntaxItem item{static_cast<SyntaxKind>(kind), parent, rangeOf(range), name, {}};
    for (const Corners& part : parts) item.parts.push_back(rangeOf(part));
    return item;
}

/// Throws the exception that Python has set. Making it one object may raise another, by the script's own metaclass;
/// then it is that one.
[[noreturn]] void throwRaised() {
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    PyErr_Restore(type, value, trace);
    throw py::error_already_set();
}

/// Follows a refusal that comes from the system and has only a number.
const std::string wall = ": a script cannot reach files, the network or other processes here";

}  // namespace

Script::Script(const Options& options, EventPipe& pipe, CallSites& sites, Hooks& hooks, Refusals& refusals)
    : options_(options),
      pipe_(pipe),
      sites_(sites),
      hooks_(hooks),
      refusals_(refusals),
      python_(py::module_::import("tapescope.script")),
      failure_(py::module_::import("tapescope.failure")) {}

RunEnded Script::prepare(const Parcel& parcel) {
    try {
        const auto text = python_.attr("decode")(py::bytes(parcel.script), options_.name).cast<std::string>();
        read(options_.name, text);
        const py::object program = python_.attr("Program")();
        for (const ModuleText& module : parcel.modules) readModule(program, module);
        refusals_.allow(program.attr("module_names").cast<std::vector<std::string>>());
        code_ = program.attr("compile")(options_.name, text);
        digest(program);
        for (const std::string& note : parcel.notes) pipe_.take(Noted{note});
        return {};
    } catch (py::error_already_set& error) {
        if (files_ == 0) read(options_.name, forReading(parcel.script));
        return fail(error);
    }
}

/// Tells the trace and Python of a text.
void Script::read(const std::string& name, const std::string& text) {
    const FileId file{files_++};
    pipe_.take(ScriptRead{file, name, text});
    sites_.addFile(file, name, text);
    python_.attr("register")(name, text);
}

std::string Script::forReading(const std::string& bytes) const {
    return python_.attr("decode_for_reading")(py::bytes(bytes)).cast<std::string>();
}

/// What is wrong with a module's encoding is said when it is imported.
void Script::readModule(py::handle program, const ModuleText& module) {
    const py::bytes data(module.bytes);
    const py::object text = program.attr("add_module")(module.name, data);
    read(module.name, text.is_none() ? forReading(module.bytes) : text.cast<std::string>());
}

void Script::digest(const py::object& program) {
    ScriptDigest digest{FileId{0}, {}};
    for (const py::handle& row : program.attr("items")) digest.items.push_back(itemOf(row));
    pipe_.take(std::move(digest));
    for (const py::handle& row : program.attr("loops")) {
        const auto [loop, range, enclosing] = row.cast<std::tuple<std::uint32_t, Corners, std::int32_t>>();
        sites_.addLoop(loop, rangeOf(range), enclosing);
    }
    hooks_.setNames(program.attr("names").cast<std::vector<std::pair<std::string, std::string>>>());
    drawsUnseeded_ = program.attr("unseeded").cast<bool>();
    sites_.addCode(code_);
}

RunEnded Script::execute() {
    const RunEnded ended = executed();
    python_.attr("run_exit_functions")();
    return ended;
}

RunEnded Script::executed() {
    const py::dict scope = py::module_::import("__main__").attr("__dict__");
    scope["__file__"] = options_.name;
    try {
        const auto result = py::reinterpret_steal<py::object>(PyEval_EvalCode(code_.ptr(), scope.ptr(), scope.ptr()));
        if (!result) throwRaised();
        python_.attr("raise_later")();
        hooks_.tellAllPaths(scope);
        return {};
    } catch (py::error_already_set& error) {
        hooks_.tellAllPaths(scope);
        return fail(error);
    }
}

namespace {

/// Is it one of a class's? By its type: what its attributes say is the script's.
bool isA(py::handle exception, PyObject* type) {
    return PyType_IsSubtype(Py_TYPE(exception.ptr()), reinterpret_cast<PyTypeObject*>(type)) != 0;
}

/// What PyUnicode has to say as UTF-8; lone surrogates as escapes.
std::string escaped(py::handle text) {
    const auto bytes =
        py::reinterpret_steal<py::object>(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "backslashreplace"));
    if (!bytes) throw py::error_already_set();
    return {PyBytes_AS_STRING(bytes.ptr()), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr()))};
}

/// How a script left by SystemExit, as Python takes it: no status, a number, or words for the standard error.
struct Leaving {
    std::string number, words;
};

Leaving leavingOf(py::handle exception) {
    try {
        const py::object status = exception.attr("code");
        if (status.is_none()) return {};
        if (PyLong_Check(status.ptr()) != 0) {
            const long number = PyLong_AsLong(status.ptr());
            PyErr_Clear();  // one that is too large: Python leaves with -1, too
            return {std::to_string(number), {}};
        }
        return {{}, escaped(py::str(status)) + "\n"};
    } catch (py::error_already_set&) {
        return {"1", {}};  // of the script's own class: Python leaves all the same
    }
}

/// str() of an exception without any Python of ours; empty where it fails.
std::string plainWords(py::handle exception) {
    constexpr std::size_t most = 4096;
    const auto text = py::reinterpret_steal<py::object>(PyObject_Str(exception.ptr()));
    const auto bytes = py::reinterpret_steal<py::object>(
        text ? PyUnicode_AsEncodedString(text.ptr(), "ascii", "backslashreplace") : nullptr);
    if (!bytes) {
        PyErr_Clear();
        return {};
    }
    return std::string(PyBytes_AS_STRING(bytes.ptr()),
                       std::min(most, static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr()))));
}

}  // namespace

Raised Script::describe(py::error_already_set& error) {
    if (error.trace()) PyException_SetTraceback(error.value().ptr(), error.trace().ptr());
    try {
        const auto [type, message, traceback, line] =
            failure_.attr("describe")(error.value())
                .cast<std::tuple<std::string, std::string, std::string, std::uint32_t>>();
        return {type, message, traceback, sites_.raisedAt(error.trace()), line};
    } catch (const std::exception&) {
        // There was no memory, no depth or no Python left to say more.
        const char* type = PyExceptionClass_Name(error.type().ptr());
        return {type, plainWords(error.value()), "", {}, sites_.lineIn(error.trace())};
    }
}

RunEnded Script::fail(py::error_already_set& error) {
    if (isA(error.value(), PyExc_MemoryError)) pipe_.releaseReserve();
    if (isA(error.value(), PyExc_SystemExit)) {
        const Leaving leaving = leavingOf(error.value());
        if (!leaving.words.empty()) pipe_.take(Printed{true, leaving.words, sites_.raisedAt(error.trace())});
        if (!leaving.number.empty() && leaving.number != "0")
            pipe_.take(Noted{"The script left with status " + leaving.number + "."});
        return {};
    }
    Raised raised = describe(error);
    RunEnded ended = verdict(error.value(), raised);
    pipe_.take(std::move(raised));
    return ended;
}

/// "Line 5: ", "Line 2 of cell 3: ".
std::string Script::atLine(std::uint32_t line) const {
    if (line == 0) return {};
    std::string words = sites_.words(line);
    words.front() = 'L';
    return words + ": ";
}

RunEnded Script::outOfMemory(std::uint32_t line) const {
    return {Outcome::Memory,
            (line == 0 ? "The" : atLine(line) + "the") + " script needed more than its limit of " +
                bytesText(options_.limits.memoryBytes) +
                " of memory (TAPESCOPE_MEMORY=8G in the environment raises the limit).",
            line};
}

RunEnded Script::verdict(py::handle exception, const Raised& raised) const {
    if (isA(exception, PyExc_MemoryError)) return outOfMemory(raised.line);
    if (refusals_.isRefusal(exception)) {
        const std::string ending = refusals_.isOurs(exception) ? "" : wall;
        return {Outcome::Forbidden, atLine(raised.line) + raised.message + ending, raised.line};
    }
    if (isA(exception, PyExc_EOFError) && raised.message == "EOF when reading a line") {
        return {Outcome::Error,
                atLine(raised.line) + raised.type + ": " + raised.message +
                    "; --input FILE gives the script lines to read, and so does the window.",
                raised.line};
    }
    return {Outcome::Error, atLine(raised.line) + raised.type + (raised.message.empty() ? "" : ": " + raised.message),
            raised.line};
}

}  // namespace tapescope
