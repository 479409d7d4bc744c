// SPDX-License-Identifier: Apache-2.0
// The Doctor: a card for each finding.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/document/document.h"
#include "app/view/appearance.h"

namespace tapescope {

/// One finding in words. Focus and Enter, or a click, show it.
class FindingCard : public QFrame {
    Q_OBJECT

public:
    FindingCard(const Finding& finding, const Timeline& timeline, Appearance& appearance, QWidget* parent = nullptr);

    void setChosen(bool chosen);

Q_SIGNALS:
    void chosen();
    void eventChosen(tapescope::EventIndex event);  ///< of what proves it

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addText(const QString& text, const char* name, bool mono);
    void addFix(const Fix& fix);
    void addLinks(const Timeline& timeline);
    QString proofText(const Timeline& timeline) const;
    void dress();
    QString diffText() const;

    Finding finding_;
    Appearance& appearance_;
    QVBoxLayout* column_;
    QLabel* diff_ = nullptr;
    bool chosen_ = false;
};

class Doctor : public QScrollArea {
    Q_OBJECT

public:
    Doctor(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    const std::vector<FindingCard*>& cards() const { return cards_; }
    void mark(int finding);  ///< -1 for none

public Q_SLOTS:
    void reload();

Q_SIGNALS:
    void findingChosen(int finding);
    void eventChosen(tapescope::EventIndex event);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString nothingFound() const;
    void showMarked();

    Document& document_;
    Appearance& appearance_;
    std::vector<FindingCard*> cards_;
    FindingCard* marked_ = nullptr;
};

}  // namespace tapescope
