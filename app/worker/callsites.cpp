// SPDX-License-Identifier: Apache-2.0
// From frames to call sites: a hash of the chain finds known ones, the public line tables describe new ones.
#include "app/worker/callsites.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/worker/frames.h"
#include "app/worker/loops.h"
#include "core/trace/places.h"

namespace py = pybind11;

namespace tapescope {
namespace {

/// A position in a chain of calls, as cheap to compare as can be.
struct Step {
    PyCodeObject* code = nullptr;
    int instruction = 0;
    friend bool operator==(const Step&, const Step&) = default;
};

std::size_t mix(std::size_t hash, std::size_t value) {
    constexpr std::size_t odd = 0x9e3779b97f4a7c15U;
    hash ^= value;
    hash *= odd;
    return hash ^ (hash >> 29);
}

struct Chain {
    std::vector<Step> steps;
    CallSiteId site;
};

struct UserFile {
    FileId file;
    std::string name;
    std::vector<std::string> lines;
    std::uint32_t base = 0;  ///< lines of the files before it
};

/// Python counts columns in bytes of UTF-8, we in code points.
std::uint32_t codePoints(const UserFile& file, int line, int bytes) {
    if (line < 1 || static_cast<std::size_t>(line) > file.lines.size() || bytes < 0) return 0;
    const std::string& text = file.lines[static_cast<std::size_t>(line) - 1];
    const auto end = text.begin() + std::min<std::ptrdiff_t>(bytes, std::ssize(text));
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::uint32_t>(std::count_if(text.begin(), end, starts));
}

Range rangeOf(const UserFile& file, const Step& step) {
    int line = 0, column = 0, endLine = 0, endColumn = 0;
    if (PyCode_Addr2Location(step.code, step.instruction, &line, &column, &endLine, &endColumn) == 0 || line < 1) {
        line = endLine = std::max(PyCode_Addr2Line(step.code, step.instruction), 0);
        column = endColumn = 0;
    }
    endLine = std::max(endLine, line);
    return {file.base + static_cast<std::uint32_t>(line), codePoints(file, line, column),
            file.base + static_cast<std::uint32_t>(endLine), codePoints(file, endLine, endColumn)};
}

/// Empty where the script has given its code a name that is no text.
std::string nameOf(PyCodeObject* code) {
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(code->co_name, &size);
    if (text == nullptr) PyErr_Clear();
    return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(size));
}

/// Of the run; that of the file's beginning where Python knows none. Allocates nothing.
std::uint32_t lineOf(const UserFile& file, const Step& step) {
    return file.base + static_cast<std::uint32_t>(std::max(PyCode_Addr2Line(step.code, step.instruction), 0));
}

/// The calls of a traceback, outermost first, as long as its frames are there.
template <class Take>
void eachStep(py::handle traceback, Take take) {
    for (auto* entry = reinterpret_cast<PyTracebackObject*>(traceback.ptr());
         entry != nullptr && PyTraceBack_Check(entry); entry = entry->tb_next) {
        const auto code =
            py::reinterpret_steal<py::object>(reinterpret_cast<PyObject*>(PyFrame_GetCode(entry->tb_frame)));
        take(Step{reinterpret_cast<PyCodeObject*>(code.ptr()), entry->tb_lasti});
    }
}

/// Of what is nested deeper than a person reads, the outermost and the innermost.
template <class T>
std::vector<T> ends(std::vector<T> nest) {
    constexpr std::ptrdiff_t kept = 512;
    if (std::ssize(nest) > 2 * kept) nest.erase(nest.begin() + kept, nest.end() - kept);
    return nest;
}

std::size_t hashOf(std::span<const Frame> stack) {
    std::size_t hash = stack.size();
    for (const Frame& frame : stack) {
        hash = mix(hash, std::hash<std::string>()(frame.function));
        hash = mix(hash, (std::size_t{frame.range.line} << 32) | frame.range.column);
        hash = mix(hash, (std::size_t{frame.range.endLine} << 32) | frame.range.endColumn);
    }
    return hash;
}

}  // namespace

struct CallSites::Impl {
    Sink& sink;
    PyThreadState* thread = PyThreadState_Get();
    std::vector<UserFile> files;
    Places places;
    std::unordered_map<PyObject*, std::int32_t> owners;        ///< name of a code's file -> index in files, or -1
    std::unordered_map<std::size_t, std::vector<Chain>> seen;  ///< by hash of the chain
    std::unordered_multimap<std::size_t, CallSiteId> byStack;  ///< the specialising interpreter moves instructions
    std::vector<std::vector<Frame>> sites;
    LoopStack loops;
    std::vector<UserFrame> frames;  ///< scratch: outermost first
    std::vector<Step> steps;        ///< scratch: the same

    /// The answer of the last here(), good for as long as the frames are where they were and no loop has moved.
    CallSiteId last;
    std::vector<FrameView> lastFrames;  ///< all of them, innermost first

    /// Owners of names of files, where they are looked for first.
    struct Recent {
        PyObject* name = nullptr;
        std::int32_t owner = -1;
    };
    std::array<Recent, 64> recent{};

    explicit Impl(Sink& s) : sink(s) {}

    std::int32_t ownerOf(PyCodeObject* code);
    std::int32_t lookUpOwner(PyObject* name);
    const UserFile* knownOwner(PyCodeObject* code) const;
    bool unmoved() const;
    void collect();
    CallSiteId find() const;
    CallSiteId remember(std::vector<Frame> stack, bool& isNew);
    std::vector<Frame> describe();
    std::size_t hashOfSteps() const;
    CallSiteId settle(bool withLoops);
};

/// File names are few and shared between code objects: their addresses are kept, and so stay unique.
std::int32_t CallSites::Impl::ownerOf(PyCodeObject* code) {
    constexpr unsigned alignment = 4;
    Recent& slot = recent[(reinterpret_cast<std::uintptr_t>(code->co_filename) >> alignment) % recent.size()];
    if (slot.name != code->co_filename) slot = {code->co_filename, lookUpOwner(code->co_filename)};
    return slot.owner;
}

std::int32_t CallSites::Impl::lookUpOwner(PyObject* name) {
    const auto found = owners.find(name);
    if (found != owners.end()) return found->second;
    std::int32_t owner = -1;
    const char* text = PyUnicode_AsUTF8(name);
    if (text == nullptr) PyErr_Clear();
    for (std::size_t i = 0; i < files.size() && text != nullptr; ++i) {
        if (files[i].name == text) owner = static_cast<std::int32_t>(i);
    }
    Py_INCREF(name);
    owners.emplace(name, owner);
    return owner;
}

/// Like ownerOf, but changes nothing.
const UserFile* CallSites::Impl::knownOwner(PyCodeObject* code) const {
    const auto found = owners.find(code->co_filename);
    return found == owners.end() || found->second < 0 ? nullptr : &files[static_cast<std::size_t>(found->second)];
}

/// Are all frames where they were at the last here()?
bool CallSites::Impl::unmoved() const {
    if (!last.valid()) return false;
    auto known = lastFrames.begin();
    for (FrameView frame = innermostFrame(thread); frame; frame = outerFrame(frame), ++known) {
        if (known == lastFrames.end() || known->identity != frame.identity || known->code != frame.code ||
            known->instruction != frame.instruction) {
            return false;
        }
    }
    return known == lastFrames.end();
}

void CallSites::Impl::collect() {
    frames.clear();
    steps.clear();
    lastFrames.clear();
    for (FrameView frame = innermostFrame(thread); frame; frame = outerFrame(frame)) {
        lastFrames.push_back(frame);
        const std::int32_t owner = ownerOf(frame.code);
        if (owner >= 0) frames.push_back({frame, files[static_cast<std::size_t>(owner)].file});
    }
    std::reverse(frames.begin(), frames.end());
    for (const UserFrame& frame : frames) steps.push_back({frame.view.code, frame.view.instruction});
}

std::size_t CallSites::Impl::hashOfSteps() const {
    std::size_t hash = steps.size();
    for (const Step& step : steps) {
        hash = mix(hash, reinterpret_cast<std::uintptr_t>(step.code) + static_cast<std::size_t>(step.instruction));
    }
    return hash;
}

CallSiteId CallSites::Impl::find() const {
    const auto bucket = seen.find(hashOfSteps());
    if (bucket == seen.end()) return {};
    for (const Chain& chain : bucket->second) {
        if (chain.steps == steps) return chain.site;
    }
    return {};
}

std::vector<Frame> CallSites::Impl::describe() {
    std::vector<Frame> stack;
    for (const Step& step : steps) {
        const UserFile& file = files[static_cast<std::size_t>(ownerOf(step.code))];
        stack.push_back({file.file, nameOf(step.code), rangeOf(file, step)});
    }
    return stack;
}

/// The same stack may be reached over several instructions: it stays one site.
CallSiteId CallSites::Impl::remember(std::vector<Frame> stack, bool& isNew) {
    const std::size_t hash = hashOf(stack);
    CallSiteId site;
    const auto [first, end] = byStack.equal_range(hash);
    for (auto found = first; found != end; ++found) {
        if (sites[found->second.index()] == stack) site = found->second;
    }
    isNew = !site.valid();
    if (isNew) {
        site = CallSiteId{static_cast<std::uint32_t>(sites.size())};
        sites.push_back(std::move(stack));
        byStack.emplace(hash, site);
    }
    for (const Step& step : steps) Py_INCREF(step.code);
    seen[hashOfSteps()].push_back({steps, site});
    return site;
}

/// The site of `steps`, with what has to be said about it.
CallSiteId CallSites::Impl::settle(bool withLoops) {
    CallSiteId site = find();
    bool isNew = false;
    if (!site.valid()) site = remember(describe(), isNew);
    if (withLoops) {
        if (auto stack = loops.moved(frames, sites[site.index()])) sink.take(LoopsMoved{ends(std::move(*stack))});
    }
    if (isNew) sink.take(CallSiteSeen{site, ends(sites[site.index()])});
    return site;
}

CallSites::CallSites(Sink& sink) : impl_(std::make_unique<Impl>(sink)) {}

CallSites::~CallSites() = default;

void CallSites::addFile(FileId file, const std::string& name, const std::string& text) {
    impl_->places.add(name, text);
    const std::vector<std::string_view> lines = linesOf(text);
    impl_->files.push_back({file, name, {lines.begin(), lines.end()}, impl_->places.base(file)});
    impl_->owners.clear();
    impl_->recent = {};
    impl_->last = {};
}

void CallSites::addCode(py::handle code) {
    impl_->ownerOf(reinterpret_cast<PyCodeObject*>(code.ptr()));
}

void CallSites::addLoop(std::uint32_t loop, const Range& range, std::int32_t enclosing) {
    impl_->loops.add(loop, range, enclosing);
}

CallSiteId CallSites::here() {
    if (impl_->unmoved()) return impl_->last;
    impl_->last = {};
    impl_->collect();
    if (impl_->steps.empty()) return {};
    const CallSiteId site = impl_->settle(true);
    impl_->last = site;
    return site;
}

CallSiteId CallSites::raisedAt(py::handle traceback) {
    impl_->steps.clear();
    eachStep(traceback, [this](const Step& step) {
        if (impl_->ownerOf(step.code) >= 0) impl_->steps.push_back(step);
    });
    return impl_->steps.empty() ? CallSiteId{} : impl_->settle(false);
}

std::uint32_t CallSites::lineIn(py::handle traceback) const {
    std::uint32_t line = 0;
    eachStep(traceback, [&](const Step& step) {
        if (const UserFile* file = impl_->knownOwner(step.code)) line = lineOf(*file, step);
    });
    return line;
}

std::uint32_t CallSites::line() const {
    for (FrameView frame = innermostFrame(impl_->thread); frame; frame = outerFrame(frame)) {
        const UserFile* file = impl_->knownOwner(frame.code);
        if (file == nullptr) continue;
        // Code that a script wrote by hand has lines that Python does not find; then it is where that was called.
        const std::uint32_t line = lineOf(*file, {frame.code, frame.instruction});
        if (line > file->base) return line;
    }
    return 0;
}

std::string CallSites::words(std::uint32_t line) const {
    return impl_->places.words(line);
}

bool CallSites::insideUserCode() const {
    const FrameView frame = innermostFrame(impl_->thread);
    return frame && impl_->ownerOf(frame.code) >= 0;
}

void CallSites::loopStarted(std::uint32_t loop) {
    impl_->last = {};
    impl_->loops.started(innermostFrame(impl_->thread), loop);
}

void CallSites::loopIterated(std::uint32_t loop) {
    impl_->last = {};
    impl_->loops.iterated(innermostFrame(impl_->thread), loop);
}

}  // namespace tapescope
