// SPDX-License-Identifier: Apache-2.0
// From import statements to files, as Python looks for them in the script's folder.
#include "app/document/siblings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include "app/document/imports.h"
#include "app/document/source.h"

namespace tapescope {

namespace {

constexpr std::size_t mostModules = 200;

/// Names that are ours, whatever lies beside the script.
bool isTaken(const QString& stem) {
    static const QSet<QString> taken{QStringLiteral("tensorflow"), QStringLiteral("keras"), QStringLiteral("tf_keras"),
                                     QStringLiteral("numpy"), QStringLiteral("tapescope")};
    return taken.contains(stem.section(u'/', 0, 0));
}

class Search {
public:
    Search(const QString& folder, const QString& scriptFile)
        : folder_(folder), root_(QFileInfo(folder).canonicalFilePath()), met_({scriptFile}) {}

    std::vector<ModuleText> all(const QString& script) {
        if (root_.isEmpty()) return {};
        follow(script, {});
        for (std::size_t i = 0; i < found_.size(); ++i) {
            const QString name = QString::fromStdString(found_[i].name);
            const auto slash = name.lastIndexOf(u'/');
            follow(scriptText(QByteArray::fromStdString(found_[i].bytes)), slash < 0 ? QString() : name.left(slash));
        }
        return std::move(found_);
    }

private:
    /// What a text in `package` ("models", "" for the script's folder) imports.
    void follow(const QString& text, const QString& package) {
        for (const ImportedName& import : importsIn(text)) {
            QStringList path;
            if (import.level > 0) {
                path = package.split(u'/', Qt::SkipEmptyParts);
                for (int up = 1; up < import.level && !path.isEmpty(); ++up) path.removeLast();
            }
            if (import.level > 0) add(path.join(u'/'));
            for (const QString& part : import.module.split(u'.', Qt::SkipEmptyParts)) {
                path << part;
                add(path.join(u'/'));
            }
            for (const QString& name : import.names) add((path + QStringList{name}).join(u'/'));
        }
    }

    void add(const QString& stem) {
        if (stem.isEmpty() || isTaken(stem)) return;
        if (!read(stem + QStringLiteral("/__init__.py"))) read(stem + QStringLiteral(".py"));
    }

    bool read(const QString& name) {
        if (met_.contains(name)) return true;
        const QString path = QFileInfo(QDir(folder_).filePath(name)).canonicalFilePath();
        if (path.isEmpty() || !path.startsWith(root_.endsWith(u'/') ? root_ : root_ + u'/')) return false;
        const QFileInfo info(path);
        QFile file(path);
        if (!info.isFile() || info.size() > scriptLimit || found_.size() >= mostModules) return false;
        if (!file.open(QIODevice::ReadOnly)) return false;
        met_.insert(name);
        found_.push_back({name.toStdString(), file.read(scriptLimit).toStdString()});
        return true;
    }

    QString folder_, root_;
    QSet<QString> met_;
    std::vector<ModuleText> found_;
};

}  // namespace

std::vector<ModuleText> siblingsOf(const QString& script, const QString& folder, const QString& scriptFile) {
    return folder.isEmpty() ? std::vector<ModuleText>() : Search(folder, scriptFile).all(script);
}

}  // namespace tapescope
