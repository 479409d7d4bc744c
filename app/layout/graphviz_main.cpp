// SPDX-License-Identifier: Apache-2.0
// tapescope-layout: reads graphs from standard input, answers with Graphviz's drawing of each, until the input ends.
// The only file that knows Graphviz. A process of its own, so that a hang or a crash in it costs one layout.
#include <gvc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

extern "C" {
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
}

namespace {

constexpr double pointsPerInch = 72;

std::string textOf(double number) {
    std::array<char, 40> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

void answerNumber(std::string& answer, double number) {
    answer += textOf(number) + ' ';
}

/// Numbers from standard input; the whole program ends at the first thing that is none.
class Input {
public:
    bool open() {
        std::string word;
        return std::cin >> word && word == "graph";
    }

    double number() {
        std::string word;
        double value = 0;
        if (!(std::cin >> word)) fine_ = false;
        if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc()) fine_ = false;
        return value;
    }

    std::size_t count() { return static_cast<std::size_t>(std::clamp(number(), 0.0, 1e6)); }

    bool close() {
        std::string word;
        return fine_ && std::cin >> word && word == "end";
    }

private:
    bool fine_ = true;
};

/// One graph: built while it is read, freed in the order that Graphviz wants.
class Drawing {
public:
    explicit Drawing(GVC_t* context) : context_(context), graph_(agopen(name("g"), Agdirected, nullptr)) {
        for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{{"rankdir", "TB"},
                                                                                                   {"nslimit", "2"},
                                                                                                   {"nslimit1", "2"},
                                                                                                   {"nodesep", "0.55"},
                                                                                                   {"ranksep", "0.58"},
                                                                                                   {"splines", "true"}})
            set(AGRAPH, key, value);
        set(AGRAPH, "newrank", "true");  // what leaves a cluster and comes back stands between, too
        set(AGRAPH, "margin", "26");
        set(AGNODE, "shape", "box");
        set(AGNODE, "fixedsize", "true");
        set(AGNODE, "label", "");
        set(AGNODE, "width", "1");
        set(AGNODE, "height", "1");
        set(AGEDGE, "dir", "none");
        set(AGEDGE, "style", "");
        set(AGEDGE, "weight", "1");
        set(AGRAPH, "rank", "");
    }
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;
    ~Drawing() {
        gvFreeLayout(context_, graph_);
        agclose(graph_);
    }

    bool read(Input& input);
    bool lay() { return gvLayout(context_, graph_, "dot") == 0; }
    std::string answer() const;

private:
    static char* name(const std::string& text) {
        static std::string kept;  // Graphviz takes char* and copies it
        kept = text;
        return kept.data();
    }

    void set(int kind, const std::string& key, const std::string& value) {
        std::string ownKey = key, ownValue = value;
        agattr(graph_, kind, ownKey.data(), ownValue.data());
    }

    static void set(void* object, std::string key, std::string value) { agset(object, key.data(), value.data()); }

    void readClusters(Input& input, std::size_t count);
    void readNode(Input& input, std::size_t index);
    void keepRowInOrder();
    void keepChainsStraight();

    GVC_t* context_;
    Agraph_t* graph_;
    Agraph_t* row_ = nullptr;
    std::vector<Agraph_t*> clusters_;
    std::vector<Agnode_t*> nodes_, rowNodes_;
    std::vector<Agedge_t*> edges_;
};

void Drawing::readClusters(Input& input, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const double parent = input.number();
        const bool nested = parent >= 0 && parent < double(i);
        Agraph_t* within = nested ? clusters_[static_cast<std::size_t>(parent)] : graph_;
        clusters_.push_back(agsubg(within, name("cluster" + std::to_string(i)), 1));
    }
}

void Drawing::readNode(Input& input, std::size_t index) {
    const double width = input.number(), height = input.number(), top = input.number(), cluster = input.number();
    Agnode_t* node = agnode(graph_, name("n" + std::to_string(index)), 1);
    set(node, "width", textOf(width / pointsPerInch));
    set(node, "height", textOf(height / pointsPerInch));
    nodes_.push_back(node);
    if (cluster >= 0 && cluster < double(clusters_.size()))
        agsubnode(clusters_[static_cast<std::size_t>(cluster)], node, 1);
    if (top <= 0) return;
    if (!row_) {
        row_ = agsubg(graph_, name("row"), 1);
        set(row_, "rank", "min");
    }
    agsubnode(row_, node, 1);
    rowNodes_.push_back(node);
}

/// Invisible edges within the rank fix the order; dot would permute it for fewer crossings.
void Drawing::keepRowInOrder() {
    for (std::size_t i = 1; i < rowNodes_.size(); ++i)
        set(agedge(graph_, rowNodes_[i - 1], rowNodes_[i], name("order" + std::to_string(i)), 1), "style", "invis");
}

/// A chain of operations runs straight down; constants and variables, and what was made of them before a tape, stand
/// beside it and do not pull it aside.
void Drawing::keepChainsStraight() {
    for (Agedge_t* edge : edges_) {
        const bool enters = std::ranges::any_of(clusters_, [edge](Agraph_t* cluster) {
            return agcontains(cluster, aghead(edge)) != 0 && agcontains(cluster, agtail(edge)) == 0;
        });
        if (!enters && agfstin(graph_, agtail(edge)) != nullptr) set(edge, "weight", "8");
    }
}

bool Drawing::read(Input& input) {
    const std::size_t clusters = input.count(), nodes = input.count(), edges = input.count();
    readClusters(input, clusters);
    for (std::size_t i = 0; i < nodes; ++i) readNode(input, i);
    for (std::size_t i = 0; i < edges; ++i) {
        const std::size_t from = input.count(), to = input.count();
        if (from >= nodes || to >= nodes) return false;
        edges_.push_back(agedge(graph_, nodes_[from], nodes_[to], name("e" + std::to_string(i)), 1));
    }
    keepChainsStraight();
    keepRowInOrder();
    return input.close();
}

std::string Drawing::answer() const {
    const double top = GD_bb(graph_).UR.y;
    std::string text = "drawing\n";
    const auto put = [&text, top](pointf p) {
        answerNumber(text, p.x);
        answerNumber(text, top - p.y);
    };
    for (Agnode_t* node : nodes_) put(ND_coord(node));
    text += '\n';
    for (Agedge_t* edge : edges_) {
        const splines* all = ED_spl(edge);
        if (!all || all->size < 1 || all->list[0].size < 4) return "failed\ndone\n";
        const bezier& path = all->list[0];
        answerNumber(text, path.size);
        for (int i = 0; i < path.size; ++i) put(path.list[i]);
        text += '\n';
    }
    return text + "done\n";
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    const std::array<lt_symlist_t, 2> plugins{
        {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library}, {nullptr, nullptr}}};
    GVC_t* context = gvContextPlugins(plugins.data(), 0);
    Input input;
    while (input.open()) {
        Drawing drawing(context);
        if (!drawing.read(input)) return 1;
        std::cout << (drawing.lay() ? drawing.answer() : "failed\ndone\n") << std::flush;
    }
    gvFreeContext(context);
    return 0;
}
