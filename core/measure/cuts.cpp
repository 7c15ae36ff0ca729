#include "core/measure/cuts.h"

#include <algorithm>

namespace kith {
namespace {

/// One depth-first walk over the graph, without recursion: when people were reached, and how early
/// their descendants get back without the tie they were reached by.
class Walk {
public:
    explicit Walk(const Graph& graph)
        : reached_(graph.people(), 0), back_(graph.people(), 0), next_(graph.people(), 0)
    {
        cuts_.resize(graph.people());
        for (std::size_t root = 0; root < graph.people(); ++root)
            if (reached_[root] == 0) from(graph, static_cast<Vertex>(root));
        std::sort(bridges_.begin(), bridges_.end());
    }

    std::vector<Vertex> cuts() const
    {
        std::vector<Vertex> found;
        for (std::size_t v = 0; v < cuts_.size(); ++v)
            if (cuts_[v]) found.push_back(static_cast<Vertex>(v));
        return found;
    }

    const std::vector<std::pair<Vertex, Vertex>>& bridges() const { return bridges_; }

private:
    void enter(Vertex v)
    {
        reached_[v] = back_[v] = ++clock_;
        path_.push_back(v);
    }

    void from(const Graph& graph, Vertex root)
    {
        enter(root);
        std::size_t children = 0;
        while (!path_.empty()) {
            const Vertex v = path_.back();
            const auto row = graph.neighbours(v);
            if (next_[v] < row.size()) {
                const Vertex w = row[next_[v]++];
                const bool parent = path_.size() > 1 && w == path_[path_.size() - 2];
                if (reached_[w] == 0)
                    enter(w);
                else if (!parent)  // there are no parallel ties
                    back_[v] = std::min(back_[v], reached_[w]);
                continue;
            }
            path_.pop_back();
            if (path_.empty()) break;
            const Vertex above = path_.back();
            back_[above] = std::min(back_[above], back_[v]);
            if (back_[v] > reached_[above]) bridges_.emplace_back(std::minmax(above, v));
            if (above == root)
                ++children;
            else if (back_[v] >= reached_[above])
                cuts_[above] = true;
        }
        cuts_[root] = children > 1;
    }

    std::vector<std::size_t> reached_;
    std::vector<std::size_t> back_;
    std::vector<std::size_t> next_;
    std::vector<Vertex> path_;
    std::vector<bool> cuts_;
    std::vector<std::pair<Vertex, Vertex>> bridges_;
    std::size_t clock_ = 0;
};

bool shareContact(const Graph& graph, Vertex a, Vertex b)
{
    const auto one = graph.neighbours(a);
    const auto other = graph.neighbours(b);
    for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
        if (one[i] == other[j]) return true;
        one[i] < other[j] ? ++i : ++j;
    }
    return false;
}

}  // namespace

std::vector<Vertex> articulationPoints(const Graph& graph)
{
    return Walk(graph).cuts();
}

std::vector<std::pair<Vertex, Vertex>> cutTies(const Graph& graph)
{
    return Walk(graph).bridges();
}

std::vector<std::pair<Vertex, Vertex>> localBridges(const Graph& graph)
{
    std::vector<std::pair<Vertex, Vertex>> found;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        for (const Vertex w : graph.neighbours(v))
            if (v < w && !shareContact(graph, v, w)) found.emplace_back(v, w);
    }
    return found;
}

}  // namespace kith
