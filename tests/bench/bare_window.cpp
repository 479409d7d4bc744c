// SPDX-License-Identifier: Apache-2.0
// The least that a Qt window can be, as the baseline of `./bench start`: says "first frame" when one has been shown.
#include <QApplication>
#include <QPainter>
#include <QTimer>
#include <QWidget>
#include <cstdio>

namespace {

class BareWindow : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), palette().window());
        // What was painted is flushed when this returns; the timer fires after that.
        QTimer::singleShot(0, this, [] {
            std::puts("first frame");
            std::fflush(stdout);
            QApplication::quit();
        });
    }
};

}  // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    BareWindow window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
