// SPDX-License-Identifier: Apache-2.0
// The picture in the window: pans, zooms, selects. Draws through the scene's painter and decides nothing about it.
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/view/appearance.h"
#include "app/view/frames.h"
#include "app/view/viewport.h"

namespace tapescope {

class Canvas : public QWidget {
    Q_OBJECT

public:
    Canvas(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    const Scene& scene() { return frames_.scene(); }
    const Layout& layout() { return frames_.layout(); }
    const Viewport& viewport() const { return viewport_; }

    void fit();
    void zoom(double factor);  ///< about the middle
    /// Boxes of these lines light up.
    void setLitLines(std::set<std::uint32_t> lines);
    /// Another run.
    void reload();
    /// The run grew.
    void grow() { refresh(); }
    /// Composes now what would otherwise be composed before the next frame.
    void present();

    QSize sizeHint() const override { return {760, 560}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void clicked(tapescope::Hit hit);
    void sceneChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void refresh();
    void click(QPointF point);
    void walk(int key);
    void paintMap(QPainter& painter);
    void showInWords();

    Document& document_;
    Appearance& appearance_;
    Frames frames_;
    Viewport viewport_;
    bool fitted_ = true;  ///< nobody has moved the picture since it was fitted: it follows the widget's size
    bool pressed_ = false, dragging_ = false;
    QPointF grabbed_;
    QTimer frame_;       ///< many changes, one frame
    int lastFrame_ = 0;  ///< milliseconds that the last one took
};

}  // namespace tapescope
