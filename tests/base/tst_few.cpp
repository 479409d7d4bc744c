// SPDX-License-Identifier: Apache-2.0
// Few and Inputs: values that have owners, in their own places and beyond these, and each let go of once.
#include <QTest>
#include <memory>
#include <string>
#include <vector>

#include "core/base/few.h"
#include "core/ops/op.h"

using namespace tapescope;

namespace {
using Shared = std::shared_ptr<int>;
using Three = Few<Shared, 3>;

Shared made(int number) {
    return std::make_shared<int>(number);
}

std::vector<int> numbersOf(const Three& few) {
    std::vector<int> numbers;
    for (const Shared& one : few) numbers.push_back(*one);
    return numbers;
}

Three counted(int count) {
    Three few;
    for (int i = 0; i < count; ++i) few.push_back(made(i));
    return few;
}

std::vector<int> upTo(int count) {
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(i);
    return numbers;
}
}  // namespace

class TestFew : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesComeAndGo_data();
    void valuesComeAndGo();
    void whatIsPutInMayBeItsOwn();
    void moreThanItHoldsAtOnce();
    void inputsLookIntoOperands();
};

void TestFew::valuesComeAndGo_data() {
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 3, 4, 9}) QTest::addRow("%d", count) << count;
}

void TestFew::valuesComeAndGo() {
    QFETCH(const int, count);
    const Shared watched = made(7);
    {
        Three few = counted(count);
        few.push_back(watched);
        Three copy = few;
        QCOMPARE(watched.use_count(), 3L);
        Three moved = std::move(few);
        QVERIFY(few.empty());
        QCOMPARE(watched.use_count(), 3L);
        few = moved;
        QCOMPARE(watched.use_count(), 4L);
        few.pop_back();
        QCOMPARE(numbersOf(few), upTo(count));
        copy = std::move(few);
        QCOMPARE(numbersOf(copy), upTo(count));
        QCOMPARE(watched.use_count(), 2L);
        moved.resize(0);
        QCOMPARE(watched.use_count(), 1L);
        moved.resize(2, watched);
        QCOMPARE(watched.use_count(), 3L);
    }
    QCOMPARE(watched.use_count(), 1L);
}

void TestFew::whatIsPutInMayBeItsOwn() {
    Three few = counted(3);
    few.push_back(few.front());  // which moves all to another place
    few.insert(few.begin() + 1, few.begin() + 2, few.end());
    QCOMPARE(numbersOf(few), (std::vector<int>{0, 2, 0, 1, 2, 0}));
    few.resize(8, few.front());
    QCOMPARE(*few.back(), 0);
    const Three* same = &few;
    few = *same;
    QCOMPARE(few.size(), std::size_t{8});
}

void TestFew::moreThanItHoldsAtOnce() {
    const Few<std::string, 2> three{"a", "b", "c"};
    const Few<std::string, 2> five{"a", "b", "c", "d", "e"};
    QCOMPARE(three.size(), std::size_t{3});
    QCOMPARE(three.back(), std::string("c"));
    QCOMPARE(five.size(), std::size_t{5});
    QCOMPARE(five.back(), std::string("e"));
    QVERIFY(three == (Few<std::string, 2>(std::vector<std::string>{"a", "b", "c"})));
}

void TestFew::inputsLookIntoOperands() {
    const Operands operands{{{4}, Tensor::scalar(1)}, {{5}, Tensor::scalar(2)}, {{6}, Tensor::scalar(3)}};
    const Tensors tensors{Tensor::scalar(1), Tensor::scalar(2), Tensor::scalar(3)};
    for (const Inputs inputs : {Inputs(operands), Inputs(tensors)}) {
        double sum = 0;
        for (const Tensor& one : inputs) sum += one.at(0);
        QCOMPARE(sum, 6.0);
        QCOMPARE(inputs.back().at(0), 3.0);
        QCOMPARE(inputs.subspan(1).front().at(0), 2.0);
        QCOMPARE(inputs.first(2).size(), std::size_t{2});
    }
    QVERIFY(Inputs(Operands{}).empty());
}

QTEST_GUILESS_MAIN(TestFew)
#include "tst_few.moc"
