// SPDX-License-Identifier: Apache-2.0
#include "app/layout/curve.h"

#include <QLineF>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tapescope {

namespace {

constexpr int samples = 24;  ///< of a piece, for its arc length
constexpr double bulge = 1.7;

using Piece = std::array<QPointF, 4>;

std::size_t pieceCount(const Curve& curve) {
    return curve.size() < 4 ? 0 : (curve.size() - 1) / 3;
}

Piece pieceAt(const Curve& curve, std::size_t index) {
    return {curve[3 * index], curve[3 * index + 1], curve[3 * index + 2], curve[3 * index + 3]};
}

QPointF mix(QPointF a, QPointF b, double t) {
    return a + (b - a) * t;
}

QPointF evaluate(const Piece& p, double t) {
    const double s = 1 - t;
    return p[0] * (s * s * s) + p[1] * (3 * s * s * t) + p[2] * (3 * s * t * t) + p[3] * (t * t * t);
}

/// The direction at a parameter; at an end whose control point lies on it, that of the chord.
QPointF direction(const Piece& p, double t) {
    const double s = 1 - t;
    const QPointF d = (p[1] - p[0]) * (s * s) + (p[2] - p[1]) * (2 * s * t) + (p[3] - p[2]) * (t * t);
    if (std::hypot(d.x(), d.y()) > 1e-6) return d;
    return t < 0.5 ? p[2] - p[0] : p[3] - p[1];
}

QPointF leftOf(QPointF d) {
    const double length = std::hypot(d.x(), d.y());
    return length < 1e-9 ? QPointF(0, 0) : QPointF(d.y() / length, -d.x() / length);
}

Piece partOf(const Piece& p, double from, double to) {
    const auto blossom = [&p](double a, double b, double c) {
        const QPointF q0 = mix(p[0], p[1], a), q1 = mix(p[1], p[2], a), q2 = mix(p[2], p[3], a);
        return mix(mix(q0, q1, b), mix(q1, q2, b), c);
    };
    return {blossom(from, from, from), blossom(from, from, to), blossom(from, to, to), blossom(to, to, to)};
}

/// Cumulated chord lengths at the samples of every piece, from 0.
std::vector<double> measure(const Curve& curve) {
    std::vector<double> lengths{0};
    for (std::size_t i = 0; i < pieceCount(curve); ++i) {
        const Piece p = pieceAt(curve, i);
        QPointF last = p[0];
        for (int k = 1; k <= samples; ++k) {
            const QPointF next = evaluate(p, double(k) / samples);
            lengths.push_back(lengths.back() + QLineF(last, next).length());
            last = next;
        }
    }
    return lengths;
}

struct Parameter {
    std::size_t piece = 0;
    double t = 0;
};

Parameter parameterAt(const std::vector<double>& lengths, double fraction) {
    const double wanted = std::clamp(fraction, 0.0, 1.0) * lengths.back();
    const auto upper = std::upper_bound(lengths.begin() + 1, lengths.end() - 1, wanted);
    const auto index = static_cast<std::size_t>(upper - lengths.begin()) - 1;
    const double span = lengths[index + 1] - lengths[index];
    const double inside = span > 0 ? std::clamp((wanted - lengths[index]) / span, 0.0, 1.0) : 0;
    return {index / samples, (double(index % samples) + inside) / samples};
}

void append(Curve& curve, const Piece& piece) {
    if (curve.empty()) curve.push_back(piece[0]);
    curve.insert(curve.end(), piece.begin() + 1, piece.end());
}

Piece linePiece(QPointF a, QPointF b) {
    return {a, mix(a, b, 1.0 / 3), mix(a, b, 2.0 / 3), b};
}

}  // namespace

double lengthOf(const Curve& curve) {
    return measure(curve).back();
}

std::vector<CurvePoint> pointsAt(const Curve& curve, std::span<const double> fractions) {
    std::vector<CurvePoint> points;
    if (pieceCount(curve) == 0) {
        points.assign(fractions.size(), {curve.empty() ? QPointF() : curve.front(), 0});
        return points;
    }
    const std::vector<double> lengths = measure(curve);
    for (const double fraction : fractions) {
        const Parameter parameter = parameterAt(lengths, fraction);
        const Piece piece = pieceAt(curve, parameter.piece);
        const QPointF d = direction(piece, parameter.t);
        points.push_back({evaluate(piece, parameter.t), std::atan2(d.y(), d.x()) * 180 / std::numbers::pi});
    }
    return points;
}

CurvePoint pointAt(const Curve& curve, double fraction) {
    return pointsAt(curve, {&fraction, 1}).front();
}

std::vector<QPointF> pointsAlong(const Curve& curve, int count) {
    if (pieceCount(curve) == 0) return std::vector<QPointF>(static_cast<std::size_t>(count) + 1, pointAt(curve, 0).at);
    const std::vector<double> lengths = measure(curve);
    std::vector<QPointF> points;
    for (int i = 0; i <= count; ++i) {
        const Parameter parameter = parameterAt(lengths, double(i) / count);
        points.push_back(evaluate(pieceAt(curve, parameter.piece), parameter.t));
    }
    return points;
}

Curve part(const Curve& curve, double from, double to) {
    if (pieceCount(curve) == 0 || to <= from) return {};
    if (from <= 0 && to >= 1) return curve;
    const std::vector<double> lengths = measure(curve);
    const Parameter a = parameterAt(lengths, from), b = parameterAt(lengths, to);
    Curve result;
    for (std::size_t i = a.piece; i <= b.piece; ++i)
        append(result, partOf(pieceAt(curve, i), i == a.piece ? a.t : 0, i == b.piece ? b.t : 1));
    return result;
}

Curve reversed(const Curve& curve) {
    return {curve.rbegin(), curve.rend()};
}

Curve beside(const Curve& curve, double distance) {
    Curve result;
    const std::size_t count = pieceCount(curve);
    for (std::size_t i = 0; i < count; ++i) {
        const Piece p = pieceAt(curve, i);
        const QPointF first = leftOf(direction(p, 0)) * distance, last = leftOf(direction(p, 1)) * distance;
        const double early = i == 0 ? 1 : bulge, late = i + 1 == count ? 1 : bulge;
        append(result, {p[0] + first * early, p[1] + first * bulge, p[2] + last * bulge, p[3] + last * late});
    }
    return result;
}

void moveEnd(Curve& curve, CurveEnd end, QPointF to) {
    if (curve.size() < 4) return;
    const QPointF delta = to - (end == CurveEnd::Start ? curve.front() : curve.back());
    const double last = double(curve.size() - 1);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const double away = (end == CurveEnd::Start ? double(i) : last - double(i)) / last;
        const double weight = 1 - away;
        curve[i] += delta * (weight * weight * (3 - 2 * weight));
    }
}

Curve verticalCurve(QPointF from, QPointF to) {
    const double reach = std::max(std::abs(to.y() - from.y()) * 0.45, 12.0);
    const double sign = to.y() >= from.y() ? 1 : -1;
    return {from, from + QPointF(0, sign * reach), to - QPointF(0, sign * reach), to};
}

Curve roundedCurve(std::span<const QPointF> points, double radius) {
    constexpr double circle = 0.5523;  // of the tangent: a Bézier's best quarter of a circle
    Curve curve;
    QPointF last = points.front();
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(last, points[i]), out(points[i], points[i + 1]);
        const bool ends = i + 2 == points.size();
        const double r = std::min({radius, in.length(), out.length() * (ends ? 1 : 0.5)});
        if (r < 0.5) continue;
        const QPointF a = in.pointAt(1 - r / in.length()), b = out.pointAt(r / out.length());
        if (QLineF(last, a).length() > 0.01) append(curve, linePiece(last, a));
        append(curve, {a, mix(a, points[i], circle), mix(b, points[i], circle), b});
        last = b;
    }
    append(curve, linePiece(last, points.back()));
    return curve;
}

QRectF boundsOf(const Curve& curve) {
    if (curve.empty()) return {};
    double left = curve[0].x(), right = left, top = curve[0].y(), bottom = top;
    for (const QPointF& p : curve) {
        left = std::min(left, p.x());
        right = std::max(right, p.x());
        top = std::min(top, p.y());
        bottom = std::max(bottom, p.y());
    }
    return {QPointF(left, top), QPointF(right, bottom)};
}

}  // namespace tapescope
