// SPDX-License-Identifier: Apache-2.0
#include "app/view/answers.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace tapescope {

Answers::Answers(Document& document, QWidget* output, QWidget* parent)
    : QWidget(parent), document_(document), row_(new QWidget(this)), field_(new QLineEdit(row_)) {
    setObjectName(QStringLiteral("answers"));
    field_->setObjectName(QStringLiteral("answer"));
    field_->setAccessibleName(tr("A line for the script"));
    field_->setPlaceholderText(tr("A line for input(), sent with Enter"));
    connect(field_, &QLineEdit::returnPressed, this, &Answers::send);
    auto* end = new QPushButton(tr("No more"), row_);
    end->setObjectName(QStringLiteral("endOfInput"));
    end->setAccessibleName(tr("End of the input"));
    end->setToolTip(tr("End of the input (Ctrl+D): input() raises EOFError from then on"));
    connect(end, &QPushButton::clicked, this, &Answers::end);
    auto* shortcut = new QShortcut(QKeySequence(QStringLiteral("Ctrl+D")), field_);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &Answers::end);
    auto* line = new QHBoxLayout(row_);
    line->setContentsMargins(4, 3, 4, 3);
    line->addWidget(field_, 1);
    line->addWidget(end);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(output, 1);
    column->addWidget(row_);
    reload();
}

void Answers::reload() {
    row_->setVisible(document_.asks());
}

void Answers::end() {
    document_.endInput();
    reload();
}

void Answers::send() {
    document_.say(field_->text());
    field_->clear();
}

}  // namespace tapescope
