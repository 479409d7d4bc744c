// SPDX-License-Identifier: Apache-2.0
// What a worker is handed beside the script: modules, and the files that a person has granted. The app opens them; the
// worker opens nothing.
#pragma once

#include <QString>
#include <QStringList>

#include "app/document/run.h"
#include "core/trace/parcel.h"

namespace tapescope {

/// What all granted files of a run may hold together.
inline constexpr qint64 dataLimit = qint64{512} << 20;

/// Why files and folders at `paths` cannot be granted together, in a sentence; empty where they can.
QString objectionToData(const QStringList& paths);

/// Paths of the files in `folder` and below that the script's texts name: "data.csv", "data/x.npy".
QStringList filesNamed(const QString& script, const QString& folder);

/// Does the script read lines, with input() or from sys.stdin?
bool asksForLines(const QString& script);

/// The names by which a script in `folder` may call the file at `path`.
QStringList namesOfData(const QString& path, const QString& folder);

/// Everything for one run. Files that cannot be read any more are left out, and a note says so.
Parcel suppliesOf(const QString& name, const QByteArray& script, const RunOptions& options);

}  // namespace tapescope
