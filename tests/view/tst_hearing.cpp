// SPDX-License-Identifier: Apache-2.0
// The window for people who hear it: a child of the picture for each box, what is told when the selection moves, folds
// that are pressed.
#include <QAccessible>
#include <QtTest>
#include <algorithm>

#include "app/view/canvasaccess.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

struct Told {
    QAccessible::Event type;
    QString name;
};
std::vector<Told> told;

void listen(QAccessibleEvent* event) {
    QAccessibleInterface* about = event->accessibleInterface();
    told.push_back({event->type(), about != nullptr ? about->text(QAccessible::Name) : QString()});
}

}  // namespace

class TestHearing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        useFreshSettings();
        setTelling(&listen);
    }
    void init() {
        on_ = std::make_unique<OpenWindow>();
        told.clear();
    }
    void cleanup() { on_.reset(); }
    void cleanupTestCase() { setTelling(&QAccessible::updateAccessibility); }
    void boxesAreChildren();
    void nobodyListensNothingIsMade();
    void childrenLieWhereTheirBoxesDo();
    void relationsFollowTheValues();
    void theKeyboardTellsWhatItReaches();
    void statesOfGradientsAreHeard();
    void foldsArePressedOpen();
    void goneBoxesAreGone();

private:
    QAccessibleInterface* picture() { return QAccessible::queryAccessibleInterface(&on_->window.canvas()); }
    QAccessibleInterface* child(const QString& name) {
        for (int i = 0; i < picture()->childCount(); ++i)
            if (picture()->child(i)->text(QAccessible::Name) == name) return picture()->child(i);
        return nullptr;
    }
    /// For children that have to be there: what is asked of one that is not fails the test instead of ending it.
    QAccessible::State stateOf(const QString& name) {
        QAccessibleInterface* const box = child(name);
        if (box != nullptr) return box->state();
        qWarning("there is no child %s", qPrintable(name));
        QAccessible::State gone;
        gone.invalid = true;
        return gone;
    }
    static bool wasTold(QAccessible::Event type, const QString& name) {
        return std::ranges::any_of(told, [&](const Told& one) { return one.type == type && one.name == name; });
    }
    std::unique_ptr<OpenWindow> on_;
};

void TestHearing::boxesAreChildren() {
    QVERIFY(on_->openWrongSource());
    QCOMPARE(static_cast<std::size_t>(picture()->childCount()), on_->window.canvas().graph().boxes.size());
    for (int i = 0; i < picture()->childCount(); ++i) {
        QAccessibleInterface* box = picture()->child(i);
        QVERIFY(box != nullptr && box->isValid());
        QCOMPARE(picture()->indexOfChild(box), i);
        QCOMPARE(box->parent(), picture());
        QVERIFY(box->state().focusable);
        QVERIFY(box->state().selectable);
        QVERIFY(!box->text(QAccessible::Description).isEmpty());
    }
    for (const char* name : {"W, variable", "MatMul, operation", "X, constant", "SGD, optimizer"})
        QVERIFY2(child(QLatin1String(name)) != nullptr, name);
    QCOMPARE(picture()->child(-1), nullptr);
    QCOMPARE(picture()->child(picture()->childCount()), nullptr);
}

/// A box that nobody asked for has no object, and who looks for the place of one makes none.
void TestHearing::nobodyListensNothingIsMade() {
    setTelling(&QAccessible::updateAccessibility);
    QAccessible::setActive(false);  // also where a screen reader runs beside the tests
    QVERIFY(on_->openWrongSource());
    on_->window.document().select(on_->titled("MatMul"));
    QVERIFY(on_->window.canvas().selected());
    auto* whole = dynamic_cast<CanvasAccessible*>(picture());
    const std::size_t made = whole == nullptr ? 1 : whole->made();
    setTelling(&listen);
    QCOMPARE(made, std::size_t{0});
    QAccessibleInterface* const last = picture()->child(picture()->childCount() - 1);
    QVERIFY(last != nullptr);
    QCOMPARE(picture()->indexOfChild(last), picture()->childCount() - 1);
    QCOMPARE(whole->made(), std::size_t{1});
    QVERIFY(picture()->childAt(last->rect().center().x(), last->rect().center().y()) != nullptr);
    QVERIFY(whole->made() <= 2);
}

void TestHearing::childrenLieWhereTheirBoxesDo() {
    QVERIFY(on_->openWrongSource());
    QAccessibleInterface* box = child(QStringLiteral("MatMul, operation"));
    QVERIFY(box != nullptr);
    const QRect place = box->rect();
    QVERIFY(picture()->rect().contains(place));
    QCOMPARE(picture()->childAt(place.center().x(), place.center().y()), box);
    QVERIFY(!box->state().offscreen);
    for (int i = 0; i < 30; ++i) on_->window.canvas().zoom(1.3);
    QVERIFY(std::ranges::any_of(QList<int>{0, 1, 2}, [&](int i) {
        QAccessibleInterface* const one = picture()->child(i);
        return one != nullptr && one->state().offscreen;
    }));
}

void TestHearing::relationsFollowTheValues() {
    QVERIFY(on_->openWrongSource());
    const auto names = [&](const char* of, QAccessible::Relation relation) {
        QStringList found;
        QAccessibleInterface* const whose = child(QLatin1String(of));
        if (whose == nullptr) return found;
        for (const auto& [box, kind] : whose->relations(relation)) {
            if (kind == relation && box != nullptr) found << box->text(QAccessible::Name);
        }
        found.sort();
        return found;
    };
    QCOMPARE(names("MatMul, operation", QAccessible::Controller), (QStringList{"W, variable", "X, constant"}));
    QCOMPARE(names("MatMul, operation", QAccessible::Controlled), QStringList{"Add, operation"});
}

void TestHearing::theKeyboardTellsWhatItReaches() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    canvas.setFocus();
    on_->window.document().select(on_->titled("MatMul"));
    told.clear();
    QTest::keyClick(&canvas, Qt::Key_Down, Qt::AltModifier);
    QVERIFY(wasTold(QAccessible::Focus, QStringLiteral("Add, operation")));
    QVERIFY(wasTold(QAccessible::Selection, QStringLiteral("Add, operation")));
    QCOMPARE(picture()->focusChild(), child(QStringLiteral("Add, operation")));
    QVERIFY(stateOf(QStringLiteral("Add, operation")).focused);
    QVERIFY(!stateOf(QStringLiteral("MatMul, operation")).invalid);
    QVERIFY(!stateOf(QStringLiteral("MatMul, operation")).selected);
}

void TestHearing::statesOfGradientsAreHeard() {
    QVERIFY(on_->open(QStringLiteral("cut.tape"), cutPathTrace()));
    on_->window.player().setPosition(on_->window.player().length());
    const auto heard = [&](const char* name) {
        QAccessibleInterface* const box = child(QLatin1String(name));
        return box == nullptr ? QString() : box->text(QAccessible::Description);
    };
    QVERIFY2(heard("b, variable").contains(QStringLiteral("no gradient")), qPrintable(heard("b, variable")));
    QVERIFY2(heard("W, variable").contains(QStringLiteral("has a gradient")), qPrintable(heard("W, variable")));
}

void TestHearing::foldsArePressedOpen() {
    QVERIFY(on_->open(QStringLiteral("layers.tape"), layersTrace(false)));
    QAccessibleInterface* net = child(QStringLiteral("net, function"));
    QVERIFY(net != nullptr);
    QVERIFY(net->state().expandable && net->state().collapsed);
    QAccessibleActionInterface* actions = net->actionInterface();
    QVERIFY(actions != nullptr);
    QVERIFY(actions->actionNames().contains(QAccessibleActionInterface::pressAction()));
    told.clear();
    actions->doAction(QAccessibleActionInterface::pressAction());
    on_->window.canvas().present();
    QVERIFY(child(QStringLiteral("hidden, function")) != nullptr);
    QVERIFY(child(QStringLiteral("net, function")) == nullptr);
    QVERIFY(wasTold(QAccessible::Focus, QStringLiteral("hidden, function")));
    QVERIFY(std::ranges::any_of(told, [](const Told& one) { return one.type == QAccessible::ObjectReorder; }));
}

/// A screen reader may keep what it was given for longer than the box is there.
void TestHearing::goneBoxesAreGone() {
    QVERIFY(on_->open(QStringLiteral("layers.tape"), layersTrace(false)));
    QAccessibleInterface* const net = child(QStringLiteral("net, function"));
    QVERIFY(net != nullptr);
    const QAccessible::Id id = QAccessible::uniqueId(net);
    on_->window.canvas().openAllFolds();
    on_->window.canvas().present();
    QVERIFY(picture()->childCount() > 0 && picture()->child(0) != nullptr);
    QVERIFY(QAccessible::accessibleInterface(id) == nullptr);
}

QTEST_MAIN(TestHearing)
#include "tst_hearing.moc"
