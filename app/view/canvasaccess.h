// SPDX-License-Identifier: Apache-2.0
// The picture for people who hear it: a child of the canvas for each box, with its name, state, relations and place, so
// that a screen reader can walk them, select them and open folds.
#pragma once

#include <QAccessibleWidget>
#include <map>

#include "app/view/canvas.h"

namespace tapescope {

class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(Canvas& canvas);
    ~CanvasAccessible() override;

    /// Makes these the accessible objects of canvases, once.
    static void install();

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

    /// The object of a box, by its index in the graph that is drawn.
    QAccessibleInterface* boxAt(std::uint32_t index) const;
    Canvas& canvas() const { return canvas_; }
    std::size_t made() const { return boxes_.size(); }  ///< objects of boxes that somebody asked for

private:
    void forgetOldBoxes() const;

    Canvas& canvas_;
    mutable std::map<BoxKey, QAccessible::Id> boxes_;  ///< made so far
    mutable std::uint64_t graph_ = 0;                  ///< whose boxes they are
};

/// Tells those who listen that what is selected has the focus, and that boxes came or went.
using Telling = void (*)(QAccessibleEvent*);
Telling setTelling(Telling telling);  ///< where that goes, QAccessible::updateAccessibility() as a rule; what it was
void tellSelection(Canvas& canvas);
void tellBoxes(Canvas& canvas);

}  // namespace tapescope
