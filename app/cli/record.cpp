// SPDX-License-Identifier: Apache-2.0
// `tapescope record`: run and keep the run.
#include <span>

#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/output.h"
#include "app/cli/report.h"
#include "app/document/tapefile.h"

namespace tapescope {

namespace {

/// Writes a run while it runs, so that no log of it is held.
class Keeper {
public:
    explicit Keeper(QIODevice& device) : device_(device) {}
    bool take(std::span<const std::byte> bytes) {
        begun_ = true;
        const auto size = static_cast<qint64>(bytes.size());
        if (device_.write(reinterpret_cast<const char*>(bytes.data()), size) != size)
            trouble_ = Failure{device_.errorString().toStdString()};
        return !trouble_;
    }
    bool begun() const { return begun_; }
    const std::optional<Failure>& trouble() const { return trouble_; }

private:
    QIODevice& device_;
    bool begun_ = false;
    std::optional<Failure> trouble_;
};

}  // namespace

int record(const Arguments& arguments) {
    const QString path = arguments.value("output");
    if (path.isEmpty()) {
        complain(QStringLiteral("record: -o RUN.tape is missing"));
        return wrongUsage;
    }
    auto options = runOptionsOf(arguments);
    if (!options) return wrongUsage;
    const QString& file = arguments.files.front();
    int status = wrongUsage;
    const bool kept = writeOut(path, [&](QIODevice& device) -> std::optional<Failure> {
        Keeper keeper(device);
        options->keep = [&keeper](std::span<const std::byte> bytes) { return keeper.take(bytes); };
        Document document;
        document.setOptions(*options);
        if (!load(document, file)) return alreadySaid;
        if (keeper.trouble()) return keeper.trouble();
        sayNotes(document, file);
        sayEnding(document, file);
        status = document.state() == Document::State::Damaged || outcomeOf(document) != Outcome::Finished ? stoppedShort
                                                                                                          : allWell;
        return keeper.begun() ? std::nullopt : writeTape(device, document.timeline());  // what was a recording before
    });
    return kept ? status : wrongUsage;
}

}  // namespace tapescope
