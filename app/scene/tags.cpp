// SPDX-License-Identifier: Apache-2.0
// Luggage tags: a name travels to the object that it is bound to anew, a value or a gradient along its edge.
#include <map>

#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double height = 15, notch = 6, padding = 5, above = 16;
constexpr double farthest = 46;     ///< from where a name comes whose old object is not in the picture
constexpr EventIndex lately = 400;  ///< events; a name that was bound before has been seen long enough

QSizeF extentOf(const Composition& stage, const QString& text) {
    const double letters = stage.look.letters;
    return {notch + 4 + stage.extent(text, type::small, Weight::Bold).width() + padding, height * letters};
}

void addTag(Composition& stage, QPointF topLeft, const QString& text, Ink line, double opacity, bool ghost) {
    const QRectF rect(topLeft, extentOf(stage, text));
    ShapeMark tag{rect, Outline::Tag, Ink::Paper, line, 1.2, ghost ? Stroke::Dashed : Stroke::Solid};
    tag.opacity = opacity;
    stage.add(tag);
    stage.add(TextMark{rect.adjusted(notch + 4, 0, -padding, 0), text, ghost ? Ink::Muted : Ink::Text,
                       type::small * stage.look.letters, ghost ? Weight::Normal : Weight::Bold, Align::Left, false,
                       opacity});
}

std::optional<std::uint32_t> boxOf(const StepGraph& graph, const ObjectRef& object) {
    for (std::uint32_t i = 0; i < graph.boxes.size(); ++i) {
        const GraphBox& box = graph.boxes[i];
        const bool found = object.kind == ObjectKind::Variable ? box.variable.valid() && box.variable.value == object.id
                           : object.kind == ObjectKind::Optimizer
                               ? box.optimizer.valid() && box.optimizer.value == object.id
                           : object.kind == ObjectKind::Tensor
                               ? !box.variable.valid() && box.tensor.valid() && box.tensor.value == object.id
                               : false;
        if (found) return i;
    }
    return std::nullopt;
}

/// A name and where it went.
struct Binding {
    std::uint32_t to = 0;               ///< box
    std::optional<std::uint32_t> from;  ///< box, where that is in the picture
    EventIndex event = 0;
};

/// What each name was bound to last, as far as that is in the picture; only names that were bound before.
std::map<std::string, Binding> bindings(const Composition& stage) {
    const Timeline& timeline = stage.timeline();
    const EventIndex now = stage.moment.position.event;
    const EventIndex begin = timeline.steps()[stage.graph().step].begin;
    const EventIndex first = std::max(begin, now > lately ? now - lately : 0);
    const auto all = timeline.findAll(Event(NameBound{}).index());
    std::map<std::string, Binding> found;
    std::map<std::string, ObjectRef> was;
    for (auto at = std::lower_bound(all.begin(), all.end(), first); at != all.end() && *at <= now; ++at) {
        const auto& bound = timeline.get<NameBound>(*at);
        if (*at == now) {
            const auto before = stage.moment.before.names.find(bound.name);
            if (before != stage.moment.before.names.end()) was[bound.name] = before->second.object;
        }
        const auto old = was.find(bound.name);
        if (timeline.isBeat(*at)) {
            found.erase(bound.name);
            const auto from = old == was.end() ? std::nullopt : boxOf(stage.graph(), old->second);
            const auto to = boxOf(stage.graph(), bound.object);
            // At rest it says where the name came from; else the box has its name already.
            if (to && from != to && (from || *at == now)) found[bound.name] = {*to, from, *at};
        }
        was[bound.name] = bound.object;
    }
    return found;
}

QPointF seatOf(const Composition& stage, std::uint32_t box, std::map<std::uint32_t, double>& taken,
               const QString& name) {
    double& used = taken[box];
    const QPointF seat = stage.rect(box).topLeft() + QPointF(used - 4, -above);
    used += extentOf(stage, name).width() + 3;
    return seat;
}

/// The name as it is written; in a function without the function.
QString nameOn(const Timeline& timeline, const Binding& binding) {
    const auto& bound = timeline.get<NameBound>(binding.event);
    const bool local = !bound.scope.empty() && bound.name.starts_with(bound.scope + ".");
    return words(local ? bound.name.substr(bound.scope.size() + 1) : bound.name);
}

}  // namespace

void addTags(Composition& stage) {
    std::map<std::uint32_t, double> taken;
    for (const auto& [key, binding] : bindings(stage)) {
        const QString name = nameOn(stage.timeline(), binding);
        const double share = stage.share(binding.event);
        const QPointF to = seatOf(stage, binding.to, taken, name);
        QPointF from = to - QPointF(farthest, farthest);
        if (binding.from) {
            from = seatOf(stage, *binding.from, taken, name);
            addTag(stage, from, name, Ink::Slate, 0.55, true);
        }
        addTag(stage, from + (to - from) * share, name, Ink::Forward, binding.from ? 1 : share, false);
    }
}

void addRider(Composition& stage, QPointF at, const QString& text, Ink line) {
    if (text.isEmpty()) return;
    addTag(stage, at + QPointF(9, -height / 2), text, line, 1, false);
}

}  // namespace tapescope
