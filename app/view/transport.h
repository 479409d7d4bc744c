// SPDX-License-Identifier: Apache-2.0
// The tape deck at the foot of the window: buttons, speed, where one is, and the tape.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "app/view/appearance.h"
#include "app/view/lanes.h"
#include "app/view/player.h"

namespace tapescope {

class Transport : public QWidget {
    Q_OBJECT

public:
    Transport(Document& document, Player& player, Appearance& appearance, QWidget* parent = nullptr);

    Lanes& lanes() { return *lanes_; }
    QString place() const { return place_->text(); }  ///< "Step 2 / 2 · event 19 / 21"

Q_SIGNALS:
    void findingChosen(int finding);

private:
    QLayout* buttons();
    void addSpeeds();
    QLayout* ways();
    void showPlace();
    void showPlaying();
    void showSpeed();
    void showWay();
    void dress();

    Document& document_;
    Player& player_;
    Appearance& appearance_;
    Lanes* lanes_;
    QLabel* place_;
    QLabel* keys_;
    QComboBox* speeds_;
    QComboBox* units_;
    QPushButton* loop_;
    QPushButton* play_ = nullptr;
};

}  // namespace tapescope
