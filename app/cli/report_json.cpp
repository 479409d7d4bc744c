// SPDX-License-Identifier: Apache-2.0
// The report for programs. Numbers are the shortest that read back as the same double; what is not finite is null.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <span>

#include "app/cli/report.h"

namespace tapescope {

namespace {

QString jsonText(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QJsonArray texts(const std::vector<std::string>& list) {
    QJsonArray array;
    for (const std::string& each : list) array.append(jsonText(each));
    return array;
}

QJsonValue orNull(bool known, const QJsonValue& value) {
    return known ? value : QJsonValue(QJsonValue::Null);
}
QJsonValue lineOrNull(std::uint32_t line) {
    return orNull(line != 0, qint64{line});
}

/// A line in its own file: "file" where that is a module beside the script, "cell" and "cell_line" in a notebook.
void addPlace(QJsonObject& object, const Timeline& timeline, std::uint32_t line) {
    const TextPlace place = timeline.places().of(line);
    object["line"] = lineOrNull(place.line);
    if (place.file != FileId{0}) object["file"] = jsonText(timeline.places().name(place.file));
    if (place.cell == 0) return;
    object["cell"] = qint64{place.cell};
    object["cell_line"] = qint64{place.cellLine};
}

QJsonValue errorValue(const Document& document) {
    const auto ending = endingOf(document);
    if (!ending) return QJsonValue::Null;
    QJsonObject object{{"type", ending->type}, {"message", ending->message}};
    addPlace(object, document.timeline(), ending->line);
    return object;
}

QString traceback(const Document& document) {
    const auto ending = endingOf(document);
    return ending ? ending->traceback : QString();
}

/// Everything of one kind that the script wrote, in its order.
template <class Wanted>
QString printed(const Timeline& timeline, Wanted wanted) {
    QString all;
    for (const EventIndex index : timeline.findAll(Event(Printed{}).index())) {
        const auto& piece = timeline.get<Printed>(index);
        if (wanted(piece)) all += jsonText(piece.text);
    }
    return all;
}

QJsonArray warnings(const Timeline& timeline) {
    QJsonArray all;
    for (const EventIndex index : timeline.findAll(Event(Warned{}).index())) {
        const auto& warned = timeline.get<Warned>(index);
        QJsonObject object{{"category", jsonText(warned.category)}, {"message", jsonText(warned.message)}};
        addPlace(object, timeline, timeline.lineOf(warned.site));
        all.append(object);
    }
    return all;
}

QJsonArray notes(const Timeline& timeline) {
    QJsonArray all;
    for (const EventIndex index : timeline.findAll(Event(Noted{}).index()))
        all.append(jsonText(timeline.get<Noted>(index).text));
    return all;
}

/// The lines of a step are those of its own file, too.
QJsonValue lineIn(const Timeline& timeline, std::uint32_t line) {
    return lineOrNull(timeline.places().of(line).line);
}

QJsonObject stepObject(const Timeline& timeline, const VariableStep& step) {
    return {{"step", qint64{step.step}},
            {"line", lineIn(timeline, step.line)},
            {"gradient", gradientName(step.gradient)},
            {"paired_with", orNull(!step.pairedWith.empty(), jsonText(step.pairedWith))},
            {"applied", step.applied},
            {"change", step.change},
            {"reason", jsonText(step.reason)},
            {"cut_line", lineIn(timeline, step.cutLine)}};
}

QJsonObject variableObject(const Timeline& timeline, const VariableReport& report) {
    const VariableCreated& created = timeline.created(report.variable);
    QJsonArray shape, steps;
    for (const std::int64_t dimension : created.value.shape()) shape.append(qint64{dimension});
    for (const VariableStep& step : report.steps) steps.append(stepObject(timeline, step));
    QJsonObject object{{"names", texts(report.names)},
                       {"shape", shape},
                       {"dtype", jsonText(std::string(row(created.value.dtype()).name))},
                       {"trainable", created.trainable},
                       {"updated", report.updated},
                       {"steps", steps}};
    addPlace(object, timeline, report.line);
    return object;
}

QJsonValue fixValue(const Timeline& timeline, const std::optional<Fix>& fix) {
    if (!fix) return QJsonValue::Null;
    QJsonArray edits;
    for (const Edit& edit : fix->edits) {
        QJsonObject object{{"before", jsonText(edit.before)}, {"after", jsonText(edit.after)}};
        addPlace(object, timeline, edit.line);
        edits.append(object);
    }
    return QJsonObject{{"description", jsonText(fix->description)}, {"edits", edits}, {"verified", fix->verified}};
}

QJsonObject findingObject(const Timeline& timeline, const Finding& finding) {
    QJsonObject object{{"id", jsonText(finding.id)},
                       {"severity", severityName(finding.severity)},
                       {"event", qint64{timeline.beatOf(finding.event)}},
                       {"variables", texts(finding.names)},
                       {"message", jsonText(finding.message)},
                       {"explanation", jsonText(finding.explanation)},
                       {"tensorflow_says", orNull(finding.tensorflowSays.has_value(),
                                                  jsonText(finding.tensorflowSays.value_or(std::string())))},
                       {"fix", fixValue(timeline, finding.fix)}};
    addPlace(object, timeline, finding.line);
    return object;
}

}  // namespace

QByteArray jsonReport(const QString& file, const Document& document) {
    const Timeline& timeline = document.timeline();
    constexpr std::size_t most = 20'000;  // a script that makes them for ever would make a file without an end
    QJsonArray variables, findings;
    const auto reports = variableReports(timeline);
    for (const VariableReport& report : std::span(reports).first(std::min(most, reports.size())))
        variables.append(variableObject(timeline, report));
    for (const Finding& finding : document.findings()) findings.append(findingObject(timeline, finding));
    QJsonObject report{{"file", file},
                       {"outcome", outcomeName(outcomeOf(document))},
                       {"error", errorValue(document)},
                       {"output", printed(timeline, [](const Printed& p) { return !p.error && !p.shown; })},
                       {"stderr", printed(timeline, [](const Printed& p) { return p.error; })},
                       {"shown", printed(timeline, [](const Printed& p) { return p.shown; })},
                       {"traceback", traceback(document)},
                       {"warnings", warnings(timeline)},
                       {"notes", notes(timeline)},
                       {"variables", variables},
                       {"findings", findings}};
    if (reports.size() > most) report["variables_left_out"] = static_cast<qint64>(reports.size() - most);
    return QJsonDocument(report).toJson(QJsonDocument::Compact) + '\n';
}

}  // namespace tapescope
