// SPDX-License-Identifier: Apache-2.0
// A bar with two buttons.
#include "app/view/databar.h"

#include <QAccessible>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>

#include "app/document/supplies.h"

namespace tapescope {

namespace {

QString keyOf(const QString& script) {
    const QByteArray path = QFileInfo(script).absoluteFilePath().toUtf8();
    return QStringLiteral("allowed/") + QString::fromLatin1(path.toBase64(QByteArray::Base64UrlEncoding));
}

}  // namespace

QStringList allowedFiles(const QString& script) {
    QStringList files;
    for (const QString& file : QSettings().value(keyOf(script)).toStringList()) {
        if (objectionToData({file}).isEmpty()) files << file;
    }
    return files;
}

DataBar::DataBar(Document& document, QWidget* parent) : QFrame(parent), document_(document), words_(new QLabel(this)) {
    setObjectName(QStringLiteral("dataBar"));
    setAccessibleName(tr("The script wants to read files"));
    words_->setWordWrap(true);
    words_->setTextFormat(Qt::PlainText);
    auto* yes = new QPushButton(tr("&Allow"), this);
    yes->setAccessibleName(tr("Allow the script to read these files"));
    auto* no = new QPushButton(tr("&Not now"), this);
    connect(yes, &QPushButton::clicked, this, &DataBar::allow);
    connect(no, &QPushButton::clicked, this, &DataBar::refuse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 6, 4);
    row->addWidget(words_, 1);
    row->addWidget(yes);
    row->addWidget(no);
    hide();
}

/// The script, and the modules beside it once a run has read them.
QString DataBar::texts() const {
    const Timeline& timeline = document_.timeline();
    return timeline.empty() ? document_.script() : QString::fromStdString(timeline.texts());
}

void DataBar::reload() {
    const QString& script = document_.path();
    wanted_ = script.isEmpty() || refused_.contains(script) ? QStringList()
                                                            : filesNamed(texts(), QFileInfo(script).absolutePath());
    for (const QString& file : document_.options().data) wanted_.removeAll(file);
    wanted_.removeIf([](const QString& file) { return !objectionToData({file}).isEmpty(); });
    QStringList names;
    const QDir folder = QFileInfo(script).absoluteDir();
    for (const QString& file : wanted_) names << folder.relativeFilePath(file);
    words_->setText(tr("The script wants to read %1").arg(names.join(tr(", "))));
    setAccessibleDescription(words_->text());
    const bool asked = !isHidden();
    setVisible(!wanted_.isEmpty());
    if (asked || wanted_.isEmpty()) return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void DataBar::allow() {
    const QStringList files = allowedFiles(document_.path()) + wanted_;
    QSettings().setValue(keyOf(document_.path()), files);
    hide();
    Q_EMIT allowed(files);
}

void DataBar::refuse() {
    refused_ << document_.path();
    hide();
}

}  // namespace tapescope
