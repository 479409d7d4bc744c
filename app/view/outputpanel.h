// SPDX-License-Identifier: Apache-2.0
// What the script printed, each piece tied to its event: later ones are pale, a click goes there.
#pragma once

#include <QPlainTextEdit>
#include <vector>

#include "app/document/document.h"
#include "app/view/appearance.h"

namespace tapescope {

class OutputPanel : public QPlainTextEdit {
    Q_OBJECT

public:
    OutputPanel(Document& document, Appearance& appearance, QWidget* parent = nullptr);

public Q_SLOTS:
    void reload();

Q_SIGNALS:
    void eventChosen(tapescope::EventIndex event);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Piece {
        EventIndex event = 0;
        int begin = 0;  ///< in characters
    };

    void add(EventIndex event, const QString& text, Ink ink);
    void addEvent(EventIndex event);
    void follow();

    Document& document_;
    Appearance& appearance_;
    std::vector<Piece> pieces_;
};

}  // namespace tapescope
