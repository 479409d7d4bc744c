// SPDX-License-Identifier: Apache-2.0
// Meaning to colour. One file (resources/themes/themes.json) holds every colour of the program.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <map>

#include "app/scene/scene.h"

namespace tapescope {

struct Theme {
    QString name;  ///< "light", "dark", "contrast", "projector"
    std::map<Ink, QColor> colours;
    std::map<Ink, QColor> casings;  ///< a darker edge for lines of an ink that the paper would swallow
    double scale = 1;               ///< of the thickness of lines
    double letters = 1;             ///< of the size of texts in the boxes and beside them
    QColor operator[](Ink ink) const { return colours.at(ink); }
};

/// The name of an ink in the theme file: "Forward".
QString inkName(Ink ink);

/// The theme of that name; "light" where there is none such.
const Theme& themeNamed(const QString& name);
QStringList themeNames();

/// The bundled font of the picture, so that pictures are the same on every machine.
QFont pictureFont(double size, Weight weight, bool mono);

}  // namespace tapescope
