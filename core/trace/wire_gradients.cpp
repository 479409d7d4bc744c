// SPDX-License-Identifier: Apache-2.0
// Over the wire: tapes, gradients and optimizers.
#include "core/trace/wire.h"

namespace tapescope::codec {

Packed<wire::TapeOpened> pack(Packing& out, const TapeOpened& fact) {
    return wire::CreateTapeOpened(out.to(), fact.tape.value, fact.persistent, fact.watchesVariables, fact.site.value);
}

void unpack(Unpacking&, const wire::TapeOpened& table, TapeOpened& fact) {
    fact = {{table.tape()}, table.persistent(), table.watches_variables(), {table.site()}};
}

Packed<wire::TapeChanged> pack(Packing& out, const TapeChanged& fact) {
    return wire::CreateTapeChanged(out.to(), fact.tape.value, static_cast<std::uint8_t>(fact.change), fact.site.value);
}

void unpack(Unpacking& in, const wire::TapeChanged& table, TapeChanged& fact) {
    fact = {{table.tape()}, in.choice<TapeChange>(table.change(), "a change that does not exist"), {table.site()}};
}

Packed<wire::TapeWatched> pack(Packing& out, const TapeWatched& fact) {
    return wire::CreateTapeWatched(out.to(), fact.tape.value, fact.tensor.value, fact.automatic, fact.site.value);
}

void unpack(Unpacking&, const wire::TapeWatched& table, TapeWatched& fact) {
    fact = {{table.tape()}, {table.tensor()}, table.automatic(), {table.site()}};
}

Packed<wire::GradientAsked> pack(Packing& out, const GradientAsked& fact) {
    return wire::CreateGradientAsked(out.to(), fact.gradient.value, fact.tape.value, out.ids(fact.targets),
                                     out.ids(fact.sources), fact.insideBlock, fact.site.value);
}

void unpack(Unpacking& in, const wire::GradientAsked& table, GradientAsked& fact) {
    fact = {
        {table.gradient()},   {table.tape()}, in.ids<TensorTag>(table.targets()), in.ids<TensorTag>(table.sources()),
        table.inside_block(), {table.site()}};
}

Packed<wire::GradientArrived> pack(Packing& out, const GradientArrived& fact) {
    return wire::CreateGradientArrived(out.to(), fact.gradient.value, fact.tensor.value, fact.through.value, fact.input,
                                       fact.total.value, out.value(fact.value));
}

void unpack(Unpacking& in, const wire::GradientArrived& table, GradientArrived& fact) {
    fact = {{table.gradient()}, {table.tensor()}, {table.through()},
            table.input(),      {table.total()},  in.value(table.value())};
}

Packed<wire::GradientAnswered> pack(Packing& out, const GradientAnswered& fact) {
    const auto answers = out.list(fact.answers, [&out](const SourceAnswer& answer) {
        return wire::CreateSourceAnswer(out.to(), answer.source.value, answer.asked,
                                        static_cast<std::uint8_t>(answer.state), answer.path, answer.result.value,
                                        out.value(answer.value), static_cast<std::uint8_t>(answer.reason),
                                        answer.cutNode.value, answer.cutInput, answer.cutSite.value);
    });
    return wire::CreateGradientAnswered(out.to(), fact.gradient.value, answers);
}

void unpack(Unpacking& in, const wire::GradientAnswered& table, GradientAnswered& fact) {
    fact.gradient = {table.gradient()};
    fact.answers = in.list<SourceAnswer>(table.answers(), [&in](const wire::SourceAnswer* answer) {
        SourceAnswer result;
        result.source = {answer->source()};
        result.asked = answer->asked();
        result.state = in.choice<GradientState>(answer->state(), "a gradient state that does not exist");
        result.path = answer->path();
        result.result = {answer->result()};
        result.value = in.value(answer->value());
        result.reason = in.choice<CutReason>(answer->reason(), "a reason that does not exist");
        result.cutNode = {answer->cut_node()};
        result.cutInput = answer->cut_input();
        result.cutSite = {answer->cut_site()};
        return result;
    });
}

Packed<wire::OptimizerCreated> pack(Packing& out, const OptimizerCreated& fact) {
    const auto settings = out.list(fact.settings, [&out](const auto& setting) {
        return wire::CreateSetting(out.to(), out.text(setting.first), setting.second);
    });
    return wire::CreateOptimizerCreated(out.to(), fact.optimizer.value, out.text(fact.rule), out.text(fact.name),
                                        settings, fact.site.value);
}

void unpack(Unpacking& in, const wire::OptimizerCreated& table, OptimizerCreated& fact) {
    fact.optimizer = {table.optimizer()};
    fact.rule = in.text(table.rule());
    fact.name = in.text(table.name());
    fact.settings = in.list<std::pair<std::string, double>>(
        table.settings(), [&in](const wire::Setting* item) { return std::pair(in.text(item->name()), item->value()); });
    fact.site = {table.site()};
}

Packed<wire::ApplyBegan> pack(Packing& out, const ApplyBegan& fact) {
    const auto pairs = out.structs<wire::Pair>(
        fact.pairs, [](const Pair& pair) { return wire::Pair(pair.gradient.value, pair.variable.value); });
    return wire::CreateApplyBegan(out.to(), fact.apply.value, fact.optimizer.value, out.numbers(fact.zipLengths), pairs,
                                  out.ids(fact.droppedGradients), out.ids(fact.droppedVariables), fact.site.value,
                                  fact.zipSite.value);
}

void unpack(Unpacking& in, const wire::ApplyBegan& table, ApplyBegan& fact) {
    fact.apply = {table.apply()};
    fact.optimizer = {table.optimizer()};
    fact.zipLengths = in.numbers(table.zip_lengths());
    fact.pairs = in.list<Pair>(table.pairs(), [](const wire::Pair* pair) {
        return Pair{{pair->gradient()}, {pair->variable()}};
    });
    fact.droppedGradients = in.ids<TensorTag>(table.dropped_gradients());
    fact.droppedVariables = in.ids<VariableTag>(table.dropped_variables());
    fact.site = {table.site()};
    fact.zipSite = {table.zip_site()};
}

Packed<wire::PairApplied> pack(Packing& out, const PairApplied& fact) {
    const auto slots = out.list(fact.slots, [&out](const SlotChange& slot) {
        return wire::CreateSlotChange(out.to(), out.text(slot.name), out.value(slot.before), out.value(slot.after));
    });
    const auto trueGradient = fact.trueGradient ? out.present(*fact.trueGradient) : 0;
    return wire::CreatePairApplied(out.to(), fact.apply.value, fact.index, static_cast<std::uint8_t>(fact.outcome),
                                   out.value(fact.before), out.value(fact.after), out.value(fact.used), trueGradient,
                                   slots, fact.change, out.anyText(fact.rule));
}

void unpack(Unpacking& in, const wire::PairApplied& table, PairApplied& fact) {
    fact.apply = {table.apply()};
    fact.index = table.index();
    fact.outcome = in.choice<PairOutcome>(table.outcome(), "an outcome that does not exist");
    fact.before = in.value(table.before());
    fact.after = in.value(table.after());
    fact.used = in.value(table.used());
    if (table.true_gradient() != nullptr) fact.trueGradient = in.value(table.true_gradient());
    fact.slots = in.list<SlotChange>(table.slots(), [&in](const wire::SlotChange* slot) {
        return SlotChange{in.text(slot->name()), in.value(slot->before()), in.value(slot->after())};
    });
    fact.change = table.change();
    fact.rule = in.text(table.rule());
}

Packed<wire::ApplyEnded> pack(Packing& out, const ApplyEnded& fact) {
    return wire::CreateApplyEnded(out.to(), fact.apply.value, fact.iterations, fact.raised);
}

void unpack(Unpacking&, const wire::ApplyEnded& table, ApplyEnded& fact) {
    fact = {{table.apply()}, table.iterations(), table.raised()};
}

}  // namespace tapescope::codec
