// SPDX-License-Identifier: Apache-2.0
// Colours Python: a table of rows, pattern to meaning.
#pragma once

#include <QRegularExpression>
#include <QSyntaxHighlighter>

#include "app/view/appearance.h"

namespace tapescope {

class Highlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    Highlighter(QTextDocument* text, Appearance& appearance);

protected:
    void highlightBlock(const QString& text) override;

private:
    int closeString(const QString& text);
    void colourWord(const QString& text, const QRegularExpressionMatch& match);

    Appearance& appearance_;
    QRegularExpression words_;
};

}  // namespace tapescope
