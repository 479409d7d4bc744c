// SPDX-License-Identifier: Apache-2.0
// The page of an empty window: what this is, and the gallery.
#pragma once

#include <QScrollArea>

namespace tapescope {

class Welcome : public QScrollArea {
    Q_OBJECT

public:
    explicit Welcome(QWidget* parent = nullptr);

Q_SIGNALS:
    void exampleChosen(const QString& path);
    void openAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* page();
    void dress();
};

}  // namespace tapescope
