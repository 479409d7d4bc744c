// SPDX-License-Identifier: Apache-2.0
// Small painted numbers: a value as a table of heat, a history as bars, a spark line.
#pragma once

#include <QWidget>
#include <vector>

#include "app/view/appearance.h"
#include "app/view/inspection.h"

namespace tapescope {

/// A value's elements on cells coloured by size: at most 8 rows and 8 columns, the rest is said to be more.
class HeatTable : public QWidget {
    Q_OBJECT

public:
    HeatTable(Inspection::Table table, Appearance& appearance, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCell(QPainter& painter, const QRectF& cell, double number, double largest) const;
    int rows() const;
    int columns() const;
    int stride() const;
    int cellWidth() const;
    int cellHeight() const { return fontMetrics().height() + 4; }

    Inspection::Table table_;
    Appearance& appearance_;
};

/// One bar for each step; a hatched, amber one where the update was wrong.
class BarChart : public QWidget {
    Q_OBJECT

public:
    BarChart(std::vector<Inspection::Bar> bars, Appearance& appearance, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {200, 78}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Inspection::Bar> bars_;
    Appearance& appearance_;
};

/// Bars from the least to the most element.
class HistogramChart : public QWidget {
    Q_OBJECT

public:
    HistogramChart(Inspection::Histogram histogram, Appearance& appearance, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {200, 66}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Inspection::Histogram histogram_;
    Appearance& appearance_;
};

/// At most four characters and a sign, as a table has room for: ".31", "12.4", "3e-5".
QString brief(double number);

}  // namespace tapescope
