// SPDX-License-Identifier: Apache-2.0
// Walks a step's graph.
#include "app/view/walk.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/layout/curve.h"
#include "app/scene/words.h"

namespace tapescope {

namespace {

QString boxText(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

QString sayOfBox(const char* source) {
    return QCoreApplication::translate("tapescope::walk", source);
}

/// As if values flowed down.
QPointF centreOf(const Layout& layout, const BoxKey& key) {
    const auto found = layout.boxes.find(key);
    if (found == layout.boxes.end()) return {};
    const QPointF centre = found->second.center();
    return layout.direction == Direction::Right ? turned(centre) : centre;
}

/// The candidate that lies nearest; sideways, height counts three times.
std::optional<BoxKey> nearest(const StepGraph& graph, const Layout& layout, QPointF from,
                              const std::vector<std::uint32_t>& candidates) {
    std::optional<BoxKey> best;
    double least = 0;
    for (const std::uint32_t index : candidates) {
        const QPointF away = centreOf(layout, graph.boxes[index].key) - from;
        const double cost = std::hypot(away.x(), 3 * away.y());
        if (!best || cost < least) {
            best = graph.boxes[index].key;
            least = cost;
        }
    }
    return best;
}

std::vector<std::uint32_t> sideways(const StepGraph& graph, const Layout& layout, const BoxKey& from, double sign) {
    std::vector<std::uint32_t> found;
    const QPointF here = centreOf(layout, from);
    for (std::uint32_t index = 0; index < graph.boxes.size(); ++index) {
        const QPointF there = centreOf(layout, graph.boxes[index].key);
        if ((there.x() - here.x()) * sign > 1) found.push_back(index);
    }
    return found;
}

QString titles(const StepGraph& graph, const std::vector<std::uint32_t>& boxes) {
    QStringList list;
    for (const std::uint32_t box : boxes) list << boxText(graph.boxes[box].title);
    return list.join(sayOfBox(" and "));
}

QString spokenState(GradientState state) {
    if (state == GradientState::Pending) return sayOfBox("gradient not computed yet");
    const QString odd = gradientStateWords(state);
    return odd.isEmpty() ? sayOfBox("has a gradient") : odd;
}

}  // namespace

std::vector<std::uint32_t> linked(const StepGraph& graph, std::uint32_t box, bool forward) {
    std::vector<std::uint32_t> ends;
    for (const ValueEdge& edge : graph.values) {
        if (forward && edge.from == box) ends.push_back(edge.to);
        if (!forward && edge.to == box) ends.push_back(edge.from);
    }
    for (const PairRow& pair : graph.pairs) {
        if (forward && pair.optimizer == box) ends.push_back(pair.variable);
        if (!forward && pair.optimizer == box && pair.sourceShown) ends.push_back(pair.sourceBox);
        if (forward && ends.empty() && pair.sourceShown && pair.sourceBox == box) ends.push_back(pair.optimizer);
    }
    return ends;
}

QString kindWords(BoxKind kind) {
    static constexpr std::array names{
        QT_TRANSLATE_NOOP("tapescope::walk", "variable"),  QT_TRANSLATE_NOOP("tapescope::walk", "constant"),
        QT_TRANSLATE_NOOP("tapescope::walk", "operation"), QT_TRANSLATE_NOOP("tapescope::walk", "function"),
        QT_TRANSLATE_NOOP("tapescope::walk", "optimizer"), QT_TRANSLATE_NOOP("tapescope::walk", "fold")};
    return sayOfBox(names.at(static_cast<std::size_t>(kind)));
}

std::optional<std::uint32_t> boxIndex(const StepGraph& graph, const BoxKey& key) {
    for (std::uint32_t index = 0; index < graph.boxes.size(); ++index) {
        if (graph.boxes[index].key == key) return index;
    }
    return std::nullopt;
}

std::optional<BoxKey> neighbour(const StepGraph& graph, const Layout& layout, const BoxKey& from, Heading heading) {
    const auto index = boxIndex(graph, from);
    if (!index) return std::nullopt;
    const bool along = heading == Heading::Up || heading == Heading::Down;
    const auto candidates = along ? linked(graph, *index, heading == Heading::Down)
                                  : sideways(graph, layout, from, heading == Heading::Right ? 1 : -1);
    return nearest(graph, layout, centreOf(layout, from), candidates);
}

CallSiteId siteOf(const Timeline& timeline, const GraphBox& box) {
    return timeline.siteOf(box.variable.valid() ? timeline.variables()[box.variable.index()].event : box.appears);
}

std::vector<BoxKey> boxesOnLine(const Timeline& timeline, const StepGraph& graph, std::uint32_t line) {
    const auto passes = [&](CallSiteId site) {
        const auto stack = timeline.stack(site);
        return std::any_of(stack.begin(), stack.end(), [&](const Frame& frame) {
            return frame.range.line <= line && line <= std::max(frame.range.line, frame.range.endLine);
        });
    };
    std::vector<BoxKey> found;
    for (const GraphBox& box : graph.boxes) {
        if (passes(siteOf(timeline, box))) found.push_back(box.key);
    }
    for (const PairRow& pair : graph.pairs) {
        const auto key = graph.boxes[pair.variable].key;
        if (passes(timeline.siteOf(pair.begins)) && std::find(found.begin(), found.end(), key) == found.end())
            found.push_back(key);
    }
    return found;
}

std::vector<BoxKey> boxesAt(const StepGraph& graph, EventIndex event) {
    std::vector<BoxKey> found;
    const auto add = [&](std::uint32_t box) { found.push_back(graph.boxes[box].key); };
    for (const GradientEdge& gradient : graph.gradients) {
        if (gradient.arrives != event) continue;
        add(graph.values[gradient.along].to);
        add(graph.values[gradient.along].from);
    }
    for (const PairRow& pair : graph.pairs) {
        if (pair.applies != event && pair.begins != event) continue;
        add(pair.optimizer);
        if (pair.applies == event) add(pair.variable);
    }
    for (const AssignEdge& edge : graph.assigns) {
        if (edge.assigned != event) continue;
        add(edge.from);
        add(edge.variable);
    }
    if (!found.empty()) return found;
    std::optional<std::uint32_t> latest;
    for (std::uint32_t index = 0; index < graph.boxes.size(); ++index) {
        const GraphBox& box = graph.boxes[index];
        const bool runs = box.key.kind != BoxKind::Variable && box.key.kind != BoxKind::Optimizer && !box.outside;
        if (!runs || box.appears > event) continue;
        if (box.until >= event) return {box.key};
        if (!latest || graph.boxes[*latest].appears <= box.appears) latest = index;
    }
    if (latest) add(*latest);
    return found;
}

std::set<BoxKey> related(const StepGraph& graph, const BoxKey& key, Related which) {
    const auto start = boxIndex(graph, key);
    if (!start || which == Related::Nothing) return {};
    std::vector<std::vector<std::uint32_t>> next(graph.boxes.size());
    if (which == Related::GradientWay) {
        for (const GradientEdge& gradient : graph.gradients)
            if (gradient.end == EdgeEnd::Open)
                next[graph.values[gradient.along].from].push_back(graph.values[gradient.along].to);
    } else {
        for (const ValueEdge& edge : graph.values) {
            const bool up = which == Related::Ancestors;
            next[up ? edge.to : edge.from].push_back(up ? edge.from : edge.to);
        }
    }
    std::set<BoxKey> found;
    std::vector<std::uint32_t> row{*start};
    while (!row.empty()) {
        const std::uint32_t box = row.back();
        row.pop_back();
        if (!found.insert(graph.boxes[box].key).second) continue;
        row.insert(row.end(), next[box].begin(), next[box].end());
    }
    return found;
}

QString describe(const Timeline& timeline, const StepGraph& graph, const BoxKey& key) {
    const auto index = boxIndex(graph, key);
    if (!index) return {};
    const GraphBox& box = graph.boxes[*index];
    QStringList parts{boxText(box.title), kindWords(key.kind)};
    if (!box.subtitle.empty()) parts << boxText(box.subtitle);
    if (const auto line = timeline.lineOf(siteOf(timeline, box))) parts << boxText(timeline.places().words(line));
    if (const auto from = linked(graph, *index, false); !from.empty())
        parts << sayOfBox("from %1").arg(titles(graph, from));
    if (const auto to = linked(graph, *index, true); !to.empty()) parts << sayOfBox("to %1").arg(titles(graph, to));
    for (const VariableMark& mark : graph.marks) {
        if (mark.box == *index) parts << spokenState(mark.state);
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace tapescope
