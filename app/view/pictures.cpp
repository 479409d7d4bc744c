// SPDX-License-Identifier: Apache-2.0
#include "app/view/pictures.h"

#include <algorithm>
#include <array>

#include "app/scene/dot.h"
#include "app/scene/export.h"

namespace tapescope {

namespace {

constexpr int longestSide = 8192, longestFilmSide = 1280;  // pixels
constexpr int picture = 100, rest = 300;                   // milliseconds
constexpr std::uint32_t smooth = 6, manyBeats = 200;       // pictures a beat; beats from which on one does

using Draw = QByteArray (*)(const Scene&, const Theme&, QSize);

template <Draw draw>
QByteArray drawn(const Drawing& d) {
    const QSize natural = naturalSize(d.scene).boundedTo({longestSide, longestSide});
    return draw(d.scene, *d.theme, d.size.isEmpty() ? natural : d.size);
}

QByteArray dotText(const Drawing& d) {
    return dotOf(d.graph, *d.theme, d.direction);
}

constexpr std::array kinds{
    PictureKind{"png", "PNG picture", false, &drawn<&renderPng>},
    PictureKind{"svg", "SVG drawing", false, &drawn<&renderSvg>},
    PictureKind{"pdf", "PDF page", false, &drawn<&renderPdf>},
    PictureKind{"dot", "Graphviz graph", false, &dotText},
    PictureKind{"gif", "GIF film", true},
};

}  // namespace

Drawing drawingOf(Frames& frames, const Theme& theme, QSize size) {
    frames.setLetters(theme.letters);
    return {frames.scene(), frames.graph(), frames.direction(), &theme, size};
}

std::span<const PictureKind> pictureKinds() {
    return kinds;
}

const PictureKind* pictureKind(const QString& suffix) {
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const auto& kind) { return suffix == QLatin1String(kind.suffix); });
    return found == kinds.end() ? nullptr : &*found;
}

QString pictureSuffixes() {
    QStringList suffixes;
    for (const PictureKind& kind : kinds) suffixes << QLatin1Char('.') + QLatin1String(kind.suffix);
    return suffixes.join(QStringLiteral(", "));
}

Film::Film(Document& document, BeatRange range, const Theme& theme, QSize size, QIODevice& out)
    : document_(document), frames_(document), range_(range), theme_(theme), size_(size), out_(out) {
    frames_.setLetters(theme.letters);
    const auto beats = static_cast<std::uint32_t>(document.timeline().beats().size());
    range_.last = std::min(range_.last, beats);
    range_.first = std::clamp<std::uint32_t>(range_.first, 1, std::max(1U, range_.last));
    if (beats == 0) return;
    const std::uint32_t length = range_.last - range_.first + 1;
    perBeat_ = length > manyBeats ? 1 : smooth;
    count_ = length * perBeat_;
}

void Film::showAs(const Frames& other) {
    frames_.showAs(other);
}

void Film::setDirection(Direction direction) {
    frames_.setDirection(direction);
}

Film::~Film() = default;

DeckPosition Film::placeOf(std::uint32_t number) const {
    const EventIndex beat = document_.timeline().beats()[range_.first - 1 + number / perBeat_];
    return {beat, static_cast<double>(number % perBeat_ + 1) / perBeat_};
}

bool Film::next() {
    if (!well_ || made_ >= count_) return false;
    frames_.lookAt(placeOf(made_));
    const Scene& scene = frames_.scene();
    if (!film_) {
        if (size_.isEmpty()) {
            size_ = naturalSize(scene);
            const QSize most(longestFilmSide, longestFilmSide);
            if (size_ != size_.boundedTo(most)) size_.scale(most, Qt::KeepAspectRatio);
        }
        film_.emplace(out_, size_, theme_);
    }
    ++made_;
    well_ = film_->add(renderImage(scene, theme_, size_), made_ % perBeat_ == 0 ? picture + rest : picture);
    return well_ && made_ < count_;
}

bool Film::finish() {
    return film_ && film_->finish() && well_ && made_ == count_;
}

}  // namespace tapescope
