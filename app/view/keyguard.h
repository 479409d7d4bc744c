// SPDX-License-Identifier: Apache-2.0
// The deck's keys have no modifier, so widgets that need the same keys would lose them to the window's shortcuts. The
// guard lets a focused widget keep the keys that its kind needs; the rest goes to the deck.
#pragma once

#include <QObject>

namespace tapescope {

class KeyGuard : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace tapescope
