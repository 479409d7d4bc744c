// SPDX-License-Identifier: Apache-2.0
#include "app/layout/layout.h"

#include <algorithm>
#include <cmath>

#include "app/layout/curve.h"
#include "app/layout/draft.h"
#include "app/layout/linear.h"

namespace tapescope {

namespace {

constexpr double costLimit = 400'000;
constexpr double margin = 24, scissorsRoom = 44;

/// Which cluster each box lies in: one for each tape, as long as the tapes nest.
void addClusters(const StepGraph& graph, GraphRequest& request, const std::vector<std::size_t>& nodeOf) {
    std::vector<Recorded> tapes = recordedBoxes(graph);
    std::stable_sort(tapes.begin(), tapes.end(),
                     [](const Recorded& a, const Recorded& b) { return a.boxes.size() > b.boxes.size(); });
    for (const Recorded& tape : tapes) {
        std::set<std::int32_t> around;
        for (const std::uint32_t box : tape.boxes) around.insert(request.nodes[nodeOf[box]].cluster);
        if (around.size() != 1) continue;
        const auto cluster = static_cast<std::int32_t>(request.clusters.size());
        request.clusters.push_back(*around.begin());
        for (const std::uint32_t box : tape.boxes) request.nodes[nodeOf[box]].cluster = cluster;
    }
}

struct Question {
    GraphRequest request;
    std::vector<std::size_t> nodeOf;  ///< of each box; optimizers have none
    std::vector<bool> drawn;          ///< of each value edge
};

Question questionOf(const Draft& draft, const std::vector<QSizeF>& sizes) {
    const StepGraph& graph = draft.graph;
    Question question;
    const double room = sideRoom(draft);
    // Words beside the edges take more of the flow's length where it runs as they do.
    const double along = draft.isTurned() ? 30 : 0;
    std::vector<bool> fromPython(graph.boxes.size(), false);  // with room before them for scissors, and words beside
    for (const ValueEdge& edge : graph.values)
        if (edge.host) fromPython[edge.to] = true;
    for (std::size_t i = 0; i < graph.boxes.size(); ++i) {
        question.nodeOf.push_back(question.request.nodes.size());
        const BoxKind kind = graph.boxes[i].key.kind;
        if (kind == BoxKind::Optimizer) continue;
        const bool variable = kind == BoxKind::Variable;
        question.request.nodes.push_back(
            {sizes[i] + QSizeF(variable ? 2 * room : 0, along + (fromPython[i] ? scissorsRoom : 0)), variable});
    }
    for (const ValueEdge& edge : graph.values) {
        const auto optimizer = [&graph](std::uint32_t i) { return graph.boxes[i].key.kind == BoxKind::Optimizer; };
        question.drawn.push_back(!optimizer(edge.from) && !optimizer(edge.to));
        if (!question.drawn.back()) continue;
        question.request.edges.push_back({static_cast<std::uint32_t>(question.nodeOf[edge.from]),
                                          static_cast<std::uint32_t>(question.nodeOf[edge.to])});
    }
    addClusters(graph, question.request, question.nodeOf);
    return question;
}

GraphDrawing drawnBy(LayoutEngine& engine, const GraphRequest& request, const std::atomic<bool>* cancelled) {
    if (costOf(request) <= costLimit)
        if (std::optional<GraphDrawing> drawing = engine.draw(request)) return std::move(*drawing);
    return drawLinear(request, cancelled);
}

/// Edges end where the boxes begin, also at the round ends of pills, and run from the value to its consumer.
void settleValues(Draft& draft) {
    for (std::size_t i = 0; i < draft.graph.values.size(); ++i) {
        const ValueEdge& edge = draft.graph.values[i];
        Curve& curve = draft.layout.values[i];
        if (curve.empty()) curve = verticalCurve(draft.rects[edge.from].center(), draft.rects[edge.to].center());
        moveEnd(curve, CurveEnd::Start, draft.border(edge.from, curve.front()));
        moveEnd(curve, CurveEnd::Finish, draft.border(edge.to, curve.back()));
    }
}

void takeDrawing(Draft& draft, const Question& question, GraphDrawing drawing, const std::vector<QSizeF>& sizes) {
    for (std::size_t i = 0; i < draft.graph.boxes.size(); ++i) {
        const QPointF centre = draft.isOptimizer(i) ? QPointF() : drawing.centres[question.nodeOf[i]];
        QRectF rect(QPointF(), sizes[i]);
        rect.moveCenter(centre);
        draft.rects.push_back(rect);
    }
    std::size_t next = 0;
    for (const bool drawn : question.drawn)
        draft.layout.values.push_back(drawn ? std::move(drawing.edges[next++]) : Curve());
}

/// The point of a box's border nearest to a point, for edges that come from above or below.
QPointF borderPoint(const QRectF& rect, bool pill, QPointF near) {
    const double radius = pill ? rect.height() / 2 : 0, middle = rect.center().y();
    const double y = std::clamp(near.y(), rect.top(), rect.bottom());
    const double round = std::sqrt(std::max(0.0, radius * radius - (y - middle) * (y - middle)));
    const double left = rect.left() + radius - round, right = rect.right() - radius + round;
    const double shoulder = radius * 0.35;
    const bool outside = near.x() <= left + shoulder || near.x() >= right - shoulder;
    if (outside && near.y() > rect.top() + 4 && near.y() < rect.bottom() - 4)
        return {near.x() < rect.center().x() ? left : right, y};
    const double x = std::clamp(near.x(), rect.left() + shoulder, rect.right() - shoulder);
    const double inCorner = std::max({0.0, rect.left() + radius - x, x - rect.right() + radius});
    const double half = pill ? std::sqrt(std::max(0.0, radius * radius - inCorner * inCorner)) : rect.height() / 2;
    return {x, middle + (near.y() >= middle ? half : -half)};
}

/// From the way it was made to the way it is seen.
void turn(Layout& layout) {
    for (auto& [key, rect] : layout.boxes) rect = turned(rect);
    for (auto* curves :
         {&layout.values, &layout.gradients, &layout.uses, &layout.arrivals, &layout.updates, &layout.assigns})
        for (Curve& curve : *curves)
            for (QPointF& point : curve) point = turned(point);
    for (QRectF& cell : layout.pairs) cell = turned(cell);
    for (TapeBand& band : layout.bands) band.rect = turned(band.rect);
    layout.direction = Direction::Right;
}

QRectF extentOf(const Layout& layout) {
    QRectF bounds;
    for (const auto& [key, rect] : layout.boxes) bounds |= rect;
    for (const TapeBand& band : layout.bands) bounds |= band.rect;
    for (const auto* curves :
         {&layout.values, &layout.gradients, &layout.uses, &layout.arrivals, &layout.updates, &layout.assigns})
        for (const Curve& curve : *curves)
            if (!curve.empty()) bounds |= boundsOf(curve);
    return bounds.adjusted(-margin, -margin, margin, margin);
}

constexpr std::string_view downWord = "down", rightWord = "right";

}  // namespace

std::string_view directionWord(Direction direction) {
    return direction == Direction::Right ? rightWord : downWord;
}

Direction directionOf(std::string_view word) {
    return word == rightWord ? Direction::Right : Direction::Down;
}

std::size_t boxesUnder(const Draft& draft, const Curve& curve, const std::array<std::uint32_t, 2>& except) {
    constexpr int samples = 40;
    constexpr double room = 6;
    const std::vector<QPointF> points = pointsAlong(curve, samples);
    const QRectF around = boundsOf(curve);
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < draft.rects.size(); ++i) {
        const QRectF rect = draft.rects[i].adjusted(-room, -room, room, room);
        if (i == except[0] || i == except[1] || !rect.intersects(around.adjusted(-1, -1, 1, 1))) continue;
        if (std::ranges::any_of(points, [&rect](QPointF point) { return rect.contains(point); })) ++count;
    }
    return count;
}

double sideRoom(const Draft& draft) {
    constexpr std::ptrdiff_t few = 6;
    const auto variables = std::count_if(draft.graph.boxes.begin(), draft.graph.boxes.end(),
                                         [](const GraphBox& box) { return box.key.kind == BoxKind::Variable; });
    if (draft.isTurned()) return variables <= few ? 18 : 6;  // words are wider than high
    return variables <= few ? 56 : 20;
}

QPointF Draft::border(std::uint32_t index, QPointF near) const {
    return seen(borderPoint(seen(rects[index]), isPill(index), seen(near)));
}

std::vector<Recorded> recordedBoxes(const StepGraph& graph) {
    std::map<TapeId, std::set<std::uint32_t>> tapes;
    for (std::uint32_t i = 0; i < graph.boxes.size(); ++i) {
        const BoxKind kind = graph.boxes[i].key.kind;
        if (kind == BoxKind::Variable || kind == BoxKind::Optimizer) continue;
        for (const TapeId tape : graph.boxes[i].tapes) tapes[tape].insert(i);
    }
    std::vector<Recorded> recorded;
    for (auto& [tape, boxes] : tapes) recorded.push_back({tape, std::move(boxes)});
    return recorded;
}

Layout layOut(const StepGraph& graph, const BoxSizes& sizes, RunPlaces& places, LayoutEngine& engine,
              Direction direction, const std::atomic<bool>* cancelled) {
    Draft draft{graph, direction, {}, {}};
    std::vector<QSizeF> ordered;
    for (const GraphBox& box : graph.boxes) {
        const QSizeF size = sizes.at(box.key);
        ordered.push_back(draft.isTurned() ? turned(size) : size);
    }
    const Question question = questionOf(draft, ordered);
    const auto stopped = [cancelled] { return cancelled != nullptr && *cancelled; };
    takeDrawing(draft, question, drawnBy(engine, question.request, cancelled), ordered);
    if (stopped()) return {};
    placeRow(draft, places);
    placeLone(draft);
    settleValues(draft);
    drawBands(draft);
    placeOptimizers(draft, places);
    for (std::size_t i = 0; i < graph.boxes.size(); ++i) draft.layout.boxes[graph.boxes[i].key] = draft.rects[i];
    drawBackward(draft);
    if (stopped()) return {};
    drawWires(draft);
    if (draft.isTurned()) turn(draft.layout);
    draft.layout.bounds = extentOf(draft.layout);
    return std::move(draft.layout);
}

}  // namespace tapescope
