// SPDX-License-Identifier: Apache-2.0
// How long the window's thread is ever busy with one event: opens FILE, lets it run to its end, opens all folds, plays,
// seeks and walks. Prints every event that took over 50 ms, and the longest: what, milliseconds.
#include <QApplication>
#include <QElapsedTimer>
#include <QMetaEnum>
#include <QStyleFactory>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "app/view/window.h"
#include "tests/view/sampletape.h"

namespace {

using namespace tapescope;

constexpr double allowed = 50;  // milliseconds

/// Milliseconds that this thread has computed: what else the machine does meanwhile is no block of ours.
double busy() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Watch : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (depth_ > 0 || !watching_) return QApplication::notify(receiver, event);
        const QByteArray name = receiver->metaObject()->className();
        const QEvent::Type type = event->type();
        ++depth_;
        const double began = busy();
        const bool done = QApplication::notify(receiver, event);
        --depth_;
        say(name + ' ' + QMetaEnum::fromType<QEvent::Type>().valueToKey(type), busy() - began);
        return done;
    }

    /// One thing that a person does, on its own.
    template <class Act>
    void act(const char* name, Act act) {
        const double began = busy();
        act();
        say(name, busy() - began);
    }

    void watch() { watching_ = true; }
    double longest() const { return longest_; }

private:
    void say(const QByteArray& what, double milliseconds) {
        if (milliseconds > allowed) std::printf("%s\t%.1f\n", what.constData(), milliseconds);
        longest_ = std::max(longest_, milliseconds);
    }

    int depth_ = 0;
    bool watching_ = false;
    double longest_ = 0;
};

void use(Watch& watch, MainWindow& window) {
    Player& player = window.player();
    const double length = player.length();
    std::printf("beats\t%.0f\nboxes\t%zu\n", length, window.canvas().graph().boxes.size());
    const auto goTo = [&](double part) {
        watch.act("seek", [&] { player.setPosition(length * part); });
        QCoreApplication::processEvents();
    };
    for (const double part : {0.0, 0.31, 0.62, 0.93}) goTo(part);
    watch.act("open all folds", [&] { window.canvas().openAllFolds(); });
    QElapsedTimer waiting;
    waiting.start();
    do QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    while (window.canvas().frames().arranging());
    std::printf("boxes, all open\t%zu\nlaid out after\t%lld\n", window.canvas().graph().boxes.size(),
                static_cast<long long>(waiting.elapsed()));
    for (const double part : {0.1, 0.5, 0.9}) goTo(part);
    for (const Heading heading : {Heading::Down, Heading::Down, Heading::Right, Heading::Up}) {
        watch.act("walk", [&] { window.canvas().walk(heading); });
        QCoreApplication::processEvents();
    }
    player.setSpeed(Player::fastest);
    player.play(-1);
    QTimer::singleShot(4000, &window, [&] {
        std::printf("longest\t%.1f\n", watch.longest());
        QCoreApplication::quit();
    });
}

}  // namespace

int main(int argc, char** argv) {
    Watch watch(argc, argv);
    tapescope::testing::useFreshSettings();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    MainWindow window;
    window.chooseTheme(QStringLiteral("light"));
    window.show();
    QCoreApplication::processEvents();
    QObject::connect(
        &window, &MainWindow::settled, &watch, [&] { QTimer::singleShot(300, &watch, &QCoreApplication::quit); },
        Qt::QueuedConnection);
    watch.watch();
    if (argc < 2 || !window.openFile(QString::fromLocal8Bit(argv[1]))) return 64;
    QApplication::exec();
    use(watch, window);
    return QApplication::exec();
}
