// SPDX-License-Identifier: Apache-2.0
#include "tests/view/openwindow.h"

#include <QtTest>
#include <algorithm>

namespace tapescope::testing {

OpenWindow::OpenWindow() {
    window.chooseTheme(QStringLiteral("light"));
    window.resize(1440, 900);
    window.canvas().setPatience(std::chrono::milliseconds(patience));
    window.show();
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window)) qWarning("the window did not become active");
}

bool OpenWindow::open(const QString& name, const std::vector<Event>& events) {
    const bool opened = window.openFile(tapes_.write(name, events));
    window.canvas().setFocus();
    return opened;
}

BoxKey OpenWindow::titled(const std::string& title) const {
    const auto& boxes = window.document().graph().boxes;
    const auto found = std::ranges::find(boxes, title, &GraphBox::title);
    return found == boxes.end() ? BoxKey{} : found->key;
}

void OpenWindow::clickBox(const BoxKey& key) {
    Canvas& canvas = window.canvas();
    const QPointF middle = canvas.layout().boxes.at(key).center();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.viewport().toWidget(middle).toPoint());
}

}  // namespace tapescope::testing
