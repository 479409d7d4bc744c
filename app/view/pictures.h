// SPDX-License-Identifier: Apache-2.0
// Pictures of a run as files: which kinds there are, one picture, and a film that is made frame by frame, so that a
// window stays alive meanwhile.
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QSize>
#include <QStringList>
#include <optional>
#include <span>

#include "app/scene/gif.h"
#include "app/view/frames.h"

namespace tapescope {

/// Everything that a picture is drawn from, by itself: another thread can do it.
struct Drawing {
    Scene scene;
    StepGraph graph;
    Direction direction = Direction::Down;
    const Theme* theme = nullptr;
    QSize size;  ///< empty: as large as the scene
};
Drawing drawingOf(Frames& frames, const Theme& theme, QSize size = {});

struct PictureKind {
    const char* suffix;  ///< "png"
    const char* name;    ///< for dialogs
    bool film = false;
    QByteArray (*draw)(const Drawing& drawing) = nullptr;  ///< of one that is no film
};

std::span<const PictureKind> pictureKinds();
/// Nothing for an ending of no picture. The suffix is in lower case.
const PictureKind* pictureKind(const QString& suffix);
/// ".png, .svg, …" for sentences.
QString pictureSuffixes();

/// Beats of a run, counted from 1, both ends among them.
struct BeatRange {
    std::uint32_t first = 1, last = 1;
};

/// A film of a range of beats, at the speed of the deck, which stops for a moment after each beat.
class Film {
public:
    /// An empty size is that of the first picture. The device has to live as long.
    Film(Document& document, BeatRange range, const Theme& theme, QSize size, QIODevice& out);
    ~Film();

    /// Before the first picture: with the folds and in the direction of another view, or in a direction.
    void showAs(const Frames& other);
    void setDirection(Direction direction);

    std::uint32_t count() const { return count_; }  ///< pictures altogether
    std::uint32_t made() const { return made_; }
    /// Draws the next picture. False after the last, or where the device failed.
    bool next();
    /// Closes the file; true where it is whole.
    bool finish();

private:
    DeckPosition placeOf(std::uint32_t picture) const;

    Document& document_;
    Frames frames_;
    BeatRange range_;
    const Theme& theme_;
    QSize size_;
    QIODevice& out_;
    std::optional<GifFilm> film_;
    std::uint32_t perBeat_ = 1, count_ = 0, made_ = 0;
    bool well_ = true;
};

}  // namespace tapescope
