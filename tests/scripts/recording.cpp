// SPDX-License-Identifier: Apache-2.0
#include "tests/scripts/recording.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/document/notebook.h"
#include "app/document/run.h"
#include "core/diagnosis/finding.h"

namespace tapescope::testing {

namespace {

QByteArray contents(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

void flatten(const QJsonValue& value, std::vector<double>& numbers) {
    if (value.isArray()) {
        for (const auto each : value.toArray()) flatten(each, numbers);
    } else if (value.isString()) {
        numbers.push_back(value.toString().toDouble());  // "nan", "inf", "-inf"
    } else {
        numbers.push_back(value.isBool() ? double(value.toBool()) : value.toDouble());
    }
}

bool agree(double expected, double actual) {
    if (std::isnan(expected) || std::isnan(actual)) return std::isnan(expected) && std::isnan(actual);
    if (expected == actual) return true;
    return std::abs(expected - actual) <= std::max(1e-7, 1e-6 * std::max(std::abs(expected), std::abs(actual)));
}

/// Numbers and the pieces of text between them, without white space.
QStringList pieces(QString text) {
    static const QRegularExpression scalar(QStringLiteral("\\bnp\\.\\w+\\(([^()]*)\\)"));
    static const QRegularExpression piece(
        QStringLiteral("(?<![\\w.])[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|[^\\s\\d\\[\\]()=,+-]+|\\S"));
    text.replace(scalar, QStringLiteral("\\1"));
    QStringList found;
    for (auto each = piece.globalMatch(text); each.hasNext();) found.append(each.next().captured());
    return found;
}

}  // namespace

Recording readRecording(const QString& path) {
    const auto object = QJsonDocument::fromJson(contents(path)).object();
    if (object.isEmpty()) qFatal("%s is no recording", qPrintable(path));
    Recording recording;
    recording.printed = object[QStringLiteral("stdout")].toString();
    if (const auto error = object[QStringLiteral("exception")].toObject(); !error.isEmpty()) {
        recording.exception = {error[QStringLiteral("type")].toString(), error[QStringLiteral("message")].toString(),
                               error[QStringLiteral("line")].toInt()};
    }
    for (const auto each : object[QStringLiteral("warnings")].toArray()) {
        const auto warning = each.toObject();
        recording.warnings.append(warning[QStringLiteral("category")].toString() + QStringLiteral(": ") +
                                  warning[QStringLiteral("message")].toString());
    }
    const auto variables = object[QStringLiteral("variables")].toObject();
    for (auto each = variables.begin(); each != variables.end(); ++each)
        flatten(each.value().toObject()[QStringLiteral("value")], recording.values[each.key()]);
    return recording;
}

Timeline runScript(const QString& path) {
    Timeline timeline;
    Run run;
    QObject::connect(&run, &Run::arrived, &run, [&timeline](std::vector<Event> events) {
        for (auto& event : events) {
            const auto failure = timeline.append(std::move(event));
            if (failure) qFatal("the worker sent what cannot be: %s", failure->message.c_str());
        }
    });
    const QByteArray bytes = contents(path);
    const auto notebook = path.endsWith(QStringLiteral(".ipynb")) ? readNotebook(bytes) : Result<Notebook>(Notebook());
    if (!notebook) qFatal("%s: %s", qPrintable(path), notebook.message().c_str());
    run.start(QFileInfo(path).fileName(), notebook->script.isEmpty() ? bytes : notebook->script.toUtf8(), RunOptions());
    run.wait();
    return timeline;
}

Recording recordingOf(const Timeline& timeline) {
    const auto logged = QStringLiteral("WARNING:tensorflow:");  // a line of the log, on standard error
    Recording recording;
    const auto end = timeline.at(timeline.size() - 1);
    for (EventIndex i = 0; i < timeline.size(); ++i) {
        if (const auto* printed = timeline.getIf<Printed>(i)) {
            const auto text = QString::fromStdString(printed->text);
            if (!printed->error && !printed->shown) recording.printed += text;
            if (printed->error && text.startsWith(logged))
                recording.warnings.append(text.trimmed().replace(logged, logged + QLatin1Char(' ')));
        }
        if (const auto* warned = timeline.getIf<Warned>(i))
            recording.warnings.append(QString::fromStdString(warned->category + ": " + warned->message));
        if (const auto* raised = timeline.getIf<Raised>(i))
            recording.exception = {QString::fromStdString(raised->type), QString::fromStdString(raised->message),
                                   int(raised->line)};
    }
    for (const auto& [name, state] : end.names) {
        if (!state.scope.empty() || state.object.kind != ObjectKind::Variable) continue;
        const auto& value = end.variables.at(VariableId{state.object.id}).value.whole;
        auto& numbers = recording.values[QString::fromStdString(name)];
        for (std::int64_t i = 0; value && i < value.count(); ++i) numbers.push_back(value.at(i));
    }
    return recording;
}

QString difference(const QString& expected, const QString& actual) {
    const auto wanted = pieces(expected), found = pieces(actual);
    for (qsizetype i = 0; i < std::min(wanted.size(), found.size()); ++i) {
        bool isNumber = false, isNumberToo = false;
        const double x = wanted[i].toDouble(&isNumber), y = found[i].toDouble(&isNumberToo);
        if (isNumber && isNumberToo ? agree(x, y) : wanted[i] == found[i]) continue;
        return QStringLiteral("%1 where TensorFlow has %2\n%3\nTensorFlow:\n%4")
            .arg(found[i], wanted[i], actual, expected);
    }
    if (wanted.size() == found.size()) return {};
    return QStringLiteral("more or less than TensorFlow has\n%1\nTensorFlow:\n%2").arg(actual, expected);
}

namespace {

QString differenceOfExceptions(const std::optional<Recording::Exception>& expected,
                               const std::optional<Recording::Exception>& actual) {
    if (!expected && !actual) return {};
    if (!expected || !actual)
        return QStringLiteral("%1 raised: %2")
            .arg(actual ? QStringLiteral("only we") : QStringLiteral("only TensorFlow"),
                 (actual ? actual : expected)->message);
    if (expected->type != actual->type || expected->line != actual->line)
        return QStringLiteral("%1 in line %2, in TensorFlow %3 in line %4")
            .arg(actual->type)
            .arg(actual->line)
            .arg(expected->type)
            .arg(expected->line);
    return difference(expected->message, actual->message);
}

}  // namespace

QString difference(const Recording& expected, const Recording& actual) {
    if (const auto found = differenceOfExceptions(expected.exception, actual.exception); !found.isEmpty()) return found;
    if (const auto found = difference(expected.printed, actual.printed); !found.isEmpty()) return found;
    const auto line = QStringLiteral("\n");
    if (const auto found = difference(expected.warnings.join(line), actual.warnings.join(line)); !found.isEmpty())
        return found;
    for (const auto& [name, values] : expected.values) {
        const auto own = actual.values.find(name);
        if (own == actual.values.end()) return name + QStringLiteral(" leads to no variable");
        if (!std::ranges::equal(values, own->second, agree))
            return QStringLiteral("%1 ends with other values").arg(name);
    }
    return {};
}

}  // namespace tapescope::testing
