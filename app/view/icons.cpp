// SPDX-License-Identifier: Apache-2.0
// Reads resources/icons, which the build embeds.
#include "app/view/icons.h"

#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <span>
#include <string_view>
#include <utility>

namespace tapescope {

std::span<const std::pair<std::string_view, std::string_view>> viewIcons();  // made by ts_embed

namespace {

QByteArray drawing(const QString& name) {
    const std::string wanted = "icons/" + name.toStdString() + ".svg";
    for (const auto& [file, text] : viewIcons()) {
        if (file == wanted) return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }
    return {};
}

QPixmap pixmap(const QByteArray& svg, int size) {
    QSvgRenderer renderer(svg);
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    return QPixmap::fromImage(image);
}

QIcon iconOf(const QByteArray& svg) {
    QIcon icon;
    if (svg.isEmpty()) return icon;
    for (const int size : {16, 24, 32, 48, 64, 128}) icon.addPixmap(pixmap(svg, size));
    return icon;
}

}  // namespace

QIcon icon(const QString& name, const QColor& colour) {
    return iconOf(drawing(name).replace("currentColor", colour.name().toUtf8()));
}

QIcon programIcon() {
    return iconOf(drawing(QStringLiteral("tapescope")));
}

}  // namespace tapescope
