// SPDX-License-Identifier: Apache-2.0
#include "app/view/celltabs.h"

#include <QSignalBlocker>
#include <QTextBlock>
#include <algorithm>

#include "core/trace/places.h"

namespace tapescope {

CellTabs::CellTabs(CodeEdit& code, QWidget* parent) : QTabBar(parent), code_(code) {
    setObjectName(QStringLiteral("cells"));
    setAccessibleName(tr("Sections of the notebook"));
    setExpanding(false);
    setDrawBase(false);
    setUsesScrollButtons(true);
    hide();
    connect(this, &QTabBar::currentChanged, this, &CellTabs::go);
    connect(this, &QTabBar::tabBarClicked, this, &CellTabs::go);  // also where the reader has scrolled away since
    connect(&code_, &QPlainTextEdit::textChanged, this, &CellTabs::reload);
    connect(&code_, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (code_.hasFocus()) showLine(static_cast<std::uint32_t>(code_.textCursor().blockNumber() + 1));
    });
}

void CellTabs::setNotebook(bool notebook) {
    notebook_ = notebook;
    reload();
}

void CellTabs::reload() {
    const QSignalBlocker blocker(this);
    std::vector<QString> names;
    headings_.clear();
    for (QTextBlock block = code_.document()->firstBlock(); notebook_ && block.isValid(); block = block.next()) {
        const auto cell = cellOfHeading(block.text().toStdString());
        if (!cell) continue;
        headings_.push_back(static_cast<std::uint32_t>(block.blockNumber() + 1));
        names.push_back(tr("Cell %1").arg(*cell));
    }
    while (count() > static_cast<int>(names.size())) removeTab(count() - 1);
    for (int i = 0; i < static_cast<int>(names.size()); ++i) {
        if (i >= count()) addTab(QString());
        setTabText(i, names[static_cast<std::size_t>(i)]);
    }
    setVisible(headings_.size() > 1);
}

void CellTabs::showLine(std::uint32_t line) {
    if (line == 0 || headings_.empty()) return;
    const QSignalBlocker blocker(this);
    const auto after = std::ranges::upper_bound(headings_, line);
    setCurrentIndex(std::max(0, static_cast<int>(after - headings_.begin()) - 1));
}

void CellTabs::go(int cell) {
    if (cell >= 0 && static_cast<std::size_t>(cell) < headings_.size())
        code_.goTo(headings_[static_cast<std::size_t>(cell)]);
}

}  // namespace tapescope
