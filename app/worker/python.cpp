// SPDX-License-Identifier: Apache-2.0
// The interpreter's configuration, and the modules that are loaded while files can still be opened.
#include "app/worker/python.h"

#include <pybind11/pybind11.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "app/worker/modules.h"
#include "app/worker/spare.h"

namespace py = pybind11;

namespace tapescope {
namespace {

/// PyConfig owns memory; cleared whatever happens.
struct Config {
    PyConfig value;
    Config() { PyConfig_InitIsolatedConfig(&value); }
    ~Config() { PyConfig_Clear(&value); }
    Config(const Config&) = delete;
    Config& operator=(const Config&) = delete;

    void set(wchar_t*& field, const char* text) { check(PyConfig_SetBytesString(&value, &field, text)); }
    void addPath(const char* path) {
        wchar_t* wide = Py_DecodeLocale(path, nullptr);
        check(PyWideStringList_Append(&value.module_search_paths, wide));
        PyMem_RawFree(wide);
    }
    static void check(const PyStatus& status) {
        if (PyStatus_Exception(status) != 0) {
            throw std::runtime_error(status.err_msg != nullptr ? status.err_msg : "Python cannot start");
        }
    }
};

/// Imported late by Python itself, when a traceback, a warning or an encoding needs them.
constexpr const char* always =
    "ast linecache traceback warnings tokenize random math io inspect contextlib tracemalloc types "
    "weakref collections.abc functools itertools operator typing dataclasses opcode pathlib "
    "importlib.machinery unicodedata string textwrap copy numbers abc collections enum re "
    "encodings.idna encodings.utf_16 encodings.ascii encodings.latin_1 encodings.utf_8_sig "
    "encodings.utf_16_le encodings.utf_16_be encodings.utf_32 encodings.cp1252";

/// What shows the values of tensors: in .numpy(), in print, in the texts of errors; and what it imports late.
constexpr const char* underTensors =
    "numpy numpy.core._dtype numpy.core._internal numpy.core._methods numpy.core._exceptions numpy.linalg";

void importIfThere(const std::string& name) {
    try {
        py::module_::import(name.c_str());
    } catch (py::error_already_set&) {
        // The import statement of the script will say so.
    }
}

/// The names in a list with blanks between them.
void importAll(const std::string& names) {
    std::istringstream in(names);
    for (std::string name; in >> name;) importIfThere(name);
}

bool isTensorFlow(const std::string& name) {
    return topLevel(name) == "tensorflow" || topLevel(name) == "keras";
}

/// Neither the standard library nor TensorFlow: may use any part of numpy.
bool mayUseAllOfNumpy(const std::string& name) {
    const py::object standard = py::module_::import("sys").attr("stdlib_module_names");
    return !isTensorFlow(name) && !standard.contains(std::string(topLevel(name)));
}

/// Parts that numpy loads for those who import it, in a third of its time: nobody else can reach them.
void leaveOutPartsOfNumpy() {
    const py::dict modules = py::module_::import("sys").attr("modules");
    for (const char* name : {"numpy.ctypeslib", "numpy.fft", "numpy.ma", "numpy.polynomial", "numpy.random"}) {
        const auto part = py::reinterpret_steal<py::module_>(PyModule_New(name));
        part.attr("__getattr__") = py::cpp_function([name](const std::string& attribute) -> py::object {
            throw py::attribute_error(std::string(name) + '.' + attribute +
                                      ": not loaded when the script was locked in; name numpy in an import statement "
                                      "of the script itself, so that it is seen beforehand");
        });
        modules[name] = part;
    }
}

void seedGenerators(std::uint64_t seed) {
    constexpr std::uint64_t numpyLimit = 0xffffffff;
    py::module_::import("random").attr("seed")(seed);
    const py::dict modules = py::module_::import("sys").attr("modules");
    if (modules.contains("numpy.random") && py::hasattr(modules["numpy.random"], "seed"))
        modules["numpy.random"].attr("seed")(seed & numpyLimit);
}

}  // namespace

void startPython(const std::string& scriptName, std::uint64_t seed) {
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    Config::check(Py_PreInitialize(&before));
    Config config;
    config.value.use_hash_seed = 1;
    config.value.hash_seed = static_cast<unsigned long>(seed & 0xffffffffU);
    config.value.write_bytecode = 0;
    config.value.site_import = 0;
    config.value.install_signal_handlers = 0;
    config.value.parse_argv = 0;
    config.value.pathconfig_warnings = 0;
    config.value.module_search_paths_set = 1;
    config.set(config.value.executable, TAPESCOPE_PYTHON);
    for (const char* path :
         {TAPESCOPE_PYTHON_LIBRARY, TAPESCOPE_PYTHON_LIBRARY "/lib-dynload", TAPESCOPE_PYTHON_PACKAGES}) {
        config.addPath(path);
    }
    const char* arguments[] = {scriptName.c_str()};
    Config::check(PyConfig_SetBytesArgv(&config.value, 1, const_cast<char**>(arguments)));
    Config::check(Py_InitializeFromConfig(&config.value));
    keepSpareMemory();
}

bool needsTensors(const std::vector<std::string>& wanted) {
    return std::ranges::any_of(wanted,
                               [](const std::string& name) { return isTensorFlow(name) || mayUseAllOfNumpy(name); });
}

void preload(const std::vector<std::string>& wanted, std::uint64_t seed) {
    importAll(always);
    if (needsTensors(wanted)) {
        if (std::ranges::none_of(wanted, mayUseAllOfNumpy)) leaveOutPartsOfNumpy();
        importAll(underTensors);
    }
    for (const std::string& name : wanted) {
        const ModuleRow* row = moduleRow(name);
        if (row == nullptr || row->access == Access::Forbidden) continue;
        if (row->access == Access::Harmless) importIfThere(name);
        importAll(std::string(row->companions));
    }
    seedGenerators(seed);
}

}  // namespace tapescope
