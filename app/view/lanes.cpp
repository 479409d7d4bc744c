// SPDX-License-Identifier: Apache-2.0
// Paints the tape once for each change and the head over it; runs of beats narrower than a pixel fall together.
#include "app/view/lanes.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/scene/words.h"

namespace tapescope {

namespace {

constexpr double rightMargin = 24;
constexpr double diamondSize = 5;

struct LaneRow {
    Phase phase;
    const char* name;
    Ink ink;
};

constexpr std::array laneRows{
    LaneRow{Phase::Forward, QT_TRANSLATE_NOOP("tapescope::Lanes", "forward"), Ink::Forward},
    LaneRow{Phase::Backward, QT_TRANSLATE_NOOP("tapescope::Lanes", "backward"), Ink::Gradient},
    LaneRow{Phase::Apply, QT_TRANSLATE_NOOP("tapescope::Lanes", "apply"), Ink::Update},
};

std::size_t laneOf(Phase phase) {
    return static_cast<std::size_t>(phase);
}

}  // namespace

/// Heights on the widget, from its size.
struct Lanes::Rows {
    double left = 0;
    double lossTop = 0, lossBottom = 0;
    std::array<double, 3> laneTop{};
    double laneHeight = 0;
    double stepLine = 0;
};

Lanes::Lanes(Document& document, Player& player, Appearance& appearance, QWidget* parent)
    : QAbstractSlider(parent), document_(document), player_(player), appearance_(appearance) {
    setObjectName(QStringLiteral("lanes"));
    setAccessibleName(tr("Position on the tape"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&player_, &Player::deckChanged, this, &Lanes::reload);
    connect(&player_, &Player::moved, this, &Lanes::follow);
    connect(&appearance_, &Appearance::changed, this, &Lanes::reload);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (value != static_cast<int>(std::round(player_.position()))) player_.setPosition(value);
    });
}

Lanes::Rows Lanes::rows() const {
    Rows rows;
    const double line = fontMetrics().height(), total = height();
    for (const LaneRow& row : laneRows) {
        rows.left = std::max(rows.left, fontMetrics().horizontalAdvance(tr(row.name)) + 30.0);
    }
    rows.stepLine = total - line - 8;
    rows.lossTop = 12;
    const double pitch = (rows.stepLine - rows.lossTop - 6) / 4.2;
    rows.lossBottom = rows.lossTop + 0.9 * pitch;
    rows.laneHeight = std::clamp(pitch * 0.58, 6.0, 18.0);
    for (std::size_t lane = 0; lane < 3; ++lane) {
        rows.laneTop.at(lane) = rows.lossBottom + pitch * (static_cast<double>(lane) + 0.45);
    }
    return rows;
}

double Lanes::xAt(double position) const {
    const double left = rows().left, wide = width() - left - rightMargin;
    return left + wide * position / std::max(1.0, player_.length());
}

double Lanes::positionAt(double x) const {
    const double left = rows().left, wide = width() - left - rightMargin;
    return std::clamp((x - left) / std::max(1.0, wide), 0.0, 1.0) * player_.length();
}

void Lanes::reload() {
    tape_ = {};
    setRange(0, static_cast<int>(player_.length()));
    follow();
    update();
}

void Lanes::follow() {
    setValue(static_cast<int>(std::round(player_.position())));
    update();
}

void Lanes::resizeEvent(QResizeEvent*) {
    tape_ = {};
}

void Lanes::changeEvent(QEvent* event) {
    tape_ = {};
    QAbstractSlider::changeEvent(event);
}

void Lanes::paintEvent(QPaintEvent*) {
    if (tape_.isNull()) tape_ = drawTape();
    QPainter painter(this);
    painter.drawPixmap(0, 0, tape_);
    painter.setRenderHint(QPainter::Antialiasing);
    if (player_.length() > 0) drawHead(painter);
    if (hasFocus()) {
        painter.setPen(QPen(appearance_[Ink::Forward], 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

QPixmap Lanes::drawTape() const {
    QPixmap pixmap(size() * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(appearance_[Ink::Panel]);
    QPainter painter(&pixmap);
    painter.setFont(font());
    painter.setRenderHint(QPainter::Antialiasing);
    drawLabels(painter);
    if (player_.length() == 0) return pixmap;
    drawSteps(painter);
    drawLoss(painter);
    drawStretches(painter);
    drawDiamonds(painter);
    return pixmap;
}

void Lanes::drawLabels(QPainter& painter) const {
    const Rows at = rows();
    painter.setPen(appearance_[Ink::Muted]);
    const double line = fontMetrics().height();
    const auto label = [&](double middle, const QString& text) {
        painter.drawText(QRectF(14, middle - line / 2, at.left - 20, line), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    label((at.lossTop + at.lossBottom) / 2, tr("loss"));
    for (std::size_t lane = 0; lane < laneRows.size(); ++lane) {
        label(at.laneTop.at(lane) + at.laneHeight / 2, tr(laneRows.at(lane).name));
    }
}

void Lanes::drawLoss(QPainter& painter) const {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const DeckStep& step : player_.deck().steps) {
        if (!step.loss || !std::isfinite(*step.loss)) continue;
        least = std::min(least, *step.loss);
        most = std::max(most, *step.loss);
    }
    const Rows at = rows();
    if (most < least) return drawLossNumbers(painter, 0, 1);  // none is a number, and that is said
    if (most == least) {                                      // a level line runs in the middle
        most += 1;
        least -= 1;
    }
    const double spread = most - least;
    QPainterPath path;
    double drawnTo = -1;
    for (const DeckStep& step : player_.deck().steps) {
        if (!step.loss || !std::isfinite(*step.loss)) continue;
        const double right = xAt(step.end);
        if (right - drawnTo < 0.5) continue;
        drawnTo = right;
        const double y = at.lossBottom - (*step.loss - least) / spread * (at.lossBottom - at.lossTop);
        const QPointF from(xAt(step.begin), y);
        if (path.isEmpty()) {
            path.moveTo(from);
        } else {
            path.lineTo(from);
        }
        path.lineTo(right, y);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(appearance_[Ink::Text], 1.5));
    painter.drawPath(path);
    drawLossNumbers(painter, least, spread);
}

/// Beside the line, on the side with more room, where a step is wide enough.
void Lanes::drawLossNumbers(QPainter& painter, double least, double spread) const {
    const Rows at = rows();
    const double line = fontMetrics().height(), middle = (at.lossTop + at.lossBottom) / 2;
    for (const DeckStep& step : player_.deck().steps) {
        if (!step.loss) continue;
        const bool finite = std::isfinite(*step.loss);
        const QString number = numberWords(*step.loss);
        const double left = xAt(step.begin) + 6;
        if (xAt(step.end) - left < fontMetrics().horizontalAdvance(number) + 6) continue;
        const double y = finite ? at.lossBottom - (*step.loss - least) / spread * (at.lossBottom - at.lossTop) : middle;
        const double top = !finite ? middle - line / 2 : y > middle ? y - line - 1 : y + 1;
        painter.setPen(appearance_[finite ? Ink::Muted : Ink::GradientText]);
        painter.drawText(QPointF(left, top + fontMetrics().ascent()), number);
    }
}

void Lanes::drawStretches(QPainter& painter) const {
    const Rows at = rows();
    std::array<double, 3> drawnTo{-1, -1, -1};
    painter.setPen(Qt::NoPen);
    for (const Stretch& stretch : player_.deck().stretches) {
        const std::size_t lane = laneOf(stretch.phase);
        const double left = xAt(stretch.begin), right = xAt(stretch.end);
        if (!stretch.caution && right - drawnTo.at(lane) < 0.5) continue;
        const double gap = right - left > 8 ? 1.5 : 0;
        const QRectF bar(left + gap, at.laneTop.at(lane), std::max(1.0, right - left - 2 * gap), at.laneHeight);
        painter.setBrush(appearance_[stretch.caution ? Ink::Caution : laneRows.at(lane).ink]);
        const double round = std::min(3.0, bar.width() / 2);
        painter.drawRoundedRect(bar, round, round);
        drawnTo.at(lane) = bar.right();
    }
}

void Lanes::drawSteps(QPainter& painter) const {
    const Rows at = rows();
    double lineAt = -1e9, numberTo = -1e9;
    const auto& steps = player_.deck().steps;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        const double left = xAt(steps[index].begin), right = xAt(steps[index].end);
        if (index > 0 && left - lineAt > 6) {
            painter.setPen(QPen(appearance_.border(), 1, Qt::DashLine));
            painter.drawLine(QPointF(left, 4), QPointF(left, at.stepLine));
            lineAt = left;
        }
        const QString number = right - left > 60 ? tr("step %1").arg(index + 1) : QString::number(index + 1);
        const double wide = fontMetrics().horizontalAdvance(number);
        const double start = std::max((left + right - wide) / 2, rows().left);
        if (start < numberTo + 10 || start + wide > width()) continue;
        painter.setPen(appearance_[Ink::Muted]);
        painter.drawText(QPointF(start, height() - fontMetrics().descent() - 4), number);
        numberTo = start + wide;
    }
}

QPointF Lanes::centreOf(const Diamond& diamond) const {
    const Rows at = rows();
    return {xAt(diamond.position), at.laneTop.at(laneOf(diamond.phase)) - diamondSize - 1};
}

void Lanes::drawDiamonds(QPainter& painter) const {
    const auto& findings = document_.findings();
    for (const Diamond& diamond : player_.deck().diamonds) {
        const QPointF centre = centreOf(diamond);
        const bool hint = diamond.finding < findings.size() && findings[diamond.finding].severity == Severity::Hint;
        painter.setPen(QPen(appearance_[Ink::Panel], 1));
        painter.setBrush(appearance_[hint ? Ink::Forward : Ink::Gradient]);
        painter.drawPolygon(QPolygonF({centre + QPointF(0, -diamondSize), centre + QPointF(diamondSize, 0),
                                       centre + QPointF(0, diamondSize), centre + QPointF(-diamondSize, 0)}));
    }
}

void Lanes::drawHead(QPainter& painter) const {
    const double x = xAt(player_.position());
    painter.setPen(QPen(appearance_[Ink::Text], 2));
    painter.drawLine(QPointF(x, 2), QPointF(x, rows().stepLine));
    painter.setPen(Qt::NoPen);
    painter.setBrush(appearance_[Ink::Text]);
    painter.drawPolygon(QPolygonF({QPointF(x - 6, 1), QPointF(x + 6, 1), QPointF(x, 10)}));
}

int Lanes::diamondAt(QPointF point) const {
    const auto& diamonds = player_.deck().diamonds;
    for (std::size_t index = 0; index < diamonds.size(); ++index) {
        if ((centreOf(diamonds[index]) - point).manhattanLength() <= diamondSize + 3) return static_cast<int>(index);
    }
    return -1;
}

void Lanes::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int diamond = diamondAt(event->position());
    if (diamond >= 0) {
        Q_EMIT findingChosen(static_cast<int>(player_.deck().diamonds[static_cast<std::size_t>(diamond)].finding));
        return;
    }
    player_.setPosition(positionAt(event->position().x()));
}

void Lanes::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) player_.setPosition(positionAt(event->position().x()));
    setCursor(diamondAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::SizeHorCursor);
}

void Lanes::wheelEvent(QWheelEvent* event) {
    wheeled_ += event->angleDelta().y() / 120.0;
    const auto whole = static_cast<int>(wheeled_);
    wheeled_ -= whole;
    if (whole != 0) player_.setPosition(std::round(player_.position()) - whole);
    event->accept();
}

/// The deck's keys are the window's: the slider's own would fight them.
void Lanes::keyPressEvent(QKeyEvent* event) {
    event->ignore();
}

bool Lanes::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), wordsAt(help->pos()), this);
    return true;
}

QString Lanes::wordsAt(QPointF point) const {
    if (player_.length() == 0) return {};
    const int diamond = diamondAt(point);
    if (diamond >= 0) {
        const auto& finding = document_.findings()[player_.deck().diamonds[static_cast<std::size_t>(diamond)].finding];
        return QString::fromStdString(finding.title);
    }
    const double position = positionAt(point.x());
    return tr("step %1, event %2").arg(stepAt(player_.deck(), position) + 1).arg(std::max(1.0, std::ceil(position)));
}

}  // namespace tapescope
