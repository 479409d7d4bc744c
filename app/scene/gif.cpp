// SPDX-License-Identifier: Apache-2.0
#include "app/scene/gif.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace tapescope {

namespace {

constexpr int colourCount = 256;
constexpr int fineness = 5;  ///< bits of a channel that tell two colours of a picture apart
constexpr std::size_t shades = std::size_t{1} << (3 * fineness);

/// The inks, and for the edges of strokes and letters what lies between an ink and the grounds it stands on.
std::vector<QRgb> filmPaletteOf(const Theme& theme) {
    std::vector<QRgb> palette;
    const auto add = [&palette](QRgb colour) {
        if (palette.size() < colourCount && std::find(palette.begin(), palette.end(), colour) == palette.end())
            palette.push_back(colour);
    };
    for (const auto& [ink, colour] : theme.colours) add(colour.rgb());
    for (const Ink ground : {Ink::Paper, Ink::Band}) {
        for (int part = 1; part < 7; ++part) {
            for (const auto& [ink, colour] : theme.colours) {
                const QColor under = theme[ground];
                const auto between = [part](int from, int to) { return from + (to - from) * part / 7; };
                add(qRgb(between(under.red(), colour.red()), between(under.green(), colour.green()),
                         between(under.blue(), colour.blue())));
            }
        }
    }
    palette.resize(colourCount, palette.front());
    return palette;
}

int writeTo(GifFileType* file, const GifByteType* bytes, int count) {
    return static_cast<int>(
        static_cast<QIODevice*>(file->UserData)->write(reinterpret_cast<const char*>(bytes), count));
}

}  // namespace

struct GifFilm::Writer {
    Writer(QIODevice& out, QSize size, const Theme& theme)
        : palette(filmPaletteOf(theme)), nearest(shades, -1), before(size, QImage::Format_RGB32) {
        int error = 0;
        file = EGifOpen(&out, &writeTo, &error);
        if (file != nullptr) failed = !begin();
    }

    bool begin() {
        constexpr std::array<GifByteType, 3> forEver{1, 0, 0};
        std::vector<GifColorType> colours;
        for (const QRgb colour : palette)
            colours.push_back({static_cast<GifByteType>(qRed(colour)), static_cast<GifByteType>(qGreen(colour)),
                               static_cast<GifByteType>(qBlue(colour))});
        ColorMapObject* map = GifMakeMapObject(colourCount, colours.data());
        EGifSetGifVersion(file, true);
        const bool well = EGifPutScreenDesc(file, before.width(), before.height(), 8, 0, map) == GIF_OK &&
                          EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
                          EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") == GIF_OK &&
                          EGifPutExtensionBlock(file, int(forEver.size()), forEver.data()) == GIF_OK &&
                          EGifPutExtensionTrailer(file) == GIF_OK;
        GifFreeMapObject(map);
        return well;
    }

    GifByteType indexOf(QRgb colour) {
        constexpr int drop = 8 - fineness;
        const auto shade = static_cast<std::size_t>((qRed(colour) >> drop) << (2 * fineness) |
                                                    (qGreen(colour) >> drop) << fineness | qBlue(colour) >> drop);
        if (nearest[shade] >= 0) return static_cast<GifByteType>(nearest[shade]);
        int least = std::numeric_limits<int>::max();
        for (int i = 0; i < colourCount; ++i) {
            const QRgb other = palette[static_cast<std::size_t>(i)];
            const int r = qRed(colour) - qRed(other), g = qGreen(colour) - qGreen(other),
                      b = qBlue(colour) - qBlue(other);
            const int distance = 3 * r * r + 4 * g * g + 2 * b * b;
            if (distance >= least) continue;
            least = distance;
            nearest[shade] = static_cast<std::int16_t>(i);
        }
        return static_cast<GifByteType>(nearest[shade]);
    }

    /// The rectangle around everything that differs from the picture before; at least one pixel, which carries the
    /// time.
    QRect changed(const QImage& picture) const {
        if (first) return picture.rect();
        QRect rect;
        for (int y = 0; y < picture.height(); ++y) {
            const auto* now = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
            const auto* then = reinterpret_cast<const QRgb*>(before.constScanLine(y));
            const int width = picture.width();
            int left = 0, right = width - 1;
            while (left < width && now[left] == then[left]) ++left;
            if (left == width) continue;
            while (now[right] == then[right]) --right;
            rect |= QRect(QPoint(left, y), QPoint(right, y));
        }
        return rect.isNull() ? QRect(0, 0, 1, 1) : rect;
    }

    bool add(const QImage& picture, int milliseconds) {
        GraphicsControlBlock control{DISPOSE_DO_NOT, false, std::max(1, milliseconds / 10), NO_TRANSPARENT_COLOR};
        std::array<GifByteType, 4> bytes{};
        EGifGCBToExtension(&control, bytes.data());
        const QRect part = changed(picture);
        if (EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, int(bytes.size()), bytes.data()) != GIF_OK ||
            EGifPutImageDesc(file, part.left(), part.top(), part.width(), part.height(), false, nullptr) != GIF_OK)
            return false;
        std::vector<GifByteType> line(static_cast<std::size_t>(part.width()));
        for (int y = part.top(); y <= part.bottom(); ++y) {
            const auto* pixels = reinterpret_cast<const QRgb*>(picture.constScanLine(y)) + part.left();
            for (std::size_t x = 0; x < line.size(); ++x) line[x] = indexOf(pixels[x]);
            if (EGifPutLine(file, line.data(), part.width()) != GIF_OK) return false;
        }
        before = picture;
        first = false;
        return true;
    }

    std::vector<QRgb> palette;
    std::vector<std::int16_t> nearest;
    QImage before;
    GifFileType* file = nullptr;
    bool first = true;
    bool failed = false;
};

GifFilm::GifFilm(QIODevice& out, QSize size, const Theme& theme)
    : writer_(std::make_unique<Writer>(out, size, theme)) {}

GifFilm::~GifFilm() {
    finish();
}

bool GifFilm::add(const QImage& picture, int milliseconds) {
    if (writer_->file == nullptr || writer_->failed || picture.size() != writer_->before.size()) return false;
    writer_->failed = !writer_->add(picture.convertToFormat(QImage::Format_RGB32), milliseconds);
    return !writer_->failed;
}

bool GifFilm::finish() {
    if (writer_->file == nullptr) return !writer_->failed;
    int error = 0;
    if (EGifCloseFile(writer_->file, &error) != GIF_OK) writer_->failed = true;
    writer_->file = nullptr;
    return !writer_->failed;
}

}  // namespace tapescope
