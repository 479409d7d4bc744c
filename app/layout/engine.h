// SPDX-License-Identifier: Apache-2.0
// The layered drawing of a bare graph, by Graphviz in its own process. The process starts with the first request and is
// kept warm; one that crashes, hangs or answers nonsense is killed and costs one layout.
#pragma once

#include <QString>
#include <QtGlobal>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/layout/layout.h"

namespace tapescope {

/// A graph of boxes of fixed size, to be drawn from top to bottom.
struct GraphRequest {
    static constexpr std::int32_t noCluster = -1;
    struct Node {
        QSizeF size;
        bool top = false;  ///< in the first row, in the order of the request
        std::int32_t cluster = noCluster;
    };
    struct Edge {
        std::uint32_t from = 0, to = 0;
    };
    std::vector<std::int32_t> clusters;  ///< of each the one that it lies in; parents first
    std::vector<Node> nodes;
    std::vector<Edge> edges;
};

/// Centres and paths, y down.
struct GraphDrawing {
    std::vector<QPointF> centres;
    std::vector<Curve> edges;
};

class LayoutEngine {
public:
    explicit LayoutEngine(QString program = defaultProgram(),
                          std::chrono::milliseconds patience = std::chrono::seconds(3));
    ~LayoutEngine();
    LayoutEngine(const LayoutEngine&) = delete;
    LayoutEngine& operator=(const LayoutEngine&) = delete;

    /// Starts the process without waiting for it, so that the first drawing need not.
    void warm();

    /// Nothing where the process is missing, failed, took too long or was cancelled.
    std::optional<GraphDrawing> draw(const GraphRequest& request);

    /// Ends a draw() that runs in another thread, killing the process; and all that are to come, until resume().
    void cancel() { cancelled_ = true; }
    void resume() { cancelled_ = false; }

    qint64 processId() const;  ///< 0 while there is none

    /// tapescope-layout beside the running program.
    static QString defaultProgram();

private:
    bool start();
    void kill();
    std::optional<std::string> exchange(const std::string& request);

    struct Process;
    std::unique_ptr<Process> process_;
    QString program_;
    std::chrono::milliseconds patience_;
    std::atomic<bool> cancelled_ = false;
};

/// The request as lines of text, and the answer from them; the program on the other side reads and writes the same.
std::string requestText(const GraphRequest& request);
std::optional<GraphDrawing> drawingFrom(std::string_view text, const GraphRequest& request);

}  // namespace tapescope
