// SPDX-License-Identifier: Apache-2.0
#include "app/view/filming.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QSpinBox>
#include <algorithm>

namespace tapescope {

Filming::Filming(Document& document, BeatRange range, const Theme& theme, const QString& path, const Frames& shown,
                 QWidget* parent)
    : QObject(parent), file_(path), film_(document, range, theme, {}, file_), progress_(parent) {
    constexpr int patience = 200;  // milliseconds
    film_.showAs(shown);
    progress_.setObjectName(QStringLiteral("filming"));
    progress_.setWindowModality(Qt::WindowModal);  // the run stays as it is while it is filmed
    progress_.setMinimumDuration(patience);
    progress_.setLabelText(tr("Making the film…"));
    progress_.setAutoReset(false);
    progress_.setAutoClose(false);
    progress_.setRange(0, static_cast<int>(film_.count()));
    connect(&turn_, &QTimer::timeout, this, &Filming::shoot);
    turn_.start(0);
}

void Filming::shoot() {
    if (progress_.wasCanceled()) return close({});
    if (!file_.isOpen() && !file_.open(QIODevice::WriteOnly)) return close(file_.errorString());
    const bool more = film_.next();
    progress_.setValue(static_cast<int>(film_.made()));
    if (more) return;
    if (!film_.finish())
        return close(file_.error() == QFile::NoError ? tr("there is nothing to film") : file_.errorString());
    close(file_.commit() ? QString() : file_.errorString());
}

void Filming::close(const QString& trouble) {
    turn_.stop();
    progress_.hide();
    Q_EMIT done(trouble);
    deleteLater();
}

std::optional<BeatRange> askForRange(const Document& document, QWidget* parent) {
    const Timeline& timeline = document.timeline();
    const auto all = static_cast<int>(timeline.beats().size());
    if (all == 0) return {};
    const Step& step = timeline.steps()[document.step()];
    QDialog dialog(parent);
    dialog.setObjectName(QStringLiteral("range"));
    dialog.setWindowTitle(QObject::tr("Film"));
    auto* form = new QFormLayout(&dialog);
    const auto spin = [&](const QString& label, std::uint32_t value) {
        auto* box = new QSpinBox(&dialog);
        box->setRange(1, all);
        box->setValue(static_cast<int>(value));
        box->setAccessibleName(label);
        form->addRow(label, box);
        return box;
    };
    auto* first = spin(QObject::tr("From event"), step.begin == 0 ? 1 : timeline.beatOf(step.begin - 1) + 1);
    auto* last = spin(QObject::tr("To event"), std::max(1U, timeline.beatOf(step.end - 1)));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form->addRow(buttons);
    if (dialog.exec() != QDialog::Accepted) return {};
    const auto [least, most] = std::minmax({first->value(), last->value()});
    return BeatRange{static_cast<std::uint32_t>(least), static_cast<std::uint32_t>(most)};
}

}  // namespace tapescope
