// SPDX-License-Identifier: Apache-2.0
// A tab for each section of a notebook, above its text: shows where the reader is, and leads elsewhere.
#pragma once

#include <QTabBar>
#include <vector>

#include "app/view/codeedit.h"

namespace tapescope {

class CellTabs : public QTabBar {
    Q_OBJECT

public:
    explicit CellTabs(CodeEdit& code, QWidget* parent = nullptr);

    /// The headings of the text as it stands; no tabs for what is no notebook, or has but one section.
    void setNotebook(bool notebook);
    /// The tab of the section that a line is in; 0 for no line.
    void showLine(std::uint32_t line);

private:
    void reload();
    void go(int cell);

    CodeEdit& code_;
    bool notebook_ = false;
    std::vector<std::uint32_t> headings_;  ///< lines
};

}  // namespace tapescope
