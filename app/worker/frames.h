// SPDX-License-Identifier: Apache-2.0
// Python's frames, innermost first, as cheaply as the interpreter's version allows: its own structure where we know it,
// the public interface elsewhere.
#pragma once

#include <Python.h>

namespace tapescope {

/// One executing Python function.
struct FrameView {
    const void* identity = nullptr;  ///< the same for as long as the frame lives; reused after that
    PyCodeObject* code = nullptr;    ///< borrowed
    int instruction = 0;             ///< offset in bytes
    bool generator = false;          ///< may be suspended and come back
    void* next = nullptr;            ///< for outerFrame

    explicit operator bool() const { return code != nullptr; }
};

/// The innermost frame of `thread`, false where no Python code runs.
FrameView innermostFrame(PyThreadState* thread);

/// The frame that called this one.
FrameView outerFrame(const FrameView& frame);

}  // namespace tapescope
