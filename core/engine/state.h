// SPDX-License-Identifier: Apache-2.0
// What a session holds. Shared by the files that implement it, and by nothing else.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <set>

#include "core/base/idmap.h"
#include "core/engine/graph.h"
#include "core/engine/rule.h"
#include "core/engine/session.h"
#include "core/engine/tape.h"

namespace tapescope {

struct VariableRow {
    std::string name;
    bool trainable = true;
    TensorId handle;
    Tensor value;
    std::uint32_t version = 0;
    std::optional<std::optional<Shape>> declared{};  ///< Session::loosen
};

struct OptimizerRow {
    const Rule* rule = nullptr;
    std::string name;
    Settings settings;
    std::map<VariableId, std::map<std::string, Tensor>> slots;
    std::set<VariableId> built;
    std::vector<std::pair<Shape, std::string>> formulas;  ///< of the rule, for these settings and shapes
    Settings formulaSettings;
};

/// Keeps the place while one call from outside runs many operations: it is looked up once.
class Staying {
public:
    explicit Staying(std::optional<CallSiteId>& at, CallSiteId site) : at_(at), outer_(std::exchange(at, site)) {}
    ~Staying() { at_ = outer_; }
    Staying(const Staying&) = delete;
    Staying& operator=(const Staying&) = delete;

private:
    std::optional<CallSiteId>& at_;
    std::optional<CallSiteId> outer_;
};

/// "5 is no tape": a number that nothing gave out, or that of something that is gone.
[[noreturn]] void refuseNumber(const char* what, std::uint32_t number);

/// A call of gradient(), kept for a while so that the true gradient of a wrong pair can be computed.
struct GradientCall {
    GradientId id;
    std::shared_ptr<Recording> recording;
    Operands targets;
    IdMap<TensorId, TensorId> answers;  ///< result to source
};

/// Which answer of which gradient() a tensor is.
struct AnswerOf {
    const GradientCall* call = nullptr;
    TensorId source;
};

/// The tapes of a run by number. Those that were closed are gone as soon as no older one is there.
class Tapes {
public:
    TapeId open(bool persistent, bool watchesVariables) {
        const TapeId id{first_ + static_cast<std::uint32_t>(tapes_.size())};
        tapes_.emplace_back(id, persistent, watchesVariables, recordings_);
        return id;
    }
    void close(TapeId id) {
        if (id.value < first_ || id.value - first_ >= tapes_.size()) return;
        (*this)[id].close();
        for (; !tapes_.empty() && tapes_.front().closed(); ++first_) tapes_.pop_front();
        if (id.value >= first_) (*this)[id].letGo();
    }
    /// Throws for a number that is no tape's, or that of one that is gone.
    Tape& operator[](TapeId id) {
        if (id.value < first_ || id.value - first_ >= tapes_.size()) refuseNumber("tape", id.value);
        return tapes_[id.value - first_];
    }
    auto begin() const { return tapes_.begin(); }
    auto end() const { return tapes_.end(); }

private:
    Recordings recordings_;
    std::deque<Tape> tapes_;
    std::uint32_t first_ = 0;
};

struct RunningApply {
    OptimizerId optimizer;
    CallSiteId site;
    ApplyId id;  ///< nothing once it has ended
    std::size_t pairs = 0;
};

struct Session::State {
    State(Sink& events, SiteSource source, bool listening) : sink(events), here(std::move(source)), told(listening) {}

    Sink& sink;
    SiteSource here;
    bool told = true;              ///< somebody listens
    Look look;                     ///< at each operation, or nobody
    std::optional<CallSiteId> at;  ///< while a call from outside runs operations of its own
    Graph graph;
    std::vector<VariableRow> variables;
    std::vector<bool> trainable;  ///< by variable
    Tapes tapes;
    std::vector<Tape*> active;  ///< recording or paused, innermost last
    int suspended = 0;
    int aside = 0;        ///< how often the tapes were set aside
    GradientId backward;  ///< the running gradient()
    std::uint32_t gradientCount = 0;
    std::vector<FoldId> folds;  ///< open ones, innermost last
    std::uint32_t foldCount = 0;
    std::vector<OptimizerRow> optimizers;
    std::uint32_t applyCount = 0;
    std::array<RunningApply, 16> applies;           ///< the latest, by number
    std::deque<GradientCall> calls;                 ///< the latest few
    std::map<std::string, OpRow> customRows;        ///< by name; they stay where they are
    std::vector<std::set<VariableId>> readWatches;  ///< open ones, innermost last

    /// Where the script is. The same for everything that runs inside one call from outside.
    CallSiteId site() const { return at ? *at : here(); }
    template <class Fact>
    void emit(Fact&& fact) const {
        if (told) sink.take(Event(std::in_place_type<std::decay_t<Fact>>, std::forward<Fact>(fact)));
    }
    /// The same, made where it will stay until the sink takes it.
    template <class Fill>
    void tell(Fill fill) const {
        Event event(std::in_place_type<OpExecuted>);
        fill(*std::get_if<OpExecuted>(&event));
        sink.take(std::move(event));
    }
    /// What is said of an operation, but for what it took and made.
    void describe(OpExecuted& event, NodeId node, std::string_view op, CallSiteId site) const;
    /// Runs the operations of the running tapes past them; the tapes that recorded it.
    TapeIds record(NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
                   const Attributes& attributes);
    // Numbers come from Python, where a script can make up its own: each of these throws for one that stands for
    // nothing.
    VariableRow& variable(VariableId id) {
        if (id.index() >= variables.size()) refuseNumber("variable", id.value);
        return variables[id.index()];
    }
    OptimizerRow& optimizer(OptimizerId id) {
        if (id.index() >= optimizers.size()) refuseNumber("optimizer", id.value);
        return optimizers[id.index()];
    }
    Tape& tape(TapeId id) { return tapes[id]; }
    RunningApply& apply(ApplyId id) {
        RunningApply& one = applies[id.index() % applies.size()];
        if (!id.valid() || one.id != id) refuseNumber("running update", id.value);
        return one;
    }
    const RunningApply& pairOf(ApplyId id, std::uint32_t index) {
        const RunningApply& one = apply(id);
        if (index >= one.pairs) refuseNumber("pair", index);
        return one;
    }
    FoldId fold() const { return folds.empty() ? FoldId{} : folds.back(); }
    /// The answer that a tensor is, or was made from by transformations (clipping, scaling): over data, newest first.
    std::optional<AnswerOf> provenance(TensorId tensor) const;
    std::optional<Value> trueGradient(TensorId used, VariableId variable) const;
};

}  // namespace tapescope
