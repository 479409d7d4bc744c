// SPDX-License-Identifier: Apache-2.0
// QPlainTextEdit with a margin; undo is the editor's own.
#include "app/view/codeedit.h"

#include <QApplication>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>
#include <algorithm>

#include "core/trace/places.h"

namespace tapescope {

namespace {

constexpr int barPitch = 4;
constexpr std::size_t mostBars = 3;
constexpr int indentWidth = 4;

class Margin : public QWidget {
public:
    explicit Margin(CodeEdit& code) : QWidget(&code), code_(code) {}
    QSize sizeHint() const override { return {code_.marginWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { code_.paintMargin(event); }

private:
    CodeEdit& code_;
};

}  // namespace

CodeEdit::CodeEdit(Appearance& appearance, QWidget* parent)
    : QPlainTextEdit(parent),
      appearance_(appearance),
      highlighter_(new Highlighter(document(), appearance)),
      margin_(new Margin(*this)) {
    setObjectName(QStringLiteral("code"));
    setAccessibleName(tr("Script"));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setWrapping(true);
    viewport()->setMouseTracking(true);
    setTabChangesFocus(false);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(marginWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0) {
            margin_->scroll(0, dy);
        } else {
            margin_->update(0, rect.y(), margin_->width(), rect.height());
        }
    });
    connect(&appearance_, &Appearance::changed, this, &CodeEdit::dress);
    dress();
}

void CodeEdit::dress() {
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(QApplication::font().pointSizeF() * appearance_.theme().scale);
    setFont(mono);
    setTabStopDistance(indentWidth * QFontMetricsF(mono).horizontalAdvance(QLatin1Char(' ')));
    setViewportMargins(marginWidth(), 0, 0, 0);
    mark();
}

int CodeEdit::marginWidth() const {
    const int digits = std::max<int>(2, static_cast<int>(QString::number(blockCount()).size()));
    return static_cast<int>(mostBars) * barPitch + 6 + digits * fontMetrics().horizontalAdvance(QLatin1Char('9')) + 10;
}

void CodeEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (wrapping()) mark();  // lines have other rows
    margin_->setGeometry(contentsRect().left(), contentsRect().top(), marginWidth(), contentsRect().height());
}

void CodeEdit::setCells(bool cells) {
    cells_ = cells;
    margin_->update();
}

QString CodeEdit::numberOf(const QTextBlock& block) const {
    if (!cells_) return QString::number(block.blockNumber() + 1);
    int number = 0;
    for (QTextBlock above = block; above.isValid(); above = above.previous()) {
        if (cellOfHeading(above.text().toStdString())) return number == 0 ? QString() : QString::number(number);
        ++number;
    }
    return QString::number(number);
}

void CodeEdit::paintMargin(QPaintEvent* event) {
    QPainter painter(margin_);
    painter.fillRect(event->rect(), appearance_[Ink::Panel]);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    for (; block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom()) break;
        if (!block.isVisible()) continue;
        const auto line = static_cast<std::uint32_t>(block.blockNumber() + 1);
        for (std::size_t tape = 0, column = 0; tape < marks_.tapes.size() && column < mostBars; ++tape, ++column) {
            if (!marks_.tapes[tape].contains(line)) continue;
            painter.fillRect(QRectF(static_cast<double>(column) * barPitch, place.top(), barPitch - 1, place.height()),
                             appearance_[Ink::Forward]);
        }
        painter.setPen(line == current_ ? appearance_[Ink::Text] : appearance_[Ink::Muted]);
        painter.drawText(QRectF(0, place.top(), margin_->width() - 8, fontMetrics().lineSpacing()),
                         Qt::AlignRight | Qt::AlignVCenter, numberOf(block));
    }
}

void CodeEdit::setMarks(CodeMarks marks) {
    marks_ = std::move(marks);
    mark();
    margin_->update();
}

void CodeEdit::setCurrentLine(std::uint32_t line) {
    if (line == current_) return;
    current_ = line;
    mark();
    margin_->update();
    if (line > 0 && !hasFocus()) show(line);
}

void CodeEdit::setChosenLines(std::set<std::uint32_t> lines) {
    if (lines == chosen_) return;
    chosen_ = std::move(lines);
    mark();
}

void CodeEdit::setHoveredLine(std::uint32_t line) {
    if (line == hovered_) return;
    hovered_ = line;
    mark();
}

void CodeEdit::setWrapping(bool wrapping) {
    setLineWrapMode(wrapping ? WidgetWidth : NoWrap);
    setHorizontalScrollBarPolicy(wrapping ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

void CodeEdit::show(std::uint32_t line) {
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(line) - 1);
    if (!block.isValid()) return;
    const int rows = std::max(1, viewport()->height() / std::max(1, fontMetrics().lineSpacing()) - 1);
    const auto seen = [&] {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        return place.top() >= 0 && place.bottom() <= viewport()->height();
    };
    // The bar counts rows, of which a long line has several; how many, of those that were never seen, shows on the way.
    for (int tries = 0; tries < 3 && !seen(); ++tries)
        verticalScrollBar()->setValue(std::max(0, block.firstLineNumber() - rows / 2));
}

void CodeEdit::goTo(std::uint32_t line) {
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(line) - 1);
    if (!block.isValid()) return;
    setTextCursor(QTextCursor(block));
    verticalScrollBar()->setValue(block.firstLineNumber());
}

/// One for each row of a long line: what spans several would end where the text does.
QList<QTextEdit::ExtraSelection> CodeEdit::wholeLine(std::uint32_t line, const QColor& colour) const {
    QList<QTextEdit::ExtraSelection> rows;
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(line) - 1);
    if (!block.isValid()) return rows;
    blockBoundingRect(block);  // lays it out, where nobody has seen it yet
    const int count = std::max(1, block.layout()->lineCount());
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(block);
    selection.format.setBackground(colour);
    selection.format.setProperty(QTextFormat::FullWidthSelection, true);
    for (int row = 0; row < count; ++row) {
        if (row > 0) selection.cursor.setPosition(block.position() + block.layout()->lineAt(row).textStart());
        rows << selection;
    }
    return rows;
}

QList<QTextEdit::ExtraSelection> CodeEdit::mistakeSelections() const {
    QList<QTextEdit::ExtraSelection> selections;
    for (const auto& mistake : marks_.mistakes) {
        const QTextBlock block = document()->findBlockByNumber(static_cast<int>(mistake.line) - 1);
        if (mistake.line == 0 || !block.isValid()) continue;
        selections << wholeLine(mistake.line, appearance_[mistake.severe ? Ink::GradientSoft : Ink::CautionSoft]);
        QTextEdit::ExtraSelection squiggle;
        squiggle.cursor = QTextCursor(block);
        const QString text = block.text();
        const auto indent = std::find_if(text.begin(), text.end(), [](QChar c) { return !c.isSpace(); }) - text.begin();
        squiggle.cursor.setPosition(block.position() + static_cast<int>(indent));
        squiggle.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        squiggle.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        squiggle.format.setUnderlineColor(appearance_[mistake.severe ? Ink::Gradient : Ink::Caution]);
        selections << squiggle;
    }
    return selections;
}

void CodeEdit::mark() {
    QList<QTextEdit::ExtraSelection> selections = mistakeSelections();
    if (hovered_ > 0) selections << wholeLine(hovered_, appearance_[Ink::ForwardSoft]);
    for (const std::uint32_t line : chosen_) selections << wholeLine(line, appearance_[Ink::PanelSoft]);
    if (current_ > 0) selections << wholeLine(current_, appearance_[Ink::ForwardSoft]);
    setExtraSelections(selections);
}

std::uint32_t CodeEdit::lineAt(QPoint point) const {
    return static_cast<std::uint32_t>(cursorForPosition(point).blockNumber() + 1);
}

void CodeEdit::mousePressEvent(QMouseEvent* event) {
    pressedAt_ = event->pos();
    QPlainTextEdit::mousePressEvent(event);
}

void CodeEdit::mouseReleaseEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseReleaseEvent(event);
    const bool still = (event->pos() - pressedAt_).manhattanLength() < 4;
    if (event->button() == Qt::LeftButton && still && !textCursor().hasSelection())
        Q_EMIT lineClicked(lineAt(event->pos()));
}

void CodeEdit::mouseMoveEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton) return;
    const QTextBlock last = document()->lastBlock();
    const bool below = event->pos().y() > blockBoundingGeometry(last).translated(contentOffset()).bottom();
    pointAtLine(below ? 0 : lineAt(event->pos()));
}

void CodeEdit::leaveEvent(QEvent* event) {
    QPlainTextEdit::leaveEvent(event);
    pointAtLine(0);
}

void CodeEdit::pointAtLine(std::uint32_t line) {
    if (line == pointed_) return;
    pointed_ = line;
    Q_EMIT lineHovered(line);
}

/// Enter keeps the indentation, and deepens it after a colon; Tab is blanks.
void CodeEdit::keyPressEvent(QKeyEvent* event) {
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && event->key() == Qt::Key_Tab && !textCursor().hasSelection()) {
        const int column = textCursor().positionInBlock();
        insertPlainText(QString(indentWidth - column % indentWidth, QLatin1Char(' ')));
        return;
    }
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        const QString before = textCursor().block().text().left(textCursor().positionInBlock());
        const auto first = std::find_if(before.begin(), before.end(), [](QChar c) { return c != QLatin1Char(' '); });
        auto indent = first - before.begin();
        if (before.trimmed().endsWith(QLatin1Char(':'))) indent += indentWidth;
        insertPlainText(QLatin1Char('\n') + QString(indent, QLatin1Char(' ')));
        ensureCursorVisible();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        nextInFocusChain()->setFocus(Qt::TabFocusReason);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

/// A file that is dropped is the window's to open; its address is no text.
bool CodeEdit::canInsertFromMimeData(const QMimeData* source) const {
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

bool CodeEdit::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QPlainTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::uint32_t line = lineAt(viewport()->mapFrom(this, help->pos()));
    QString words;
    for (const auto& mistake : marks_.mistakes) {
        if (mistake.line == line) words += (words.isEmpty() ? QString() : QStringLiteral("\n")) + mistake.title;
    }
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

}  // namespace tapescope
