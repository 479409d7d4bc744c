// SPDX-License-Identifier: Apache-2.0
// The text that goes to the Graphviz process and comes back. Numbers never pass through a locale.
#include <charconv>
#include <cmath>

#include "app/layout/engine.h"

namespace tapescope {

namespace {

void put(std::string& text, double number) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
    text += ' ';
}

/// Reads words off the front of a text. After the first that does not fit, everything fails.
class Words {
public:
    explicit Words(std::string_view text) : rest_(text) {}

    bool expect(std::string_view word) { return next() == word; }

    double number() {
        const std::string_view word = next();
        double value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc() || end != word.data() + word.size() || !(std::abs(value) < 1e8)) fine_ = false;
        return value;
    }

    bool fine() const { return fine_; }

private:
    std::string_view next() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
        const std::size_t length = std::min(rest_.find_first_of(" \n"), rest_.size());
        const std::string_view word = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return word;
    }

    std::string_view rest_;
    bool fine_ = true;
};

std::optional<Curve> readCurve(Words& words) {
    const double count = words.number();
    if (!words.fine() || count < 4 || count > 10000 || std::fmod(count, 3) != 1) return {};
    Curve curve(static_cast<std::size_t>(count));
    for (QPointF& point : curve) {
        point.setX(words.number());
        point.setY(words.number());
    }
    return curve;
}

}  // namespace

std::string requestText(const GraphRequest& request) {
    std::string text = "graph ";
    for (const std::size_t count : {request.clusters.size(), request.nodes.size(), request.edges.size()})
        put(text, double(count));
    text += '\n';
    for (const std::int32_t parent : request.clusters) put(text, parent);
    text += '\n';
    for (const GraphRequest::Node& node : request.nodes) {
        put(text, node.size.width());
        put(text, node.size.height());
        put(text, node.top ? 1 : 0);
        put(text, node.cluster);
        text += '\n';
    }
    for (const GraphRequest::Edge& edge : request.edges) {
        put(text, edge.from);
        put(text, edge.to);
        text += '\n';
    }
    return text + "end\n";
}

std::optional<GraphDrawing> drawingFrom(std::string_view text, const GraphRequest& request) {
    Words words(text);
    if (!words.expect("drawing")) return {};
    GraphDrawing drawing;
    for (std::size_t i = 0; i < request.nodes.size(); ++i) {
        const double x = words.number();
        drawing.centres.emplace_back(x, words.number());
    }
    for (std::size_t i = 0; i < request.edges.size() && words.fine(); ++i) {
        std::optional<Curve> curve = readCurve(words);
        if (!curve) return {};
        drawing.edges.push_back(std::move(*curve));
    }
    if (!words.fine() || !words.expect("done")) return {};
    return drawing;
}

}  // namespace tapescope
