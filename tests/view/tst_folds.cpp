// SPDX-License-Identifier: Apache-2.0
// Large steps in the window: folds that open and close in place, a view that goes along, the overview, what lights up,
// the table.
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

#include "app/view/formula.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestFolds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup() { on_.reset(); }
    void doubleClickOpensAndMinusCloses();
    void returnOpensAllAtOnceWithShift();
    void firstViewIsReadable();
    void viewGoesAlong();
    void positionsStayWhileScrubbing();
    void overviewGoesWhereItIsClicked();
    void fitSelectionShowsTheBox();
    void hiddenBoxIsShownByItsFold();
    void wayOfTheGradientLightsUp();
    void producersAndConsumers();
    void tableFollowsThePicture();
    void valuesFlowToTheRight();
    void layersOpenInPlace();
    void operationsOfAnOpenFoldRunInItsBeat();
    void filesShowOpenFolds();
    void directionIsRemembered();
    void simplerLayoutWhereOneIsInAHurry();
    void numbersInFormulas_data();
    void numbersInFormulas();

private:
    Canvas& canvas() { return on_->window.canvas(); }
    bool openUnrolled(std::uint32_t iterations) {
        return on_->open(QStringLiteral("unrolled.tape"), unrolledTrace(iterations));
    }
    std::size_t boxes() { return canvas().graph().boxes.size(); }
    BoxKey firstFold() {
        const auto& all = canvas().graph().boxes;
        const auto found =
            std::ranges::find_if(all, [](const GraphBox& box) { return box.key.kind == BoxKind::Group; });
        return found == all.end() ? BoxKey{} : found->key;
    }
    QRectF onWidget(const BoxKey& key) {
        const QRectF rect = canvas().layout().boxes.at(key);
        return {canvas().viewport().toWidget(rect.topLeft()), canvas().viewport().toWidget(rect.bottomRight())};
    }

    std::unique_ptr<OpenWindow> on_;
};

void TestFolds::doubleClickOpensAndMinusCloses() {
    QVERIFY(openUnrolled(200));
    const std::size_t before = boxes();
    QVERIFY2(before < 60, qPrintable(QString::number(before)));
    const BoxKey fold = firstFold();
    QCOMPARE(fold.kind, BoxKind::Group);
    on_->window.document().select(fold);
    canvas().fitSelection();
    const QRectF place = onWidget(fold);
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, place.center().toPoint());
    QTRY_VERIFY(boxes() > before);
    // Where the fold was there is what it holds.
    const auto inside = on_->window.document().selection();
    QVERIFY(inside && inside != fold);
    canvas().present();
    QVERIFY2((onWidget(*inside).center() - place.center()).manhattanLength() < 60, "the view jumped");
    QTest::keyClick(&canvas(), Qt::Key_Minus);
    QCOMPARE(boxes(), before);
    QCOMPARE(on_->window.document().selection(), std::optional(fold));
    QTest::keyClick(&canvas(), Qt::Key_Return);
    QVERIFY(boxes() > before);
}

void TestFolds::returnOpensAllAtOnceWithShift() {
    QVERIFY(openUnrolled(50));
    on_->window.action(QStringLiteral("openFolds"))->trigger();
    QCOMPARE(boxes(), std::size_t{101});
    on_->window.action(QStringLiteral("closeFolds"))->trigger();
    QCOMPARE(boxes(), std::size_t{6});  // w and ten iterations each
}

void TestFolds::firstViewIsReadable() {
    QVERIFY(openUnrolled(500));
    QVERIFY(canvas().viewport().scale >= 0.45);
    canvas().openAllFolds();
    canvas().present();
    QVERIFY(canvas().viewport().scale >= 0.45);
    on_->window.action(QStringLiteral("fit"))->trigger();
    QVERIFY(canvas().viewport().scale < 0.45);
}

void TestFolds::viewGoesAlong() {
    QVERIFY(openUnrolled(500));
    on_->window.player().setPosition(5);
    canvas().present();
    const auto about = [&] { return boxesAt(canvas().graph(), on_->window.document().position().event); };
    QVERIFY(!about().empty());
    QVERIFY(QRectF(canvas().rect()).contains(onWidget(about().front()).center()));
    on_->window.player().setPosition(900);
    canvas().present();
    QVERIFY(QRectF(canvas().rect()).contains(onWidget(about().front()).center()));
    QTest::keyClick(&canvas(), Qt::Key_L);
    QVERIFY(!canvas().following());
    const Viewport kept = canvas().viewport();
    on_->window.player().setPosition(5);
    canvas().present();
    QCOMPARE(canvas().viewport(), kept);
}

void TestFolds::positionsStayWhileScrubbing() {
    QVERIFY(openUnrolled(120));
    const auto before = canvas().layout().boxes;
    for (const double position : {1.0, 30.0, 100.0, 200.0}) {
        on_->window.player().setPosition(position);
        canvas().present();
        QVERIFY(canvas().layout().boxes == before);
    }
}

void TestFolds::overviewGoesWhereItIsClicked() {
    QVERIFY(openUnrolled(100));
    canvas().openAllFolds();
    canvas().present();
    on_->window.player().setPosition(5);
    canvas().present();
    QVERIFY(canvas().mapShown());
    const QPoint corner = canvas().mapRect().bottomRight().toPoint() - QPoint(3, 3);
    const Viewport before = canvas().viewport();
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, corner);
    QVERIFY(canvas().viewport().offset != before.offset);
    QCOMPARE(canvas().viewport().scale, before.scale);
    const QPointF middle = canvas().viewport().toScene(QRectF(canvas().rect()).center());
    QVERIFY(middle.y() > canvas().scene().bounds.center().y());
}

void TestFolds::fitSelectionShowsTheBox() {
    QVERIFY(openUnrolled(200));
    on_->window.document().select(firstFold());
    QTest::keyClick(&canvas(), Qt::Key_F, Qt::ShiftModifier);
    const QRectF place = onWidget(firstFold());
    QVERIFY(QRectF(canvas().rect()).contains(place));
    QVERIFY(place.height() > 40);
}

void TestFolds::hiddenBoxIsShownByItsFold() {
    QVERIFY(openUnrolled(200));
    const auto& whole = on_->window.document().graph().boxes;
    int hidden = 0;
    for (const GraphBox& box : whole) {
        const auto shown = canvas().shown(box.key);
        QVERIFY(shown);
        if (shown->kind == BoxKind::Group) ++hidden;
    }
    QVERIFY(hidden > 200);
    on_->window.document().select(whole[whole.size() / 3].key);
    canvas().present();
    QCOMPARE(on_->window.document().selection(), std::optional(whole[whole.size() / 3].key));
}

void TestFolds::wayOfTheGradientLightsUp() {
    QVERIFY(openUnrolled(3));
    const BoxKey last = on_->titled("Sin");
    on_->window.document().select(last);
    const auto halos = [&] {
        canvas().present();
        return std::ranges::count_if(canvas().scene().marks, [](const Mark& mark) {
            const auto* shape = std::get_if<ShapeMark>(&mark);
            return shape && (shape->fill == Ink::ForwardSoft || shape->fill == Ink::GradientSoft) && !shape->hit.box;
        });
    };
    QCOMPARE(halos(), 1);
    QTest::keyClick(&canvas(), Qt::Key_A);
    QCOMPARE(halos(), 3);  // w, Tanh and Sin itself
    QTest::keyClick(&canvas(), Qt::Key_D);
    QCOMPARE(halos(), 5);
    QTest::keyClick(&canvas(), Qt::Key_G);
    QCOMPARE(halos(), 5);
    QTest::keyClick(&canvas(), Qt::Key_G);
    QCOMPARE(halos(), 1);
}

void TestFolds::producersAndConsumers() {
    QVERIFY(openUnrolled(3));
    on_->window.document().select(on_->titled("w"));
    QTest::keyClick(&canvas(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Tanh")));
    on_->window.action(QStringLiteral("producer"))->trigger();
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("w")));
}

void TestFolds::tableFollowsThePicture() {
    QVERIFY(openUnrolled(200));
    auto* table = on_->window.findChild<QTreeWidget*>(QStringLiteral("graphTable"));
    QVERIFY(table != nullptr);
    on_->window.findChild<QDockWidget*>(QStringLiteral("tableDock"))->raise();
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(static_cast<std::size_t>(table->topLevelItemCount()), boxes());
    QVERIFY(table->topLevelItem(0)->text(0) == QStringLiteral("w"));
    QVERIFY(table->topLevelItem(0)->text(5).startsWith(QStringLiteral("norm")));
    table->setCurrentItem(table->topLevelItem(1));
    QVERIFY(on_->window.document().selection().has_value());
    on_->window.document().select(firstFold());
    QVERIFY(table->currentItem()->text(1) == QStringLiteral("fold"));
    canvas().openFold();
    canvas().present();
    QCOMPARE(static_cast<std::size_t>(table->topLevelItemCount()), boxes());
}

/// A model is one box; its layers, and their operations, come out of it one level at a time, and go back into it.
void TestFolds::layersOpenInPlace() {
    QVERIFY(on_->open(QStringLiteral("layers.tape"), layersTrace(false)));
    const auto titles = [&] {
        canvas().present();
        QStringList found;
        for (const GraphBox& box : canvas().graph().boxes)
            if (box.key.kind == BoxKind::Fold || box.key.kind == BoxKind::Operation)
                found << QString::fromStdString(box.title);
        return found;
    };
    QCOMPARE(titles(), QStringList{"net"});
    const BoxKey net = on_->titled("net");
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, onWidget(net).center().toPoint());
    QCOMPARE(titles(), (QStringList{"hidden", "out"}));
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("hidden")));
    QTest::keyClick(&canvas(), Qt::Key_Plus);
    QCOMPARE(titles(), (QStringList{"Mul", "Relu", "out"}));
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Mul")));
    QTest::keyClick(&canvas(), Qt::Key_Minus);
    QCOMPARE(titles(), (QStringList{"hidden", "out"}));
    on_->window.document().select(on_->titled("out"));
    QTest::keyClick(&canvas(), Qt::Key_Minus);
    QCOMPARE(titles(), QStringList{"net"});
    QCOMPARE(on_->window.document().selection(), std::optional(net));
    on_->window.action(QStringLiteral("openFolds"))->trigger();
    QCOMPARE(titles(), (QStringList{"Mul", "Relu", "Mul", "Square"}));
    on_->window.action(QStringLiteral("closeFolds"))->trigger();
    QCOMPARE(titles(), QStringList{"net"});
}

void TestFolds::operationsOfAnOpenFoldRunInItsBeat() {
    QVERIFY(on_->open(QStringLiteral("layers.tape"), layersTrace(false)));
    const auto filled = [&] {
        canvas().present();
        int pills = 0;
        for (const Mark& mark : canvas().scene().marks)
            if (const auto* shape = std::get_if<ShapeMark>(&mark))
                pills += shape->hit.box && shape->hit.box->kind == BoxKind::Operation &&
                         shape->stroke == Stroke::Solid && shape->fill == Ink::Paper;
        return pills;
    };
    canvas().openAllFolds();
    const Timeline& timeline = on_->window.document().timeline();
    double beat = 0;
    for (const EventIndex event : timeline.beats()) {
        if (timeline.getIf<FoldBegan>(event)) break;
        ++beat;
    }
    int last = 0;
    for (const double progress : {0.0, 0.3, 0.6, 1.0}) {
        on_->window.player().setPosition(beat + progress);
        QVERIFY(filled() >= last);
        last = filled();
    }
    QCOMPARE(last, 4);
}

void TestFolds::filesShowOpenFolds() {
    QVERIFY(on_->open(QStringLiteral("layers.tape"), layersTrace(false)));
    QTemporaryDir folder;
    const auto dot = [&] {
        const QString path = folder.filePath(QStringLiteral("a.dot"));
        on_->window.exportTo(path);
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(!dot().contains("Relu"));
    canvas().openAllFolds();
    QVERIFY(dot().contains("Relu"));
}

/// R turns the picture; the keys that walk it go where the edges go then.
void TestFolds::valuesFlowToTheRight() {
    QVERIFY(openUnrolled(3));
    const auto place = [&](const char* title) { return canvas().layout().boxes.at(on_->titled(title)).center(); };
    QVERIFY(place("w").y() < place("Tanh").y());
    QTest::keyClick(&canvas(), Qt::Key_R);
    canvas().present();
    QVERIFY(on_->window.action(QStringLiteral("direction"))->isChecked());
    QVERIFY(place("w").x() < place("Tanh").x());
    on_->window.document().select(on_->titled("w"));
    QTest::keyClick(&canvas(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Tanh")));
    QTest::keyClick(&canvas(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("w")));
    on_->window.player().setPosition(0);
    canvas().present();
    QVERIFY(place("w").x() < place("Tanh").x());
    QTest::keyClick(&canvas(), Qt::Key_R);
    canvas().present();
    QVERIFY(place("w").y() < place("Tanh").y());
}

void TestFolds::directionIsRemembered() {
    on_->window.action(QStringLiteral("direction"))->trigger();
    on_->window.close();
    on_ = std::make_unique<OpenWindow>();
    QCOMPARE(canvas().direction(), Direction::Right);
    QVERIFY(on_->window.action(QStringLiteral("direction"))->isChecked());
    on_->window.action(QStringLiteral("direction"))->trigger();
    on_->window.close();
}

/// A layout that takes longer than one waits for is said to, and comes later.
void TestFolds::simplerLayoutWhereOneIsInAHurry() {
    QVERIFY(openUnrolled(300));
    canvas().setPatience(std::chrono::milliseconds(0));
    QSignalSpy changed(&canvas(), &Canvas::sceneChanged);
    const auto before = canvas().layout().boxes.size();
    canvas().openAllFolds();
    canvas().hurry();
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0 && canvas().layout().boxes.size() > before, patience);
    QCOMPARE(canvas().layout().boxes.size(), std::size_t{601});
}

void TestFolds::numbersInFormulas_data() {
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("inputs");
    QTest::addColumn<QString>("said");
    const QString none;
    QTest::newRow("product") << "z = x · y" << QStringList{"x", "y"} << QStringList{"2", "3"} << "6 = 2 · 3";
    QTest::newRow("by name") << "z = y − x" << QStringList{"x", "y"} << QStringList{"2", "3"} << "6 = 3 − 2";
    QTest::newRow("in order") << "y = max(x, 0)" << QStringList{"features"} << QStringList{"2"} << "6 = max(2, 0)";
    QTest::newRow("negative") << "z = x · y" << QStringList{"x", "y"} << QStringList{"2", "-3"} << "6 = 2 · (-3)";
    QTest::newRow("not all") << "y = 1 / (1 + e⁻ˣ)" << QStringList{"x"} << QStringList{"2"} << none;
    QTest::newRow("no formula") << none << QStringList{"x"} << QStringList{"2"} << none;
}

void TestFolds::numbersInFormulas() {
    QFETCH(QString, formula);
    QFETCH(QStringList, names);
    QFETCH(QStringList, inputs);
    QFETCH(QString, said);
    QCOMPARE(withNumbers(formula, names, inputs, QStringLiteral("6")), said);
}

QTEST_MAIN(TestFolds)
#include "tst_folds.moc"
