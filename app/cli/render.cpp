// SPDX-License-Identifier: Apache-2.0
// `tapescope render`: the picture of the window, without the window.
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRegularExpression>
#include <cstdio>

#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/output.h"
#include "app/cli/place.h"
#include "app/view/pictures.h"

namespace tapescope {

namespace {

constexpr int smallest = 16, largest = 8192;  // pixels

/// What the command line asks for, as far as it can be known before the run.
struct Wish {
    QString out = {};
    const PictureKind* kind = nullptr;  ///< nullptr: a folder
    QSize size = {};                    ///< empty: the picture's own
    QString at = {}, range = {}, theme = {};
    Direction direction = Direction::Down;
};

int refuse(const QString& text) {
    complain(QStringLiteral("render: ") + text);
    return wrongUsage;
}

/// Where OUT's ending is that of no picture, and it looks like no folder either.
QString objectionToOut(const Wish& wish, const QString& suffix) {
    if (wish.out.isEmpty()) return QStringLiteral("-o OUT is missing");
    if (wish.kind == nullptr && !suffix.isEmpty() && !QFileInfo(wish.out).isDir() && !wish.out.endsWith(u'/')) {
        return QStringLiteral("'.%1' is no ending of a picture; use %2 or a folder").arg(suffix, pictureSuffixes());
    }
    const bool film = wish.kind != nullptr && wish.kind->film;
    if (!wish.range.isEmpty() && !film) return QStringLiteral("--range is for films; OUT has to end in .gif");
    if (!wish.at.isEmpty() && film) return QStringLiteral("--at is for one picture; a film takes --range A..B");
    if (wish.kind == nullptr && !wish.at.isEmpty()) return QStringLiteral("--at is for one picture, not for a folder");
    return {};
}

Result<Wish> wishOf(const Arguments& arguments) {
    Wish wish{.out = arguments.value("output"),
              .at = arguments.value("at"),
              .range = arguments.value("range"),
              .theme = arguments.value("theme", "light")};
    wish.direction = directionOf(arguments.value("direction").toStdString());
    const QString suffix = QFileInfo(wish.out).isDir() ? QString() : QFileInfo(wish.out).suffix().toLower();
    wish.kind = pictureKind(suffix);
    if (const QString text = objectionToOut(wish, suffix); !text.isEmpty()) return Failure{text.toStdString()};
    if (!arguments.has("size")) return wish;
    static const QRegularExpression form(QStringLiteral("^(\\d{1,5})[xX×](\\d{1,5})$"));
    const auto match = form.match(arguments.value("size"));
    wish.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    const auto fits = [](int pixels) { return pixels >= smallest && pixels <= largest; };
    if (!fits(wish.size.width()) || !fits(wish.size.height())) {
        return Failure{"--size takes WIDTHxHEIGHT, each from 16 to 8192, not '" +
                       arguments.value("size").toStdString() + "'"};
    }
    return wish;
}

std::optional<Failure> write(QIODevice& device, const QByteArray& bytes) {
    if (device.write(bytes) == bytes.size()) return {};
    return Failure{device.errorString().toStdString()};
}

bool drawTo(const QString& path, Frames& frames, DeckPosition position, const PictureKind& kind, const Wish& wish) {
    frames.lookAt(position);
    const QByteArray bytes = kind.draw(drawingOf(frames, themeNamed(wish.theme), wish.size));
    return writeOut(path, [&](QIODevice& device) { return write(device, bytes); });
}

int drawOne(Document& document, const Wish& wish) {
    const auto place = placeOf(wish.at.isEmpty() ? QStringLiteral("end") : wish.at, document.timeline());
    if (!place) return refuse(QString::fromStdString(place.message()));
    Frames frames(document);
    frames.setDirection(wish.direction);
    return drawTo(wish.out, frames, *place, *wish.kind, wish) ? allWell : wrongUsage;
}

int drawEvery(Document& document, const Wish& wish) {
    if (!QDir().mkpath(wish.out)) return refuse(QStringLiteral("%1 cannot be made").arg(wish.out));
    const std::vector<EventIndex> beats(document.timeline().beats().begin(), document.timeline().beats().end());
    Frames frames(document);
    frames.setDirection(wish.direction);
    for (std::size_t i = 0; i < beats.size(); ++i) {
        const QString name = QStringLiteral("%1.png").arg(i + 1, 4, 10, QLatin1Char('0'));
        const QString path = QDir(wish.out).filePath(name);
        if (!drawTo(path, frames, {beats[i], 1}, *pictureKind(QStringLiteral("png")), wish)) return wrongUsage;
    }
    return allWell;
}

/// "A..B", both as --at takes them: a step's number alone is its beginning on the left and its end on the right.
Result<BeatRange> rangeOf(const QString& text, const Timeline& timeline) {
    const auto all = static_cast<std::uint32_t>(timeline.beats().size());
    if (text.isEmpty()) return BeatRange{1, all};
    const QStringList ends = text.split(QStringLiteral(".."));
    if (ends.size() != 2) return Failure{"--range takes two places, A..B, not '" + text.toStdString() + "'"};
    const bool wholeStep = !ends[0].contains(QLatin1Char('.'));
    const auto first = placeOf(wholeStep ? ends[0] + QStringLiteral(".1") : ends[0], timeline);
    const auto last = placeOf(ends[1], timeline);
    if (!first) return Failure{first.message()};
    if (!last) return Failure{last.message()};
    const BeatRange range{timeline.beatOf(first->event), timeline.beatOf(last->event)};
    if (range.first > range.last) return Failure{"the range ends before it begins"};
    return range;
}

/// How far the film is, on a terminal; silence elsewhere.
void sayProgress(const Film& film, QElapsedTimer& since) {
    constexpr int patience = 200;
    if (since.elapsed() < patience || isatty(STDERR_FILENO) == 0) return;
    since.restart();
    std::fprintf(stderr, "\r%u of %u pictures", film.made(), film.count());
    if (film.made() == film.count()) std::fputc('\n', stderr);
}

int drawFilm(Document& document, const Wish& wish) {
    const auto range = rangeOf(wish.range, document.timeline());
    if (!range) return refuse(QString::fromStdString(range.message()));
    const bool well = writeOut(wish.out, [&](QIODevice& device) -> std::optional<Failure> {
        Film film(document, *range, themeNamed(wish.theme), wish.size, device);
        film.setDirection(wish.direction);
        QElapsedTimer since;
        since.start();
        do sayProgress(film, since);
        while (film.next());
        sayProgress(film, since);
        if (film.finish()) return {};
        return Failure{film.count() == 0 ? "the run has no beats" : device.errorString().toStdString()};
    });
    return well ? allWell : wrongUsage;
}

}  // namespace

int render(const Arguments& arguments) {
    const auto wish = wishOf(arguments);
    if (!wish) return refuse(QString::fromStdString(wish.message()));
    const auto options = runOptionsOf(arguments);
    if (!options) return wrongUsage;
    Document document;
    document.setOptions(*options);
    const QString& file = arguments.files.front();
    if (!load(document, file)) return wrongUsage;
    sayNotes(document, file);
    sayEnding(document, file);
    if (wish->kind == nullptr) return drawEvery(document, *wish);
    return wish->kind->film ? drawFilm(document, *wish) : drawOne(document, *wish);
}

}  // namespace tapescope
