// SPDX-License-Identifier: Apache-2.0
// Turns bindings into words.
#include "app/view/names.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <map>

#include "app/scene/words.h"
#include "core/trace/stepgraph.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr std::size_t mostItems = 6;

QString sayOfNames(const char* source) {
    return QCoreApplication::translate("tapescope::names", source);
}
QString textOfNames(std::string_view bytes) {
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString form(const Value& value) {
    return textOfNames(shapeWords(value.shape())) + QLatin1Char(' ') + textOfNames(row(value.dtype()).name);
}

const Value* valueOfTensor(const Timeline& timeline, std::uint32_t id) {
    if (id >= timeline.tensors().size()) return nullptr;
    const TensorRecord& record = timeline.tensors()[id];
    const auto* op = timeline.getIf<OpExecuted>(record.event);
    return op && record.output < op->values.size() ? &op->values[record.output] : nullptr;
}

bool isGradient(const Timeline& timeline, const ObjectRef& object) {
    if (object.kind != ObjectKind::Tensor || object.id >= timeline.tensors().size()) return false;
    return timeline.tensors()[object.id].gradientOf.valid();
}

/// "∂loss/∂W", in a list only "∂/∂W".
QString gradientText(const Timeline& timeline, std::uint32_t id, bool brief) {
    const TensorRecord& record = timeline.tensors()[id];
    const QString source = textOfNames(nameOf(timeline, record.gradientSource));
    if (brief || record.gradientOf.index() >= timeline.gradients().size()) return QStringLiteral("∂/∂%1").arg(source);
    const auto& asked = timeline.get<GradientAsked>(timeline.gradients()[record.gradientOf.index()].asked);
    const QString target = asked.targets.empty() ? QString() : textOfNames(nameOf(timeline, asked.targets.front()));
    return QStringLiteral("∂%1/∂%2").arg(target, source);
}

QString tensorText(const Timeline& timeline, const ObjectRef& object, bool brief) {
    const Value* value = valueOfTensor(timeline, object.id);
    if (isGradient(timeline, object)) {
        const QString words = gradientText(timeline, object.id, brief);
        return brief || !value ? words : words + QLatin1Char(' ') + textOfNames(shapeWords(value->shape()));
    }
    if (brief)
        return object.id < timeline.tensors().size() ? textOfNames(nameOf(timeline, TensorId{object.id}))
                                                     : sayOfNames("Tensor");
    return value ? sayOfNames("Tensor %1").arg(form(*value)) : sayOfNames("Tensor");
}

QString variableText(const Timeline& timeline, const ObjectRef& object, bool brief) {
    if (object.id >= timeline.variables().size()) return sayOfNames("Variable");
    if (brief) return textOfNames(timeline.variables()[object.id].label);
    const VariableCreated& created = timeline.created(VariableId{object.id});
    return sayOfNames("Variable %1 %2").arg(circled(object.id + 1), form(created.value));
}

QString optimizerText(const Timeline& timeline, const ObjectRef& object) {
    if (object.id >= timeline.optimizers().size()) return sayOfNames("Optimizer");
    const auto& created = timeline.get<OptimizerCreated>(timeline.optimizers()[object.id].created);
    QString words = textOfNames(created.rule);
    if (!created.settings.empty()) words += QStringLiteral(" lr=%1").arg(created.settings.front().second);
    return words;
}

QString itemText(const Timeline& timeline, const ObjectRef& object, bool brief);

QString listText(const Timeline& timeline, const ObjectRef& object) {
    QStringList items;
    for (const ObjectRef& item : object.items) {
        if (static_cast<std::size_t>(items.size()) == mostItems) {
            items << sayOfNames("… %1 in all").arg(object.items.size());
            break;
        }
        items << itemText(timeline, item, true);
    }
    return QStringLiteral("[%1]").arg(items.join(QStringLiteral(", ")));
}

QString itemText(const Timeline& timeline, const ObjectRef& object, bool brief) {
    switch (object.kind) {
        case ObjectKind::None: return QStringLiteral("None");
        case ObjectKind::Tensor: return tensorText(timeline, object, brief);
        case ObjectKind::Variable: return variableText(timeline, object, brief);
        case ObjectKind::Tape: return sayOfNames("Tape %1").arg(circled(object.id + 1));
        case ObjectKind::Optimizer: return optimizerText(timeline, object);
        case ObjectKind::List: return listText(timeline, object);
        case ObjectKind::Other: break;
    }
    return sayOfNames("something else");
}

bool holdsGradient(const Timeline& timeline, const ObjectRef& object) {
    return isGradient(timeline, object) ||
           std::any_of(object.items.begin(), object.items.end(),
                       [&](const ObjectRef& item) { return isGradient(timeline, item); });
}

}  // namespace

QString objectText(const Timeline& timeline, const ObjectRef& object) {
    return itemText(timeline, object, false);
}

void FirstBindings::read(const Timeline& timeline) {
    const auto found = timeline.findAll(Event(NameBound{}).index());
    if (found.size() < read_) *this = {};  // another run
    for (; read_ < found.size(); ++read_) first_.emplace(timeline.get<NameBound>(found[read_]).name, found[read_]);
}

EventIndex FirstBindings::of(const std::string& name, EventIndex otherwise) const {
    const auto found = first_.find(name);
    return found == first_.end() ? otherwise : found->second;
}

std::vector<NameRow> nameRows(const Timeline& timeline, const Snapshot& snapshot, const FirstBindings& first) {
    std::vector<std::pair<EventIndex, NameRow>> found;
    EventIndex latest = 0;
    for (const auto& [name, state] : snapshot.names) latest = std::max(latest, state.since);
    for (const auto& [name, state] : snapshot.names) {
        if (state.object.kind == ObjectKind::Other) continue;
        found.emplace_back(first.of(name, state.since), NameRow{.name = textOfNames(name),
                                                                .object = objectText(timeline, state.object),
                                                                .kind = state.object.kind,
                                                                .gradient = holdsGradient(timeline, state.object),
                                                                .ghost = state.object.kind == ObjectKind::None,
                                                                .fresh = state.since == latest,
                                                                .bound = state.object});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<NameRow> rows;
    for (auto& [index, row] : found) rows.push_back(std::move(row));
    for (const auto& [variable, state] : snapshot.variables) {
        if (state.alive) continue;
        const ObjectRef object{.kind = ObjectKind::Variable, .id = variable.value, .items = {}};
        rows.push_back({.name = {},
                        .object = objectText(timeline, object),
                        .kind = ObjectKind::Variable,
                        .gradient = false,
                        .ghost = true,
                        .fresh = false,
                        .bound = object});
    }
    return rows;
}

}  // namespace tapescope
