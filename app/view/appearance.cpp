// SPDX-License-Identifier: Apache-2.0
// From a theme to the widgets' palette and style sheet.
#include "app/view/appearance.h"

#include <QApplication>
#include <QFont>
#include <algorithm>
#include <array>
#include <cmath>

namespace tapescope {

namespace {

struct RoleRow {
    QPalette::ColorRole role;
    Ink ink;
};

constexpr std::array roleRows{
    RoleRow{QPalette::Window, Ink::Panel},
    RoleRow{QPalette::WindowText, Ink::Text},
    RoleRow{QPalette::Base, Ink::Paper},
    RoleRow{QPalette::AlternateBase, Ink::Panel},
    RoleRow{QPalette::Text, Ink::Text},
    RoleRow{QPalette::Button, Ink::Paper},
    RoleRow{QPalette::ButtonText, Ink::Text},
    RoleRow{QPalette::ToolTipBase, Ink::Paper},
    RoleRow{QPalette::ToolTipText, Ink::Text},
    RoleRow{QPalette::PlaceholderText, Ink::Muted},
    RoleRow{QPalette::Highlight, Ink::ForwardSoft},
    RoleRow{QPalette::HighlightedText, Ink::Text},
    RoleRow{QPalette::Link, Ink::Forward},
    RoleRow{QPalette::LinkVisited, Ink::Forward},
    RoleRow{QPalette::Light, Ink::Paper},
    RoleRow{QPalette::BrightText, Ink::Gradient},
};

// %name% stands for a colour of the theme.
const QString sheet = QStringLiteral(R"(
QMainWindow::separator { background: %border%; width: 1px; height: 1px; }
QMenuBar { background: %paper%; }
QToolBar#deck, QToolBar { background: %panel%; border: 0; border-bottom: 1px solid %border%; spacing: 8px; padding: 5px 8px; }
QToolBar QToolButton, QPushButton, QComboBox { background: %paper%; color: %text%; border: 1px solid %border%;
    border-radius: 5px; padding: 4px 10px; }
QToolBar QToolButton:hover, QPushButton:hover, QComboBox:hover { background: %forwardSoft%; }
QToolBar QToolButton:focus, QPushButton:focus, QComboBox:focus { border: 2px solid %forward%; padding: 3px 9px; }
QToolBar QToolButton:disabled, QPushButton:disabled { color: %muted%; background: %panel%; }
QComboBox::drop-down { border: 0; width: 16px; }
QPushButton#run, QToolBar QToolButton#run { background: %update%; color: %onUpdate%; border-color: %update%; font-weight: bold; }
QPushButton#run:disabled, QToolBar QToolButton#run:disabled { background: %panel%; color: %muted%; border-color: %border%; }
QPushButton#play { background: %text%; color: %paper%; border-color: %text%; }
QTabBar { background: %panel%; }
QTabBar::tab { background: transparent; color: %muted%; padding: 7px 14px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { background: %paper%; color: %text%; border-bottom: 2px solid %forward%; font-weight: bold; }
QTabBar::tab:focus { color: %forward%; }
QDockWidget { color: %text%; font-weight: bold; }
QDockWidget::title { background: %panel%; padding: 7px 10px; border-top: 1px solid %border%; border-bottom: 1px solid %border%; }
QLabel#caption { color: %muted%; padding: 6px 12px 0 12px; }
QLabel#narration { color: %text%; padding: 1px 12px 5px 12px; }
QLabel#muted { color: %muted%; }
QLabel#findings { color: %gradientText%; font-weight: bold; }
QLabel#findings:disabled { color: %muted%; font-weight: normal; }
QFrame#stale { background: %cautionSoft%; border: 0; border-bottom: 1px solid %caution%; }
QFrame#trouble { background: %gradientSoft%; border: 0; border-bottom: 1px solid %gradient%; }
QPlainTextEdit, QScrollArea, QTreeWidget, QListView { border: 0; }
QTreeWidget::item { padding: 3px 2px; }
QHeaderView::section { background: %panel%; color: %muted%; border: 0; border-bottom: 1px solid %border%; padding: 4px 6px; }
QToolTip { background: %paper%; color: %text%; border: 1px solid %border%; }
QPushButton#link { background: transparent; border: 0; color: %forward%; padding: 2px 0; text-align: left; }
QPushButton#link:hover, QPushButton#link:focus { text-decoration: underline; border: 0; padding: 2px 0; }
QPushButton#example { text-align: left; padding: 10px 14px; }
)");

struct NamedInk {
    const char* name;
    Ink ink;
};

constexpr std::array inkNames{
    NamedInk{"%paper%", Ink::Paper},
    NamedInk{"%panel%", Ink::Panel},
    NamedInk{"%text%", Ink::Text},
    NamedInk{"%muted%", Ink::Muted},
    NamedInk{"%forward%", Ink::Forward},
    NamedInk{"%forwardSoft%", Ink::ForwardSoft},
    NamedInk{"%gradient%", Ink::Gradient},
    NamedInk{"%gradientText%", Ink::GradientText},
    NamedInk{"%gradientSoft%", Ink::GradientSoft},
    NamedInk{"%update%", Ink::Update},
    NamedInk{"%caution%", Ink::Caution},
    NamedInk{"%cautionSoft%", Ink::CautionSoft},
};

double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

/// Black or white, whichever reads better on it.
QColor readableOn(const QColor& ground) {
    return contrast(ground, Qt::white) >= contrast(ground, Qt::black) ? QColor(Qt::white) : QColor(Qt::black);
}

QColor borderOf(const Theme& theme) {
    return mixed(theme[Ink::Panel], theme[Ink::Slate], 0.3);
}

}  // namespace

QColor mixed(const QColor& from, const QColor& to, double share) {
    const auto between = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(between(from.redF(), to.redF()), between(from.greenF(), to.greenF()),
                            between(from.blueF(), to.blueF()));
}

QColor onUpdate(const Theme& theme) {
    return readableOn(theme[Ink::Update]);
}

QPalette paletteOf(const Theme& theme) {
    QPalette palette(theme[Ink::Paper], theme[Ink::Panel]);
    for (const auto& row : roleRows) palette.setColor(row.role, theme[row.ink]);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, theme[Ink::Muted]);
    }
    palette.setColor(QPalette::Mid, borderOf(theme));
    palette.setColor(QPalette::Dark, borderOf(theme));
    return palette;
}

QString styleSheetOf(const Theme& theme) {
    QString text = sheet;
    for (const auto& row : inkNames) text.replace(QLatin1String(row.name), theme[row.ink].name());
    text.replace(QLatin1String("%border%"), borderOf(theme).name());
    text.replace(QLatin1String("%onUpdate%"), onUpdate(theme).name());
    return text;
}

Appearance::Appearance(QObject* parent)
    : QObject(parent),
      systemIsDark_(QGuiApplication::palette().color(QPalette::Window).lightness() < 128),
      font_(QApplication::font()),
      theme_(&themeNamed(QStringLiteral("light"))) {}

QColor Appearance::border() const {
    return borderOf(theme());
}

void Appearance::choose(const QString& choice) {
    choice_ = choice;
    const bool system = choice == QLatin1String("system");
    theme_ = &themeNamed(system ? (systemIsDark_ ? QStringLiteral("dark") : QStringLiteral("light")) : choice);
    QFont font = font_;
    font.setPointSizeF(font_.pointSizeF() * std::sqrt(theme_->scale));
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(*theme_));
    qApp->setStyleSheet(styleSheetOf(*theme_));
    Q_EMIT changed();
}

void Appearance::setReducedMotion(bool reduced) {
    if (reduced == reducedMotion_) return;
    reducedMotion_ = reduced;
    Q_EMIT changed();
}

}  // namespace tapescope
