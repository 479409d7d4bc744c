// SPDX-License-Identifier: Apache-2.0
// How the window is dressed: the theme that is chosen and whether things move. Widgets that paint themselves listen to
// it.
#pragma once

#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

#include "app/scene/theme.h"

namespace tapescope {

/// The widgets' palette of a theme.
QPalette paletteOf(const Theme& theme);

/// The little that a palette cannot say.
QString styleSheetOf(const Theme& theme);

/// Text on a ground of the update's colour.
QColor onUpdate(const Theme& theme);

/// `share` of the way from one colour to the other.
QColor mixed(const QColor& from, const QColor& to, double share);

class Appearance : public QObject {
    Q_OBJECT

public:
    explicit Appearance(QObject* parent = nullptr);

    const Theme& theme() const { return *theme_; }
    QColor operator[](Ink ink) const { return theme()[ink]; }
    /// Lines between panels.
    QColor border() const;

    /// "system" or the name of a theme.
    const QString& choice() const { return choice_; }
    void choose(const QString& choice);

    bool reducedMotion() const { return reducedMotion_; }
    void setReducedMotion(bool reduced);

Q_SIGNALS:
    void changed();

private:
    bool systemIsDark_;
    QFont font_;  ///< of the system; themes for many viewers enlarge it
    const Theme* theme_;
    QString choice_;
    bool reducedMotion_ = false;
};

}  // namespace tapescope
