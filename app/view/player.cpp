// SPDX-License-Identifier: Apache-2.0
// Playing is a chain of legs of the animation, each a bounded number of beats long: durations fit, and a tape that
// grows meanwhile is played to its new end.
#include "app/view/player.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tapescope {

namespace {

constexpr double legBeats = 1000;

double snapped(double position) {
    const double whole = std::round(position);
    return std::abs(position - whole) < 1e-6 ? whole : position;
}

}  // namespace

double beatsAt(const Timeline& timeline, const DeckPosition& position) {
    if (timeline.empty()) return 0;
    const EventIndex event = std::min(position.event, timeline.size() - 1);
    const double beats = timeline.beatOf(event);
    return timeline.isBeat(event) ? beats - 1 + position.progress : beats;
}

EventIndex reached(const Timeline& timeline, const DeckPosition& position) {
    if (timeline.empty()) return 0;
    const EventIndex event = std::min(position.event, timeline.size() - 1);
    if (position.progress < 1) return event;
    const auto beats = timeline.beats();
    const std::uint32_t done = timeline.beatOf(event);
    return done < beats.size() ? beats[done] - 1 : timeline.size() - 1;
}

Player::Player(Document& document, QObject* parent) : QObject(parent), document_(document) {
    animation_.setEasingCurve(QEasingCurve::Linear);
    connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        if (animation_.state() != QAbstractAnimation::Running) return;
        const double at = value.toDouble();
        put(reducedMotion_ ? std::floor(at + 1e-6) : at);
    });
    connect(&animation_, &QVariantAnimation::finished, this, &Player::legEnded);
    connect(&document_, &Document::positionMoved, this, &Player::moved);
}

double Player::position() const {
    return beatsAt(document_.timeline(), document_.position());
}

double Player::length() const {
    return deck_.beats;
}

void Player::put(double position) {
    if (deck_.beats == 0) return;
    const double at = snapped(std::clamp(position, 0.0, length()));
    const double beat = std::max(1.0, std::ceil(at));
    document_.seekBeat(static_cast<std::uint32_t>(beat), at - (beat - 1));
}

void Player::setPosition(double position) {
    pause();
    put(position);
}

void Player::seekEvent(EventIndex event) {
    pause();
    document_.seek({.event = event, .progress = 1});
}

void Player::setSpeed(double speed) {
    const double kept = std::clamp(speed, slowest, fastest);
    if (kept == speed_) return;
    speed_ = kept;
    if (playing()) startLeg();
    Q_EMIT speedChanged();
}

void Player::setUnit(PlayUnit unit) {
    if (unit == unit_) return;
    unit_ = unit;
    if (playing()) startLeg();
    Q_EMIT wayChanged();
}

void Player::setLooping(bool looping) {
    if (looping == looping_) return;
    looping_ = looping;
    looped_ = stepAt(deck_, position());
    if (playing()) startLeg();
    Q_EMIT wayChanged();
}

void Player::play(int direction) {
    if (deck_.beats == 0) return;
    halt();
    const double from = position();
    looped_ = stepAt(deck_, from);
    if (looping_ && !deck_.steps.empty()) {
        const DeckStep& step = deck_.steps[looped_];
        if (direction > 0 && from >= step.end) put(step.begin);
        if (direction < 0 && from <= step.begin) put(step.end);
    } else if (direction > 0 && from >= length()) {
        put(0);
    } else if (direction < 0 && from <= 0) {
        put(length());
    }
    direction_ = direction;
    Q_EMIT playingChanged();
    startLeg();
}

void Player::pause() {
    const bool was = playing();
    halt();
    if (was) Q_EMIT playingChanged();
}

void Player::toggle() {
    if (playing()) {
        pause();
    } else {
        play();
    }
}

void Player::halt() {
    direction_ = 0;
    animation_.stop();
}

/// Where the line of the script changes.
double Player::nextLine(double position, int direction) const {
    const Timeline& timeline = document_.timeline();
    const auto beats = timeline.beats();
    const auto lineOf = [&](std::int64_t beat) { return timeline.lineAt(beats[static_cast<std::size_t>(beat)]); };
    auto beat = static_cast<std::int64_t>(direction > 0 ? std::floor(position) : std::ceil(position) - 1);
    if (beat < 0 || beat >= std::ssize(beats)) return direction > 0 ? length() : 0;
    const std::uint32_t line = lineOf(beat);
    while (beat >= 0 && beat < std::ssize(beats) && lineOf(beat) == line) beat += direction;
    return static_cast<double>(direction > 0 ? beat : beat + 1);
}

double Player::legEnd(double from) const {
    double end = direction_ > 0 ? std::min(length(), from + legBeats) : std::max(0.0, from - legBeats);
    if (unit_ == PlayUnit::EachLine) end = nextLine(from, direction_);
    if (unit_ == PlayUnit::EachPhase) end = nextPhase(deck_, from, direction_);
    if (unit_ == PlayUnit::EachStep) end = nextStep(deck_, from, direction_);
    if (!looping_ || deck_.steps.empty()) return end;
    const DeckStep& step = deck_.steps[std::min<std::size_t>(looped_, deck_.steps.size() - 1)];
    return std::clamp<double>(end, step.begin, step.end);
}

void Player::startLeg() {
    animation_.stop();
    const double from = position(), end = legEnd(from);
    const double units = unit_ == PlayUnit::EachEvent ? std::abs(end - from) : 1;
    animation_.setStartValue(from);
    animation_.setEndValue(end);
    animation_.setDuration(std::max(1, static_cast<int>(units * beatMilliseconds / speed_)));
    animation_.start();
}

/// At the end of the step that is played again and again: from its other end.
bool Player::beginAgain() {
    if (!looping_ || !playing() || deck_.steps.empty()) return false;
    const DeckStep& step = deck_.steps[std::min<std::size_t>(looped_, deck_.steps.size() - 1)];
    if (step.begin == step.end) return false;
    if (direction_ > 0 && position() >= step.end) put(step.begin);
    if (direction_ < 0 && position() <= step.begin) put(step.end);
    return true;
}

void Player::legEnded() {
    put(animation_.endValue().toDouble());
    const bool atEnd = direction_ > 0 ? position() >= length() : position() <= 0;
    if (playing() && (beginAgain() || !atEnd)) {
        startLeg();
        return;
    }
    pause();
    Q_EMIT arrived();
}

void Player::glideTo(double goal) {
    pause();
    goal_ = std::clamp(goal, 0.0, length());
    const double from = position();
    if (reducedMotion_ || std::abs(goal_ - from) > 1 + 1e-6) {
        put(goal_);
        Q_EMIT arrived();
        return;
    }
    animation_.setStartValue(from);
    animation_.setEndValue(goal_);
    animation_.setDuration(glideMilliseconds);
    animation_.start();
}

void Player::stepEvent(int direction) {
    const bool gliding = !playing() && animation_.state() == QAbstractAnimation::Running;
    const double from = snapped(gliding ? goal_ : position());
    if (gliding) put(goal_);
    glideTo(direction > 0 ? std::floor(from) + 1 : std::ceil(from) - 1);
}

void Player::stepPhase(int direction) {
    setPosition(nextPhase(deck_, position(), direction));
    Q_EMIT arrived();
}

void Player::stepStep(int direction) {
    setPosition(nextStep(deck_, position(), direction));
    Q_EMIT arrived();
}

int Player::stepFinding(int direction) {
    const auto diamond = nextFinding(deck_, position(), direction);
    if (!diamond) return -1;
    const auto finding = deck_.diamonds[*diamond].finding;
    seekEvent(document_.findings()[finding].event);
    return static_cast<int>(finding);
}

void Player::reload() {
    deck_ = deckOf(document_.timeline(), document_.findings());
    if (deck_.beats == 0) pause();
    Q_EMIT deckChanged();
}

}  // namespace tapescope
