// SPDX-License-Identifier: Apache-2.0
// The gallery, from the resources of the program.
#include "app/document/gallery.h"

#include <QDir>
#include <QFile>

namespace tapescope {

namespace {

QString resourceText(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

Lesson lessonFrom(const QString& name, const QString& script) {
    Lesson lesson{.name = name, .title = name, .goal = {}, .path = {}};
    for (const QStringView line : QStringView(script).split(u'\n')) {
        if (!line.startsWith(u'#')) break;
        const QStringView comment = line.sliced(1).trimmed();
        const qsizetype colon = comment.indexOf(u':');
        if (colon < 0) continue;
        const QString value = comment.sliced(colon + 1).trimmed().toString();
        if (comment.first(colon) == u"lesson") lesson.title = value;
        if (comment.first(colon) == u"goal") lesson.goal = value;
    }
    return lesson;
}

const std::vector<Lesson>& gallery() {
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> found;
        const QDir folder(QStringLiteral(":/scenarios"));
        for (const QString& file : folder.entryList({QStringLiteral("*.py")}, QDir::Files, QDir::Name)) {
            const QString path = folder.filePath(file);
            found.push_back(lessonFrom(file.chopped(3), resourceText(path)));
            found.back().path = path;
        }
        return found;
    }();
    return lessons;
}

std::optional<Lesson> lessonNamed(const QString& name) {
    for (const Lesson& lesson : gallery()) {
        if (lesson.name == name) return lesson;
    }
    return {};
}

bool isShipped(const QString& script) {
    for (const Lesson& lesson : gallery()) {
        if (resourceText(lesson.path) == script) return true;
    }
    return false;
}

}  // namespace tapescope
