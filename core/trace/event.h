// SPDX-License-Identifier: Apache-2.0
// The events of a run: facts in the order in which they happened, never instructions to a view.
// A closed variant: a new alternative breaks the build at codec, fold, text and wherever else every event must be met.
// Ids count up from 0 in the order in which their first event names them; an event names only what earlier ones made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/idlists.h"
#include "core/trace/value.h"

namespace tapescope {

// ---- the run and its text ---------------------------------------------------------------------------------------

/// Lines and columns of a piece of script: lines from 1 through all texts of the run, columns from 0 in code points,
/// end exclusive.
struct Range {
    std::uint32_t line = 0, column = 0, endLine = 0, endColumn = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

/// First event of every run. `seeded` is false where the seed is the program's fixed one, not the user's.
struct RunStarted {
    std::string program;  ///< the script's name as the user gave it
    std::string version;  ///< of Tapescope
    std::string keras;    ///< "3", "2" or "legacy"
    std::uint64_t seed = 0;
    bool seeded = false;
    friend bool operator==(const RunStarted&, const RunStarted&) = default;
};

/// The script, or a module beside it. All come before the script runs; lines count through them (places.h).
struct ScriptRead {
    FileId file;
    std::string name;  ///< "train.py", "models/net.py"
    std::string text;
    friend bool operator==(const ScriptRead&, const ScriptRead&) = default;
};

enum class SyntaxKind : std::uint8_t { Function, Class, Loop, Branch, With, Call, Assign, Import };

/// One construct of the script's syntax tree. `parent` is an index into the same digest, or -1.
struct SyntaxItem {
    SyntaxKind kind = SyntaxKind::Call;
    std::int32_t parent = -1;
    Range range;
    std::string name;  ///< function or class name, callee ("tape.gradient"), assigned targets ("a, b"), module
    std::vector<Range>
        parts;  ///< call: its arguments; assign: targets, then value; branch: test, body, else; loop, with: head, body
    friend bool operator==(const SyntaxItem&, const SyntaxItem&) = default;
};

struct ScriptDigest {
    FileId file;  ///< the first; the items are those of all
    std::vector<SyntaxItem> items;
    friend bool operator==(const ScriptDigest&, const ScriptDigest&) = default;
};

/// One Python frame of the user's, at the instruction it is executing.
struct Frame {
    FileId file;
    std::string function;  ///< "<module>" at the top level
    Range range;
    friend bool operator==(const Frame&, const Frame&) = default;
};

/// A place in the script together with the calls that led there, outermost first. Never empty.
struct CallSiteSeen {
    CallSiteId site;
    std::vector<Frame> stack;
    friend bool operator==(const CallSiteSeen&, const CallSiteSeen&) = default;
};

struct LoopPosition {
    std::uint32_t loop = 0;        ///< index of the loop in the digest of file 0
    std::uint32_t activation = 0;  ///< how-manieth time any loop was entered: unique within the run
    std::uint32_t iteration = 0;   ///< from 0
    friend bool operator==(const LoopPosition&, const LoopPosition&) = default;
};

/// The loops that run from here on, outermost first; only before an event inside others than the event before it.
struct LoopsMoved {
    std::vector<LoopPosition> stack;
    friend bool operator==(const LoopsMoved&, const LoopsMoved&) = default;
};

// ---- names ------------------------------------------------------------------------------------------------------

enum class ObjectKind : std::uint8_t { None, Tensor, Variable, Tape, Optimizer, List, Other };

/// What a name is bound to. `id` is the value of the TensorId, VariableId, TapeId or OptimizerId; for a list, a number
/// that stays with the list object; nothing for None and Other.
struct ObjectRef {
    ObjectKind kind = ObjectKind::Other;
    std::uint32_t id = Id<void>::nothing;
    std::vector<ObjectRef> items;  ///< of a list or tuple, one level
    friend bool operator==(const ObjectRef&, const ObjectRef&) = default;
};

struct NameBound {
    std::string name;   ///< "W"; in a function "train_step.grads"
    std::string scope;  ///< "" for globals, else the function's name
    ObjectRef object;
    CallSiteId site;
    friend bool operator==(const NameBound&, const NameBound&) = default;
};

// ---- operations -------------------------------------------------------------------------------------------------

/// A function of TensorFlow's that is made of several operations begins ("tf.clip_by_global_norm"); the operations name
/// it.
struct FoldBegan {
    FoldId fold;
    FoldId parent;  ///< nothing at the top
    std::string name;
    CallSiteId site;
    friend bool operator==(const FoldBegan&, const FoldBegan&) = default;
};

struct OpExecuted {
    NodeId node;
    std::string op;  ///< the operation's type: "MatMul", "AddV2", "ReadVariableOp", "Const"
    CallSiteId site;
    FoldId fold;       ///< nothing where the user called the operation himself
    TensorIds inputs;  ///< handles of variables among them
    TensorIds outputs;
    std::vector<Value> values;  ///< one for each output
    std::vector<std::pair<std::string, std::string>> attributes;
    TapeIds tapes;              ///< the tapes that recorded it
    GradientId backward;        ///< the gradient() call that ran it, nothing for a forward operation
    TensorIds hostInputs;       ///< whose values came here through Python or numpy, so that no tape sees it
    std::uint32_t version = 0;  ///< ReadVariableOp: the version of the variable that was read
    friend bool operator==(const OpExecuted&, const OpExecuted&) = default;
};

/// A value left TensorFlow for Python: .numpy(), float(), print of a tensor.
struct ValueLeft {
    TensorId tensor;            ///< the tensor, or the handle of the variable
    std::uint32_t version = 0;  ///< of the variable
    std::string how;            ///< "numpy", "float", "bool", "print"
    CallSiteId site;
    friend bool operator==(const ValueLeft&, const ValueLeft&) = default;
};

// ---- variables --------------------------------------------------------------------------------------------------

struct VariableCreated {
    VariableId variable;
    TensorId handle;
    std::string name;  ///< TensorFlow's, with its ":0"
    bool trainable = true;
    TensorId initial;  ///< the tensor it took its first value from; nothing if from Python data
    Value value;       ///< version 0
    CallSiteId site;
    friend bool operator==(const VariableCreated&, const VariableCreated&) = default;
};

enum class AssignKind : std::uint8_t { Assign, AssignAdd, AssignSub, Optimizer };

/// A variable took a new value; its version is one more than before.
struct VariableAssigned {
    VariableId variable;
    std::uint32_t version = 1;
    AssignKind kind = AssignKind::Assign;
    TensorId operand;  ///< what was assigned, added or subtracted; nothing for an optimizer's step
    ApplyId apply;     ///< the call of apply_gradients, nothing otherwise
    Value value;
    double change = 0;  ///< L2 norm of new - old
    CallSiteId site;
    friend bool operator==(const VariableAssigned&, const VariableAssigned&) = default;
};

// ---- tapes and gradients ----------------------------------------------------------------------------------------

struct TapeOpened {
    TapeId tape;
    bool persistent = false;
    bool watchesVariables = true;
    CallSiteId site;
    friend bool operator==(const TapeOpened&, const TapeOpened&) = default;
};

enum class TapeChange : std::uint8_t { Entered, Exited, Paused, Resumed, Reset, Consumed };

struct TapeChanged {
    TapeId tape;
    TapeChange change = TapeChange::Exited;
    CallSiteId site;
    friend bool operator==(const TapeChanged&, const TapeChanged&) = default;
};

struct TapeWatched {
    TapeId tape;
    TensorId tensor;  ///< a tensor, or the handle of a variable
    bool automatic = false;
    CallSiteId site;
    friend bool operator==(const TapeWatched&, const TapeWatched&) = default;
};

/// gradient() was called. Sources are tensors or handles of variables, flattened.
struct GradientAsked {
    GradientId gradient;
    TapeId tape;
    TensorIds targets;
    TensorIds sources;
    bool insideBlock = false;  ///< the tape was still recording
    CallSiteId site;
    friend bool operator==(const GradientAsked&, const GradientAsked&) = default;
};

/// A gradient reached `tensor` on the way back. Several for one tensor add up; `total` is the sum so far.
struct GradientArrived {
    GradientId gradient;
    TensorId tensor;  ///< of the forward pass, or the handle of a variable
    NodeId through;   ///< forward operation whose pullback sent it, past a read; nothing for the seed at a target
    std::uint32_t input = 0;  ///< which input of `through`
    TensorId total;           ///< nothing for a symbolic or indexed one
    Value value;
    friend bool operator==(const GradientArrived&, const GradientArrived&) = default;
};

enum class GradientState : std::uint8_t { Path, None, Zero, Nan, NotAsked, Pending };

/// Why there is no gradient: facts about the culprit edge. Which cause of the table it is, the diagnosis says.
enum class CutReason : std::uint8_t {
    Uncut,              ///< there is a path
    Unused,             ///< the target does not depend on the source over any data
    OutsideTape,        ///< the operation ran while the tape was not recording (before, after, other tape)
    NotWatched,         ///< a tensor that nobody watched
    WatchedLate,        ///< watched after its first use
    WatchDisabled,      ///< watch_accessed_variables=False and not watched
    NotTrainable,       ///< trainable=False and not watched
    LeftTensorFlow,     ///< the value went through Python or numpy
    Copied,             ///< tf.constant(v) or tf.Variable(t): a new leaf with the old value
    StateBlocks,        ///< the value went through an assign
    IntegerDtype,       ///< the input's dtype carries no gradient
    NotDifferentiable,  ///< the operation has no gradient for this input
    StopGradient,
    Paused,             ///< ran inside stop_recording()
    TapeReset,          ///< recorded, then dropped by reset()
    TapeEnded,          ///< ran in the block after gradient() had ended the recording
    OtherTape,          ///< recorded, but by another tape
    TargetNotRecorded,  ///< the target is no result of a recorded operation
};

/// The answer for one source; also given, with asked = false, for trainable variables that the target depends on.
struct SourceAnswer {
    TensorId source;
    bool asked = true;
    GradientState state = GradientState::Path;  ///< NotAsked exactly where asked is false
    bool path = true;  ///< whether a recorded path exists: tells "not asked for" from "would be none anyway"
    TensorId result;   ///< nothing for None
    Value value;       ///< empty for None
    CutReason reason = CutReason::Uncut;
    NodeId cutNode;              ///< the operation at whose input the path ends
    std::uint32_t cutInput = 0;  ///< of its inputs, or of its hostInputs where the value came through Python
    CallSiteId cutSite;
    friend bool operator==(const SourceAnswer&, const SourceAnswer&) = default;
};

struct GradientAnswered {
    GradientId gradient;
    std::vector<SourceAnswer> answers;
    friend bool operator==(const GradientAnswered&, const GradientAnswered&) = default;
};

// ---- optimizers -------------------------------------------------------------------------------------------------

struct OptimizerCreated {
    OptimizerId optimizer;
    std::string rule;                                      ///< "SGD"
    std::string name;                                      ///< "sgd"
    std::vector<std::pair<std::string, double>> settings;  ///< learning_rate first
    CallSiteId site;
    friend bool operator==(const OptimizerCreated&, const OptimizerCreated&) = default;
};

/// One (gradient, variable) of an apply_gradients, by position.
struct Pair {
    TensorId gradient;  ///< nothing for None
    VariableId variable;
    friend bool operator==(const Pair&, const Pair&) = default;
};

/// apply_gradients was called. Where its argument is a zip, `zipLengths` are the lengths of the operands whose length
/// Python knows (-1 otherwise), and the dropped ones are what zip() left over because the other operand was shorter.
struct ApplyBegan {
    ApplyId apply;
    OptimizerId optimizer;
    std::vector<std::int64_t> zipLengths;
    std::vector<Pair> pairs;
    std::vector<TensorId> droppedGradients;
    std::vector<VariableId> droppedVariables;
    CallSiteId site;
    CallSiteId zipSite;  ///< where the zip was made
    friend bool operator==(const ApplyBegan&, const ApplyBegan&) = default;
};

/// Accumulated: it waits with those of other steps. NotFinite: one overflowed, and loss scaling leaves all out.
enum class PairOutcome : std::uint8_t { Applied, NoGradient, Refused, Accumulated, NotFinite };

struct SlotChange {
    std::string name;  ///< "momentum"
    Value before, after;
    friend bool operator==(const SlotChange&, const SlotChange&) = default;
};

/// One pair was treated. `rule` is the formula with this step's numbers in it, scalars only ("w ← w − 0.01·g").
struct PairApplied {
    ApplyId apply;
    std::uint32_t index = 0;
    PairOutcome outcome = PairOutcome::Applied;
    Value before, after;                ///< of the variable
    Value used;                         ///< the gradient as the rule took it; empty for None
    std::optional<Value> trueGradient;  ///< of the same target to this variable, where the pair's is another one's
    std::vector<SlotChange> slots;
    double change = 0;  ///< L2 norm of after - before
    std::string rule;
    friend bool operator==(const PairApplied&, const PairApplied&) = default;
};

struct ApplyEnded {
    ApplyId apply;
    std::int64_t iterations = 0;
    bool raised = false;
    friend bool operator==(const ApplyEnded&, const ApplyEnded&) = default;
};

// ---- what the script said, and how it ended ---------------------------------------------------------------------

struct Printed {
    bool error = false;  ///< standard error
    std::string text;
    CallSiteId site;
    bool shown = false;  ///< not printed: what a notebook shows of the last value of a cell, or through display()
    friend bool operator==(const Printed&, const Printed&) = default;
};

struct Warned {
    std::string category;  ///< "UserWarning", or "WARNING:tensorflow" for a log line
    std::string message;
    CallSiteId site;
    friend bool operator==(const Warned&, const Warned&) = default;
};

/// The exception that ended the script.
struct Raised {
    std::string type;
    std::string message;
    std::string traceback;  ///< Python's own, trimmed to the user's frames
    CallSiteId site;
    std::uint32_t line = 0;  ///< of the innermost user frame, or of the SyntaxError
    friend bool operator==(const Raised&, const Raised&) = default;
};

/// Something the program has to say itself, once: "unseeded: numbers start from seed 0".
struct Noted {
    std::string text;
    friend bool operator==(const Noted&, const Noted&) = default;
};

enum class Outcome : std::uint8_t { Finished, Error, Timeout, Memory, Output, Killed, Forbidden, Refused };

/// Last event of a run. The app appends it where the worker could not.
struct RunEnded {
    Outcome outcome = Outcome::Finished;
    std::string message;     ///< for a person: which limit, how to raise it; "" for Finished
    std::uint32_t line = 0;  ///< where the script was, 0 if unknown
    friend bool operator==(const RunEnded&, const RunEnded&) = default;
};

using Event = std::variant<RunStarted, ScriptRead, ScriptDigest, CallSiteSeen, LoopsMoved, NameBound, FoldBegan,
                           OpExecuted, ValueLeft, VariableCreated, VariableAssigned, TapeOpened, TapeChanged,
                           TapeWatched, GradientAsked, GradientArrived, GradientAnswered, OptimizerCreated, ApplyBegan,
                           PairApplied, ApplyEnded, Printed, Warned, Raised, Noted, RunEnded>;

/// The place in the log, from 0.
using EventIndex = std::uint32_t;

/// The call site at which the event happened; nothing where the alternative has none.
CallSiteId siteOf(const Event& event);

/// "OpExecuted": the alternative's name.
std::string_view kindName(const Event& event);

/// Who receives events: the codec in the worker, a Timeline in the app and in tests.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void take(Event&& event) = 0;
};

}  // namespace tapescope
