// SPDX-License-Identifier: Apache-2.0
#include "app/view/canvasaccess.h"

#include <QPointer>
#include <algorithm>
#include <utility>

namespace tapescope {

namespace {

class BoxAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    BoxAccessible(const CanvasAccessible& parent, Canvas& canvas, BoxKey key)
        : parent_(&parent), canvas_(&canvas), key_(key) {}

    const BoxKey& key() const { return key_; }

    bool isValid() const override { return canvas_ && index().has_value(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(canvas_); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QWindow* window() const override { return parent()->window(); }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text which) const override {
        const auto at = index();
        if (!at) return {};
        const GraphBox& box = canvas_->graph().boxes[*at];
        if (which == QAccessible::Name)
            return QStringLiteral("%1, %2").arg(QString::fromStdString(box.title), kindWords(key_.kind));
        if (which == QAccessible::Description) return canvas_->inWords(key_);
        return {};
    }

    QRect rect() const override {
        const auto found = canvas_->layout().boxes.find(key_);
        if (found == canvas_->layout().boxes.end()) return {};
        const QRect place = canvas_->onWidget(found->second).toAlignedRect();
        return {canvas_->mapToGlobal(place.topLeft()), place.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = state.focusable = true;
        state.selected = canvas_->selected() == key_;
        state.focused = state.selected && canvas_->hasFocus();
        state.offscreen = !canvas_->onWidget(canvas_->layout().boxes.at(key_)).intersects(QRectF(canvas_->rect()));
        if (Canvas::opens(key_)) state.expandable = state.collapsed = true;
        return state;
    }

    /// What the value comes from controls a box, and a box what uses its value.
    QVector<QPair<QAccessibleInterface*, QAccessible::Relation>> relations(
        QAccessible::Relation match = QAccessible::AllRelations) const override {
        QVector<QPair<QAccessibleInterface*, QAccessible::Relation>> found;
        const auto at = index();
        if (!at) return found;
        for (const bool forward : {false, true}) {
            const QAccessible::Relation relation = forward ? QAccessible::Controlled : QAccessible::Controller;
            if (!(match & relation)) continue;
            for (const std::uint32_t box : linked(canvas_->graph(), *at, forward))
                found.push_back({parent_->boxAt(box), relation});
        }
        return found;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    QStringList actionNames() const override {
        QStringList names{setFocusAction()};
        if (Canvas::opens(key_)) names << pressAction();
        return names;
    }
    void doAction(const QString& name) override {
        if (!isValid()) return;
        canvas_->setFocus();
        canvas_->choose(key_);
        if (name == pressAction() && Canvas::opens(key_)) canvas_->openFold();
    }
    QStringList keyBindingsForAction(const QString& name) const override {
        return name == pressAction() ? QStringList{QStringLiteral("+"), QStringLiteral("Return")} : QStringList();
    }

private:
    std::optional<std::uint32_t> index() const {
        const auto at = boxIndex(canvas_->graph(), key_);
        return at && canvas_->layout().boxes.contains(key_) ? at : std::nullopt;
    }

    const CanvasAccessible* parent_;
    QPointer<Canvas> canvas_;
    BoxKey key_;
};

Telling telling = &QAccessible::updateAccessibility;

/// As long as nobody does, no objects are made: a step may have thousands of boxes.
bool anybodyListens() {
    return QAccessible::isActive() || telling != &QAccessible::updateAccessibility;
}

QAccessibleInterface* accessibleOf(const QString& name, QObject* object) {
    auto* canvas = name == QLatin1String("tapescope::Canvas") ? qobject_cast<Canvas*>(object) : nullptr;
    return canvas == nullptr ? nullptr : new CanvasAccessible(*canvas);
}

}  // namespace

CanvasAccessible::CanvasAccessible(Canvas& canvas) : QAccessibleWidget(&canvas, QAccessible::List), canvas_(canvas) {}

CanvasAccessible::~CanvasAccessible() {
    for (const auto& [key, id] : boxes_) QAccessible::deleteAccessibleInterface(id);
}

void CanvasAccessible::install() {
    static const bool once = [] {
        QAccessible::installFactory(&accessibleOf);
        return true;
    }();
    Q_UNUSED(once);
}

void CanvasAccessible::forgetOldBoxes() const {
    if (graph_ == canvas_.graphNumber()) return;
    graph_ = canvas_.graphNumber();
    std::erase_if(boxes_, [this](const auto& one) {
        if (boxIndex(canvas_.graph(), one.first)) return false;
        QAccessible::deleteAccessibleInterface(one.second);
        return true;
    });
}

int CanvasAccessible::childCount() const {
    return static_cast<int>(canvas_.graph().boxes.size());
}

QAccessibleInterface* CanvasAccessible::boxAt(std::uint32_t index) const {
    forgetOldBoxes();
    const auto& boxes = canvas_.graph().boxes;
    if (index >= boxes.size()) return nullptr;
    const auto [found, fresh] = boxes_.try_emplace(boxes[index].key, 0);
    if (fresh)
        found->second = QAccessible::registerAccessibleInterface(new BoxAccessible(*this, canvas_, boxes[index].key));
    return QAccessible::accessibleInterface(found->second);
}

QAccessibleInterface* CanvasAccessible::child(int index) const {
    return index < 0 ? nullptr : boxAt(static_cast<std::uint32_t>(index));
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface* child) const {
    for (const auto& [key, id] : boxes_) {
        if (QAccessible::accessibleInterface(id) != child) continue;
        const auto index = boxIndex(canvas_.graph(), key);
        return index ? static_cast<int>(*index) : -1;
    }
    return -1;
}

QAccessibleInterface* CanvasAccessible::childAt(int x, int y) const {
    const QPointF point = canvas_.viewport().toScene(canvas_.mapFromGlobal(QPointF(x, y)));
    const auto& boxes = canvas_.graph().boxes;
    for (std::uint32_t i = 0; i < boxes.size(); ++i) {
        const auto found = canvas_.layout().boxes.find(boxes[i].key);
        if (found != canvas_.layout().boxes.end() && found->second.contains(point)) return boxAt(i);
    }
    return nullptr;
}

QAccessibleInterface* CanvasAccessible::focusChild() const {
    const auto selected = canvas_.hasFocus() ? canvas_.selected() : std::nullopt;
    const auto index = selected ? boxIndex(canvas_.graph(), *selected) : std::nullopt;
    return index ? boxAt(*index) : nullptr;
}

Telling setTelling(Telling other) {
    return std::exchange(telling, other);
}

void tellSelection(Canvas& canvas) {
    if (!anybodyListens()) return;
    auto* whole = dynamic_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(&canvas));
    const auto selected = canvas.selected();
    const auto index = selected ? boxIndex(canvas.graph(), *selected) : std::nullopt;
    if (whole == nullptr || !index) return;
    QAccessibleEvent chosen(whole->boxAt(*index), QAccessible::Selection);
    telling(&chosen);
    if (!canvas.hasFocus()) return;
    QAccessibleEvent focused(whole->boxAt(*index), QAccessible::Focus);
    telling(&focused);
}

void tellBoxes(Canvas& canvas) {
    if (!anybodyListens()) return;
    QAccessibleEvent changed(&canvas, QAccessible::ObjectReorder);
    telling(&changed);
}

}  // namespace tapescope
