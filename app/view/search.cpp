// SPDX-License-Identifier: Apache-2.0
// Finding: boxes by title or name, lines by number, and words of the script.
#include <QTextDocument>
#include <algorithm>

#include "app/view/window.h"

namespace tapescope {

namespace {

bool matches(const GraphBox& box, const QString& wanted) {
    return QString::fromStdString(box.title).contains(wanted, Qt::CaseInsensitive) ||
           QString::fromStdString(box.subtitle).contains(wanted, Qt::CaseInsensitive);
}

/// The box after the one that is selected, around the end.
std::optional<BoxKey> nextMatch(const StepGraph& graph, const std::optional<BoxKey>& from, const QString& wanted) {
    const std::size_t count = graph.boxes.size();
    const auto selected = from ? boxIndex(graph, *from) : std::nullopt;
    const std::size_t start = selected ? *selected + 1 : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const GraphBox& box = graph.boxes[(start + i) % count];
        if (matches(box, wanted)) return box.key;
    }
    return {};
}

}  // namespace

/// From the editor it looks in the script first.
void MainWindow::startSearch() {
    searchesScript_ = script_->code().hasFocus();
    const QString chosen = searchesScript_ ? script_->code().textCursor().selectedText() : QString();
    if (!chosen.isEmpty()) search_->setText(chosen);
    search_->setFocus();
    search_->selectAll();
}

bool MainWindow::findInScript(const QString& wanted) {
    CodeEdit& code = script_->code();
    if (code.find(wanted)) return true;
    const QTextCursor before = code.textCursor();
    code.moveCursor(QTextCursor::Start);  // around the end
    if (code.find(wanted)) return true;
    code.setTextCursor(before);
    return false;
}

bool MainWindow::findInPicture(const QString& wanted) {
    if (document_.timeline().empty()) return false;
    const auto found = nextMatch(document_.graph(), document_.selection(), wanted);
    if (!found) return false;
    document_.select(found);
    canvas_->bringIntoView();
    return true;
}

void MainWindow::searchNext() {
    const QString wanted = search_->text().trimmed();
    if (wanted.isEmpty()) return startSearch();
    bool isNumber = false;
    const std::uint32_t line = wanted.toUInt(&isNumber);
    bool found = true;
    if (isNumber && !searchesScript_) {
        chooseLine(line);
        canvas_->bringIntoView();
    } else {
        found = searchesScript_ ? findInScript(wanted) || findInPicture(wanted)
                                : findInPicture(wanted) || findInScript(wanted);
    }
    search_->setProperty("missed", !found);
    search_->setAccessibleDescription(found ? QString() : tr("not found"));
    search_->setToolTip(found ? QString() : tr("%1 was not found in this step or in the script").arg(wanted));
}

}  // namespace tapescope
