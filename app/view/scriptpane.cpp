// SPDX-License-Identifier: Apache-2.0
// Joins the editor with the document.
#include "app/view/scriptpane.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tapescope {

namespace {

/// The block that opens with the tape, as the digest has it: first and last line.
std::set<std::uint32_t> blockLines(const Timeline& timeline, std::uint32_t line) {
    std::set<std::uint32_t> lines;
    for (const EventIndex index : timeline.findAll(Event(ScriptDigest{}).index())) {
        const auto& digest = timeline.get<ScriptDigest>(index);
        if (digest.file != FileId{0}) continue;
        for (const SyntaxItem& item : digest.items) {
            if (item.kind != SyntaxKind::With || item.range.line != line) continue;
            for (std::uint32_t at = item.range.line; at <= item.range.endLine; ++at) lines.insert(at);
        }
    }
    return lines;
}

std::set<std::uint32_t> tapeLines(const Timeline& timeline, const TapeRecord& tape) {
    const std::uint32_t opened = timeline.lineOf(timeline.siteOf(tape.opened));
    std::set<std::uint32_t> lines = blockLines(timeline, opened);
    if (opened > 0) lines.insert(opened);
    for (const NodeId node : tape.nodes) {
        const std::uint32_t line = timeline.lineOf(timeline.op(node).site);
        if (line > 0) lines.insert(line);
    }
    return lines;
}

}  // namespace

CodeMarks codeMarksOf(const Timeline& timeline, std::span<const Finding> findings) {
    CodeMarks marks;
    std::set<std::uint32_t> openings;
    for (const TapeRecord& tape : timeline.tapes()) {
        if (!openings.insert(timeline.lineOf(timeline.siteOf(tape.opened))).second) continue;
        auto lines = tapeLines(timeline, tape);
        // Side by side only where two tapes record the same line; else they share a column.
        const auto apart =
            std::find_if(marks.tapes.begin(), marks.tapes.end(), [&](const std::set<std::uint32_t>& other) {
                return std::none_of(lines.begin(), lines.end(),
                                    [&](std::uint32_t line) { return other.contains(line); });
            });
        if (apart != marks.tapes.end()) {
            apart->merge(lines);
        } else {
            marks.tapes.push_back(std::move(lines));
        }
    }
    for (const Finding& finding : findings) {
        marks.mistakes.push_back({.line = finding.line,
                                  .severe = finding.severity != Severity::Hint,
                                  .title = QString::fromStdString(finding.title)});
    }
    return marks;
}

ScriptPane::ScriptPane(Document& document, Appearance& appearance, QWidget* parent)
    : QWidget(parent),
      document_(document),
      appearance_(appearance),
      code_(new CodeEdit(appearance, this)),
      staleBar_(makeStaleBar()) {
    setObjectName(QStringLiteral("scriptPane"));
    setAccessibleName(tr("Script"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(staleBar_);
    column->addWidget(code_, 1);
    connect(&document_, &Document::positionMoved, this, &ScriptPane::follow);
    connect(code_, &QPlainTextEdit::textChanged, this, &ScriptPane::showStale);
    connect(code_, &CodeEdit::lineClicked, this, [this](std::uint32_t line) {
        if (!stale()) Q_EMIT lineChosen(line);
    });
}

QFrame* ScriptPane::makeStaleBar() {
    auto* bar = new QFrame(this);
    bar->setObjectName(QStringLiteral("stale"));
    bar->setAccessibleName(tr("The script is newer than the picture"));
    auto* words = new QLabel(tr("Script is newer than the picture"), bar);
    words->setWordWrap(true);
    auto* again = new QPushButton(tr("Run again"), bar);
    again->setAccessibleName(tr("Run the edited script"));
    connect(again, &QPushButton::clicked, this, &ScriptPane::runAsked);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 4, 6, 4);
    row->addWidget(words, 1);
    row->addWidget(again);
    bar->hide();
    return bar;
}

/// Not toPlainText(), which makes blanks of no-break spaces: then a script that has one would never be the one that
/// ran.
QString ScriptPane::text() const {
    return code_->document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

bool ScriptPane::stale() const {
    return document_.state() != Document::State::Empty && text() != document_.script();
}

void ScriptPane::reload() {
    if (text() != document_.script()) {
        code_->setPlainText(document_.script());
        setSaved();
    }
    code_->setMarks(codeMarksOf(document_.timeline(), document_.findings()));
    showStale();
    follow();
}

void ScriptPane::follow() {
    const Timeline& timeline = document_.timeline();
    const bool nothing = timeline.empty() || stale();
    code_->setCurrentLine(nothing ? 0 : timeline.lineAt(std::min(document_.position().event, timeline.size() - 1)));
}

void ScriptPane::choose(std::uint32_t line) {
    code_->setChosenLines(line == 0 || stale() ? std::set<std::uint32_t>{} : std::set<std::uint32_t>{line});
    if (line > 0 && !stale()) code_->show(line);
}

void ScriptPane::showStale() {
    const bool now = stale();
    staleBar_->setVisible(now);
    if (now == wasStale_) return;
    wasStale_ = now;
    if (now) {
        code_->setChosenLines({});
        code_->setMarks({.tapes = {}, .mistakes = {}});
        code_->setCurrentLine(0);
    } else {
        code_->setMarks(codeMarksOf(document_.timeline(), document_.findings()));
        follow();
    }
    Q_EMIT staleChanged(now);
}

}  // namespace tapescope
