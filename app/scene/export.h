// SPDX-License-Identifier: Apache-2.0
// A scene as a file: caption, sentence and picture on paper of a size.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

#include "app/scene/paint.h"

namespace tapescope {

/// Draws caption, picture and sentence into the rectangle, the picture as large as fits.
void paintPage(QPainter& painter, const QRectF& page, const Scene& scene, const Theme& theme);

QImage renderImage(const Scene& scene, const Theme& theme, QSize size);
/// As a PNG file, the same bytes for the same scene.
QByteArray renderPng(const Scene& scene, const Theme& theme, QSize size);
/// As an SVG file whose text is text.
QByteArray renderSvg(const Scene& scene, const Theme& theme, QSize size);

/// As a PDF file of one page, the size in points of 1/72 inch; its text is text, in the picture's own fonts.
QByteArray renderPdf(const Scene& scene, const Theme& theme, QSize size);

/// A size in which the scene stands at its own scale.
QSize naturalSize(const Scene& scene);

}  // namespace tapescope
