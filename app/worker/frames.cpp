// SPDX-License-Identifier: Apache-2.0
// The only file that knows the interpreter's insides. Every other version takes the public interface below it.
#include <patchlevel.h>

#if PY_VERSION_HEX >= 0x030b0000 && PY_VERSION_HEX < 0x030c0000
#define TAPESCOPE_KNOWN_FRAMES 1
#define Py_BUILD_CORE 1
#endif

#include "app/worker/frames.h"

#ifdef TAPESCOPE_KNOWN_FRAMES
#include <internal/pycore_frame.h>
#endif

namespace tapescope {

#ifdef TAPESCOPE_KNOWN_FRAMES

namespace {

FrameView viewOf(_PyInterpreterFrame* frame) {
    while (frame != nullptr && _PyFrame_IsIncomplete(frame)) frame = frame->previous;
    if (frame == nullptr) return {};
    const auto units = frame->prev_instr - _PyCode_CODE(frame->f_code);
    return {.identity = frame,
            .code = frame->f_code,
            .instruction = static_cast<int>(units * static_cast<long>(sizeof(_Py_CODEUNIT))),
            .generator = frame->owner == FRAME_OWNED_BY_GENERATOR,
            .next = frame->previous};
}

}  // namespace

FrameView innermostFrame(PyThreadState* thread) {
    return viewOf(thread->cframe->current_frame);
}

FrameView outerFrame(const FrameView& frame) {
    return viewOf(static_cast<_PyInterpreterFrame*>(frame.next));
}

#else

namespace {

/// The references are dropped at once: the interpreter keeps an executing frame alive.
FrameView viewOf(PyFrameObject* frame) {
    if (frame == nullptr) return {};
    PyCodeObject* code = PyFrame_GetCode(frame);
    const FrameView view{.identity = frame,
                         .code = code,
                         .instruction = PyFrame_GetLasti(frame),
                         .generator = (code->co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) != 0,
                         .next = frame};
    Py_DECREF(code);
    return view;
}

}  // namespace

FrameView innermostFrame(PyThreadState* thread) {
    PyFrameObject* frame = PyThreadState_GetFrame(thread);
    const FrameView view = viewOf(frame);
    Py_XDECREF(frame);
    return view;
}

FrameView outerFrame(const FrameView& frame) {
    auto* inner = static_cast<PyFrameObject*>(frame.next);
    PyFrameObject* outer = PyFrame_GetBack(inner);
    const FrameView view = viewOf(outer);
    Py_XDECREF(outer);
    return view;
}

#endif

}  // namespace tapescope
