// SPDX-License-Identifier: Apache-2.0
// Over the wire: the run, its text, its names, what it said and how it ended.
#include "core/trace/wire.h"

namespace tapescope::codec {

Packed<wire::RunStarted> pack(Packing& out, const RunStarted& fact) {
    return wire::CreateRunStarted(out.to(), out.text(fact.program), out.text(fact.version), out.text(fact.keras),
                                  fact.seed, fact.seeded);
}

void unpack(Unpacking& in, const wire::RunStarted& table, RunStarted& fact) {
    fact = {in.text(table.program()), in.text(table.version()), in.text(table.keras()), table.seed(), table.seeded()};
}

Packed<wire::ScriptRead> pack(Packing& out, const ScriptRead& fact) {
    return wire::CreateScriptRead(out.to(), fact.file.value, out.text(fact.name), out.text(fact.text));
}

void unpack(Unpacking& in, const wire::ScriptRead& table, ScriptRead& fact) {
    fact = {{table.file()}, in.text(table.name()), in.text(table.text())};
}

Packed<wire::ScriptDigest> pack(Packing& out, const ScriptDigest& fact) {
    const auto items = out.list(fact.items, [&out](const SyntaxItem& item) {
        const auto range = pack(item.range);
        const auto parts = out.structs<wire::Range>(item.parts, [](const Range& part) { return pack(part); });
        return wire::CreateSyntaxItem(out.to(), static_cast<std::uint8_t>(item.kind), item.parent, &range,
                                      out.text(item.name), parts);
    });
    return wire::CreateScriptDigest(out.to(), fact.file.value, items);
}

void unpack(Unpacking& in, const wire::ScriptDigest& table, ScriptDigest& fact) {
    fact.file = {table.file()};
    fact.items = in.list<SyntaxItem>(table.items(), [&in](const wire::SyntaxItem* item) {
        return SyntaxItem{in.choice<SyntaxKind>(item->kind(), "a construct that does not exist"), item->parent(),
                          unpack(*item->range()), in.text(item->name()),
                          in.list<Range>(item->parts(), [](const wire::Range* part) { return unpack(*part); })};
    });
}

Packed<wire::CallSiteSeen> pack(Packing& out, const CallSiteSeen& fact) {
    const auto stack = out.list(fact.stack, [&out](const Frame& frame) {
        const auto range = pack(frame.range);
        return wire::CreateFrame(out.to(), frame.file.value, out.text(frame.function), &range);
    });
    return wire::CreateCallSiteSeen(out.to(), fact.site.value, stack);
}

void unpack(Unpacking& in, const wire::CallSiteSeen& table, CallSiteSeen& fact) {
    fact.site = {table.site()};
    fact.stack = in.list<Frame>(table.stack(), [&in](const wire::Frame* frame) {
        return Frame{{frame->file()}, in.text(frame->function()), unpack(*frame->range())};
    });
}

Packed<wire::LoopsMoved> pack(Packing& out, const LoopsMoved& fact) {
    return wire::CreateLoopsMoved(out.to(), out.structs<wire::LoopPosition>(fact.stack, [](const LoopPosition& loop) {
        return wire::LoopPosition(loop.loop, loop.activation, loop.iteration);
    }));
}

void unpack(Unpacking& in, const wire::LoopsMoved& table, LoopsMoved& fact) {
    fact.stack = in.list<LoopPosition>(table.stack(), [](const wire::LoopPosition* loop) {
        return LoopPosition{loop->loop(), loop->activation(), loop->iteration()};
    });
}

namespace {

wire::Reference packReference(const ObjectRef& object) {
    return {object.id, static_cast<std::uint8_t>(object.kind)};
}

ObjectRef unpackReference(Unpacking& in, const wire::Reference& object) {
    return {in.choice<ObjectKind>(object.kind(), "a kind of object that does not exist"), object.id(), {}};
}

}  // namespace

Packed<wire::NameBound> pack(Packing& out, const NameBound& fact) {
    const auto object = packReference(fact.object);
    const auto items = out.structs<wire::Reference>(fact.object.items, packReference);
    return wire::CreateNameBound(out.to(), out.text(fact.name), out.anyText(fact.scope), &object, items,
                                 fact.site.value);
}

void unpack(Unpacking& in, const wire::NameBound& table, NameBound& fact) {
    fact = {in.text(table.name()), in.text(table.scope()), unpackReference(in, *table.object()), {table.site()}};
    fact.object.items =
        in.list<ObjectRef>(table.items(), [&in](const wire::Reference* item) { return unpackReference(in, *item); });
}

Packed<wire::Printed> pack(Packing& out, const Printed& fact) {
    return wire::CreatePrinted(out.to(), fact.error, out.text(fact.text), fact.site.value, fact.shown);
}

void unpack(Unpacking& in, const wire::Printed& table, Printed& fact) {
    fact = {table.error(), in.text(table.text()), {table.site()}, table.shown()};
}

Packed<wire::Warned> pack(Packing& out, const Warned& fact) {
    return wire::CreateWarned(out.to(), out.text(fact.category), out.text(fact.message), fact.site.value);
}

void unpack(Unpacking& in, const wire::Warned& table, Warned& fact) {
    fact = {in.text(table.category()), in.text(table.message()), {table.site()}};
}

Packed<wire::Raised> pack(Packing& out, const Raised& fact) {
    return wire::CreateRaised(out.to(), out.text(fact.type), out.text(fact.message), out.anyText(fact.traceback),
                              fact.site.value, fact.line);
}

void unpack(Unpacking& in, const wire::Raised& table, Raised& fact) {
    fact = {in.text(table.type()), in.text(table.message()), in.text(table.traceback()), {table.site()}, table.line()};
}

Packed<wire::Noted> pack(Packing& out, const Noted& fact) {
    return wire::CreateNoted(out.to(), out.text(fact.text));
}

void unpack(Unpacking& in, const wire::Noted& table, Noted& fact) {
    fact = {in.text(table.text())};
}

Packed<wire::RunEnded> pack(Packing& out, const RunEnded& fact) {
    return wire::CreateRunEnded(out.to(), static_cast<std::uint8_t>(fact.outcome), out.anyText(fact.message),
                                fact.line);
}

void unpack(Unpacking& in, const wire::RunEnded& table, RunEnded& fact) {
    fact = {in.choice<Outcome>(table.outcome(), "an outcome that does not exist"), in.text(table.message()),
            table.line()};
}

}  // namespace tapescope::codec
