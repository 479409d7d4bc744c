// SPDX-License-Identifier: Apache-2.0
// Making modules from C++, and the script's text on its way to the pipe.
#include "app/worker/surface.h"

#include "app/worker/bindings.h"
#include "app/worker/watch.h"

namespace py = pybind11;

namespace tapescope {
namespace {

/// UTF-8 of a Python string; lone surrogates as escapes, as Python's own standard error has them.
std::string encoded(const py::str& text) {
    const auto bytes =
        py::reinterpret_steal<py::bytes>(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "backslashreplace"));
    if (!bytes) throw py::error_already_set();
    return bytes;
}

/// The longest beginning of at most `size` bytes that does not cut a character.
std::string beginning(const std::string& text, std::size_t size) {
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    return text.substr(0, size);
}

}  // namespace

py::module_ newModule(const char* name) {
    auto module = py::reinterpret_steal<py::module_>(PyModule_New(name));
    if (!module) throw py::error_already_set();
    py::module_::import("sys").attr("modules")[name] = module;
    return module;
}

void installEngine(Session& session, const Options& options, std::function<void()> noteUnseeded) {
    py::module_ module = newModule("_tapescope");
    module.attr("seed") = options.seed;
    module.attr("seeded") = options.seeded;
    module.attr("keras") = options.keras;
    module.def("note_unseeded", std::move(noteUnseeded));
    bindEngine(module, session);
}

void TextOut::print(Printed said) {
    std::string& text = said.text;
    const bool over = text.size() > limit_ - written_;
    if (over) text = beginning(text, limit_ - written_);
    written_ += text.size();
    if (!text.empty()) pipe_.print(std::move(said));
    if (over) end();
}

/// Warnings and notes are output, too.
void TextOut::tell(Event event, std::size_t size) {
    if (size > limit_ - written_) end();
    written_ += size;
    pipe_.take(std::move(event));
}

void TextOut::end() {
    const std::uint32_t line = sites_.line();
    endRun(pipe_, {Outcome::Output,
                   "The script printed more than its limit of " + bytesText(limit_) + ", in " + sites_.words(line) +
                       " (TAPESCOPE_OUTPUT=64M in the environment raises the limit).",
                   line});
}

void TextOut::bind(py::module_& module) {
    module.def("emit", [this](bool error, const py::str& text) {
        print(Printed{error, encoded(text), sites_.here()});
    });
    module.def("note", [this](const py::str& text) {
        std::string note = encoded(text);
        const std::size_t size = note.size();
        tell(Noted{std::move(note)}, size);
    });
    module.def("show", [this](const py::str& text) { print(Printed{false, encoded(text), sites_.here(), true}); });
    module.def("flush", [this] { pipe_.flushLine(); });
    module.def("warned", [this](const py::str& category, const py::str& message) {
        Warned warned{encoded(category), encoded(message), sites_.here()};
        const std::size_t size = warned.category.size() + warned.message.size();
        tell(std::move(warned), size);
    });
}

}  // namespace tapescope
