// SPDX-License-Identifier: Apache-2.0
// The program's window as main() opens it, watched from outside: says "first frame" when the canvas has been painted
// for the first time after the document had its findings.
#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <cstdio>

#include "app/view/canvas.h"
#include "app/view/window.h"

namespace {

using namespace tapescope;

class FrameProbe : public QObject {
public:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && !said_ && showsFindings(watched)) {
            said_ = true;
            // The filter runs before the painting, the timer after what was painted has been flushed.
            QTimer::singleShot(0, qApp, [] {
                std::puts("first frame");
                std::fflush(stdout);
                QApplication::quit();
            });
        }
        return false;
    }

private:
    static bool showsFindings(QObject* watched) {
        const auto* canvas = qobject_cast<Canvas*>(watched);
        auto* window = canvas == nullptr ? nullptr : qobject_cast<MainWindow*>(canvas->window());
        return window != nullptr && !window->document().findings().empty();
    }

    bool said_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    FrameProbe probe;
    application.installEventFilter(&probe);
    return runWindow(application, QString::fromLocal8Bit(argc > 1 ? argv[1] : "wrong-source"));
}
