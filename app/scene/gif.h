// SPDX-License-Identifier: Apache-2.0
// A film of pictures as an animated GIF, written as the pictures come: of each only the part that changed.
#pragma once

#include <QIODevice>
#include <QImage>
#include <memory>

#include "app/scene/theme.h"

namespace tapescope {

class GifFilm {
public:
    /// The colours are those of the theme and what lies between them and the paper.
    GifFilm(QIODevice& out, QSize size, const Theme& theme);
    ~GifFilm();
    GifFilm(const GifFilm&) = delete;
    GifFilm& operator=(const GifFilm&) = delete;

    /// A picture of the film's size that stands for so long. False where it could not be written.
    bool add(const QImage& picture, int milliseconds);
    /// Writes what is still missing. False where anything failed.
    bool finish();

private:
    struct Writer;
    std::unique_ptr<Writer> writer_;
};

}  // namespace tapescope
