// SPDX-License-Identifier: Apache-2.0
#include "app/layout/linear.h"

#include <algorithm>
#include <numeric>

#include "app/layout/curve.h"

namespace tapescope {

namespace {

constexpr double columnGap = 40;
constexpr double lineGap = 49;
constexpr int sweeps = 4;

struct Neighbours {
    std::vector<std::vector<std::uint32_t>> above, below;
};

Neighbours neighboursOf(const GraphRequest& request) {
    Neighbours neighbours{std::vector<std::vector<std::uint32_t>>(request.nodes.size()),
                          std::vector<std::vector<std::uint32_t>>(request.nodes.size())};
    for (const auto& [from, to] : request.edges) {
        if (from == to) continue;
        neighbours.below[from].push_back(to);
        neighbours.above[to].push_back(from);
    }
    return neighbours;
}

/// Longest path from a node that nothing enters. What hangs in a cycle starts where the cycle was entered.
std::vector<std::uint32_t> ranksOf(const GraphRequest& request, const Neighbours& neighbours) {
    const std::size_t count = request.nodes.size();
    std::vector<std::uint32_t> ranks(count, 0), waiting(count, 0), ready;
    std::vector<bool> done(count, false);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!request.nodes[i].top) waiting[i] = static_cast<std::uint32_t>(neighbours.above[i].size());
        if (waiting[i] == 0) ready.push_back(i);
    }
    std::uint32_t next = 0;
    while (true) {
        while (next < count && ready.empty()) {
            if (!done[next]) ready.push_back(next);
            ++next;
        }
        if (ready.empty()) return ranks;
        const std::uint32_t node = ready.back();
        ready.pop_back();
        if (done[node]) continue;
        done[node] = true;
        for (const std::uint32_t below : neighbours.below[node]) {
            if (done[below] || request.nodes[below].top) continue;
            ranks[below] = std::max(ranks[below], ranks[node] + 1);
            if (waiting[below] > 0 && --waiting[below] == 0) ready.push_back(below);
        }
    }
}

/// What nothing enters stands just above what uses it first, as people read it; else its edges run through the whole
/// picture.
void lowerSources(std::vector<std::uint32_t>& ranks, const GraphRequest& request, const Neighbours& neighbours) {
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (request.nodes[i].top || !neighbours.above[i].empty() || neighbours.below[i].empty()) continue;
        std::uint32_t first = ranks[neighbours.below[i].front()];
        for (const std::uint32_t below : neighbours.below[i]) first = std::min(first, ranks[below]);
        ranks[i] = std::max(ranks[i] + 1, first) - 1;
    }
}

using Rows = std::vector<std::vector<std::uint32_t>>;

Rows rowsOf(const std::vector<std::uint32_t>& ranks) {
    Rows rows(ranks.empty() ? 0 : *std::max_element(ranks.begin(), ranks.end()) + 1);
    for (std::uint32_t i = 0; i < ranks.size(); ++i) rows[ranks[i]].push_back(i);
    return rows;
}

/// Sorts one row by the mean x of the neighbours; the nodes of the top row keep their order among themselves.
void sortRow(std::vector<std::uint32_t>& row, const std::vector<std::vector<std::uint32_t>>& neighbours,
             const GraphRequest& request, std::vector<double>& x) {
    for (const std::uint32_t node : row) {
        if (neighbours[node].empty()) continue;
        double sum = 0;
        for (const std::uint32_t other : neighbours[node]) sum += x[other];
        x[node] = sum / double(neighbours[node].size());
    }
    std::vector<std::uint32_t> top;
    for (const std::uint32_t node : row)
        if (request.nodes[node].top) top.push_back(node);
    std::stable_sort(row.begin(), row.end(), [&x](std::uint32_t a, std::uint32_t b) { return x[a] < x[b]; });
    auto kept = top.begin();
    for (std::uint32_t& node : row)
        if (request.nodes[node].top) node = *kept++;
}

/// Packs a row from its left to its right, each box as near to where it wants to be as its left neighbour allows, then
/// moves the row so that it stands in its middle.
void packRow(const std::vector<std::uint32_t>& row, const GraphRequest& request, std::vector<double>& x) {
    double edge = -1e9, wanted = 0, got = 0;
    for (const std::uint32_t node : row) {
        const double half = request.nodes[node].size.width() / 2;
        wanted += x[node];
        x[node] = std::max(x[node], edge + half);
        got += x[node];
        edge = x[node] + half + columnGap;
    }
    const double shift = (wanted - got) / double(row.size());
    for (const std::uint32_t node : row) x[node] += shift;
}

/// y of the middle of every row.
std::vector<double> heightsOf(const Rows& rows, const GraphRequest& request) {
    std::vector<double> middles;
    double y = 0;
    for (const auto& row : rows) {
        double height = 0;
        for (const std::uint32_t node : row) height = std::max(height, request.nodes[node].size.height());
        middles.push_back(y + height / 2);
        y += height + lineGap;
    }
    return middles;
}

std::vector<double> columnsOf(Rows& rows, const GraphRequest& request, const Neighbours& neighbours,
                              const std::atomic<bool>* cancelled) {
    std::vector<double> x(request.nodes.size(), 0);
    for (auto& row : rows) packRow(row, request, x);
    for (int sweep = 0; sweep < sweeps && !(cancelled != nullptr && *cancelled); ++sweep) {
        const bool down = sweep % 2 == 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto& row = rows[down ? i : rows.size() - 1 - i];
            sortRow(row, down ? neighbours.above : neighbours.below, request, x);
            packRow(row, request, x);
        }
    }
    return x;
}

Curve edgeBetween(QPointF from, QSizeF fromSize, QPointF to, QSizeF toSize) {
    const bool down = to.y() > from.y();
    const double sign = down ? 1 : -1;
    return verticalCurve(from + QPointF(0, sign * fromSize.height() / 2), to - QPointF(0, sign * toSize.height() / 2));
}

}  // namespace

GraphDrawing drawLinear(const GraphRequest& request, const std::atomic<bool>* cancelled) {
    const Neighbours neighbours = neighboursOf(request);
    std::vector<std::uint32_t> ranks = ranksOf(request, neighbours);
    lowerSources(ranks, request, neighbours);
    Rows rows = rowsOf(ranks);
    const std::vector<double> x = columnsOf(rows, request, neighbours, cancelled), y = heightsOf(rows, request);
    GraphDrawing drawing;
    for (std::size_t i = 0; i < request.nodes.size(); ++i) drawing.centres.emplace_back(x[i], y[ranks[i]]);
    for (const auto& [from, to] : request.edges)
        drawing.edges.push_back(
            edgeBetween(drawing.centres[from], request.nodes[from].size, drawing.centres[to], request.nodes[to].size));
    return drawing;
}

double costOf(const GraphRequest& request) {
    const std::vector<std::uint32_t> ranks = ranksOf(request, neighboursOf(request));
    double crossed = double(request.nodes.size());
    for (const auto& [from, to] : request.edges) crossed += std::max(0.0, double(ranks[to]) - double(ranks[from]) - 1);
    return crossed * double(request.edges.size());
}

}  // namespace tapescope
