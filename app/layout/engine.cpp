// SPDX-License-Identifier: Apache-2.0
#include "app/layout/engine.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

namespace tapescope {

struct LayoutEngine::Process {
    QProcess process;
};

LayoutEngine::LayoutEngine(QString program, std::chrono::milliseconds patience)
    : program_(std::move(program)), patience_(patience) {}

LayoutEngine::~LayoutEngine() {
    kill();
}

QString LayoutEngine::defaultProgram() {
    const QString name = QStringLiteral("tapescope-layout");
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

qint64 LayoutEngine::processId() const {
    return process_ ? process_->process.processId() : 0;
}

void LayoutEngine::warm() {
    if (program_.isEmpty() || (process_ && process_->process.state() != QProcess::NotRunning)) return;
    process_ = std::make_unique<Process>();
    process_->process.setProcessChannelMode(QProcess::SeparateChannels);
    process_->process.setStandardErrorFile(QProcess::nullDevice());
    process_->process.start(program_, {});
}

bool LayoutEngine::start() {
    warm();
    if (!process_) return false;
    return process_->process.state() == QProcess::Running ||
           process_->process.waitForStarted(static_cast<int>(patience_.count()));
}

void LayoutEngine::kill() {
    if (!process_) return;
    process_->process.kill();
    process_->process.waitForFinished();
    process_.reset();
}

std::optional<std::string> LayoutEngine::exchange(const std::string& request) {
    constexpr int glance = 20;  // milliseconds between two looks at cancelled_
    QProcess& process = process_->process;
    process.write(request.data(), static_cast<qint64>(request.size()));
    QElapsedTimer clock;
    clock.start();
    std::string answer;
    while (!answer.ends_with("done\n")) {
        if (cancelled_ || process.state() != QProcess::Running || clock.elapsed() > patience_.count()) return {};
        process.waitForReadyRead(glance);
        const QByteArray bytes = process.readAllStandardOutput();
        answer.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        if (answer.size() > (std::size_t{64} << 20)) return {};
    }
    return answer;
}

std::optional<GraphDrawing> LayoutEngine::draw(const GraphRequest& request) {
    if (cancelled_ || !start()) return {};
    const std::optional<std::string> answer = exchange(requestText(request));
    std::optional<GraphDrawing> drawing;
    if (answer) drawing = drawingFrom(*answer, request);
    if (!drawing) kill();
    return drawing;
}

}  // namespace tapescope
