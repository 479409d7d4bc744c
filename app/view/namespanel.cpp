// SPDX-License-Identifier: Apache-2.0
// Paints the rows; a click on a variable's row selects its box.
#include "app/view/namespanel.h"

#include <QFontDatabase>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "app/view/player.h"

namespace tapescope {

namespace {

enum Role { GradientRole = Qt::UserRole + 1, GhostRole, NameRole, ObjectRole, FreshRole };

class TagPainter : public QStyledItemDelegate {
public:
    TagPainter(Appearance& appearance, QObject* parent) : QStyledItemDelegate(parent), appearance_(appearance) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {0, option.fontMetrics.height() + 9};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, appearance_[Ink::PanelSoft]);
        const QFontMetrics metrics(painter->font());
        const int room = option.rect.width() - 12;
        QRect tag = option.rect.adjusted(8, 3, 0, -3);
        const QString name = metrics.elidedText(index.data(NameRole).toString(), Qt::ElideMiddle, room / 2);
        tag.setWidth(metrics.horizontalAdvance(name) + 16);
        if (!name.isEmpty()) paintTag(*painter, tag, name, index.data(FreshRole).toBool());
        QRect box = tag;
        box.moveLeft(tag.right() + 28);
        painter->setPen(appearance_[Ink::Muted]);
        painter->drawText(QRect(tag.right() + 1, tag.top(), 27, tag.height()), Qt::AlignCenter, QStringLiteral("→"));
        const int left = option.rect.right() - 6 - box.left();
        const QString object = metrics.elidedText(index.data(ObjectRole).toString(), Qt::ElideRight, left - 16);
        box.setWidth(std::min(left, metrics.horizontalAdvance(object) + 16));
        paintObject(*painter, box, object, index);
        painter->restore();
    }

private:
    void paintTag(QPainter& painter, const QRect& rect, const QString& name, bool fresh) const {
        painter.setPen(QPen(appearance_[fresh ? Ink::Forward : Ink::Muted], fresh ? 1.5 : 1));
        painter.setBrush(appearance_[Ink::ForwardSoft]);
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
        painter.setPen(appearance_[Ink::Text]);
        painter.drawText(rect, Qt::AlignCenter, name);
    }

    void paintObject(QPainter& painter, const QRect& rect, const QString& object, const QModelIndex& index) const {
        const bool gradient = index.data(GradientRole).toBool(), ghost = index.data(GhostRole).toBool();
        const Ink ink = ghost ? Ink::Muted : gradient ? Ink::Gradient : Ink::Text;
        painter.setPen(QPen(appearance_[ink], 1.2, gradient ? Qt::DashLine : ghost ? Qt::DotLine : Qt::SolidLine));
        painter.setBrush(appearance_[Ink::Paper]);
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(appearance_[ghost ? Ink::Muted : Ink::Text]);
        painter.drawText(rect, Qt::AlignCenter, object);
    }

    Appearance& appearance_;
};

}  // namespace

NamesPanel::NamesPanel(Document& document, Appearance& appearance, QWidget* parent)
    : QListWidget(parent), document_(document) {
    setObjectName(QStringLiteral("names"));
    setAccessibleName(tr("Names and objects"));
    setItemDelegate(new TagPainter(appearance, this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(&document_, &Document::positionMoved, this, &NamesPanel::reload);
    connect(&appearance, &Appearance::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row < 0 || static_cast<std::size_t>(row) >= rows_.size()) return;
        const ObjectRef& bound = rows_[static_cast<std::size_t>(row)].bound;
        if (bound.kind == ObjectKind::Variable)
            document_.select(BoxKey{.kind = BoxKind::Variable, .id = bound.id, .ordinal = 0});
        if (bound.kind == ObjectKind::Optimizer)
            document_.select(BoxKey{.kind = BoxKind::Optimizer, .id = bound.id, .ordinal = 0});
    });
}

void NamesPanel::reload() {
    const Timeline& timeline = document_.timeline();
    first_.read(timeline);
    std::vector<NameRow> rows;
    if (!timeline.empty()) rows = nameRows(timeline, timeline.at(reached(timeline, document_.position())), first_);
    if (rows == rows_) return;
    rows_ = std::move(rows);
    const QSignalBlocker quiet(this);
    const int chosen = currentRow();
    clear();
    for (const NameRow& row : rows_) {
        const QString words = row.name.isEmpty() ? tr("nothing names %1 any more").arg(row.object)
                                                 : QStringLiteral("%1 → %2").arg(row.name, row.object);
        auto* item = new QListWidgetItem(words, this);
        item->setToolTip(words);
        item->setData(NameRole, row.name.isEmpty() ? tr("no name") : row.name);
        item->setData(ObjectRole, row.object);
        item->setData(GradientRole, row.gradient);
        item->setData(GhostRole, row.ghost);
        item->setData(FreshRole, row.fresh);
    }
    if (chosen < count()) setCurrentRow(chosen);
}

}  // namespace tapescope
