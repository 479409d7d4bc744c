// SPDX-License-Identifier: Apache-2.0
// The editor of the script: line numbers, a bar for each tape in the margin, the current line lit, findings underlined.
#pragma once

#include <QPlainTextEdit>
#include <QTextBlock>
#include <set>
#include <vector>

#include "app/view/appearance.h"
#include "app/view/highlighter.h"

namespace tapescope {

/// What the margin and the lines show of a run.
struct CodeMarks {
    struct Mistake {
        std::uint32_t line = 0;
        bool severe = true;
        QString title;
    };
    std::vector<std::set<std::uint32_t>> tapes;  ///< lines that each tape recorded
    std::vector<Mistake> mistakes;
};

class CodeEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit CodeEdit(Appearance& appearance, QWidget* parent = nullptr);

    void setMarks(CodeMarks marks);
    /// The line of the event, 0 for none; scrolls there where it is out of sight.
    void setCurrentLine(std::uint32_t line);
    /// Lines that a person chose, by themselves or through a box.
    void setChosenLines(std::set<std::uint32_t> lines);
    /// Puts the cursor there, and the line to the top.
    void goTo(std::uint32_t line);
    /// The line of the box that is pointed at, 0 for none.
    void setHoveredLine(std::uint32_t line);
    std::uint32_t hoveredLine() const { return hovered_; }
    /// Long lines go on below, so that nothing of them is hidden; or scroll.
    void setWrapping(bool wrapping);
    bool wrapping() const { return lineWrapMode() != NoWrap; }
    std::uint32_t currentLine() const { return current_; }
    /// A notebook's lines count anew in each cell, and its headings have no number.
    void setCells(bool cells);
    const std::set<std::uint32_t>& chosenLines() const { return chosen_; }
    void show(std::uint32_t line);

    int marginWidth() const;
    void paintMargin(QPaintEvent* event);
    std::uint32_t lineAt(QPoint point) const;

Q_SIGNALS:
    void lineClicked(std::uint32_t line);
    void lineHovered(std::uint32_t line);  ///< 0 where the mouse left

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    bool event(QEvent* event) override;

private:
    void dress();
    void pointAtLine(std::uint32_t line);
    QString numberOf(const QTextBlock& block) const;
    void mark();
    QList<QTextEdit::ExtraSelection> mistakeSelections() const;
    QList<QTextEdit::ExtraSelection> wholeLine(std::uint32_t line, const QColor& colour) const;

    Appearance& appearance_;
    Highlighter* highlighter_;
    QWidget* margin_;
    CodeMarks marks_;
    bool cells_ = false;
    std::uint32_t current_ = 0, hovered_ = 0;
    std::uint32_t pointed_ = 0;  ///< by the mouse
    std::set<std::uint32_t> chosen_;
    QPoint pressedAt_;
};

}  // namespace tapescope
