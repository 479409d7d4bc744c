// SPDX-License-Identifier: Apache-2.0
// What a script imports and which Keras it is for, found in its text without a Python: the worker needs both before it
// locks itself down.
#pragma once

#include <QStringList>
#include <QStringView>

namespace tapescope {

/// Modules that the text imports anywhere, dotted as written, each once, sorted: {"collections.abc", "math", "numpy"}.
/// numpy is among them wherever tensorflow is: values are shown through it. Words in comments and strings do not count;
/// relative imports are left out.
QStringList importedModules(QStringView script);

/// The behaviour that a comment at the end of a line asks for, "# keras: 2": "2", "3" or "legacy"; empty where none
/// does.
QString kerasInComment(QStringView script);

}  // namespace tapescope
