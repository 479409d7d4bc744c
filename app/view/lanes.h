// SPDX-License-Identifier: Apache-2.0
// The tape itself: three lanes by phase, the loss above, findings as diamonds, steps below, and the head that one
// drags. A slider, so that assistive programs know what it is.
#pragma once

#include <QAbstractSlider>
#include <QPixmap>

#include "app/view/appearance.h"
#include "app/view/player.h"

namespace tapescope {

class Lanes : public QAbstractSlider {
    Q_OBJECT

public:
    Lanes(Document& document, Player& player, Appearance& appearance, QWidget* parent = nullptr);

    /// Where a position is on the widget, and back.
    double xAt(double position) const;
    double positionAt(double x) const;
    /// The diamond under a point: index into the deck's, or -1.
    int diamondAt(QPointF point) const;

    QSize sizeHint() const override { return {700, 170}; }
    QSize minimumSizeHint() const override { return {320, 150}; }

Q_SIGNALS:
    void findingChosen(int finding);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Rows;

    Rows rows() const;
    void reload();
    void follow();
    QPixmap drawTape() const;
    void drawLabels(QPainter& painter) const;
    void drawLoss(QPainter& painter) const;
    void drawLossNumbers(QPainter& painter, double least, double spread) const;
    void drawStretches(QPainter& painter) const;
    void drawSteps(QPainter& painter) const;
    void drawDiamonds(QPainter& painter) const;
    void drawHead(QPainter& painter) const;
    QPointF centreOf(const Diamond& diamond) const;
    QString wordsAt(QPointF point) const;

    Document& document_;
    Player& player_;
    Appearance& appearance_;
    QPixmap tape_;  ///< everything but the head
    double wheeled_ = 0;
};

}  // namespace tapescope
