// SPDX-License-Identifier: Apache-2.0
// Makes a film in the window: a picture for each turn of the event loop, with a bar that says how far it is and Cancel.
#pragma once

#include <QObject>
#include <QProgressDialog>
#include <QSaveFile>
#include <QTimer>

#include "app/view/pictures.h"

namespace tapescope {

class Filming : public QObject {
    Q_OBJECT

public:
    /// Deletes itself when it is done. A film that is cancelled or fails leaves what stood in the file before.
    /// Shows the folds and goes in the direction of `shown`.
    Filming(Document& document, BeatRange range, const Theme& theme, const QString& path, const Frames& shown,
            QWidget* parent);

Q_SIGNALS:
    void done(const QString& trouble);  ///< "" where the film was written or cancelled

private:
    void shoot();
    void close(const QString& trouble);

    QSaveFile file_;
    Film film_;
    QProgressDialog progress_;
    QTimer turn_;
};

/// Asks which beats; the beats of the step at the position are proposed. Nothing where the person cancels.
std::optional<BeatRange> askForRange(const Document& document, QWidget* parent);

}  // namespace tapescope
