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
    const ScriptDigest* digest = timeline.digest();
    if (digest == nullptr) return lines;
    for (const SyntaxItem& item : digest->items) {
        if (item.kind != SyntaxKind::With || item.range.line != line) continue;
        for (std::uint32_t at = item.range.line; at <= item.range.endLine; ++at) lines.insert(at);
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
      files_(new QTabBar(this)),
      cells_(new CellTabs(*code_, this)),
      module_(new CodeEdit(appearance, this)),
      dataBar_(new DataBar(document, this)),
      staleBar_(makeStaleBar()) {
    setObjectName(QStringLiteral("scriptPane"));
    setAccessibleName(tr("Script"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(staleBar_);
    column->addWidget(dataBar_);
    column->addWidget(files_);
    column->addWidget(cells_);
    column->addWidget(code_, 1);
    column->addWidget(module_, 1);
    files_->setObjectName(QStringLiteral("files"));
    files_->setAccessibleName(tr("The script and the modules beside it"));
    files_->setExpanding(false);
    files_->setDrawBase(false);
    files_->hide();
    module_->setObjectName(QStringLiteral("module"));
    module_->setAccessibleName(tr("A module beside the script, for reading"));
    module_->setReadOnly(true);
    module_->hide();
    connect(files_, &QTabBar::currentChanged, this, &ScriptPane::showFile);
    connect(module_, &CodeEdit::lineClicked, this, [this](std::uint32_t line) {
        const auto file = FileId{static_cast<std::uint32_t>(files_->currentIndex())};
        Q_EMIT lineChosen(document_.timeline().places().base(file) + line);
    });
    connect(module_, &CodeEdit::lineHovered, this, [this](std::uint32_t line) {
        const auto file = FileId{static_cast<std::uint32_t>(files_->currentIndex())};
        Q_EMIT lineHovered(line == 0 ? 0 : document_.timeline().places().base(file) + line);
    });
    connect(code_, &CodeEdit::lineHovered, this,
            [this](std::uint32_t line) { Q_EMIT lineHovered(stale() ? 0 : line); });
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
    const bool notebook = isNotebook(document_.scriptName().toStdString());
    code_->setCells(notebook);
    cells_->setNotebook(notebook);
    reloadFiles();
    mark();
    dataBar_->reload();
    showStale();
    follow();
}

/// A tab for each text of the run.
void ScriptPane::reloadFiles() {
    const Places& places = document_.timeline().places();
    const int count = static_cast<int>(places.files());
    while (files_->count() > std::max(count, 1)) files_->removeTab(files_->count() - 1);
    for (int i = 0; i < count; ++i) {
        const QString name = QString::fromStdString(places.name(FileId{static_cast<std::uint32_t>(i)}));
        if (i >= files_->count()) files_->addTab(name);
        files_->setTabText(i, name);
    }
    files_->setVisible(count > 1);
    showFile(files_->currentIndex());
}

void ScriptPane::showFile(int file) {
    const auto reads = document_.timeline().findAll(Event(ScriptRead{}).index());
    const bool module = file > 0 && static_cast<std::size_t>(file) < reads.size();
    code_->setVisible(!module);
    module_->setVisible(module);
    cells_->setVisible(!module && cells_->count() > 1);
    if (!module) return;
    const auto text =
        QString::fromStdString(document_.timeline().get<ScriptRead>(reads[static_cast<std::size_t>(file)]).text);
    if (module_->toPlainText() != text) module_->setPlainText(text);
    mark();
    follow();
}

/// A line of the run in one of its files; 0 for what is in another.
std::uint32_t ScriptPane::lineIn(FileId file, std::uint32_t line) const {
    const TextPlace place = document_.timeline().places().of(line);
    return place.file == file ? place.line : 0;
}

/// The marks of the whole run, to each file its own.
void ScriptPane::mark() {
    const CodeMarks all = codeMarksOf(document_.timeline(), document_.findings());
    const auto of = [&](FileId file) {
        CodeMarks marks;
        for (const auto& tape : all.tapes) {
            std::set<std::uint32_t> lines;
            for (const std::uint32_t line : tape) lines.insert(lineIn(file, line));
            lines.erase(0);
            marks.tapes.push_back(std::move(lines));
        }
        for (CodeMarks::Mistake mistake : all.mistakes) {
            mistake.line = lineIn(file, mistake.line);
            if (mistake.line > 0) marks.mistakes.push_back(std::move(mistake));
        }
        return marks;
    };
    code_->setMarks(of(FileId{0}));
    if (files_->currentIndex() > 0) module_->setMarks(of(FileId{static_cast<std::uint32_t>(files_->currentIndex())}));
}

/// The current line, in the tab of its file.
void ScriptPane::follow() {
    const Timeline& timeline = document_.timeline();
    const bool nothing = timeline.empty() || stale();
    const std::uint32_t line = nothing ? 0 : timeline.lineAt(std::min(document_.position().event, timeline.size() - 1));
    code_->setCurrentLine(lineIn(FileId{0}, line));
    cells_->showLine(lineIn(FileId{0}, line));
    if (files_->currentIndex() > 0)
        module_->setCurrentLine(lineIn(FileId{static_cast<std::uint32_t>(files_->currentIndex())}, line));
}

void ScriptPane::choose(std::uint32_t line) {
    const TextPlace place = document_.timeline().places().of(line);
    const bool none = line == 0 || stale();
    const auto file = static_cast<int>(place.file.value);
    reveal(line);
    code_->setChosenLines(none || file > 0 ? std::set<std::uint32_t>{} : std::set<std::uint32_t>{place.line});
    module_->setChosenLines(none || file == 0 ? std::set<std::uint32_t>{} : std::set<std::uint32_t>{place.line});
}

void ScriptPane::hover(std::uint32_t line) {
    const std::uint32_t shown = stale() ? 0 : line;
    code_->setHoveredLine(shown == 0 ? 0 : lineIn(FileId{0}, shown));
    const int file = files_->currentIndex();
    module_->setHoveredLine(shown == 0 || file <= 0 ? 0 : lineIn(FileId{static_cast<std::uint32_t>(file)}, shown));
}

void ScriptPane::setWrapping(bool wrapping) {
    for (CodeEdit* code : {code_, module_}) code->setWrapping(wrapping);
}

void ScriptPane::reveal(std::uint32_t line) {
    const TextPlace place = document_.timeline().places().of(line);
    const auto file = static_cast<int>(place.file.value);
    if (line == 0 || stale() || file >= files_->count()) return;
    files_->setCurrentIndex(file);
    (file > 0 ? module_ : code_)->show(place.line);
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
        mark();
        follow();
    }
    Q_EMIT staleChanged(now);
}

}  // namespace tapescope
