// SPDX-License-Identifier: Apache-2.0
#include "app/view/background.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QProgressDialog>
#include <QThread>
#include <QTimer>
#include <exception>
#include <memory>

namespace tapescope {

std::optional<QByteArray> inBackground(std::function<QByteArray()> work, const QString& words, QWidget* parent) {
    constexpr int patience = 200;  // milliseconds
    const auto made = std::make_shared<QByteArray>();
    QThread* thread = QThread::create([work = std::move(work), made] {
        try {
            *made = work();
        } catch (const std::exception&) {
            made->clear();  // memory has run out, as a rule
        }
    });
    QEventLoop loop;
    bool done = false;
    QObject::connect(thread, &QThread::finished, &loop, [&] {
        done = true;
        loop.quit();
    });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    // What was cancelled works with what the program's end takes away.
    QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, thread,
                     [thread] { thread->wait(); });
    thread->start();
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (done) return *made;
    QProgressDialog progress(words, QObject::tr("Cancel"), 0, 0, parent);
    progress.setObjectName(QStringLiteral("background"));
    progress.setAccessibleName(words);
    progress.setWindowModality(Qt::WindowModal);
    progress.setMinimumDuration(0);
    QObject::connect(&progress, &QProgressDialog::canceled, &loop, &QEventLoop::quit);
    progress.show();
    loop.exec();
    return done ? std::optional(*made) : std::nullopt;
}

}  // namespace tapescope
