// SPDX-License-Identifier: Apache-2.0
// Over the wire: operations, folds and variables.
#include "core/trace/wire.h"

namespace tapescope::codec {

Packed<wire::FoldBegan> pack(Packing& out, const FoldBegan& fact) {
    return wire::CreateFoldBegan(out.to(), fact.fold.value, fact.parent.value, out.text(fact.name), fact.site.value);
}

void unpack(Unpacking& in, const wire::FoldBegan& table, FoldBegan& fact) {
    fact = {{table.fold()}, {table.parent()}, in.text(table.name()), {table.site()}};
}

Packed<wire::OpExecuted> pack(Packing& out, const OpExecuted& fact) {
    const auto values = out.list(fact.values, [&out](const Value& value) { return out.present(value); });
    const auto attributes = out.list(fact.attributes, [&out](const auto& attribute) {
        return wire::CreateAttribute(out.to(), out.text(attribute.first), out.text(attribute.second));
    });
    return wire::CreateOpExecuted(out.to(), fact.node.value, out.text(fact.op), fact.site.value, fact.fold.value,
                                  out.ids(fact.inputs), out.ids(fact.outputs), values, attributes, out.ids(fact.tapes),
                                  fact.backward.value, out.ids(fact.hostInputs), fact.version);
}

void unpack(Unpacking& in, const wire::OpExecuted& table, OpExecuted& fact) {
    fact.node = {table.node()};
    fact.op = in.text(table.op());
    fact.site = {table.site()};
    fact.fold = {table.fold()};
    fact.inputs = in.ids<TensorTag>(table.inputs());
    fact.outputs = in.ids<TensorTag>(table.outputs());
    fact.values = in.list<Value>(table.values(), [&in](const wire::Value* value) { return in.value(value); });
    fact.attributes = in.list<std::pair<std::string, std::string>>(
        table.attributes(),
        [&in](const wire::Attribute* item) { return std::pair(in.text(item->name()), in.text(item->value())); });
    fact.tapes = in.ids<TapeTag>(table.tapes());
    fact.backward = {table.backward()};
    fact.hostInputs = in.ids<TensorTag>(table.host_inputs());
    fact.version = table.version();
}

Packed<wire::ValueLeft> pack(Packing& out, const ValueLeft& fact) {
    return wire::CreateValueLeft(out.to(), fact.tensor.value, fact.version, out.text(fact.how), fact.site.value);
}

void unpack(Unpacking& in, const wire::ValueLeft& table, ValueLeft& fact) {
    fact = {{table.tensor()}, table.version(), in.text(table.how()), {table.site()}};
}

Packed<wire::VariableCreated> pack(Packing& out, const VariableCreated& fact) {
    return wire::CreateVariableCreated(out.to(), fact.variable.value, fact.handle.value, out.text(fact.name),
                                       fact.trainable, fact.initial.value, out.value(fact.value), fact.site.value);
}

void unpack(Unpacking& in, const wire::VariableCreated& table, VariableCreated& fact) {
    fact = {{table.variable()}, {table.handle()},        in.text(table.name()), table.trainable(),
            {table.initial()},  in.value(table.value()), {table.site()}};
}

Packed<wire::VariableAssigned> pack(Packing& out, const VariableAssigned& fact) {
    return wire::CreateVariableAssigned(out.to(), fact.variable.value, fact.version,
                                        static_cast<std::uint8_t>(fact.kind), fact.operand.value, fact.apply.value,
                                        out.value(fact.value), fact.change, fact.site.value);
}

void unpack(Unpacking& in, const wire::VariableAssigned& table, VariableAssigned& fact) {
    fact.variable = {table.variable()};
    fact.version = table.version();
    fact.kind = in.choice<AssignKind>(table.kind(), "a kind of assignment that does not exist");
    fact.operand = {table.operand()};
    fact.apply = {table.apply()};
    fact.value = in.value(table.value());
    fact.change = table.change();
    fact.site = {table.site()};
}

}  // namespace tapescope::codec
