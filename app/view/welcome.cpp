// SPDX-License-Identifier: Apache-2.0
// Lists the gallery as buttons.
#include "app/view/welcome.h"

#include <QCommandLinkButton>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/document/gallery.h"

namespace tapescope {

namespace {

constexpr int pageWidth = 760;
constexpr int pictureWidth = 192, pictureHeight = 128;

QLabel* words(const QString& text, QWidget* parent, const char* name, double size, bool bold) {
    auto* label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

QString sentence(const QString& goal) {
    return goal.isEmpty() ? goal : goal.front().toUpper() + goal.sliced(1) + QLatin1Char('.');
}

}  // namespace

Welcome::Welcome(QWidget* parent) : QScrollArea(parent) {
    setObjectName(QStringLiteral("welcome"));
    setAccessibleName(tr("Welcome"));
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page());
    dress();
}

/// The examples' pictures, on paper like the window's.
void Welcome::dress() {
    constexpr int middle = 128;
    const QString paper = palette().color(QPalette::Base).lightness() < middle ? QStringLiteral("-dark") : QString();
    for (auto* button : findChildren<QCommandLinkButton*>(QStringLiteral("example"))) {
        const QString name = button->property("picture").toString();
        button->setIcon(QIcon(QStringLiteral(":/scenarios/pictures/%1%2.png").arg(name, paper)));
        button->setIconSize(button->icon().isNull() ? QSize() : QSize(pictureWidth, pictureHeight));
    }
}

void Welcome::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && widget() != nullptr) dress();
}

QWidget* Welcome::page() {
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto* inner = new QWidget(page);
    inner->setMaximumWidth(pageWidth);
    auto* outer = new QHBoxLayout(page);
    outer->addStretch();
    outer->addWidget(inner, 1);
    outer->addStretch();
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(20, 30, 20, 20);
    column->setSpacing(10);
    column->addWidget(words(tr("Tapescope"), inner, "headline", 1.9, true));
    column->addWidget(words(tr("See what a gradient tape saw: what it recorded, where the gradient went, and what "
                               "apply_gradients did to each variable."),
                            inner, "lead", 1.05, false));
    auto* open = new QPushButton(tr("Open a script or a recorded run…"), inner);
    open->setAccessibleName(open->text());
    connect(open, &QPushButton::clicked, this, &Welcome::openAsked);
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addSpacing(8);
    column->addWidget(words(tr("Examples"), inner, "headline", 1.2, true));
    for (const Lesson& lesson : gallery()) {
        auto* button = new QCommandLinkButton(lesson.title, sentence(lesson.goal), inner);
        button->setProperty("picture", lesson.name);
        button->setObjectName(QStringLiteral("example"));
        button->setAccessibleName(tr("Example: %1").arg(lesson.title));
        connect(button, &QPushButton::clicked, this, [this, path = lesson.path] { Q_EMIT exampleChosen(path); });
        column->addWidget(button);
    }
    column->addStretch();
    return page;
}

}  // namespace tapescope
