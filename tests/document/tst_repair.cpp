// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#include "app/document/repair.h"

using namespace tapescope;

namespace {

Finding findingWith(std::vector<Edit> edits) {
    Finding finding;
    finding.fix = Fix{"words", std::move(edits), false};
    return finding;
}

}  // namespace

class TestRepair : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replacesLines() {
        const std::vector findings{findingWith({{2, "b", "B"}}), findingWith({{1, "a", "A"}, {3, "", "c"}})};
        const Repair repair = repaired(QStringLiteral("a\nb\n"), findings);
        QCOMPARE(repair.script, QStringLiteral("A\nB\nc"));
        QCOMPARE(repair.made, 3);
        QCOMPARE(repair.refused, 0);
    }

    void leavesWhatDoesNotFit() {
        const std::vector findings{findingWith({{1, "other", "X"}, {0, "a", "X"}, {9, "a", "X"}})};
        const Repair repair = repaired(QStringLiteral("a\nb\n"), findings);
        QCOMPARE(repair.script, QStringLiteral("a\nb\n"));
        QCOMPARE(repair.made, 0);
        QCOMPARE(repair.refused, 3);
    }

    void firstFindingWins() {
        const std::vector findings{findingWith({{1, "a", "A"}}), findingWith({{1, "a", "Z"}})};
        QCOMPARE(repaired(QStringLiteral("a"), findings).script, QStringLiteral("A"));
    }

    void findingsWithoutFixChangeNothing() {
        const std::vector<Finding> findings(2);
        QCOMPARE(repaired(QStringLiteral("a\n"), findings).script, QStringLiteral("a\n"));
    }
};

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
