// SPDX-License-Identifier: Apache-2.0
#include "tests/trace/randomevents.h"

#include <array>

#include "core/trace/value.h"

namespace tapescope::testing {

namespace {

/// Fills whatever it is given.
class Filling {
public:
    explicit Filling(std::mt19937& random) : random_(random) {}

    std::uint32_t bits() { return static_cast<std::uint32_t>(random_()); }
    std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(random_() % n); }

    void fill(bool& x) { x = below(2) == 1; }
    void fill(std::uint32_t& x) { x = bits(); }
    void fill(std::int32_t& x) { x = static_cast<std::int32_t>(bits()); }
    void fill(std::uint64_t& x) { x = (std::uint64_t{bits()} << 32) | bits(); }
    void fill(std::int64_t& x) {
        std::uint64_t any = 0;
        fill(any);
        x = static_cast<std::int64_t>(any);
    }
    void fill(double& x) {
        constexpr std::array<double, 5> odd{0.0, -0.0, 1e308, 5e-324, -1.0 / 3};
        x = below(2) == 0 ? odd[below(odd.size())] : std::normal_distribution<double>()(random_);
    }
    void fill(std::string& x) {
        x.clear();
        for (std::uint32_t n = below(12); n > 0; --n) x += static_cast<char>(below(256));
    }
    template <class Tag>
    void fill(Id<Tag>& x) {
        x = below(4) == 0 ? Id<Tag>{} : Id<Tag>{bits()};
    }
    template <class A, class B>
    void fill(std::pair<A, B>& x) {
        all(x.first, x.second);
    }
    template <class T>
    void fill(std::vector<T>& x) {
        x.resize(below(5));
        for (auto& item : x) fill(item);
    }
    template <class T, std::uint32_t held>
    void fill(SmallVector<T, held>& x) {
        x.resize(below(5));
        for (auto& item : x) fill(item);
    }
    template <class T>
    void fill(std::optional<T>& x) {
        x.reset();
        if (below(2) == 1) fill(x.emplace());
    }
    template <class E>
    requires std::is_enum_v<E>
    void choose(E& x, E last) { x = static_cast<E>(below(static_cast<std::uint32_t>(last) + 1)); }

    void fill(Value& x) {
        x = Value{};
        if (below(5) == 0) return;
        DType dtype{};
        Shape shape;
        choose(dtype, DType::Variant);
        for (std::uint32_t n = below(4); n > 0; --n) shape.push_back(below(4));
        const auto kind = below(3);
        if (kind == 0) {
            x = Value(whole(dtype, std::move(shape)));
        } else {
            x = Value(dtype, std::move(shape), kind == 1 ? std::optional(summary()) : std::nullopt);
        }
    }

    void fill(Range& x) { all(x.line, x.column, x.endLine, x.endColumn); }
    void fill(SyntaxItem& x) {
        choose(x.kind, SyntaxKind::Import);
        all(x.parent, x.range, x.name, x.parts);
    }
    void fill(Frame& x) { all(x.file, x.function, x.range); }
    void fill(LoopPosition& x) { all(x.loop, x.activation, x.iteration); }
    void fill(ObjectRef& x) {
        choose(x.kind, ObjectKind::Other);
        fill(x.id);
    }
    void fill(SourceAnswer& x) {
        choose(x.state, GradientState::Pending);
        choose(x.reason, CutReason::TargetNotRecorded);
        all(x.source, x.asked, x.path, x.result, x.value, x.cutNode, x.cutInput, x.cutSite);
    }
    void fill(Pair& x) { all(x.gradient, x.variable); }
    void fill(SlotChange& x) { all(x.name, x.before, x.after); }

    void fill(RunStarted& x) { all(x.program, x.version, x.keras, x.seed, x.seeded); }
    void fill(ScriptRead& x) { all(x.file, x.name, x.text); }
    void fill(ScriptDigest& x) { all(x.file, x.items); }
    void fill(CallSiteSeen& x) { all(x.site, x.stack); }
    void fill(LoopsMoved& x) { all(x.stack); }
    void fill(NameBound& x) {
        all(x.name, x.scope, x.object, x.site);
        fill(x.object.items);
    }
    void fill(FoldBegan& x) { all(x.fold, x.parent, x.name, x.site); }
    void fill(OpExecuted& x) {
        all(x.node, x.op, x.site, x.fold, x.inputs, x.outputs, x.values, x.attributes, x.tapes, x.backward,
            x.hostInputs, x.version);
    }
    void fill(ValueLeft& x) { all(x.tensor, x.version, x.how, x.site); }
    void fill(VariableCreated& x) { all(x.variable, x.handle, x.name, x.trainable, x.initial, x.value, x.site); }
    void fill(VariableAssigned& x) {
        choose(x.kind, AssignKind::Optimizer);
        all(x.variable, x.version, x.operand, x.apply, x.value, x.change, x.site);
    }
    void fill(TapeOpened& x) { all(x.tape, x.persistent, x.watchesVariables, x.site); }
    void fill(TapeChanged& x) {
        choose(x.change, TapeChange::Consumed);
        all(x.tape, x.site);
    }
    void fill(TapeWatched& x) { all(x.tape, x.tensor, x.automatic, x.site); }
    void fill(GradientAsked& x) { all(x.gradient, x.tape, x.targets, x.sources, x.insideBlock, x.site); }
    void fill(GradientArrived& x) { all(x.gradient, x.tensor, x.through, x.input, x.total, x.value); }
    void fill(GradientAnswered& x) { all(x.gradient, x.answers); }
    void fill(OptimizerCreated& x) { all(x.optimizer, x.rule, x.name, x.settings, x.site); }
    void fill(ApplyBegan& x) {
        all(x.apply, x.optimizer, x.zipLengths, x.pairs, x.droppedGradients, x.droppedVariables, x.site, x.zipSite);
    }
    void fill(PairApplied& x) {
        choose(x.outcome, PairOutcome::NotFinite);
        all(x.apply, x.index, x.before, x.after, x.used, x.trueGradient, x.slots, x.change, x.rule);
    }
    void fill(ApplyEnded& x) { all(x.apply, x.iterations, x.raised); }
    void fill(Printed& x) { all(x.error, x.text, x.site, x.shown); }
    void fill(Warned& x) { all(x.category, x.message, x.site); }
    void fill(Raised& x) { all(x.type, x.message, x.traceback, x.site, x.line); }
    void fill(Noted& x) { all(x.text); }
    void fill(RunEnded& x) {
        choose(x.outcome, Outcome::Refused);
        all(x.message, x.line);
    }

private:
    template <class... Parts>
    void all(Parts&... parts) {
        (fill(parts), ...);
    }

    Tensor whole(DType dtype, Shape shape) {
        if (dtype == DType::String) {
            tapescope::Filling<std::string> strings(std::move(shape));
            for (auto& string : strings.values) fill(string);
            return std::move(strings).done();
        }
        ByteFilling elements(dtype, std::move(shape));
        for (auto& byte : elements.bytes) byte = static_cast<std::byte>(below(dtype == DType::Bool ? 2 : 256));
        return std::move(elements).done();
    }

    Summary summary() {
        Summary s;
        all(s.minimum, s.maximum, s.mean, s.norm, s.zeros, s.nans, s.infinities);
        for (auto& bin : s.histogram) fill(bin);
        for (auto& corner : s.corners) fill(corner);
        return s;
    }

    std::mt19937& random_;
};

template <std::size_t... kinds>
Event made(std::mt19937& random, std::size_t alternative, std::index_sequence<kinds...>) {
    Event event;
    const auto make = [&]<std::size_t kind>() {
        if (kind != alternative) return;
        Filling(random).fill(event.emplace<kind>());
    };
    (make.template operator()<kinds>(), ...);
    return event;
}

}  // namespace

Event randomEvent(std::mt19937& random, std::size_t alternative) {
    return made(random, alternative, std::make_index_sequence<std::variant_size_v<Event>>());
}

std::vector<Event> randomEvents(std::uint32_t seed, std::size_t count) {
    std::mt19937 random(seed);
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i)
        events.push_back(randomEvent(random, random() % std::variant_size_v<Event>));
    return events;
}

}  // namespace tapescope::testing
