// SPDX-License-Identifier: Apache-2.0
#include "app/view/answers.h"

#include <QVBoxLayout>

namespace tapescope {

Answers::Answers(Document& document, QWidget* output, QWidget* parent)
    : QWidget(parent), document_(document), field_(new QLineEdit(this)) {
    setObjectName(QStringLiteral("answers"));
    field_->setObjectName(QStringLiteral("answer"));
    field_->setAccessibleName(tr("A line for the script"));
    field_->setPlaceholderText(tr("A line for input(), sent with Enter"));
    connect(field_, &QLineEdit::returnPressed, this, &Answers::send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(output, 1);
    column->addWidget(field_);
    reload();
}

void Answers::reload() {
    field_->setVisible(document_.asks());
}

void Answers::send() {
    document_.say(field_->text());
    field_->clear();
}

}  // namespace tapescope
