// SPDX-License-Identifier: Apache-2.0
// The picture in the window: pans, zooms, selects. Draws through the scene's painter and decides nothing about it.
#pragma once

#include <QTimer>
#include <QWidget>
#include <chrono>

#include "app/view/appearance.h"
#include "app/view/frames.h"
#include "app/view/viewport.h"
#include "app/view/walk.h"

namespace tapescope {

class Canvas : public QWidget {
    Q_OBJECT

public:
    Canvas(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    const Scene& scene() { return frames_.scene(); }
    const Frames& frames() const { return frames_; }
    const Layout& layout() { return frames_.layout(); }
    /// The graph that is drawn, with its folds: what the indices of a Hit count.
    const StepGraph& graph() { return frames_.graph(); }
    /// Another number, another graph.
    std::uint64_t graphNumber() { return frames_.graphNumber(); }
    std::optional<BoxKey> shown(const BoxKey& box) { return frames_.shown(box); }
    const Viewport& viewport() const { return viewport_; }
    QRectF onWidget(const QRectF& scene) const {
        return {viewport_.toWidget(scene.topLeft()), viewport_.toWidget(scene.bottomRight())};
    }
    /// The box that is drawn for what is selected.
    std::optional<BoxKey> selected();
    void choose(const BoxKey& box) { document_.select(box); }
    /// What it is, where it comes from, where it leads to and what became of its gradient.
    QString inWords(const BoxKey& box) { return describe(document_.timeline(), frames_.graph(), box); }

    void fit();
    /// What is selected, or what the event is about, as large as is pleasant.
    void fitSelection();
    void zoom(double factor);  ///< about the middle
    /// Moves, where it has to, so that what is selected is seen.
    void bringIntoView();
    /// The view goes along with the event.
    void setFollowing(bool following);
    bool following() const { return following_; }
    /// What lights up with what is selected, from now on.
    void setRelated(Related which);
    Related shownRelated() const { return related_; }
    /// A group or a fold: several operations in one box.
    static bool opens(const BoxKey& box) { return box.kind == BoxKind::Group || box.kind == BoxKind::Fold; }
    /// Opens the selected fold, or closes the one around what is selected.
    void openFold();
    void closeFold();
    void openAllFolds();
    void closeAllFolds();
    /// Where values flow to.
    void setDirection(Direction direction);
    Direction direction() const { return frames_.direction(); }
    /// To the box at the other end of an edge, or beside.
    void walk(Heading heading);
    /// Boxes of these lines light up.
    void setLitLines(std::set<std::uint32_t> lines);
    /// Boxes light up as long as a line is pointed at.
    void setHovered(std::set<BoxKey> boxes);
    /// Another run.
    void reload();
    /// The run grew.
    void grow() { refresh(); }
    /// How long the window waits for a layout before it goes on without it.
    void setPatience(std::chrono::milliseconds patience) { frames_.setPatience(patience); }
    /// Takes a simpler layout instead of the one that is waited for.
    void hurry() { frames_.hurry(); }
    /// Composes now what would otherwise be composed before the next frame.
    void present();

    /// The overview: where it stands, in a corner in which it hides no box, as long as not everything is seen.
    QRectF mapRect();
    bool mapShown();

    QSize sizeHint() const override { return {760, 560}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void clicked(tapescope::Hit hit);
    void hovered(std::optional<tapescope::BoxKey> box);  ///< what the mouse came to; nothing where it left
    void sceneChanged();
    void graphChanged();  ///< other boxes than before
    void followingChanged(bool following);
    void directionChanged(tapescope::Direction direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void refresh();
    void click(QPointF point);
    Hit under(QPointF point);
    QString tipFor(const Hit& at);
    void pointAtBox(std::optional<BoxKey> box);
    QWidget* makeWaiting();
    void showWaiting();
    void home();
    void lookAnew();
    bool leavesPart() const;
    bool restsOnPart() const;
    void follow();
    void relate();
    void foldsChanged(const QRectF& before, const BoxKey& key);
    QRectF rectOf(const std::vector<BoxKey>& boxes);
    QRectF focus(double scale);
    void goOnMap(QPointF point);
    void paintMap(QPainter& painter);
    void paintLegend(QPainter& painter);
    QSizeF room() const;
    double legendScale() const;
    Qt::Corner mapCorner(QSizeF map);
    void showInWords();

    Document& document_;
    Appearance& appearance_;
    Frames frames_;
    Viewport viewport_;
    Scene legend_;
    bool fitted_ = true;        ///< nobody has moved the picture since it was fitted: it follows the widget's size
    bool wholeWanted_ = false;  ///< somebody asked for all of it, however small
    std::optional<EventIndex> partAt_;  ///< where the deck was when a part came into view because all was too small
    bool following_ = true;
    Related related_ = Related::Nothing;
    Qt::Corner mapCorner_ = Qt::BottomRightCorner;
    bool pressed_ = false, dragging_ = false, onMap_ = false;
    QPointF grabbed_;
    std::optional<BoxKey> pointed_;  ///< at by the mouse
    QTimer slow_;                    ///< until a layout that takes its time is worth a word
    QWidget* waiting_;               ///< which says so, with Cancel
    QTimer frame_;                   ///< many changes, one frame
    std::uint64_t toldGraph_ = 0;    ///< whose boxes were told to those who hear the picture
    int lastFrame_ = 0;              ///< milliseconds that the last one took
};

}  // namespace tapescope
