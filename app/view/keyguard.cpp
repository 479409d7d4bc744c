// SPDX-License-Identifier: Apache-2.0
// A table: kind of widget, keys that stay with it.
#include "app/view/keyguard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenu>
#include <QTabBar>
#include <algorithm>
#include <array>
#include <initializer_list>

namespace tapescope {

namespace {

struct GuardRow {
    const QMetaObject* kind;
    std::initializer_list<int> keys;
};

const std::initializer_list<int> spaceOnly{Qt::Key_Space};
const std::initializer_list<int> sideways{Qt::Key_Left, Qt::Key_Right};
const std::initializer_list<int> listKeys{Qt::Key_Space, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End};

const std::array guardRows{
    GuardRow{&QAbstractButton::staticMetaObject, spaceOnly},
    GuardRow{&QTabBar::staticMetaObject, sideways},
    GuardRow{&QAbstractItemView::staticMetaObject, listKeys},
    GuardRow{&QComboBox::staticMetaObject, listKeys},
};

}  // namespace

bool KeyGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return QObject::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() & ~Qt::KeypadModifier) return QObject::eventFilter(watched, event);
    const bool kept = std::ranges::any_of(guardRows, [&](const GuardRow& row) {
        return row.kind->cast(watched) != nullptr && std::ranges::find(row.keys, key->key()) != row.keys.end();
    });
    if (!kept) return QObject::eventFilter(watched, event);
    event->accept();
    return true;
}

}  // namespace tapescope
