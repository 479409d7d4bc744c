// SPDX-License-Identifier: Apache-2.0
// A notebook as one script: its code cells in order, a heading before each (core/trace/places.h). What is no Python
// ("%matplotlib inline", "!pip install", "tf.zeros?") becomes a comment in its line, so that lines count as in the
// cell.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/base/error.h"

namespace tapescope {

/// Larger notebooks are refused; most of one are pictures.
inline constexpr qint64 notebookLimit = qint64{64} << 20;

struct Notebook {
    QString script;
    QStringList notes;  ///< which lines were left out
};

/// Fails, in a sentence, for what is no notebook, is damaged, or is for another language.
Result<Notebook> readNotebook(const QByteArray& bytes);

/// Does it begin as a notebook does? For input without a name.
bool looksLikeNotebook(const QByteArray& bytes);

/// The code of one cell without its notebook's lines; `notes` says which. `cell` is its number.
QString pythonOfCell(const QString& source, std::uint32_t cell, QStringList& notes);

}  // namespace tapescope
