// SPDX-License-Identifier: Apache-2.0
// The one animated number: it plays to both ends, steps, and stands still where motion is reduced.
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "app/view/player.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/sampletape.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

constexpr int patience = 60'000;

}  // namespace

class TestPlayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void positionsAndBack();
    void fractionsAreKept();
    void clamps();
    void nonBeatsCountWhatCameBefore();
    void playsToTheEndAndStops();
    void playsBackwards();
    void playAtTheEndBeginsAnew();
    void pausesWhereItIs();
    void settingThePositionStopsPlaying();
    void stepsGlideByWholeEvents();
    void quickStepsAddUp();
    void reducedMotionShowsWholeBeatsOnly();
    void speedHasEnds();
    void findingsBothWays();
    void reachedHoldsWhatIsBetweenBeats();

private:
    std::unique_ptr<SampleTapes> tapes_;
    std::unique_ptr<Document> document_;
    std::unique_ptr<Player> player_;
};

void TestPlayer::init() {
    tapes_ = std::make_unique<SampleTapes>();
    document_ = std::make_unique<Document>();
    player_ = std::make_unique<Player>(*document_);
    QVERIFY(document_->open(tapes_->write(QStringLiteral("run.tape"), wrongSourceTrace())));
    player_->reload();
}

void TestPlayer::cleanup() {
    player_.reset();
    document_.reset();
}

void TestPlayer::positionsAndBack() {
    for (double position = 0; position <= player_->length(); ++position) {
        player_->setPosition(position);
        QCOMPARE(player_->position(), position);
    }
}

void TestPlayer::fractionsAreKept() {
    player_->setPosition(4.25);
    QCOMPARE(player_->position(), 4.25);
    QCOMPARE(document_->position().progress, 0.25);
    QCOMPARE(document_->position().event, document_->timeline().beats()[4]);
}

void TestPlayer::clamps() {
    player_->setPosition(-3);
    QCOMPARE(player_->position(), 0.0);
    player_->setPosition(1e9);
    QCOMPARE(player_->position(), player_->length());
}

void TestPlayer::nonBeatsCountWhatCameBefore() {
    const Timeline& timeline = document_->timeline();
    for (EventIndex event = 0; event < timeline.size(); ++event) {
        player_->seekEvent(event);
        QCOMPARE(document_->position().event, event);
        QCOMPARE(player_->position(), static_cast<double>(timeline.beatOf(event)));
    }
}

void TestPlayer::playsToTheEndAndStops() {
    player_->setPosition(player_->length() - 3);
    player_->setSpeed(Player::fastest);
    std::vector<double> seen;
    connect(player_.get(), &Player::moved, this, [&] { seen.push_back(player_->position()); });
    QSignalSpy arrived(player_.get(), &Player::arrived);
    player_->play();
    QVERIFY(player_->playing());
    QVERIFY(arrived.wait(patience));
    QVERIFY(!player_->playing());
    QCOMPARE(player_->position(), player_->length());
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QVERIFY(std::any_of(seen.begin(), seen.end(), [](double position) { return position != std::floor(position); }));
}

void TestPlayer::playsBackwards() {
    player_->setPosition(2);
    player_->setSpeed(Player::fastest);
    std::vector<double> seen;
    connect(player_.get(), &Player::moved, this, [&] { seen.push_back(player_->position()); });
    QSignalSpy arrived(player_.get(), &Player::arrived);
    player_->play(-1);
    QVERIFY(player_->backwards());
    QVERIFY(arrived.wait(patience));
    QCOMPARE(player_->position(), 0.0);
    QVERIFY(std::is_sorted(seen.rbegin(), seen.rend()));
}

void TestPlayer::playAtTheEndBeginsAnew() {
    player_->setPosition(player_->length());
    player_->play();
    QVERIFY(player_->playing());
    QCOMPARE(std::floor(player_->position()), 0.0);
    player_->pause();
}

void TestPlayer::pausesWhereItIs() {
    player_->setPosition(0);
    player_->setSpeed(Player::fastest);
    QSignalSpy moved(player_.get(), &Player::moved);
    player_->play();
    while (player_->position() < 1) QVERIFY(moved.wait(patience));
    player_->toggle();
    const double stopped = player_->position();
    QVERIFY(!player_->playing());
    QCoreApplication::processEvents();
    QCOMPARE(player_->position(), stopped);
}

void TestPlayer::settingThePositionStopsPlaying() {
    QSignalSpy playing(player_.get(), &Player::playingChanged);
    player_->setPosition(0);
    player_->play();
    player_->setPosition(5);
    QVERIFY(!player_->playing());
    QCOMPARE(playing.count(), 2);
    QCOMPARE(player_->position(), 5.0);
}

void TestPlayer::stepsGlideByWholeEvents() {
    QSignalSpy arrived(player_.get(), &Player::arrived);
    player_->setPosition(3);
    player_->stepEvent(1);
    QVERIFY(arrived.wait(patience));
    QCOMPARE(player_->position(), 4.0);
    player_->setPosition(3.5);
    player_->stepEvent(1);
    QVERIFY(arrived.wait(patience));
    QCOMPARE(player_->position(), 4.0);
    player_->stepEvent(-1);
    QVERIFY(arrived.wait(patience));
    QCOMPARE(player_->position(), 3.0);
}

void TestPlayer::quickStepsAddUp() {
    player_->setPosition(3);
    QSignalSpy arrived(player_.get(), &Player::arrived);
    for (int i = 0; i < 4; ++i) player_->stepEvent(1);
    QVERIFY(arrived.wait(patience));
    QCOMPARE(player_->position(), 7.0);
}

void TestPlayer::reducedMotionShowsWholeBeatsOnly() {
    player_->setReducedMotion(true);
    player_->setSpeed(Player::fastest);
    player_->setPosition(player_->length() - 2);
    bool whole = true;
    connect(player_.get(), &Player::moved, this,
            [&] { whole = whole && player_->position() == std::floor(player_->position()); });
    QSignalSpy arrived(player_.get(), &Player::arrived);
    player_->play();
    QVERIFY(arrived.wait(patience));
    QVERIFY(whole);
    QCOMPARE(player_->position(), player_->length());
    player_->stepEvent(-1);  // at once
    QCOMPARE(player_->position(), player_->length() - 1);
}

void TestPlayer::speedHasEnds() {
    QSignalSpy changed(player_.get(), &Player::speedChanged);
    player_->setSpeed(100);
    QCOMPARE(player_->speed(), 8.0);
    player_->setSpeed(0.001);
    QCOMPARE(player_->speed(), 0.25);
    player_->setSpeed(0.25);
    QCOMPARE(changed.count(), 2);
}

void TestPlayer::findingsBothWays() {
    QVERIFY(!document_->findings().empty());
    player_->setPosition(0);
    std::vector<int> forward;
    for (int finding = player_->stepFinding(1); finding >= 0; finding = player_->stepFinding(1)) {
        forward.push_back(finding);
        QCOMPARE(document_->position().event, document_->findings()[static_cast<std::size_t>(finding)].event);
    }
    QVERIFY(!forward.empty());
    player_->setPosition(player_->length());
    QVERIFY(player_->stepFinding(-1) >= 0 || player_->deck().diamonds.back().position == player_->length());
}

void TestPlayer::reachedHoldsWhatIsBetweenBeats() {
    const Timeline& timeline = document_->timeline();
    QCOMPARE(reached(timeline, {timeline.beats().back(), 1}), timeline.size() - 1);
    QCOMPARE(reached(timeline, {timeline.beats().front(), 0.5}), timeline.beats().front());
    QCOMPARE(reached(timeline, {timeline.beats()[2], 1}), timeline.beats()[3] - 1);
}

QTEST_MAIN(TestPlayer)
#include "tst_player.moc"
