// SPDX-License-Identifier: Apache-2.0
// Hands and eyes of the canvas: mouse, wheel, keys, painting.
#include "app/view/canvas.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/scene/paint.h"
#include "app/view/canvasaccess.h"
#include "app/view/walk.h"

namespace tapescope {

namespace {

constexpr double zoomStep = 1.2;
constexpr int runningFrame = 120;  // milliseconds between frames while events arrive

bool isTouchpad(const QWheelEvent& event) {
    return event.phase() != Qt::NoScrollPhase || event.deviceType() == QInputDevice::DeviceType::TouchPad;
}

}  // namespace

Canvas::Canvas(Document& document, Appearance& appearance, QWidget* parent)
    : QWidget(parent),
      document_(document),
      appearance_(appearance),
      frames_(document, [this] { QMetaObject::invokeMethod(this, &Canvas::refresh, Qt::QueuedConnection); }),
      legend_(legendScene()),
      waiting_(makeWaiting()) {
    CanvasAccessible::install();
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Picture of the step"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    frames_.setReducedMotion(appearance_.reducedMotion());
    frames_.setLetters(appearance_.theme().letters);
    frames_.setLegend(false);
    frame_.setSingleShot(true);
    connect(&frame_, &QTimer::timeout, this, &Canvas::present);
    connect(&document_, &Document::positionMoved, this, &Canvas::refresh);
    connect(&document_, &Document::selectionChanged, this, [this] {
        relate();
        refresh();
        tellSelection(*this);
    });
    connect(&appearance_, &Appearance::changed, this, [this] {
        frames_.setReducedMotion(appearance_.reducedMotion());
        frames_.setLetters(appearance_.theme().letters);
        refresh();
    });
}

/// While a run streams in, several batches a second arrive: the picture follows as often as it can be drawn.
void Canvas::refresh() {
    frames_.touch();
    const bool running = document_.state() == Document::State::Running;
    if (!frame_.isActive()) frame_.start(running ? std::max(runningFrame, 4 * lastFrame_) : 0);
}

void Canvas::present() {
    QElapsedTimer timer;
    timer.start();
    frame_.stop();
    frames_.scene();
    showWaiting();
    if (frames_.arranging()) {
        update();
        return;
    }
    if (leavesPart()) fitted_ = false;
    if (!fitted_) {
        follow();
    } else if (!restsOnPart()) {
        home();
    }
    showInWords();
    const bool others = toldGraph_ != graphNumber();
    toldGraph_ = graphNumber();
    if (others) tellBoxes(*this);
    update();
    Q_EMIT sceneChanged();
    if (others) Q_EMIT graphChanged();
    lastFrame_ = static_cast<int>(timer.elapsed());
}

void Canvas::reload() {
    frames_.forget();
    lookAnew();
    pointAtBox({});
    refresh();
}

/// What is under a point; nothing in the row of the legend.
Hit Canvas::under(QPointF point) {
    if (point.y() >= room().height()) return {};
    return hit(frames_.scene(), viewport_.toScene(point));
}

/// The box in words, or what flows along an edge: its label may have found no room.
QString Canvas::tipFor(const Hit& at) {
    if (at.box) return describe(document_.timeline(), frames_.graph(), *at.box);
    const StepGraph& graph = frames_.graph();
    if (!at.value || *at.value >= graph.values.size()) return {};
    const ValueEdge& edge = graph.values[*at.value];
    const auto title = [&graph](std::uint32_t box) { return QString::fromStdString(graph.boxes[box].title); };
    return tr("%1 from %2 to %3").arg(QString::fromStdString(edge.label), title(edge.from), title(edge.to));
}

void Canvas::setLitLines(std::set<std::uint32_t> lines) {
    frames_.setLitLines(std::move(lines));
    refresh();
}

void Canvas::setHovered(std::set<BoxKey> boxes) {
    if (frames_.setHovered(std::move(boxes))) refresh();
}

std::optional<BoxKey> Canvas::selected() {
    const auto selection = document_.timeline().empty() ? std::nullopt : document_.selection();
    return selection ? frames_.shown(*selection) : std::nullopt;
}

void Canvas::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    tellSelection(*this);
}

void Canvas::showInWords() {
    QString words = frames_.scene().narration;
    if (const auto box = selected()) words += QLatin1Char('\n') + inWords(*box);
    if (words != accessibleDescription()) setAccessibleDescription(words);
}

void Canvas::zoom(double factor) {
    viewport_.zoom(factor, QRectF(rect()).center());
    fitted_ = false;
    update();
}

void Canvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), appearance_[Ink::Paper]);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.translate(viewport_.offset);
    painter.scale(viewport_.scale, viewport_.scale);
    paint(painter, frames_.scene(), appearance_.theme());
    painter.restore();
    paintLegend(painter);
    if (mapShown()) paintMap(painter);
    if (hasFocus() && (window()->isActiveWindow())) {
        painter.setPen(QPen(appearance_[Ink::Forward], 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void Canvas::resizeEvent(QResizeEvent*) {
    if (fitted_ && !frames_.arranging()) home();  // else when the layout of these boxes is there
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    dragging_ = false;
    grabbed_ = event->position();
    onMap_ = pressed_ && mapShown() && mapRect().contains(event->position());
    if (onMap_) goOnMap(event->position());
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    if (!pressed_) {
        const Hit at = under(event->position());
        setToolTip(tipFor(at));
        setCursor(at.box || at.pair || at.value ? Qt::PointingHandCursor : Qt::ArrowCursor);
        pointAtBox(at.box);
        return;
    }
    if (onMap_) return goOnMap(event->position());
    const QPointF by = event->position() - grabbed_;
    if (!dragging_ && by.manhattanLength() < QApplication::startDragDistance()) return;
    dragging_ = true;
    fitted_ = false;
    setCursor(Qt::ClosedHandCursor);
    viewport_.pan(by);
    grabbed_ = event->position();
    update();
}

void Canvas::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    pointAtBox({});
}

void Canvas::pointAtBox(std::optional<BoxKey> box) {
    if (box == pointed_) return;
    pointed_ = box;
    Q_EMIT hovered(box);
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (pressed_ && !dragging_ && !onMap_ && event->button() == Qt::LeftButton) click(event->position());
    if (dragging_) unsetCursor();
    pressed_ = dragging_ = onMap_ = false;
}

/// A fold opens; elsewhere everything comes into view.
void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (mapShown() && mapRect().contains(event->position())) return;
    const Hit at = under(event->position());
    if (at.box && opens(*at.box)) {
        document_.select(at.box);
        openFold();
    } else if (!at.box && !at.pair && !at.value) {
        fit();
    }
}

void Canvas::click(QPointF point) {
    Q_EMIT clicked(under(point));
}

void Canvas::wheelEvent(QWheelEvent* event) {
    fitted_ = false;
    const bool zooms = event->modifiers() & Qt::ControlModifier || !isTouchpad(*event);
    if (zooms && !(event->modifiers() & Qt::ShiftModifier)) {
        viewport_.zoom(std::pow(zoomStep, event->angleDelta().y() / 120.0), event->position());
    } else {
        const QPoint by = event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
        viewport_.pan(event->modifiers() & Qt::ShiftModifier && by.x() == 0 ? QPointF(by.y(), 0) : QPointF(by));
    }
    update();
    event->accept();
}

bool Canvas::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            viewport_.zoom(1 + gesture->value(), gesture->position());
            fitted_ = false;
            update();
            return true;
        }
    }
    return QWidget::event(event);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && document_.selection()) {
        document_.select(std::nullopt);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return openFold();
    QWidget::keyPressEvent(event);
}

}  // namespace tapescope
