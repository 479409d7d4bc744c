// SPDX-License-Identifier: Apache-2.0
// `tapescope render`: the picture of the window, without the window.
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/output.h"
#include "app/cli/place.h"
#include "app/scene/export.h"
#include "app/view/frames.h"

namespace tapescope {

namespace {

constexpr int smallest = 16, largest = 8192;  // pixels

struct FormatRow {
    const char* suffix;
    QByteArray (*draw)(const Scene& scene, const Theme& theme, QSize size);  ///< nullptr: still to come
};

constexpr FormatRow formatTable[] = {
    {"png", &renderPng}, {"svg", &renderSvg}, {"pdf", nullptr}, {"dot", nullptr}, {"gif", nullptr}, {"mp4", nullptr},
};

/// What the command line asks for, as far as it can be known before the run.
struct Wish {
    QString out = {};
    const FormatRow* format = nullptr;  ///< nullptr: a folder
    QSize size = {};                    ///< empty: the picture's own
    QString at = {}, theme = {};
};

int refuse(const QString& text) {
    complain(QStringLiteral("render: ") + text);
    return wrongUsage;
}

/// Where OUT's ending is that of no format, and it looks like no folder either.
QString objectionToOut(const Wish& wish, const QString& suffix) {
    if (wish.out.isEmpty()) return QStringLiteral("-o OUT is missing");
    if (wish.format != nullptr && wish.format->draw == nullptr) {
        return QStringLiteral(".%1 is not there yet; use .png, .svg or a folder").arg(suffix);
    }
    if (wish.format == nullptr && !suffix.isEmpty() && !QFileInfo(wish.out).isDir() && !wish.out.endsWith(u'/')) {
        return QStringLiteral("'.%1' is no ending of a picture; use .png, .svg or a folder").arg(suffix);
    }
    if (wish.format == nullptr && !wish.at.isEmpty())
        return QStringLiteral("--at is for one picture, not for a folder");
    return {};
}

Result<Wish> wishOf(const Arguments& arguments) {
    Wish wish{
        .out = arguments.value("output"), .at = arguments.value("at"), .theme = arguments.value("theme", "light")};
    const QString suffix = QFileInfo(wish.out).isDir() ? QString() : QFileInfo(wish.out).suffix().toLower();
    for (const FormatRow& row : formatTable) {
        if (suffix == QLatin1String(row.suffix)) wish.format = &row;
    }
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

/// Draws a document at places of its run.
class Drawer {
public:
    Drawer(Document& document, const Wish& wish) : document_(document), wish_(wish), frames_(document) {}

    bool drawTo(const QString& path, DeckPosition position, const FormatRow& format) {
        placeStepsBefore(position.event);
        seek(position);
        const Scene& scene = frames_.scene();
        const QSize size = wish_.size.isEmpty() ? naturalSize(scene).boundedTo({largest, largest}) : wish_.size;
        const QByteArray bytes = format.draw(scene, themeNamed(wish_.theme), size);
        return writeOut(path, [&](QIODevice& device) -> std::optional<Failure> {
            if (device.write(bytes) == bytes.size()) return {};
            return Failure{device.errorString().toStdString()};
        });
    }

private:
    void seek(DeckPosition position) {
        document_.seek(position);
        frames_.touch();
    }

    /// Variables keep the places that earlier steps gave them, whichever step is drawn.
    void placeStepsBefore(EventIndex event) {
        const Timeline& timeline = document_.timeline();
        for (; placed_ < timeline.stepOf(event); ++placed_) {
            seek({timeline.steps()[placed_].end - 1, 1});
            frames_.layout();
        }
    }

    Document& document_;
    const Wish& wish_;
    Frames frames_;
    std::uint32_t placed_ = 0;
};

int drawOne(Document& document, const Wish& wish) {
    const auto place = placeOf(wish.at.isEmpty() ? QStringLiteral("end") : wish.at, document.timeline());
    if (!place) return refuse(QString::fromStdString(place.message()));
    return Drawer(document, wish).drawTo(wish.out, *place, *wish.format) ? allWell : wrongUsage;
}

int drawEvery(Document& document, const Wish& wish) {
    if (!QDir().mkpath(wish.out)) return refuse(QStringLiteral("%1 cannot be made").arg(wish.out));
    const std::vector<EventIndex> beats(document.timeline().beats().begin(), document.timeline().beats().end());
    Drawer drawer(document, wish);
    for (std::size_t i = 0; i < beats.size(); ++i) {
        const QString name = QStringLiteral("%1.png").arg(i + 1, 4, 10, QLatin1Char('0'));
        if (!drawer.drawTo(QDir(wish.out).filePath(name), {beats[i], 1}, formatTable[0])) return wrongUsage;
    }
    return allWell;
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
    return wish->format == nullptr ? drawEvery(document, *wish) : drawOne(document, *wish);
}

}  // namespace tapescope
