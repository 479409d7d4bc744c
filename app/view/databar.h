// SPDX-License-Identifier: Apache-2.0
// Asks once whether a script may read the files beside it that it names, and remembers the answer for this script.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QStringList>

#include "app/document/document.h"

namespace tapescope {

/// Paths of the files that a person has allowed this script, from the settings of the program.
QStringList allowedFiles(const QString& script);

class DataBar : public QFrame {
    Q_OBJECT

public:
    explicit DataBar(Document& document, QWidget* parent = nullptr);

    /// Asks where there is something to ask; hides where there is nothing, or where the answer was "not now".
    void reload();

Q_SIGNALS:
    void allowed(const QStringList& files);

private:
    QString texts() const;
    void allow();
    void refuse();

    Document& document_;
    QLabel* words_;
    QStringList wanted_;
    QStringList refused_;  ///< scripts that were answered "not now", until the program ends
};

}  // namespace tapescope
