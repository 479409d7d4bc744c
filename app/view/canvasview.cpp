// SPDX-License-Identifier: Apache-2.0
// Where the canvas looks: all of it, the event, what is selected; its folds, its overview, and what it says while it
// waits.
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

#include "app/scene/paint.h"
#include "app/view/canvas.h"
#include "app/view/opening.h"

namespace tapescope {

namespace {

constexpr double margin = 18;
constexpr double largestFit = 1.6;
constexpr double readableScale = 0.45;  // below it, the first view is of a part
constexpr double pleasantScale = 0.85;
constexpr int worthSaying = 200;  // milliseconds

/// What ran first from an event on.
std::optional<BoxKey> firstSince(const StepGraph& graph, EventIndex event) {
    const GraphBox* first = nullptr;
    for (const GraphBox& box : graph.boxes) {
        const bool runs = box.key.kind != BoxKind::Variable && box.key.kind != BoxKind::Optimizer && !box.outside;
        if (runs && box.appears >= event && (first == nullptr || box.appears < first->appears)) first = &box;
    }
    return first != nullptr ? std::optional(first->key) : std::nullopt;
}

constexpr double mapAway = 14;  ///< of the overview from the edges

QRectF placeInCorner(QSizeF map, QSizeF view, Qt::Corner corner) {
    const bool right = corner == Qt::BottomRightCorner || corner == Qt::TopRightCorner;
    const bool bottom = corner == Qt::BottomRightCorner || corner == Qt::BottomLeftCorner;
    return {QPointF(right ? view.width() - map.width() - mapAway : mapAway,
                    bottom ? view.height() - map.height() - mapAway : mapAway),
            map};
}

}  // namespace

QWidget* Canvas::makeWaiting() {
    auto* frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("waiting"));
    frame->setAutoFillBackground(true);
    frame->setFrameShape(QFrame::StyledPanel);
    auto* words = new QLabel(tr("Laying out the picture…"), frame);
    auto* cancel = new QPushButton(tr("Take a simpler one"), frame);
    cancel->setObjectName(QStringLiteral("hurry"));
    connect(cancel, &QPushButton::clicked, this, [this] { frames_.hurry(); });
    auto* row = new QHBoxLayout(frame);
    row->addWidget(words);
    row->addWidget(cancel);
    frame->hide();
    slow_.setSingleShot(true);
    connect(&slow_, &QTimer::timeout, this, [this] {
        if (!frames_.arranging()) return;
        waiting_->adjustSize();
        waiting_->move(rect().center() - waiting_->rect().center());
        waiting_->show();
    });
    return frame;
}

void Canvas::showWaiting() {
    if (!frames_.arranging()) {
        slow_.stop();
        waiting_->hide();
    } else if (!slow_.isActive() && !waiting_->isVisible()) {
        slow_.start(worthSaying);
    }
}

/// Of its own size wherever it can be, whatever that of the picture; smaller in a narrow window, and gone in a very
/// narrow one.
double Canvas::legendScale() const {
    constexpr double least = 0.6, sides = 24;
    const double scale = std::min(appearance_.theme().scale, (width() - sides) / legend_.bounds.width());
    return scale < least ? 0 : scale;
}

/// What the picture has: all but the row of the legend.
QSizeF Canvas::room() const {
    return {double(width()),
            std::max(1.0, height() - (legendScale() > 0 ? legend_.bounds.height() * legendScale() + 12 : 0))};
}

void Canvas::paintLegend(QPainter& painter) {
    const double scale = legendScale();
    if (scale <= 0 || document_.timeline().empty()) return;
    const double top = room().height();
    painter.fillRect(QRectF(0, top, width(), height() - top), appearance_[Ink::Paper]);
    painter.save();
    painter.translate((width() - legend_.bounds.width() * scale) / 2, top + 5);
    painter.scale(scale, scale);
    paint(painter, legend_, appearance_.theme());
    painter.restore();
}

void Canvas::fit() {
    fitted_ = wholeWanted_ = true;
    partAt_.reset();
    viewport_ = fitted(frames_.scene().bounds, room(), margin, largestFit * appearance_.theme().scale);
    update();
}

/// Everything, as long as it can be read; else the part that tells what happened, until the deck moves on.
void Canvas::home() {
    const double scale = appearance_.theme().scale;
    const OpeningScales scales{.readable = readableScale * scale,
                               .pleasant = pleasantScale * scale,
                               .most = largestFit * scale,
                               .margin = margin};
    if (wholeWanted_) return fit();
    if (document_.timeline().empty()) return;
    const Opening opening = openingOf(frames_.graph(), frames_.layout(), frames_.scene(), selected(), room(), scales);
    viewport_ = opening.view;
    partAt_ = opening.whole ? std::nullopt : std::optional(document_.position().event);
}

void Canvas::lookAnew() {
    fitted_ = true;
    wholeWanted_ = false;
    partAt_.reset();
}

/// The part that was seen first is left when the deck moves.
bool Canvas::leavesPart() const {
    return restsOnPart() && following_ && document_.position().event != *partAt_;
}

/// Once the run has ended: choosing a box moves nothing.
bool Canvas::restsOnPart() const {
    return partAt_ && document_.state() != Document::State::Running;
}

QRectF Canvas::rectOf(const std::vector<BoxKey>& boxes) {
    QRectF rect;
    for (const BoxKey& key : boxes)
        if (const auto found = frames_.layout().boxes.find(key); found != frames_.layout().boxes.end())
            rect |= found->second;
    return rect;
}

/// What the event is about; the first of it where it does not all fit into the view.
QRectF Canvas::focus(double scale) {
    if (document_.timeline().empty()) return {};
    const EventIndex event = document_.position().event;
    const std::vector<BoxKey> boxes = boxesAt(frames_.graph(), event);
    const QRectF all = rectOf(boxes);
    if (all.width() * scale <= width() && all.height() * scale <= height()) return all;
    const auto& pairs = frames_.graph().pairs;
    for (std::size_t i = 0; i < pairs.size() && i < frames_.layout().pairs.size(); ++i)
        if (pairs[i].applies == event || pairs[i].begins == event) return frames_.layout().pairs[i];
    return rectOf({boxes.front()});
}

void Canvas::follow() {
    if (!following_ || pressed_) return;
    const QRectF about = focus(viewport_.scale);
    const QRectF seen = viewport_.toScene(
        QRectF(QPointF(), room()).adjusted(width() * 0.08, height() * 0.08, -width() * 0.08, -height() * 0.08));
    if (about.isNull() || seen.contains(about)) return;
    // Of what is larger than the view, its middle is enough.
    if (seen.contains(about.center()) && (about.width() > seen.width() || about.height() > seen.height())) return;
    viewport_ = centredOn(viewport_, about, room());
}

void Canvas::setFollowing(bool following) {
    if (following == following_) return;
    following_ = following;
    Q_EMIT followingChanged(following);
    refresh();
}

void Canvas::setDirection(Direction direction) {
    if (direction == frames_.direction()) return;
    frames_.setDirection(direction);
    lookAnew();
    Q_EMIT directionChanged(direction);
    refresh();
}

void Canvas::fitSelection() {
    const auto selected = document_.selection();
    const auto shown = selected ? frames_.shown(*selected) : std::nullopt;
    QRectF about = shown ? rectOf({*shown}) : focus(viewport_.scale);
    if (about.isNull()) return fit();
    if (!frames_.scene().marks.empty() && related_ != Related::Nothing && shown)
        for (const BoxKey& key : related(frames_.graph(), *shown, related_)) about |= rectOf({key});
    viewport_ = fitted(about.adjusted(-60, -60, 60, 60), room(), margin, largestFit * appearance_.theme().scale);
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
    if (!opens(shown) || !boxIndex(frames_.graph(), shown)) return;
    const QRectF before = rectOf({shown});
    const EventIndex first = frames_.graph().boxes[*boxIndex(frames_.graph(), shown)].appears;
    frames_.setOpen(shown, true);
    const auto inside = firstSince(frames_.graph(), first);
    if (!inside) return;
    if (selected == shown) document_.select(inside);
    foldsChanged(before, *inside);
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
    lookAnew();
    refresh();
}

void Canvas::closeAllFolds() {
    frames_.closeAll();
    lookAnew();
    refresh();
}

/// What was under the hand stays where it was on the screen.
void Canvas::foldsChanged(const QRectF& before, const BoxKey& key) {
    if (partAt_) fitted_ = false;
    relate();
    const QPointF was = viewport_.toWidget(before.center());
    const QRectF now = rectOf({key});
    if (!now.isNull() && !fitted_) viewport_.pan(was - viewport_.toWidget(now.center()));
    if (fitted_) wholeWanted_ = false;
    refresh();
}

/// The corner in which it hides no box: the one where it is, as long as that is so, else the first that is free.
Qt::Corner Canvas::mapCorner(QSizeF map) {
    if (onMap_) return mapCorner_;
    const auto hidden = [&](Qt::Corner corner) {
        const QRectF place = placeInCorner(map, room(), corner).adjusted(-4, -4, 4, 4);
        const QRectF below(viewport_.toScene(place.topLeft()), viewport_.toScene(place.bottomRight()));
        double area = 0;
        for (const auto& [key, rect] : frames_.layout().boxes) {
            const QRectF both = rect & below;
            if (!both.isEmpty()) area += both.width() * both.height();
        }
        return area;
    };
    double least = hidden(mapCorner_);
    for (const Qt::Corner corner :
         {Qt::BottomRightCorner, Qt::BottomLeftCorner, Qt::TopRightCorner, Qt::TopLeftCorner}) {
        if (least <= 0) break;
        if (const double area = hidden(corner); area < least) {
            least = area;
            mapCorner_ = corner;
        }
    }
    return mapCorner_;
}

/// Where the overview stands: in a corner, as long as not everything is seen.
QRectF Canvas::mapRect() {
    constexpr double widest = 190, highest = 150;
    const QRectF whole = frames_.scene().bounds;
    if (whole.isEmpty()) return {};
    const double scale = std::min(widest / whole.width(), highest / whole.height());
    const QSizeF size(std::max(14.0, whole.width() * scale), std::max(14.0, whole.height() * scale));
    return placeInCorner(size, room(), mapCorner(size));
}

bool Canvas::mapShown() {
    const QRectF whole = frames_.scene().bounds;
    return !whole.isEmpty() && !viewport_.toScene(QRectF(QPointF(), room())).contains(whole);
}

void Canvas::goOnMap(QPointF point) {
    const QRectF whole = frames_.scene().bounds, frame = mapRect();
    const QPointF part((point.x() - frame.left()) / frame.width(), (point.y() - frame.top()) / frame.height());
    const QPointF to = whole.topLeft() + QPointF(part.x() * whole.width(), part.y() * whole.height());
    viewport_ = centredOn(viewport_, QRectF(to, to), room());
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
    for (const BoxKey& key : boxesAt(frames_.graph(), document_.position().event))
        if (const auto found = frames_.layout().boxes.find(key); found != frames_.layout().boxes.end())
            painter.drawRect(place(found->second) & frame);
    painter.setPen(QPen(appearance_[Ink::Text], 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place(viewport_.toScene(QRectF(QPointF(), room()))) & frame.adjusted(-4, -4, 4, 4));
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
    bringIntoView();
}

void Canvas::bringIntoView() {
    const auto selected = document_.selection();
    const auto shown = selected && !document_.timeline().empty() ? frames_.shown(*selected) : std::nullopt;
    const QRectF about = shown ? rectOf({*shown}) : QRectF();
    if (about.isNull() || viewport_.toScene(QRectF(QPointF(), room())).contains(about)) return;
    viewport_ = centredOn(viewport_, about, room());
    fitted_ = false;
    update();
}

}  // namespace tapescope
