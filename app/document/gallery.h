// SPDX-License-Identifier: Apache-2.0
// The scripts that come with the program: each an ordinary script whose first comments say what it teaches.
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace tapescope {

struct Lesson {
    QString name;   ///< "dropped-bias": what `tapescope check` takes in place of a file
    QString title;  ///< after `# lesson:`, else the name
    QString goal;   ///< after `# goal:`
    QString path;   ///< of the resource that holds it
};

/// By name.
const std::vector<Lesson>& gallery();
std::optional<Lesson> lessonNamed(const QString& name);

/// Whether this text, unchanged, came with the program.
bool isShipped(const QString& script);

/// Reads the comments at the top of a lesson.
Lesson lessonFrom(const QString& name, const QString& script);

}  // namespace tapescope
