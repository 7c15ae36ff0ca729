#include "core/graph/backbone.h"
#include "core/measure/cores.h"
#include "core/measure/shape.h"
#include "tests/reference/answers.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith::tests {
namespace {

GraphFile fileOf(const Asked& asked)
{
    const auto nodes = asked.file(asked.row.dataset + ".nodes.tsv");
    return *loadGraph(nodes.parent_path(), asked.row.dataset);
}

GraphShape shapeOf(const Asked& asked)
{
    Task task;
    return graphShape(fileOf(asked).unweighted(), task);
}

std::vector<std::uint32_t> coresOf(const Asked& asked)
{
    return coreNumbers(fileOf(asked).unweighted());
}

std::string histogram(const Asked& asked)
{
    std::string text;
    for (const auto& [core, people] : coreHistogram(coresOf(asked))) {
        text += fmt::format("{}{}:{}", text.empty() ? "" : " ", core, people);
    }
    return text;
}

Reciprocity returned(const Asked& asked)
{
    std::vector<Arc> arcs;
    for (const auto& tie : fileOf(asked).ties) arcs.push_back({tie.a, tie.b, tie.weight});
    std::ranges::sort(arcs, {}, [](const Arc& arc) { return std::pair(arc.from, arc.to); });
    return reciprocity(arcs);
}

CorePeriphery coreOf(const Asked& asked)
{
    Task task;
    CoreOptions options;
    options.nullSamples = 0;
    return corePeriphery(fileOf(asked).unweighted(), options, task);
}

std::string coreMembers(const Asked& asked)
{
    std::string text;
    for (const auto member : coreOf(asked).core)
        text += (text.empty() ? "" : " ") + std::to_string(member);
    return text;
}

double leastAlpha(const Asked& asked)
{
    double least = 1;
    for (const auto& tie : disparity(fileOf(asked).weighted())) least = std::min(least, tie.alpha);
    return least;
}

/// The women, tied by the events they went to.
struct Women {
    std::vector<std::string> names;
    std::vector<SharedMeetings> pairs;

    explicit Women(const Asked& asked)
    {
        const auto nodes = loadTable(asked.file("southern_women.nodes.tsv"));
        for (const auto& row : nodes) names.push_back(row.at(1));
        std::vector<std::vector<Vertex>> meetings(nodes.size());
        const auto number = [](const std::string& text) {
            return static_cast<Vertex>(std::stoul(text));
        };
        for (const auto& row : loadTable(asked.file("southern_women.edges.tsv"))) {
            auto woman = number(row.at(0));
            auto event = number(row.at(1));
            if (nodes.at(woman).at(2) != "woman") std::swap(woman, event);
            meetings.at(event).push_back(woman);
        }
        pairs = projection(nodes.size(), meetings);
    }

    const SharedMeetings& pair(const Asked& asked) const
    {
        const auto both = asked.row.parameters.substr(0, asked.row.parameters.find(';'));
        const auto slash = both.find(" / ");
        const auto a = std::ranges::find(names, both.substr(0, slash)) - names.begin();
        const auto b = std::ranges::find(names, both.substr(slash + 3)) - names.begin();
        const auto low = static_cast<Vertex>(std::min(a, b));
        const auto high = static_cast<Vertex>(std::max(a, b));
        return *std::ranges::find_if(
            pairs, [&](const auto& one) { return one.a == low && one.b == high; });
    }

    double total() const
    {
        double sum = 0;
        for (const auto& one : pairs) sum += one.newman;
        return sum;
    }
};

double number(std::size_t count)
{
    return static_cast<double>(count);
}

}  // namespace

void addGraphAnswers(Answers& answers)
{
    const auto shape = [&](const std::string& measure, auto figure) {
        answers[measure] = [figure](const Asked& asked) {
            return Found(static_cast<double>(figure(shapeOf(asked))));
        };
    };
    shape("nodes", [](const auto& s) { return s.people; });
    shape("edges", [](const auto& s) { return s.ties; });
    shape("density", [](const auto& s) { return s.density; });
    shape("transitivity_global", [](const auto& s) { return s.transitivity; });
    shape("clustering_avg_local", [](const auto& s) { return s.clustering; });
    shape("degree_assortativity", [](const auto& s) { return s.degreeAssortativity; });
    shape("components", [](const auto& s) { return s.components; });
    shape("diameter", [](const auto& s) { return s.diameter; });
    shape("articulation_points", [](const auto& s) { return s.cutPeople; });
    shape("bridges", [](const auto& s) { return s.cutTies; });
    shape("local_bridges", [](const auto& s) { return s.localBridges; });

    answers["kcore_max"] = [](const Asked& a) {
        return Found(coreHistogram(coresOf(a)).rbegin()->first);
    };
    answers["kcore_max_size"] = [](const Asked& a) {
        return Found(number(coreHistogram(coresOf(a)).rbegin()->second));
    };
    answers["kcore_histogram"] = [](const Asked& a) { return Found(histogram(a)); };
    answers["borgatti_everett_fit"] = [](const Asked& a) { return Found(coreOf(a).fit); };
    answers["borgatti_everett_core"] = [](const Asked& a) { return Found(coreMembers(a)); };

    const auto back = [&](const std::string& measure, auto figure) {
        answers[measure] = [figure](const Asked& asked) {
            return Found(static_cast<double>(figure(returned(asked))));
        };
    };
    back("arcs", [](const auto& r) { return r.arcs; });
    back("dyads_mutual", [](const auto& r) { return r.mutual; });
    back("dyads_asymmetric", [](const auto& r) { return r.oneWay; });
    back("reciprocity_arcs", [](const auto& r) { return r.arcShare; });
    back("reciprocity_dyads", [](const auto& r) { return r.pairShare; });
    back("reciprocity_weighted", [](const auto& r) { return r.weightedShare; });

    answers["disparity_filter_edges"] = [](const Asked& a) {
        return Found(number(backbone(fileOf(a).weighted(), a.numberAfter("alpha")).ties()));
    };
    answers["disparity_filter_min_alpha"] = [](const Asked& a) { return Found(leastAlpha(a)); };
    answers["projection_edges"] = [](const Asked& a) {
        return Found(number(Women(a).pairs.size()));
    };
    answers["projection_newman_total"] = [](const Asked& a) { return Found(Women(a).total()); };
    answers["projection_newman"] = [](const Asked& a) { return Found(Women(a).pair(a).newman); };
    answers["projection_jaccard"] = [](const Asked& a) { return Found(Women(a).pair(a).jaccard); };
    answers["projection_shared_events"] = [](const Asked& a) {
        return Found(number(Women(a).pair(a).shared));
    };
}

}  // namespace kith::tests
