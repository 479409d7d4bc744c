// SPDX-License-Identifier: Apache-2.0
// Writes the output, warnings, notes and the traceback into a read-only text.
#include "app/view/outputpanel.h"

#include <QApplication>
#include <QFontDatabase>
#include <QMouseEvent>
#include <algorithm>

#include "app/view/player.h"

namespace tapescope {

OutputPanel::OutputPanel(Document& document, Appearance& appearance, QWidget* parent)
    : QPlainTextEdit(parent), document_(document), appearance_(appearance) {
    setObjectName(QStringLiteral("output"));
    setAccessibleName(tr("Output of the script"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setPlaceholderText(tr("The script printed nothing."));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(&document_, &Document::positionMoved, this, &OutputPanel::follow);
    connect(&appearance_, &Appearance::changed, this, &OutputPanel::reload);
}

void OutputPanel::add(EventIndex event, const QString& text, Ink ink) {
    if (text.isEmpty()) return;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    pieces_.push_back({.event = event, .begin = cursor.position()});
    QTextCharFormat format;
    format.setForeground(appearance_[ink]);
    cursor.insertText(text, format);
}

void OutputPanel::addEvent(EventIndex event) {
    const Timeline& timeline = document_.timeline();
    const auto lines = [](const std::string& text) { return QString::fromStdString(text) + QLatin1Char('\n'); };
    if (const auto* printed = timeline.getIf<Printed>(event)) {
        add(event, QString::fromStdString(printed->text), printed->error ? Ink::Gradient : Ink::Text);
    } else if (const auto* warned = timeline.getIf<Warned>(event)) {
        add(event, lines(warned->category + ": " + warned->message), Ink::Caution);
    } else if (const auto* noted = timeline.getIf<Noted>(event)) {
        add(event, lines(noted->text), Ink::Muted);
    } else if (const auto* raised = timeline.getIf<tapescope::Raised>(event)) {
        add(event, lines(raised->traceback.empty() ? raised->type + ": " + raised->message : raised->traceback),
            Ink::Gradient);
    } else if (const auto* ended = timeline.getIf<RunEnded>(event); ended && !ended->message.empty()) {
        add(event, lines(ended->message), Ink::Gradient);
    }
}

void OutputPanel::reload() {
    const Timeline& timeline = document_.timeline();
    clear();
    pieces_.clear();
    std::vector<EventIndex> events;
    for (const std::size_t kind : {Event(Printed{}).index(), Event(Warned{}).index(), Event(Noted{}).index(),
                                   Event(tapescope::Raised{}).index(), Event(RunEnded{}).index()}) {
        const auto found = timeline.findAll(kind);
        events.insert(events.end(), found.begin(), found.end());
    }
    std::sort(events.begin(), events.end());
    for (const EventIndex event : events) addEvent(event);
    follow();
}

/// What was not said yet at the position is pale.
void OutputPanel::follow() {
    const EventIndex now = reached(document_.timeline(), document_.position());
    const auto later =
        std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.event > now; });
    QTextEdit::ExtraSelection pale;
    pale.cursor = QTextCursor(document());
    pale.cursor.movePosition(QTextCursor::End);
    if (later != pieces_.end()) pale.cursor.setPosition(later->begin, QTextCursor::KeepAnchor);
    pale.format.setForeground(mixed(appearance_[Ink::Muted], appearance_[Ink::Paper], 0.35));
    setExtraSelections({pale});
}

void OutputPanel::mouseReleaseEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || textCursor().hasSelection()) return;
    const int place = cursorForPosition(event->pos()).position();
    const auto after =
        std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.begin > place; });
    if (after != pieces_.begin()) Q_EMIT eventChosen(std::prev(after)->event);
}

}  // namespace tapescope
