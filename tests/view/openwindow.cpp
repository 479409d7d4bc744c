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

bool OpenWindow::provesAt(const Finding& finding) const {
    const Timeline& timeline = window.document().timeline();
    const EventIndex now = window.document().position().event;
    const std::uint32_t step = timeline.stepOf(finding.event);
    const auto later = [&](EventIndex event) { return timeline.stepOf(event) == step && event > now; };
    const bool last = now == finding.event || std::ranges::find(finding.evidence, now) != finding.evidence.end();
    return timeline.stepOf(now) == step && last && std::ranges::none_of(finding.evidence, later);
}

void OpenWindow::clickBox(const BoxKey& key) {
    Canvas& canvas = window.canvas();
    const QPointF middle = canvas.layout().boxes.at(key).center();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.viewport().toWidget(middle).toPoint());
}

}  // namespace tapescope::testing
