// SPDX-License-Identifier: Apache-2.0
// Writes findings as cards.
#include "app/view/doctor.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

namespace tapescope {

namespace {

constexpr int cardMargin = 8;

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

Ink inkOf(Severity severity) {
    switch (severity) {
        case Severity::Error: return Ink::Gradient;
        case Severity::Warning: return Ink::Caution;
        case Severity::Hint: break;
    }
    return Ink::Forward;
}

QString wordOf(Severity severity) {
    switch (severity) {
        case Severity::Error: return Doctor::tr("Error");
        case Severity::Warning: return Doctor::tr("Warning");
        case Severity::Hint: break;
    }
    return Doctor::tr("Hint");
}

/// Code has no spaces where it could be broken.
QString breakable(const QString& code) {
    QString text;
    for (const QChar c : code) {
        text += c;
        if (QStringLiteral("([{,._=").contains(c)) text += QChar(0x200b);
    }
    return text;
}

/// One line of a diff on its ground.
QString diffLine(const QString& sign, const std::string& line, const QColor& ground, const QColor& ink) {
    return QStringLiteral("<div style='background-color:%1; color:%2; white-space:pre-wrap'>%3 %4</div>")
        .arg(ground.name(), ink.name(), sign, breakable(text(line).trimmed()).toHtmlEscaped());
}

}  // namespace

FindingCard::FindingCard(const Finding& finding, const QString& place, Appearance& appearance, QWidget* parent)
    : QFrame(parent), finding_(finding), appearance_(appearance), column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("card"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("%1: %2").arg(wordOf(finding.severity), text(finding.title)));
    setAccessibleDescription(text(finding.explanation.empty() ? finding.message : finding.explanation));
    column_->setContentsMargins(16, 10, 12, 10);
    column_->setSpacing(4);
    addText(text(finding.title), "title", false);
    const QString line = finding.line > 0 ? tr(" · %1").arg(place) : QString();
    addText(tr("%1 · %2%3").arg(wordOf(finding.severity).toLower(), text(finding.id), line), "muted", true);
    addText(text(finding.explanation.empty() ? finding.message : finding.explanation), "words", false);
    addText(finding.tensorflowSays ? tr("TensorFlow says: %1").arg(text(*finding.tensorflowSays))
                                   : tr("TensorFlow says nothing."),
            "muted", false);
    if (finding.fix) addFix(*finding.fix);
    auto* show = new QPushButton(tr("Show"), this);
    show->setObjectName(QStringLiteral("link"));
    show->setAccessibleName(tr("Show where %1").arg(text(finding.title)));
    show->setCursor(Qt::PointingHandCursor);
    connect(show, &QPushButton::clicked, this, &FindingCard::chosen);
    column_->addWidget(show, 0, Qt::AlignLeft);
    connect(&appearance_, &Appearance::changed, this, &FindingCard::dress);
    dress();
}

void FindingCard::addText(const QString& words, const char* name, bool mono) {
    auto* label = new QLabel(words, this);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : label->font();
    if (mono) font.setPointSizeF(font.pointSizeF() * 0.85);
    font.setBold(qstrcmp(name, "title") == 0);
    label->setFont(font);
    label->setSizePolicy(QSizePolicy::Ignored, label->sizePolicy().verticalPolicy());  // never wider than the panel
    column_->addWidget(label);
}

void FindingCard::addFix(const Fix& fix) {
    addText(fix.verified ? tr("%1 (checked: it helps)").arg(text(fix.description)) : text(fix.description), "fix",
            false);
    if (fix.edits.empty()) return;
    diff_ = new QLabel(this);
    diff_->setObjectName(QStringLiteral("diff"));
    diff_->setTextFormat(Qt::RichText);
    diff_->setWordWrap(true);
    diff_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    diff_->setSizePolicy(QSizePolicy::Ignored, diff_->sizePolicy().verticalPolicy());
    column_->addWidget(diff_);
}

QString FindingCard::diffText() const {
    QString html;
    for (const Edit& edit : finding_.fix->edits) {
        if (!edit.before.empty()) {
            html += diffLine(QStringLiteral("−"), edit.before, appearance_[Ink::GradientSoft], appearance_[Ink::Text]);
        }
        if (!edit.after.empty()) {
            html += diffLine(QStringLiteral("+"), edit.after, appearance_[Ink::UpdateSoft], appearance_[Ink::Text]);
        }
    }
    return html;
}

void FindingCard::dress() {
    if (diff_) diff_->setText(diffText());
    update();
}

void FindingCard::setChosen(bool chosen) {
    chosen_ = chosen;
    update();
}

void FindingCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(appearance_[inkOf(finding_.severity)]);
    painter.drawRoundedRect(frame, 6, 6);
    const bool marked = chosen_ || hasFocus();
    painter.setPen(QPen(marked ? appearance_[Ink::Forward] : appearance_.border(), marked ? 2 : 1));
    painter.setBrush(appearance_[Ink::Paper]);
    painter.drawRoundedRect(frame.adjusted(4, 0, 0, 0), 5, 5);
}

void FindingCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) Q_EMIT chosen();
}

void FindingCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT chosen();
        return;
    }
    QFrame::keyPressEvent(event);
}

Doctor::Doctor(Document& document, Appearance& appearance, QWidget* parent)
    : QScrollArea(parent), document_(document), appearance_(appearance) {
    setObjectName(QStringLiteral("doctor"));
    setAccessibleName(tr("Doctor: findings"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    reload();
}

QString Doctor::nothingFound() const {
    switch (document_.state()) {
        case Document::State::Empty:
            return tr("Open or run a script, and what is wrong with its gradients will stand here.");
        case Document::State::Running: return tr("The script is running.");
        case Document::State::Damaged:
            return tr("The recording is damaged; the part that is whole shows nothing wrong.");
        case Document::State::Finished:
        case Document::State::Failed:
        case Document::State::Limited: break;
    }
    return tr("Nothing to report.");
}

void Doctor::reload() {
    cards_.clear();
    marked_ = nullptr;
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(cardMargin, cardMargin, cardMargin, cardMargin);
    column->setSpacing(cardMargin);
    const auto& findings = document_.findings();
    for (std::size_t index = 0; index < findings.size(); ++index) {
        auto* card = new FindingCard(findings[index], text(document_.timeline().places().words(findings[index].line)),
                                     appearance_, page);
        connect(card, &FindingCard::chosen, this, [this, index] { Q_EMIT findingChosen(static_cast<int>(index)); });
        column->addWidget(card);
        cards_.push_back(card);
    }
    if (cards_.empty()) {
        auto* words = new QLabel(nothingFound(), page);
        words->setObjectName(QStringLiteral("muted"));
        words->setWordWrap(true);
        column->addWidget(words);
    }
    column->addStretch();
    setWidget(page);
}

void Doctor::mark(int finding) {
    marked_ = nullptr;
    for (std::size_t index = 0; index < cards_.size(); ++index) {
        const bool chosen = static_cast<int>(index) == finding;
        cards_[index]->setChosen(chosen);
        if (chosen) marked_ = cards_[index];
    }
    showMarked();
}

/// Its beginning at least: the title says what the rest is about.
void Doctor::showMarked() {
    if (marked_ == nullptr) return;
    if (marked_->height() + 2 * cardMargin > viewport()->height()) {
        verticalScrollBar()->setValue(marked_->y() - cardMargin);
    } else {
        ensureWidgetVisible(marked_, 0, cardMargin);
    }
}

/// Cards get their heights only when the page is laid out, after one of them was marked.
bool Doctor::eventFilter(QObject* watched, QEvent* event) {
    const bool done = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::Resize) showMarked();
    return done;
}

}  // namespace tapescope
