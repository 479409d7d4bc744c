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
#include "app/view/walk.h"

namespace tapescope {

namespace {

constexpr double margin = 18;
constexpr double largestFit = 1.6;
constexpr double zoomStep = 1.2;
constexpr int runningFrame = 120;  // milliseconds between frames while events arrive

struct WalkKey {
    int key;
    Heading heading;
};
constexpr std::array walkKeys{WalkKey{Qt::Key_Up, Heading::Up}, WalkKey{Qt::Key_Down, Heading::Down},
                              WalkKey{Qt::Key_Left, Heading::Left}, WalkKey{Qt::Key_Right, Heading::Right}};

bool isTouchpad(const QWheelEvent& event) {
    return event.phase() != Qt::NoScrollPhase || event.deviceType() == QInputDevice::DeviceType::TouchPad;
}

}  // namespace

Canvas::Canvas(Document& document, Appearance& appearance, QWidget* parent)
    : QWidget(parent), document_(document), appearance_(appearance), frames_(document) {
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Picture of the step"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    frames_.setReducedMotion(appearance_.reducedMotion());
    frame_.setSingleShot(true);
    connect(&frame_, &QTimer::timeout, this, &Canvas::present);
    connect(&document_, &Document::positionMoved, this, &Canvas::refresh);
    connect(&document_, &Document::selectionChanged, this, &Canvas::refresh);
    connect(&appearance_, &Appearance::changed, this, [this] {
        frames_.setReducedMotion(appearance_.reducedMotion());
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
    if (fitted_) fit();
    showInWords();
    update();
    Q_EMIT sceneChanged();
    lastFrame_ = static_cast<int>(timer.elapsed());
}

void Canvas::reload() {
    frames_.forget();
    fitted_ = true;
    refresh();
}

void Canvas::setLitLines(std::set<std::uint32_t> lines) {
    frames_.setLitLines(std::move(lines));
    refresh();
}

void Canvas::showInWords() {
    QString words = frames_.scene().narration;
    if (const auto box = document_.selection()) {
        words += QLatin1Char('\n') + describe(document_.timeline(), document_.graph(), *box);
    }
    if (words != accessibleDescription()) setAccessibleDescription(words);
}

void Canvas::fit() {
    fitted_ = true;
    viewport_ = fitted(frames_.scene().bounds, size(), margin, largestFit * appearance_.theme().scale);
    update();
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
    const QRectF seen = viewport_.toScene(QRectF(rect()));
    if (!seen.contains(frames_.scene().bounds)) paintMap(painter);
    if (hasFocus() && (window()->isActiveWindow())) {
        painter.setPen(QPen(appearance_[Ink::Forward], 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

/// Where one is: boxes of the whole step and the part that is seen, in the corner.
void Canvas::paintMap(QPainter& painter) {
    const QRectF whole = frames_.scene().bounds;
    if (whole.isEmpty()) return;
    const double scale = std::min(110 / whole.width(), 90 / whole.height());
    const QRectF frame(width() - whole.width() * scale - 14, height() - whole.height() * scale - 14,
                       whole.width() * scale, whole.height() * scale);
    painter.setPen(QPen(appearance_.border(), 1));
    painter.setBrush(appearance_[Ink::Paper]);
    painter.drawRect(frame.adjusted(-4, -4, 4, 4));
    const auto place = [&](const QRectF& rect) {
        return QRectF(frame.topLeft() + (rect.topLeft() - whole.topLeft()) * scale, rect.size() * scale);
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(appearance_[Ink::Muted]);
    for (const auto& [key, rect] : frames_.layout().boxes) painter.drawRect(place(rect) & frame);
    painter.setPen(QPen(appearance_[Ink::Text], 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place(viewport_.toScene(QRectF(rect()))) & frame.adjusted(-4, -4, 4, 4));
}

void Canvas::resizeEvent(QResizeEvent*) {
    if (fitted_) fit();
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    dragging_ = false;
    grabbed_ = event->position();
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    if (!pressed_) {
        const Hit under = hit(frames_.scene(), viewport_.toScene(event->position()));
        setCursor(under.box || under.pair || under.value ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const QPointF by = event->position() - grabbed_;
    if (!dragging_ && by.manhattanLength() < QApplication::startDragDistance()) return;
    dragging_ = true;
    fitted_ = false;
    setCursor(Qt::ClosedHandCursor);
    viewport_.pan(by);
    grabbed_ = event->position();
    update();
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (pressed_ && !dragging_ && event->button() == Qt::LeftButton) click(event->position());
    if (dragging_) unsetCursor();
    pressed_ = dragging_ = false;
}

void Canvas::mouseDoubleClickEvent(QMouseEvent*) {
    fit();
}

void Canvas::click(QPointF point) {
    Q_EMIT clicked(hit(frames_.scene(), viewport_.toScene(point)));
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
    const bool walks = event->modifiers() & Qt::AltModifier;
    for (const WalkKey& row : walkKeys) {
        if (!walks || row.key != event->key()) continue;
        walk(row.key);
        return;
    }
    if (event->key() == Qt::Key_Escape && document_.selection()) {
        document_.select(std::nullopt);
        return;
    }
    QWidget::keyPressEvent(event);
}

void Canvas::walk(int key) {
    const StepGraph& graph = document_.graph();
    if (graph.boxes.empty()) return;
    const auto selected = document_.selection();
    if (!selected || !boxIndex(graph, *selected)) {
        document_.select(graph.boxes.front().key);
        return;
    }
    for (const WalkKey& row : walkKeys) {
        if (row.key != key) continue;
        if (const auto next = neighbour(graph, frames_.layout(), *selected, row.heading)) document_.select(next);
    }
}

}  // namespace tapescope
