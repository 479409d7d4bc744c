// SPDX-License-Identifier: Apache-2.0
// Writes findings as cards.
#include "app/view/doctor.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <algorithm>

#include "app/scene/compose.h"

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

FindingCard::FindingCard(const Finding& finding, const Timeline& timeline, Appearance& appearance, QWidget* parent)
    : QFrame(parent), finding_(finding), appearance_(appearance), column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("card"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("%1: %2").arg(wordOf(finding.severity), text(finding.title)));
    setAccessibleDescription(text(finding.explanation.empty() ? finding.message : finding.explanation));
    column_->setContentsMargins(16, 10, 12, 10);
    column_->setSpacing(4);
    addText(text(finding.title), "title", false);
    const QString place = text(timeline.places().words(finding.line));
    const QString line = finding.line > 0 ? tr(" · %1").arg(place) : QString();
    addText(tr("%1 · %2%3").arg(wordOf(finding.severity).toLower(), text(finding.id), line), "muted", true);
    addText(text(finding.explanation.empty() ? finding.message : finding.explanation), "words", false);
    addText(finding.tensorflowSays ? tr("TensorFlow says: %1").arg(text(*finding.tensorflowSays))
                                   : tr("TensorFlow says nothing."),
            "muted", false);
    if (finding.fix) addFix(*finding.fix);
    addLinks(timeline);
    connect(&appearance_, &Appearance::changed, this, &FindingCard::dress);
    dress();
}

/// "Show" goes to where everything that proves it has happened; "Why?" says what that is, one sentence an event.
void FindingCard::addLinks(const Timeline& timeline) {
    const auto link = [this](const QString& words, const QString& spoken) {
        auto* button = new QPushButton(words, this);
        button->setObjectName(QStringLiteral("link"));
        button->setAccessibleName(spoken);
        button->setCursor(Qt::PointingHandCursor);
        return button;
    };
    auto* show = link(tr("Show"), tr("Show where %1").arg(text(finding_.title)));
    connect(show, &QPushButton::clicked, this, &FindingCard::chosen);
    auto* why = link(tr("Why?"), tr("What proves that %1").arg(text(finding_.title)));
    why->setCheckable(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(show);
    row->addWidget(why);
    row->addStretch();
    column_->addLayout(row);
    auto* proof = new QLabel(proofText(timeline), this);
    proof->setObjectName(QStringLiteral("proof"));
    proof->setTextFormat(Qt::RichText);
    proof->setWordWrap(true);
    proof->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    proof->setSizePolicy(QSizePolicy::Ignored, proof->sizePolicy().verticalPolicy());
    proof->hide();
    column_->addWidget(proof);
    connect(why, &QPushButton::toggled, proof, &QLabel::setVisible);
    connect(proof, &QLabel::linkActivated, this,
            [this](const QString& event) { Q_EMIT eventChosen(static_cast<EventIndex>(event.toUInt())); });
}

QString FindingCard::proofText(const Timeline& timeline) const {
    constexpr std::size_t most = 8;
    QString html;
    std::vector<EventIndex> events = finding_.evidence;
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    for (std::size_t i = 0; i < std::min(events.size(), most); ++i) {
        QString sentence = sentenceAt(timeline, events[i]);
        const std::uint32_t line = timeline.lineAt(events[i]);
        const QString where =
            tr("Step %1, %2").arg(timeline.stepOf(events[i]) + 1).arg(text(timeline.places().words(line)));
        if (sentence.isEmpty()) sentence = tr("(nothing that shows)");
        html += QStringLiteral("<p style='margin:4px 0'><a href='%1'>%2</a>: %3</p>")
                    .arg(events[i])
                    .arg(where.toHtmlEscaped(), sentence.toHtmlEscaped());
    }
    if (events.size() > most) html += tr("<p>… and %1 more</p>").arg(events.size() - most);
    return html;
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
        auto* card = new FindingCard(findings[index], document_.timeline(), appearance_, page);
        connect(card, &FindingCard::eventChosen, this, &Doctor::eventChosen);
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
    horizontalScrollBar()->setValue(0);  // a card is never wider than the panel once it is laid out
}

/// Cards get their heights only when the page is laid out, after one of them was marked.
bool Doctor::eventFilter(QObject* watched, QEvent* event) {
    const bool done = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::Resize) showMarked();
    return done;
}

}  // namespace tapescope
