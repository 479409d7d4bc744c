// SPDX-License-Identifier: Apache-2.0
// Lays out the deck; what its buttons do, the player knows.
#include "app/view/transport.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>
#include <cmath>

#include "app/view/icons.h"

namespace tapescope {

namespace {

struct ButtonRow {
    const char* name;
    const char* icon;
    const char* words;
    void (*press)(Player& player);
};

constexpr std::array buttonRows{
    ButtonRow{"start", "start", QT_TRANSLATE_NOOP("tapescope::Transport", "To start (Home)"),
              [](Player& player) { player.setPosition(0); }},
    ButtonRow{"back", "back", QT_TRANSLATE_NOOP("tapescope::Transport", "Event back (Left)"),
              [](Player& player) { player.stepEvent(-1); }},
    ButtonRow{"play", "play", QT_TRANSLATE_NOOP("tapescope::Transport", "Play (Space)"),
              [](Player& player) { player.toggle(); }},
    ButtonRow{"forward", "forward", QT_TRANSLATE_NOOP("tapescope::Transport", "Event forward (Right)"),
              [](Player& player) { player.stepEvent(1); }},
    ButtonRow{"end", "end", QT_TRANSLATE_NOOP("tapescope::Transport", "To end (End)"),
              [](Player& player) { player.setPosition(player.length()); }},
};

/// Breaks between groups only.
QString keysInWords() {
    QStringList groups{Transport::tr("Space play"), Transport::tr("← → event"), Transport::tr("Shift+← → phase"),
                       Transport::tr("Ctrl+← → step"), Transport::tr("[ ] finding")};
    for (QString& group : groups) group.replace(QLatin1Char(' '), QChar::Nbsp);
    return groups.join(QStringLiteral(" · "));
}

/// In the order of PlayUnit.
constexpr std::array unitNames{
    QT_TRANSLATE_NOOP("tapescope::Transport", "by event"), QT_TRANSLATE_NOOP("tapescope::Transport", "by line"),
    QT_TRANSLATE_NOOP("tapescope::Transport", "by phase"), QT_TRANSLATE_NOOP("tapescope::Transport", "by step")};

constexpr std::array speedRows{0.25, 0.5, 1.0, 2.0, 4.0, 8.0};

}  // namespace

Transport::Transport(Document& document, Player& player, Appearance& appearance, QWidget* parent)
    : QWidget(parent),
      document_(document),
      player_(player),
      appearance_(appearance),
      lanes_(new Lanes(document, player, appearance, this)),
      place_(new QLabel(this)),
      keys_(new QLabel(keysInWords(), this)),
      speeds_(new QComboBox(this)),
      units_(new QComboBox(this)),
      loop_(new QPushButton(tr("Loop the step"), this)) {
    setObjectName(QStringLiteral("transport"));
    setAccessibleName(tr("Tape deck"));
    setAutoFillBackground(true);
    place_->setAccessibleName(tr("Place on the tape"));
    place_->setObjectName(QStringLiteral("place"));
    keys_->setObjectName(QStringLiteral("muted"));
    keys_->setWordWrap(true);
    addSpeeds();
    auto* side = new QVBoxLayout;
    side->setSpacing(6);
    side->addLayout(buttons());
    side->addLayout(ways());
    side->addWidget(place_);
    side->addWidget(keys_);
    side->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 0, 4);
    row->addLayout(side);
    row->addWidget(lanes_, 1);
    connect(lanes_, &Lanes::findingChosen, this, &Transport::findingChosen);
    connect(&player_, &Player::moved, this, &Transport::showPlace);
    connect(&player_, &Player::deckChanged, this, &Transport::showPlace);
    connect(&player_, &Player::playingChanged, this, &Transport::showPlaying);
    connect(&player_, &Player::speedChanged, this, &Transport::showSpeed);
    connect(&player_, &Player::wayChanged, this, &Transport::showWay);
    connect(&appearance_, &Appearance::changed, this, &Transport::dress);
    showPlace();
    dress();
}

QLayout* Transport::buttons() {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    for (const ButtonRow& line : buttonRows) {
        auto* button = new QPushButton(this);
        button->setObjectName(QLatin1String(line.name));
        button->setProperty("iconName", QLatin1String(line.icon));
        button->setToolTip(tr(line.words));
        button->setAccessibleName(tr(line.words));
        connect(button, &QPushButton::clicked, this, [this, press = line.press] { press(player_); });
        row->addWidget(button, button->objectName() == QLatin1String("play") ? 2 : 1);
    }
    play_ = findChild<QPushButton*>(QStringLiteral("play"));
    row->addWidget(speeds_);
    return row;
}

QLayout* Transport::ways() {
    units_->setObjectName(QStringLiteral("unit"));
    units_->setAccessibleName(tr("What playing goes by"));
    units_->setToolTip(tr("What playing goes by"));
    for (const char* unit : unitNames) units_->addItem(tr(unit));
    connect(units_, &QComboBox::activated, this, [this](int index) { player_.setUnit(static_cast<PlayUnit>(index)); });
    loop_->setObjectName(QStringLiteral("loop"));
    loop_->setProperty("iconName", QStringLiteral("loop"));
    loop_->setCheckable(true);
    loop_->setToolTip(tr("Play the step again and again (Ctrl+L)"));
    connect(loop_, &QPushButton::toggled, &player_, &Player::setLooping);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(units_);
    row->addWidget(loop_);
    row->addStretch();
    return row;
}

void Transport::showWay() {
    units_->setCurrentIndex(static_cast<int>(player_.unit()));
    loop_->setChecked(player_.looping());
}

void Transport::addSpeeds() {
    speeds_->setAccessibleName(tr("Speed"));
    speeds_->setObjectName(QStringLiteral("speed"));
    speeds_->setToolTip(tr("Speed of playing"));
    for (const double speed : speedRows) speeds_->addItem(tr("%1×").arg(speed), speed);
    speeds_->setCurrentIndex(2);
    connect(speeds_, &QComboBox::activated, this,
            [this](int index) { player_.setSpeed(speeds_->itemData(index).toDouble()); });
}

void Transport::showPlace() {
    const Deck& deck = player_.deck();
    if (deck.beats == 0) {
        place_->setText(tr("Nothing on the tape"));
        return;
    }
    const double position = player_.position();
    place_->setText(tr("Step %1 / %2 · event %3 / %4")
                        .arg(stepAt(deck, position) + 1)
                        .arg(std::max<std::size_t>(1, deck.steps.size()))
                        .arg(std::ceil(position - 1e-6))
                        .arg(deck.beats));
}

void Transport::showPlaying() {
    const bool plays = player_.playing();
    play_->setAccessibleName(plays ? tr("Pause (Space)") : tr("Play (Space)"));
    play_->setToolTip(play_->accessibleName());
    play_->setIcon(icon(plays ? QStringLiteral("pause") : QStringLiteral("play"), appearance_[Ink::Paper]));
}

void Transport::showSpeed() {
    const int index = speeds_->findData(player_.speed());
    if (index >= 0) speeds_->setCurrentIndex(index);
}

void Transport::dress() {
    for (auto* button : findChildren<QPushButton*>()) {
        button->setIcon(icon(button->property("iconName").toString(), appearance_[Ink::Text]));
    }
    showPlaying();
}

}  // namespace tapescope
