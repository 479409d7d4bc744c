// SPDX-License-Identifier: Apache-2.0
#include "app/scene/export.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <cmath>

#include "app/scene/words.h"

namespace tapescope {

namespace {

constexpr double pageMargin = 16, captionHeight = 22, narrationHeight = 24, captionSize = 12, narrationSize = 13.5;

void paintLine(QPainter& painter, const Theme& theme, const QRectF& rect, const QString& text, Ink ink, double size) {
    painter.setFont(pictureFont(size, Weight::Normal, false));
    painter.setPen(theme[ink]);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QPointF(rect.left(), rect.center().y() + (metrics.ascent() - metrics.descent()) / 2),
                     elided(text, rect.width(), size));
}

}  // namespace

void paintPage(QPainter& painter, const QRectF& page, const Scene& scene, const Theme& theme) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.fillRect(page, theme[Ink::Paper]);
    const QRectF inner = page.adjusted(pageMargin, pageMargin / 2, -pageMargin, -pageMargin / 2);
    paintLine(painter, theme, {inner.left(), inner.top(), inner.width(), captionHeight}, scene.caption, Ink::Muted,
              captionSize);
    paintLine(painter, theme, {inner.left(), inner.top() + captionHeight, inner.width(), narrationHeight},
              scene.narration, Ink::Text, narrationSize);
    const QRectF room = inner.adjusted(0, captionHeight + narrationHeight, 0, 0);
    if (scene.bounds.isEmpty() || room.isEmpty()) return;
    const double scale = std::min(room.width() / scene.bounds.width(), room.height() / scene.bounds.height());
    painter.save();
    painter.translate(room.center());
    painter.scale(scale, scale);
    painter.translate(-scene.bounds.center());
    paint(painter, scene, theme);
    painter.restore();
}

QImage renderImage(const Scene& scene, const Theme& theme, QSize size) {
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    paintPage(painter, QRectF(QPointF(), size), scene, theme);
    painter.end();
    return image;
}

QByteArray renderPng(const Scene& scene, const Theme& theme, QSize size) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    renderImage(scene, theme, size).save(&buffer, "PNG");
    return bytes;
}

QByteArray renderSvg(const Scene& scene, const Theme& theme, QSize size) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(scene.caption);
    generator.setDescription(scene.narration);
    QPainter painter(&generator);
    paintPage(painter, QRectF(QPointF(), size), scene, theme);
    painter.end();
    return bytes;
}

QByteArray renderPdf(const Scene& scene, const Theme& theme, QSize size) {
    constexpr int pointsPerInch = 72;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(pointsPerInch * 20);  // widths of pens and places are rounded to the device's own pixels
    writer.setPageSize(QPageSize(QSizeF(size), QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setTitle(scene.caption);
    writer.setCreator(QStringLiteral("Tapescope"));
    QPainter painter(&writer);
    painter.scale(20, 20);
    paintPage(painter, QRectF(QPointF(), size), scene, theme);
    painter.end();
    return bytes;
}

QSize naturalSize(const Scene& scene) {
    return {static_cast<int>(std::ceil(scene.bounds.width() + 2 * pageMargin)),
            static_cast<int>(std::ceil(scene.bounds.height() + pageMargin + captionHeight + narrationHeight))};
}

}  // namespace tapescope
