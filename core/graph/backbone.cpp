#include "core/graph/backbone.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kith {

namespace {

/// 1 where the end has no other tie: such an end never keeps one.
double surprise(const Graph& graph, Vertex end, double weight)
{
    const auto degree = static_cast<double>(graph.degree(end));
    return degree > 1 ? std::pow(1 - weight / graph.strength[end], degree - 1) : 1;
}

}  // namespace

std::vector<BackboneTie> disparity(const Graph& graph)
{
    std::vector<BackboneTie> ties;
    ties.reserve(graph.ties());
    for (Vertex a = 0; a < graph.people(); ++a) {
        const auto row = graph.neighbours(a);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i] < a) continue;
            const auto weight = static_cast<double>(graph.weights(a)[i]);
            ties.push_back(
                {a, row[i], std::min(surprise(graph, a, weight), surprise(graph, row[i], weight))});
        }
    }
    return ties;
}

Graph backbone(const Graph& graph, double alpha)
{
    std::vector<WeightedTie> kept;
    for (const auto& tie : disparity(graph)) {
        if (tie.alpha < alpha) kept.push_back({tie.a, tie.b, graph.between(tie.a, tie.b)});
    }
    return buildGraph(graph.people(), std::move(kept));
}

std::vector<SharedMeetings> projection(std::size_t people,
                                       const std::vector<std::vector<Vertex>>& meetings)
{
    std::vector<std::uint32_t> attended(people);
    std::map<std::pair<Vertex, Vertex>, SharedMeetings> pairs;
    for (auto present : meetings) {
        std::ranges::sort(present);
        present.erase(std::unique(present.begin(), present.end()), present.end());
        for (const Vertex v : present) ++attended.at(v);
        for (std::size_t i = 0; i < present.size(); ++i) {
            for (std::size_t j = i + 1; j < present.size(); ++j) {
                auto& pair = pairs[{present[i], present[j]}];
                pair.a = present[i];
                pair.b = present[j];
                ++pair.shared;
                pair.newman += 1 / (static_cast<double>(present.size()) - 1);
            }
        }
    }
    std::vector<SharedMeetings> all;
    for (auto& [key, pair] : pairs) {
        const auto either = attended[pair.a] + attended[pair.b] - pair.shared;
        pair.jaccard = static_cast<double>(pair.shared) / static_cast<double>(either);
        all.push_back(pair);
    }
    return all;
}

}  // namespace kith
