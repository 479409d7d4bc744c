// SPDX-License-Identifier: Apache-2.0
// Reading the script: names in its text, ranges, edits, and `# expect:` comments.
#include <QtTest>

#include "core/diagnosis/expectation.h"
#include "core/diagnosis/script.h"
#include "tests/diagnosis/story.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

std::vector<std::string> namesIn(const std::vector<std::string_view>& lines) {
    std::vector<std::string> names;
    for (const auto& mention : mentions(lines)) names.emplace_back(mention.name);
    return names;
}

using Names = std::vector<std::string>;

Finding finding(std::string id, Severity severity, std::uint32_t line, std::vector<std::string> names) {
    Finding finding;
    finding.id = std::move(id);
    finding.severity = severity;
    finding.line = line;
    finding.names = std::move(names);
    return finding;
}

}  // namespace

class TestScript : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfALine() {
        QCOMPARE(namesIn({"a = b.c(d) + 2  # e"}), (Names{"a", "b", "d", "2"}));
        QCOMPARE(namesIn({"print('x # y', z)"}), (Names{"print", "z"}));
        QCOMPARE(namesIn({"f'{x}' + \"it's\" + y"}), (Names{"x", "y"}));
        QCOMPARE(namesIn({"a = '''x", "y # z", "''' + b"}), (Names{"a", "b"}));
        QCOMPARE(namesIn({"a = 'x\\'y' + b"}), (Names{"a", "b"}));
        QCOMPARE(namesIn({"größe = ß"}), (Names{"größe", "ß"}));
    }

    void columnsAreCodePoints() {
        const std::vector<std::string_view> lines{"'ß' + größe + x"};
        const auto found = mentions(lines);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].column, 6U);
        QCOMPARE(found[1].column, 14U);
    }

    void replacementsBecomeEditsOfLines() {
        Story story("grüße = f(a, b)\nx = a\n");
        story.log.digest();
        const auto timeline = story.timeline();
        const Script text(timeline);
        QCOMPARE(text.text({1, 10, 1, 11}), std::string("a"));
        QCOMPARE(text.edits({{{1, 10, 1, 11}, "[c]"}, {{1, 13, 1, 14}, "d"}}),
                 (std::vector<Edit>{{1, "grüße = f(a, b)", "grüße = f([c], d)"}}));
        QCOMPARE(text.edits({{{2, 4, 2, 5}, "y"}, {{1, 10, 1, 11}, "z"}}),
                 (std::vector<Edit>{{1, "grüße = f(a, b)", "grüße = f(z, b)"}, {2, "x = a", "x = y"}}));
        QVERIFY(text.edits({{{1, 10, 2, 1}, "z"}}).empty());
        QVERIFY(text.edits({{{1, 10, 1, 14}, "z"}, {{1, 13, 1, 14}, "d"}}).empty());
        QVERIFY(text.edits({{{9, 0, 9, 1}, "z"}}).empty());
        QCOMPARE(text.text({1, 13, 2, 1}), std::string("b)\nx"));
    }

    void argumentsByPositionAndKeyword() {
        Story story("g = tape.gradient(sources=[a], target=x == y)\n");
        story.call(1, "tape.gradient(sources=[a], target=x == y)", "tape.gradient", {"sources=[a]", "target=x == y"});
        story.log.digest();
        const auto site = story.log.site(1, "tape.gradient(sources=[a], target=x == y)");
        const auto timeline = story.timeline();
        const Script text(timeline);
        const auto* call = text.callAt(site, "gradient");
        QVERIFY(call != nullptr);
        QCOMPARE(text.text(*text.argument(*call, 1, "sources")), std::string("[a]"));
        QCOMPARE(text.text(*text.argument(*call, 0, "target")), std::string("x == y"));
        QVERIFY(!text.argument(*call, 2, "output_gradients"));
        QVERIFY(text.callAt(site, "apply_gradients") == nullptr);
    }

    void reachOfAName() {
        Story story("a = 1\na, b = 2, 3\nprint(a)\na = 4\ndef f():\n    b = 5\n    return b\n");
        story.assign(1, "a", "1");
        story.log.syntax(SyntaxKind::Assign, 2, "a, b = 2, 3", "a, b", {"a", "b", "2, 3"});
        story.assign(4, "a", "4");
        story.log.syntax({SyntaxKind::Function, -1, {5, 0, 7, 12}, "f", {}});
        story.assign(6, "b", "5", 3);
        story.log.digest();
        const auto timeline = story.timeline();
        const Script text(timeline);
        QVERIFY(!text.mentionedAfter("a", *text.assignment("a", 1)));
        QVERIFY(text.mentionedAfter("a", *text.assignment("a", 2)));
        QVERIFY(!text.mentionedAfter("a", *text.assignment("a", 4)));
        QVERIFY(text.mentionedAfter("b", *text.assignment("b", 6)));
        QVERIFY(text.assignment("b", 1) == nullptr);
    }

    void expectComments() {
        const auto found = expectationsIn("x\ny  # expect: zip-truncated b\n# expect: a-b W b; c-d\n# expect: none\n");
        QCOMPARE(found,
                 (std::vector<Expectation>{{2, "zip-truncated", {"b"}}, {3, "a-b", {"W", "b"}}, {3, "c-d", {}}}));
        QVERIFY(expectationsIn("").empty());
        QVERIFY(expectationsIn("# expect: none").empty());
        QVERIFY(expectationsIn("# expect: ; \n").empty());
    }

    void expectationsAgainstFindings() {
        const std::vector<Expectation> expected{{2, "zip-truncated", {"b"}}};
        const std::vector<Finding> right{finding("zip-truncated", Severity::Error, 2, {"a", "b"}),
                                         finding("late-or-aliased-observation", Severity::Hint, 9, {"a"})};
        QVERIFY(disagreements(expected, right).empty());
        const std::vector<Finding> elsewhere{finding("zip-truncated", Severity::Error, 3, {"b"})};
        QCOMPARE(disagreements(expected, elsewhere), (Names{"line 2: zip-truncated of b was expected and not found",
                                                            "line 3: zip-truncated of b was found and not expected"}));
        const std::vector<Finding> other{finding("zip-truncated", Severity::Error, 2, {"a"})};
        QCOMPARE(disagreements(expected, other).size(), std::size_t{2});
        QCOMPARE(disagreements({}, right).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
