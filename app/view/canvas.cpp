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

constexpr double readableScale = 0.5;  // below it, the first view is of the event and not of everything
constexpr double pleasantScale = 0.85;

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
    connect(&document_, &Document::selectionChanged, this, [this] {
        relate();
        refresh();
    });
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
    if (fitted_) {
        home();
    } else {
        follow();
    }
    showInWords();
    update();
    Q_EMIT sceneChanged();
    lastFrame_ = static_cast<int>(timer.elapsed());
}

void Canvas::reload() {
    frames_.forget();
    fitted_ = true;
    wholeWanted_ = false;
    refresh();
}

void Canvas::setLitLines(std::set<std::uint32_t> lines) {
    frames_.setLitLines(std::move(lines));
    refresh();
}

void Canvas::showInWords() {
    QString words = frames_.scene().narration;
    if (const auto box = document_.selection()) {
        if (const auto shown = frames_.shown(*box))
            words += QLatin1Char('\n') + describe(document_.timeline(), frames_.graph(), *shown);
    }
    if (words != accessibleDescription()) setAccessibleDescription(words);
}

void Canvas::fit() {
    fitted_ = wholeWanted_ = true;
    viewport_ = fitted(frames_.scene().bounds, size(), margin, largestFit * appearance_.theme().scale);
    update();
}

/// Everything, as long as it can be read; else the event, and the view goes along with it.
void Canvas::home() {
    viewport_ = fitted(frames_.scene().bounds, size(), margin, largestFit * appearance_.theme().scale);
    if (wholeWanted_ || viewport_.scale >= readableScale || document_.timeline().empty()) return;
    const QRectF about = focus();
    if (about.isNull()) return;
    viewport_.scale = pleasantScale * appearance_.theme().scale;
    viewport_ = centredOn(viewport_, about, size());
    fitted_ = false;
}

QRectF Canvas::rectOf(const std::vector<BoxKey>& boxes) {
    QRectF rect;
    for (const BoxKey& key : boxes)
        if (const auto found = frames_.layout().boxes.find(key); found != frames_.layout().boxes.end())
            rect |= found->second;
    return rect;
}

/// What the event is about.
QRectF Canvas::focus() {
    if (document_.timeline().empty()) return {};
    return rectOf(boxesAt(frames_.graph(), document_.position().event));
}

void Canvas::follow() {
    if (!following_ || pressed_) return;
    const QRectF about = focus();
    const QRectF seen =
        viewport_.toScene(QRectF(rect()).adjusted(width() * 0.08, height() * 0.08, -width() * 0.08, -height() * 0.08));
    if (about.isNull() || seen.contains(about)) return;
    // Of what is larger than the view, its middle is enough.
    if (seen.contains(about.center()) && (about.width() > seen.width() || about.height() > seen.height())) return;
    viewport_ = centredOn(viewport_, about, size());
}

void Canvas::setFollowing(bool following) {
    if (following == following_) return;
    following_ = following;
    Q_EMIT followingChanged(following);
    refresh();
}

void Canvas::fitSelection() {
    const auto selected = document_.selection();
    const auto shown = selected ? frames_.shown(*selected) : std::nullopt;
    QRectF about = shown ? rectOf({*shown}) : focus();
    if (about.isNull()) return fit();
    if (!frames_.scene().marks.empty() && related_ != Related::Nothing && shown)
        for (const BoxKey& key : related(frames_.graph(), *shown, related_)) about |= rectOf({key});
    viewport_ = fitted(about.adjusted(-60, -60, 60, 60), size(), margin, largestFit * appearance_.theme().scale);
    fitted_ = false;
    update();
}

void Canvas::setRelated(Related which) {
    related_ = which == related_ ? Related::Nothing : which;
    relate();
    refresh();
}

void Canvas::relate() {
    const auto selected = document_.selection();
    const bool any = selected && related_ != Related::Nothing && !document_.timeline().empty();
    const auto shown = any ? frames_.shown(*selected) : std::nullopt;
    frames_.setRelated(shown ? related(frames_.graph(), *shown, related_) : std::set<BoxKey>(),
                       related_ == Related::GradientWay);
}

void Canvas::openFold() {
    const auto selected = document_.selection();
    if (!selected || document_.timeline().empty()) return;
    const auto shown = frames_.shown(*selected).value_or(*selected);
    if (shown.kind != BoxKind::Group) return;
    const QRectF before = rectOf({shown});
    const EventIndex first = frames_.graph().boxes[*boxIndex(frames_.graph(), shown)].appears;
    frames_.setOpen(shown, true);
    const auto inside = boxesAt(frames_.graph(), first);
    if (!inside.empty() && selected == shown) document_.select(inside.front());
    if (!inside.empty()) foldsChanged(before, inside.front());
}

void Canvas::closeFold() {
    const auto selected = document_.selection();
    if (!selected || document_.timeline().empty()) return;
    const auto shown = frames_.shown(*selected);
    const auto group = shown ? frames_.foldAround(*shown) : std::nullopt;
    if (!group) return;
    const QRectF before = rectOf({*shown});
    frames_.setOpen(*group, false);
    document_.select(group);
    foldsChanged(before, *group);
}

void Canvas::openAllFolds() {
    frames_.openAll();
    fitted_ = true;
    wholeWanted_ = false;
    refresh();
}

void Canvas::closeAllFolds() {
    frames_.closeAll();
    fitted_ = true;
    wholeWanted_ = false;
    refresh();
}

/// What was under the hand stays where it was on the screen.
void Canvas::foldsChanged(const QRectF& before, const BoxKey& key) {
    relate();
    const QPointF was = viewport_.toWidget(before.center());
    const QRectF now = rectOf({key});
    if (!now.isNull() && !fitted_) viewport_.pan(was - viewport_.toWidget(now.center()));
    if (fitted_) wholeWanted_ = false;
    refresh();
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
    if (mapShown()) paintMap(painter);
    if (hasFocus() && (window()->isActiveWindow())) {
        painter.setPen(QPen(appearance_[Ink::Forward], 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

/// Where the overview stands: in the corner, as long as not everything is seen.
QRectF Canvas::mapRect() {
    constexpr double widest = 190, highest = 150, away = 14;
    const QRectF whole = frames_.scene().bounds;
    if (whole.isEmpty()) return {};
    const double scale = std::min(widest / whole.width(), highest / whole.height());
    const QSizeF size(std::max(14.0, whole.width() * scale), std::max(14.0, whole.height() * scale));
    return {QPointF(width() - size.width() - away, height() - size.height() - away), size};
}

bool Canvas::mapShown() {
    const QRectF whole = frames_.scene().bounds;
    return !whole.isEmpty() && !viewport_.toScene(QRectF(rect())).contains(whole);
}

void Canvas::goOnMap(QPointF point) {
    const QRectF whole = frames_.scene().bounds, frame = mapRect();
    const QPointF part((point.x() - frame.left()) / frame.width(), (point.y() - frame.top()) / frame.height());
    const QPointF to = whole.topLeft() + QPointF(part.x() * whole.width(), part.y() * whole.height());
    viewport_ = centredOn(viewport_, QRectF(to, to), size());
    fitted_ = false;
    update();
}

/// Boxes of the whole step, what the event is about among them, and the part that is seen.
void Canvas::paintMap(QPainter& painter) {
    const QRectF whole = frames_.scene().bounds, frame = mapRect();
    painter.setPen(QPen(appearance_.border(), 1));
    painter.setBrush(appearance_[Ink::Paper]);
    painter.drawRect(frame.adjusted(-4, -4, 4, 4));
    const double across = frame.width() / whole.width(), down = frame.height() / whole.height();
    const auto place = [&](const QRectF& rect) {
        const QPointF corner(frame.left() + (rect.left() - whole.left()) * across,
                             frame.top() + (rect.top() - whole.top()) * down);
        return QRectF(corner, QSizeF(std::max(1.0, rect.width() * across), std::max(1.0, rect.height() * down)));
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(appearance_[Ink::Band]);
    for (const TapeBand& band : frames_.layout().bands) painter.drawRect(place(band.rect) & frame);
    for (const auto& [key, rect] : frames_.layout().boxes) {
        const Ink ink = key.kind == BoxKind::Variable    ? Ink::State
                        : key.kind == BoxKind::Optimizer ? Ink::Update
                                                         : Ink::Muted;
        painter.setBrush(appearance_[ink]);
        painter.drawRect(place(rect) & frame);
    }
    painter.setBrush(appearance_[Ink::Gradient]);
    const QRectF about = focus();
    if (!about.isNull()) painter.drawRect(place(about) & frame);
    painter.setPen(QPen(appearance_[Ink::Text], 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place(viewport_.toScene(QRectF(rect()))) & frame.adjusted(-4, -4, 4, 4));
}

void Canvas::resizeEvent(QResizeEvent*) {
    if (fitted_) home();
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
        const Hit under = hit(frames_.scene(), viewport_.toScene(event->position()));
        setCursor(under.box || under.pair || under.value ? Qt::PointingHandCursor : Qt::ArrowCursor);
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

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (pressed_ && !dragging_ && !onMap_ && event->button() == Qt::LeftButton) click(event->position());
    if (dragging_) unsetCursor();
    pressed_ = dragging_ = onMap_ = false;
}

/// A fold opens; elsewhere everything comes into view.
void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (mapShown() && mapRect().contains(event->position())) return;
    const Hit under = hit(frames_.scene(), viewport_.toScene(event->position()));
    if (under.box && under.box->kind == BoxKind::Group) {
        document_.select(under.box);
        openFold();
    } else if (!under.box && !under.pair && !under.value) {
        fit();
    }
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
    if (event->key() == Qt::Key_Escape && document_.selection()) {
        document_.select(std::nullopt);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return openFold();
    QWidget::keyPressEvent(event);
}

void Canvas::walk(Heading heading) {
    if (document_.timeline().empty()) return;
    const StepGraph& graph = frames_.graph();
    if (graph.boxes.empty()) return;
    const auto selected = document_.selection();
    const auto shown = selected ? frames_.shown(*selected) : std::nullopt;
    if (!shown) {
        document_.select(graph.boxes.front().key);
    } else if (const auto next = neighbour(graph, frames_.layout(), *shown, heading)) {
        document_.select(next);
    }
    const QRectF about = document_.selection() ? rectOf({*document_.selection()}) : QRectF();
    if (!fitted_ && !about.isNull() && !viewport_.toScene(QRectF(rect())).contains(about)) {
        viewport_ = centredOn(viewport_, about, size());
        update();
    }
}

}  // namespace tapescope
