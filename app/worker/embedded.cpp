// SPDX-License-Identifier: Apache-2.0
// From byte arrays in the program to a finder among Python's.
#include "app/worker/embedded.h"

#include <pybind11/eval.h>
#include <pybind11/pybind11.h>

#include <algorithm>

namespace py = pybind11;

namespace tapescope {
namespace {

constexpr std::string_view root = "python/";
constexpr std::string_view finder = "tapescope/embedded.py";

}  // namespace

bool isEmbedded(std::string_view topLevel) {
    return std::ranges::any_of(pythonFiles(), [&](const auto& file) {
        const std::string_view place = file.first.substr(root.size());
        return place.starts_with(topLevel) && place.size() > topLevel.size() &&
               (place[topLevel.size()] == '/' || place.substr(topLevel.size()) == ".py");
    });
}

void installEmbedded() {
    py::dict sources;
    for (const auto& [name, text] : pythonFiles()) {
        const py::str place(name.substr(root.size()));
        if (name.ends_with(".pyc")) {
            sources[place] = py::bytes(text.data(), text.size());
        } else {
            sources[place] = py::str(text.data(), text.size());
        }
    }
    py::dict scope;
    scope["__name__"] = "tapescope.embedded";
    py::exec(sources[py::str(finder)].cast<py::str>(), scope);
    scope["install"](sources);
}

}  // namespace tapescope
