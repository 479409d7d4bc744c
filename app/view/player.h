// SPDX-License-Identifier: Apache-2.0
// Moves the one animated number of the program: the position on the tape, in beats. The number itself lives in the
// document; the player changes it, by hand or over time, forwards and backwards.
#pragma once

#include <QObject>
#include <QVariantAnimation>

#include "app/document/document.h"
#include "app/view/deck.h"

namespace tapescope {

/// Where a position of the document is on the tape, and the other way round.
double beatsAt(const Timeline& timeline, const DeckPosition& position);

/// The last event that has happened at a position: what lies between two beats happens with the first of them.
EventIndex reached(const Timeline& timeline, const DeckPosition& position);

/// What playing goes by: a stretch of the tape that takes as long as one event does at the same speed.
enum class PlayUnit : std::uint8_t { EachEvent, EachLine, EachPhase, EachStep };

class Player : public QObject {
    Q_OBJECT
    Q_PROPERTY(double position READ position WRITE setPosition NOTIFY moved)
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged)
    Q_PROPERTY(bool playing READ playing NOTIFY playingChanged)

public:
    static constexpr double slowest = 0.25, fastest = 8;
    static constexpr int beatMilliseconds = 700;   ///< of a beat at speed 1
    static constexpr int glideMilliseconds = 320;  ///< of one step by a key

    explicit Player(Document& document, QObject* parent = nullptr);

    /// 0 before the first beat, n after the n-th.
    double position() const;
    double length() const;
    const Deck& deck() const { return deck_; }

    /// Goes there at once and stops playing.
    void setPosition(double position);
    /// Goes to the event at once, or past it where it is no beat.
    void seekEvent(EventIndex event);

    double speed() const { return speed_; }
    void setSpeed(double speed);  ///< kept between slowest and fastest

    PlayUnit unit() const { return unit_; }
    void setUnit(PlayUnit unit);

    /// Playing begins the step at the position again when it comes to its end.
    bool looping() const { return looping_; }
    void setLooping(bool looping);

    bool playing() const { return direction_ != 0; }
    bool backwards() const { return direction_ < 0; }
    void play(int direction = 1);  ///< from the other end where the tape is at its end
    void pause();
    void toggle();

    void stepEvent(int direction);
    void stepPhase(int direction);
    void stepStep(int direction);
    /// Goes to the next finding in the direction and says which: its index, or -1.
    int stepFinding(int direction);

    /// Whole beats only, without movement between them.
    void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }

    /// Reads the tape of the document anew: it grew, or findings came.
    void reload();

Q_SIGNALS:
    void moved();    ///< after every change of position
    void arrived();  ///< a movement over time has ended, at its goal
    void playingChanged();
    void speedChanged();
    void wayChanged();  ///< unit or looping
    void deckChanged();

private:
    void put(double position);
    void glideTo(double goal);
    void startLeg();
    double nextLine(double position, int direction) const;
    double legEnd(double from) const;
    bool beginAgain();
    void legEnded();
    void halt();

    Document& document_;
    Deck deck_;
    QVariantAnimation animation_;
    double speed_ = 1;
    PlayUnit unit_ = PlayUnit::EachEvent;
    bool looping_ = false;
    std::uint32_t looped_ = 0;  ///< the step that is played again and again
    double goal_ = 0;           ///< of the glide under way
    int direction_ = 0;         ///< of playing; 0 where it does not
    bool reducedMotion_ = false;
};

}  // namespace tapescope
