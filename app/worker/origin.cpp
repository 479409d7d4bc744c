// SPDX-License-Identifier: Apache-2.0
#include "app/worker/origin.h"

#include <deque>
#include <unordered_map>

namespace tapescope {

namespace py = pybind11;

namespace {
constexpr std::size_t remembered = 4096;

struct Origin {
    py::object kept;
    TensorId tensor;
};

struct Memory {
    std::unordered_map<PyObject*, Origin> byIdentity;
    std::deque<PyObject*> order;
};

/// Never destroyed: the interpreter is gone before static objects are.
Memory& memory() {
    static auto* all = new Memory;
    return *all;
}
}  // namespace

void rememberOrigin(py::handle value, TensorId tensor) {
    // None, True, False and small integers are one object for everybody.
    if (value.is_none() || PyBool_Check(value.ptr()) != 0 || PyLong_Check(value.ptr()) != 0) return;
    Memory& all = memory();
    if (!all.byIdentity.emplace(value.ptr(), Origin{py::reinterpret_borrow<py::object>(value), tensor}).second) return;
    all.order.push_back(value.ptr());
    if (all.order.size() > remembered) {
        all.byIdentity.erase(all.order.front());
        all.order.pop_front();
    }
}

std::vector<TensorId> rememberedTensors() {
    std::vector<TensorId> tensors;
    for (const auto& [object, origin] : memory().byIdentity) tensors.push_back(origin.tensor);
    return tensors;
}

std::vector<TensorId> originsOf(py::handle value) {
    std::vector<TensorId> origins;
    const Memory& all = memory();
    if (all.byIdentity.empty()) return origins;
    if (const auto found = all.byIdentity.find(value.ptr()); found != all.byIdentity.end()) {
        origins.push_back(found->second.tensor);
    } else if (PyList_Check(value.ptr()) != 0 || PyTuple_Check(value.ptr()) != 0) {
        for (const auto item : py::reinterpret_borrow<py::sequence>(value)) {
            for (const TensorId origin : originsOf(item)) origins.push_back(origin);
        }
    }
    return origins;
}

}  // namespace tapescope
