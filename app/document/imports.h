// SPDX-License-Identifier: Apache-2.0
// What a script imports and which Keras it is for, found in its text without a Python: the worker needs both before it
// locks itself down.
#pragma once

#include <QList>
#include <QStringList>
#include <QStringView>

namespace tapescope {

/// One import statement's module.
struct ImportedName {
    QString module;     ///< dotted as written; empty for "from . import x"
    int level = 0;      ///< how many dots come before it
    QStringList names;  ///< of "from module import names": they may be modules, too
    friend bool operator==(const ImportedName&, const ImportedName&) = default;
};

/// Every import of the text, in its order.
QList<ImportedName> importsIn(QStringView script);

/// Modules that the text imports anywhere, dotted as written, each once, sorted: {"collections.abc", "math", "numpy"}.
/// Words in comments and strings do not count; relative imports are left out.
QStringList importedModules(QStringView script);

/// The behaviour that a comment at the end of a line asks for, "# keras: 2": "2", "3" or "legacy"; empty where none
/// does.
QString kerasInComment(QStringView script);

}  // namespace tapescope
