// SPDX-License-Identifier: Apache-2.0
// The output of a script, and below it a field for the lines that it asks for.
#pragma once

#include <QLineEdit>
#include <QWidget>

#include "app/document/document.h"

namespace tapescope {

class Answers : public QWidget {
    Q_OBJECT

public:
    /// `output` stands above the field.
    Answers(Document& document, QWidget* output, QWidget* parent = nullptr);

    /// The field is there while a script runs that asks for lines.
    void reload();

private:
    void send();
    void end();

    Document& document_;
    QWidget* row_;
    QLineEdit* field_;
};

}  // namespace tapescope
