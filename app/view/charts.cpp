// SPDX-License-Identifier: Apache-2.0
// Paints the small charts of the inspector.
#include "app/view/charts.h"

#include <QFontDatabase>
#include <QPainter>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr int mostCells = 8;

int extent(const Value& value, bool rows) {
    const Shape& shape = value.shape();
    if (shape.empty()) return 1;
    if (rows) {
        std::int64_t product = 1;
        for (std::size_t i = 0; i + 1 < shape.size(); ++i) product *= shape[i];
        return static_cast<int>(std::min<std::int64_t>(product, 1 << 20));
    }
    return static_cast<int>(std::min<std::int64_t>(shape.back(), 1 << 20));
}

QString number(double value, int precision, char format) {
    return QString::number(value, format, precision);
}

}  // namespace

QString brief(double value) {
    if (std::isnan(value)) return QStringLiteral("nan");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf");
    const double size = std::abs(value);
    QString text;
    if (size == 0) return QStringLiteral("0");
    if (size < 0.001 || size >= 10000) {
        text = number(value, 0, 'e');
        text.replace(QLatin1String("e-0"), QLatin1String("e-"))
            .replace(QLatin1String("e+0"), QLatin1String("e"))
            .remove(QLatin1Char('+'));
        return text;
    }
    const int decimals = size < 0.1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
    text = number(value, decimals, 'f');
    while (text.contains(QLatin1Char('.')) && (text.endsWith(QLatin1Char('0')) || text.endsWith(QLatin1Char('.')))) {
        const bool point = text.endsWith(QLatin1Char('.'));
        text.chop(1);
        if (point) break;
    }
    if (text.startsWith(QLatin1String("0."))) return text.mid(1);
    if (text.startsWith(QLatin1String("-0."))) return QLatin1Char('-') + text.mid(2);
    return text;
}

HeatTable::HeatTable(Inspection::Table table, Appearance& appearance, QWidget* parent)
    : QWidget(parent), table_(std::move(table)), appearance_(appearance) {
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(mono.pointSizeF() * 0.9);
    setFont(mono);
    const QString words = table_.value ? QString::fromStdString(valueText(*table_.value, 4)) : table_.missing;
    setAccessibleName(QStringLiteral("%1: %2").arg(table_.heading, words));
    setToolTip(accessibleName());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&appearance_, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

int HeatTable::rows() const {
    return table_.value && table_.value->whole ? std::min(extent(*table_.value, true), mostCells) : 1;
}
int HeatTable::columns() const {
    return table_.value && table_.value->whole ? std::min(extent(*table_.value, false), mostCells) : 1;
}
int HeatTable::stride() const {
    return extent(*table_.value, false);
}
int HeatTable::cellWidth() const {
    int widest = fontMetrics().horizontalAdvance(QStringLiteral("00"));
    for (int row = 0; row < rows(); ++row) {
        for (int column = 0; column < columns(); ++column) {
            const std::int64_t place = std::int64_t{row} * stride() + column;
            if (place >= table_.value->whole.count()) continue;
            widest = std::max(widest, fontMetrics().horizontalAdvance(brief(table_.value->whole.at(place))));
        }
    }
    return widest + 10;
}

QSize HeatTable::sizeHint() const {
    const int heading = fontMetrics().horizontalAdvance(table_.heading);
    const bool whole = table_.value && table_.value->whole;
    const int body =
        whole ? columns() * cellWidth() : std::max(heading, fontMetrics().horizontalAdvance(table_.missing));
    const int lines = whole || !table_.value ? rows() : 4;
    return {std::max({heading, body, whole ? 0 : 110}) + 2, (lines + 1) * cellHeight() + 4};
}

void HeatTable::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(appearance_[Ink::Muted]);
    painter.drawText(QRect(0, 0, width(), cellHeight()), Qt::AlignLeft | Qt::AlignVCenter, table_.heading);
    const QRect body(0, cellHeight() + 2, width(), height() - cellHeight() - 2);
    if (!table_.value) {
        painter.drawText(body, Qt::AlignLeft | Qt::AlignTop, table_.missing);
        return;
    }
    if (!table_.value->whole) {
        const Summary summary = summaryOf(*table_.value);
        const QStringList lines{tr("min %1").arg(brief(summary.minimum)), tr("max %1").arg(brief(summary.maximum)),
                                tr("mean %1").arg(brief(summary.mean)), tr("norm %1").arg(brief(summary.norm))};
        painter.setPen(appearance_[Ink::Text]);
        painter.drawText(body, Qt::AlignLeft | Qt::AlignTop, lines.join(QLatin1Char('\n')));
        return;
    }
    const Summary summary = summaryOf(*table_.value);
    const double largest = std::max({std::abs(summary.minimum), std::abs(summary.maximum), 1e-30});
    const int wide = cellWidth();
    for (int row = 0; row < rows(); ++row) {
        for (int column = 0; column < columns(); ++column) {
            const std::int64_t place = std::int64_t{row} * stride() + column;
            if (place >= table_.value->whole.count()) continue;
            const QRectF cell(column * wide, body.top() + row * cellHeight(), wide - 1, cellHeight() - 1);
            paintCell(painter, cell, table_.value->whole.at(place), largest);
        }
    }
}

void HeatTable::paintCell(QPainter& painter, const QRectF& cell, double value, double largest) const {
    const double share = std::isfinite(value) ? std::abs(value) / largest * 0.5 : 0;
    painter.fillRect(cell, mixed(appearance_[Ink::Paper], appearance_[table_.ink], 0.08 + share));
    painter.setPen(appearance_[Ink::Text]);
    painter.drawText(cell, Qt::AlignCenter, brief(value));
    if (!std::isnan(value)) return;
    painter.setPen(appearance_[Ink::Gradient]);
    painter.drawLine(cell.topLeft(), cell.bottomRight());
}

BarChart::BarChart(std::vector<Inspection::Bar> bars, Appearance& appearance, QWidget* parent)
    : QWidget(parent), bars_(std::move(bars)), appearance_(appearance) {
    QStringList words;
    for (const auto& bar : bars_) words << tr("step %1: %2").arg(bar.step).arg(brief(bar.height));
    setAccessibleName(words.join(QStringLiteral(", ")));
    setToolTip(words.size() <= 12 ? words.join(QLatin1Char('\n')) : QString());
    setFixedHeight(78);
    connect(&appearance_, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void BarChart::paintEvent(QPaintEvent*) {
    if (bars_.empty()) return;
    QPainter painter(this);
    double most = 0;
    for (const auto& bar : bars_)
        if (std::isfinite(bar.height)) most = std::max(most, bar.height);
    const double foot = height() - fontMetrics().height() - 2, head = fontMetrics().height() + 2.0;
    const double pitch = width() / static_cast<double>(std::max<std::size_t>(bars_.size(), 2));
    for (std::size_t index = 0; index < bars_.size(); ++index) {
        const auto& bar = bars_[index];
        const bool finite = std::isfinite(bar.height);
        const double tall = finite && most > 0 ? (foot - head) * bar.height / most : 0;
        const QRectF rect(static_cast<double>(index) * pitch + 1, foot - tall, std::max(1.0, pitch - 4),
                          std::max(1.0, tall));
        painter.fillRect(rect, appearance_[bar.caution ? Ink::Caution : Ink::Update]);
        if (bar.now) painter.fillRect(QRectF(rect.left(), foot + 1, rect.width(), 2), appearance_[Ink::Text]);
        if (pitch < 46) continue;
        painter.setPen(appearance_[finite ? Ink::Text : Ink::GradientText]);
        painter.drawText(QRectF(rect.left(), rect.top() - head, rect.width(), head), Qt::AlignCenter,
                         brief(bar.height));
        painter.setPen(appearance_[Ink::Muted]);
        painter.drawText(QRectF(rect.left(), foot + 2, rect.width(), height() - foot - 2), Qt::AlignCenter,
                         tr("step %1").arg(bar.step));
    }
}

HistogramChart::HistogramChart(Inspection::Histogram histogram, Appearance& appearance, QWidget* parent)
    : QWidget(parent), histogram_(std::move(histogram)), appearance_(appearance) {
    QString words = tr("%1: histogram from %2 to %3, %4 zeros")
                        .arg(histogram_.heading, brief(histogram_.minimum), brief(histogram_.maximum))
                        .arg(histogram_.zeros);
    if (histogram_.odd > 0) words += tr(", %1 not finite").arg(histogram_.odd);
    setAccessibleName(words);
    setToolTip(words);
    setFixedHeight(66);
    connect(&appearance_, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void HistogramChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    double most = 1;
    for (const double bin : histogram_.bins) most = std::max(most, bin);
    const double line = fontMetrics().height(), foot = height() - line - 2, head = line + 2;
    const double wide = std::min(width(), 260), pitch = wide / static_cast<double>(histogram_.bins.size());
    painter.setPen(appearance_[Ink::Muted]);
    QString heading = histogram_.heading;
    if (histogram_.zeros > 0) heading += tr(" · %1 zeros").arg(histogram_.zeros);
    if (histogram_.odd > 0) heading += tr(" · %1 not finite").arg(histogram_.odd);
    painter.drawText(QRectF(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter, heading);
    for (std::size_t i = 0; i < histogram_.bins.size(); ++i) {
        const double tall = (foot - head) * histogram_.bins[i] / most;
        painter.fillRect(QRectF(static_cast<double>(i) * pitch, foot - tall, pitch - 1, tall),
                         appearance_[histogram_.ink]);
    }
    painter.drawLine(QPointF(0, foot), QPointF(wide, foot));
    const QRectF scale(0, foot + 1, wide, line);
    painter.drawText(scale, Qt::AlignLeft | Qt::AlignVCenter, brief(histogram_.minimum));
    painter.drawText(scale, Qt::AlignRight | Qt::AlignVCenter, brief(histogram_.maximum));
}

}  // namespace tapescope
