// SPDX-License-Identifier: Apache-2.0
// Every script that comes with the program or the tests, run whole; and the article's listings, where they are.
#include <QDir>
#include <QtTest>

#include "core/diagnosis/expectation.h"
#include "tests/scripts/recording.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

QString source() {
    return qEnvironmentVariable("TAPESCOPE_SOURCE", QStringLiteral("."));
}

QString joined(const std::vector<std::string>& sentences) {
    QStringList list;
    for (const auto& each : sentences) list.append(QString::fromStdString(each));
    return list.join(QStringLiteral("\n"));
}

/// "gradient-of-intermediate 31 W" for each finding.
QStringList brief(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const auto& each : findings) {
        lines.append(QString::fromStdString(each.id) + QStringLiteral(" %1").arg(each.line));
        for (const auto& name : each.names) lines.back() += QStringLiteral(" ") + QString::fromStdString(name);
    }
    return lines;
}

/// Values of a variable at one version, row by row.
std::vector<double> version(const Timeline& timeline, std::uint32_t variable, std::uint32_t version) {
    const auto& record = timeline.variables()[variable];
    const auto& value = version == 0 ? timeline.created(VariableId{variable}).value
                                     : timeline.get<VariableAssigned>(record.assigned[version - 1]).value;
    std::vector<double> numbers;
    for (std::int64_t i = 0; i < value.whole.count(); ++i) numbers.push_back(value.whole.at(i));
    return numbers;
}

/// Moved by `steps` from one version to another, within the rounding of float32 numbers of this size?
bool moved(const std::vector<double>& from, const std::vector<double>& to, const std::vector<double>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (std::abs(to[i] - from[i] - steps[i]) > 5e-7) return false;
    return from.size() == steps.size() && to.size() == steps.size();
}

}  // namespace

class TestScripts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scripts_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("recording");
        for (const auto* folder : {"resources/scenarios", "tests/scripts/causes", "tests/scripts/guides",
                                   "tests/scripts/healthy", "tests/scripts/people", "tests/scripts/standins"}) {
            const QDir scripts(source() + QStringLiteral("/") + QString::fromLatin1(folder));
            for (const auto& entry :
                 scripts.entryInfoList({QStringLiteral("*.py"), QStringLiteral("*.ipynb")}, QDir::Files, QDir::Name)) {
                const bool scenario = scripts.dirName() == QStringLiteral("scenarios");
                const auto beside = scenario ? source() + QStringLiteral("/tests/scripts") : entry.path();
                QTest::newRow(qPrintable(scripts.dirName() + QStringLiteral("/") + entry.fileName()))
                    << entry.filePath()
                    << beside + QStringLiteral("/") + entry.completeBaseName() + QStringLiteral(".expected");
            }
        }
    }

    void scripts() {
        QFETCH(QString, path);
        QFETCH(QString, recording);
        const auto timeline = runScript(path);
        QVERIFY(timeline.ended() != nullptr);
        QCOMPARE(difference(readRecording(recording), recordingOf(timeline)), QString());
        const auto findings = diagnose(timeline);
        QCOMPARE(joined(disagreements(expectationsIn(timeline.script()), findings)), QString());
        if (path.contains(QStringLiteral("/healthy"))) QCOMPARE(brief(findings), QStringList());
    }

    void listings_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("findings");
        QTest::newRow("listing-1") << "listing-1"
                                   << QStringList{QStringLiteral("gradient-of-intermediate 31 W"),
                                                  QStringLiteral("zip-truncated 33 b"),
                                                  QStringLiteral("late-or-aliased-observation 35 W")};
        QTest::newRow("listing-2") << "listing-2" << QStringList{QStringLiteral("optimizer-unknown-variable 30 W b")};
        QTest::newRow("listing-3") << "listing-3" << QStringList{QStringLiteral("transformed-gradient-unused 18 W b")};
    }

    void listings() {
        QFETCH(QString, name);
        QFETCH(QStringList, findings);
        const auto timeline = listing(name);
        if (timeline.empty()) QSKIP("not run: TAPESCOPE_SEED names no folder with the listings");
        const auto recording = source() + QStringLiteral("/tests/conformance/recordings/%1.json").arg(name);
        QCOMPARE(difference(readRecording(recording), recordingOf(timeline)), QString());
        QCOMPARE(brief(diagnose(timeline)), findings);
    }

    void listingOneEnds_data() { stories(QStringLiteral("listing-1"), QStringLiteral("wrong-source")); }
    void listingOneEnds() {
        const auto timeline = told();
        if (timeline.empty()) QSKIP("not run: TAPESCOPE_SEED names no folder with the listings");
        QVERIFY(moved(version(timeline, 0, 0), version(timeline, 0, 2), {-.05, -.05, -.07, -.07}));
        QVERIFY(moved(version(timeline, 1, 0), version(timeline, 1, 1), {-.02, -.02}));
        QCOMPARE(timeline.variables()[1].assigned.size(), std::size_t{1});
    }

    void listingTwoEnds_data() { stories(QStringLiteral("listing-2"), QStringLiteral("replaced-variable")); }
    void listingTwoEnds() {
        const auto timeline = told();
        if (timeline.empty()) QSKIP("not run: TAPESCOPE_SEED names no folder with the listings");
        const auto recording = recordingOf(timeline);
        QVERIFY(recording.exception);
        QCOMPARE(recording.exception->type, QStringLiteral("ValueError"));
        QVERIFY(recording.exception->message.startsWith(
            QStringLiteral("Unknown variable: <tf.Variable 'weight:0' shape=(2, 2) dtype=float32, numpy=")));
        QVERIFY(timeline.variables()[2].assigned.empty() && timeline.variables()[3].assigned.empty());
    }

    void listingThreeEnds_data() { stories(QStringLiteral("listing-3"), QStringLiteral("unused-clipping")); }
    void listingThreeEnds() {
        const auto timeline = told();
        if (timeline.empty()) QSKIP("not run: TAPESCOPE_SEED names no folder with the listings");
        QVERIFY(moved(version(timeline, 0, 0), version(timeline, 0, 1), {-.04, -.04, -.06, -.06}));
        QVERIFY(
            moved(version(timeline, 0, 1), version(timeline, 0, 2), {-.00377964, -.00377964, -.00566947, -.00566947}));
        QVERIFY(moved(version(timeline, 1, 0), version(timeline, 1, 2), {-.02188982, -.02188982}));
    }

private:
    /// The article's listing and the script of ours that tells the same story.
    static void stories(const QString& listing, const QString& scenario) {
        QTest::addColumn<QString>("name");
        QTest::newRow(qPrintable(listing)) << listing;
        QTest::newRow(qPrintable(scenario)) << scenario;
    }

    static Timeline told() {
        QFETCH(QString, name);
        if (name.startsWith(QStringLiteral("listing"))) return listing(name);
        return runScript(source() + QStringLiteral("/resources/scenarios/%1.py").arg(name));
    }

    static Timeline listing(const QString& name) {
        const auto path = qEnvironmentVariable("TAPESCOPE_SEED") + QStringLiteral("/%1.py").arg(name);
        return qEnvironmentVariableIsSet("TAPESCOPE_SEED") && QFileInfo::exists(path) ? runScript(path) : Timeline();
    }
};

QTEST_GUILESS_MAIN(TestScripts)
#include "tst_scripts.moc"
