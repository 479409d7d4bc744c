// SPDX-License-Identifier: Apache-2.0
#include "app/scene/theme.h"

#include <QFile>
#include <QFontDatabase>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>

namespace tapescope {

namespace {

struct InkRow {
    Ink ink;
    const char* name;
};

constexpr std::array inks{
    InkRow{Ink::Paper, "Paper"},
    InkRow{Ink::Panel, "Panel"},
    InkRow{Ink::Text, "Text"},
    InkRow{Ink::Muted, "Muted"},
    InkRow{Ink::Forward, "Forward"},
    InkRow{Ink::Gradient, "Gradient"},
    InkRow{Ink::Update, "Update"},
    InkRow{Ink::State, "State"},
    InkRow{Ink::Caution, "Caution"},
    InkRow{Ink::Slate, "Slate"},
    InkRow{Ink::ForwardSoft, "ForwardSoft"},
    InkRow{Ink::GradientSoft, "GradientSoft"},
    InkRow{Ink::UpdateSoft, "UpdateSoft"},
    InkRow{Ink::CautionSoft, "CautionSoft"},
    InkRow{Ink::PanelSoft, "PanelSoft"},
    InkRow{Ink::Band, "Band"},
    InkRow{Ink::Sprocket, "Sprocket"},
    InkRow{Ink::GradientText, "GradientText"},
    InkRow{Ink::UpdateText, "UpdateText"},
    InkRow{Ink::CautionText, "CautionText"},
};

std::map<Ink, QColor> coloursFrom(const QJsonObject& object) {
    std::map<Ink, QColor> colours;
    for (const InkRow& row : inks)
        if (const QJsonValue value = object.value(QLatin1String(row.name)); value.isString())
            colours[row.ink] = QColor(value.toString());
    return colours;
}

std::vector<Theme> readThemes() {
    QFile file(QStringLiteral(":/tapescope/themes/themes.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("the themes are not in the program");
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    std::vector<Theme> themes;
    for (const char* name : {"light", "dark", "contrast", "projector"}) {
        const QJsonObject object = all.value(QLatin1String(name)).toObject();
        themes.push_back({QLatin1String(name), coloursFrom(object.value(QLatin1String("colours")).toObject()),
                          coloursFrom(object.value(QLatin1String("casings")).toObject()),
                          object.value(QLatin1String("scale")).toDouble(1),
                          object.value(QLatin1String("letters")).toDouble(1)});
        if (themes.back().colours.size() != inks.size()) qFatal("the theme %s lacks a colour", name);
    }
    return themes;
}

const std::vector<Theme>& themes() {
    static const std::vector<Theme> read = readThemes();
    return read;
}

void loadFonts() {
    for (const char* file : {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono", "DejaVuSansMono-Bold"})
        if (QFontDatabase::addApplicationFont(QStringLiteral(":/tapescope/fonts/%1.ttf").arg(QLatin1String(file))) < 0)
            qFatal("the font %s is not in the program", file);
}

}  // namespace

QString inkName(Ink ink) {
    for (const InkRow& row : inks)
        if (row.ink == ink) return QLatin1String(row.name);
    return {};
}

const Theme& themeNamed(const QString& name) {
    for (const Theme& theme : themes())
        if (theme.name == name) return theme;
    return themes().front();
}

QStringList themeNames() {
    QStringList names;
    for (const Theme& theme : themes()) names.append(theme.name);
    return names;
}

QFont pictureFont(double size, Weight weight, bool mono) {
    static const bool loaded = (loadFonts(), true);
    Q_UNUSED(loaded)
    QFont font(mono ? QStringLiteral("DejaVu Sans Mono") : QStringLiteral("DejaVu Sans"));
    font.setPixelSize(std::max(1, qRound(size)));
    font.setWeight(weight == Weight::Bold ? QFont::Bold : QFont::Normal);
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferAntialias | QFont::PreferMatch));
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setKerning(true);
    return font;
}

}  // namespace tapescope
