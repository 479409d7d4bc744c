// SPDX-License-Identifier: Apache-2.0
// The report for programs. Numbers are the shortest that read back as the same double; what is not finite is null.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

QJsonValue errorValue(const Document& document) {
    const auto ending = endingOf(document);
    if (!ending) return QJsonValue::Null;
    return QJsonObject{{"type", ending->type}, {"message", ending->message}, {"line", lineOrNull(ending->line)}};
}

QString output(const Timeline& timeline) {
    QString all;
    for (EventIndex i = 0; i < timeline.size(); ++i) {
        const auto* printed = timeline.getIf<Printed>(i);
        if (printed != nullptr && !printed->error) all += jsonText(printed->text);
    }
    return all;
}

QJsonObject stepObject(const VariableStep& step) {
    return {{"step", qint64{step.step}},
            {"line", qint64{step.line}},
            {"gradient", gradientName(step.gradient)},
            {"paired_with", orNull(!step.pairedWith.empty(), jsonText(step.pairedWith))},
            {"applied", step.applied},
            {"change", step.change},
            {"reason", jsonText(step.reason)},
            {"cut_line", lineOrNull(step.cutLine)}};
}

QJsonObject variableObject(const Timeline& timeline, const VariableReport& report) {
    const VariableCreated& created = timeline.created(report.variable);
    QJsonArray shape, steps;
    for (const std::int64_t dimension : created.value.shape) shape.append(qint64{dimension});
    for (const VariableStep& step : report.steps) steps.append(stepObject(step));
    return {{"names", texts(report.names)},
            {"line", qint64{report.line}},
            {"shape", shape},
            {"dtype", jsonText(std::string(row(created.value.dtype).name))},
            {"trainable", created.trainable},
            {"updated", report.updated},
            {"steps", steps}};
}

QJsonValue fixValue(const std::optional<Fix>& fix) {
    if (!fix) return QJsonValue::Null;
    QJsonArray edits;
    for (const Edit& edit : fix->edits) {
        edits.append(QJsonObject{
            {"line", qint64{edit.line}}, {"before", jsonText(edit.before)}, {"after", jsonText(edit.after)}});
    }
    return QJsonObject{{"description", jsonText(fix->description)}, {"edits", edits}, {"verified", fix->verified}};
}

QJsonObject findingObject(const Timeline& timeline, const Finding& finding) {
    return {{"id", jsonText(finding.id)},
            {"severity", severityName(finding.severity)},
            {"line", qint64{finding.line}},
            {"event", qint64{timeline.beatOf(finding.event)}},
            {"variables", texts(finding.names)},
            {"message", jsonText(finding.message)},
            {"explanation", jsonText(finding.explanation)},
            {"tensorflow_says",
             orNull(finding.tensorflowSays.has_value(), jsonText(finding.tensorflowSays.value_or(std::string())))},
            {"fix", fixValue(finding.fix)}};
}

}  // namespace

QByteArray jsonReport(const QString& file, const Document& document) {
    const Timeline& timeline = document.timeline();
    QJsonArray variables, findings;
    for (const VariableReport& report : variableReports(timeline)) variables.append(variableObject(timeline, report));
    for (const Finding& finding : document.findings()) findings.append(findingObject(timeline, finding));
    const QJsonObject report{{"file", file},
                             {"outcome", outcomeName(outcomeOf(document))},
                             {"error", errorValue(document)},
                             {"output", output(timeline)},
                             {"variables", variables},
                             {"findings", findings}};
    return QJsonDocument(report).toJson(QJsonDocument::Compact) + '\n';
}

}  // namespace tapescope
