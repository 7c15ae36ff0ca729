#include "core/measure/bridges.h"
#include "core/measure/separation.h"
#include "tests/reference/answers.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith::tests {
namespace {

/// A graph as its row wants it, weighted or not.
struct Drawn {
    GraphFile file;
    Graph graph;
    std::filesystem::path folder;

    explicit Drawn(const Asked& asked)
        : folder(asked.file(asked.row.dataset + ".nodes.tsv").parent_path())
    {
        file = *loadGraph(folder, asked.row.dataset);
        const bool weighted = asked.row.measure.ends_with("_weighted") ||
                              (asked.says("weighted") && !asked.says("unweighted") &&
                               !asked.says("modbest_weighted,"));
        const bool byPartition = asked.says(", weighted");
        graph = weighted || byPartition ? file.weighted() : file.unweighted();
    }

    Partition partition(const Asked& asked) const
    {
        const auto tag = asked.after("partition");
        if (asked.says("labels")) return partitionOf(labelsOf(file.attribute));
        return partitionOf(
            loadLabels(asked.file(asked.row.dataset + "." + tag + ".partition.tsv")));
    }

    std::vector<Side> sides() const
    {
        std::vector<Side> all;
        for (const auto label : labelsOf(file.attribute)) {
            all.push_back(label == 0 ? Side::First : Side::Second);
        }
        return all;
    }
};

Vertex nodeOf(const Asked& asked)
{
    return static_cast<Vertex>(asked.numberAfter("node"));
}

std::vector<double> betweennessOf(const Asked& asked)
{
    Task task;
    return betweenness(Drawn(asked).graph, {}, task).value;
}

std::size_t hubsOf(const Asked& asked)
{
    return asked.says("k=") ? static_cast<std::size_t>(asked.numberAfter("k")) : 3;
}

Walks walksOf(const Asked& asked)
{
    const Drawn drawn(asked);
    return walks(drawn.graph, drawn.sides(), hubsOf(asked));
}

/// RWC of the halves that the graph itself suggests.
double spectral(const Asked& asked)
{
    const Drawn drawn(asked);
    return walks(drawn.graph, spectralHalves(drawn.graph, 1), hubsOf(asked)).rwc;
}

Separation separationOf(const Asked& asked)
{
    const Drawn drawn(asked);
    SeparationOptions options;
    options.hubs = hubsOf(asked);
    options.rewirings = 100;
    Task task;
    return separation(drawn.graph, drawn.sides(), options, task);
}

/// RWC after adding "16-29", by the update and its exact formula.
double updated(const Asked& asked)
{
    const Drawn drawn(asked);
    const auto sides = drawn.sides();
    const auto before = walks(drawn.graph, sides, 3);
    const auto pair = asked.row.parameters.substr(asked.row.parameters.find("pair ") + 5);
    const auto dash = pair.find('-');
    return Introductions(drawn.graph, sides, before)
        .after(static_cast<Vertex>(std::stoul(pair)),
               static_cast<Vertex>(std::stoul(pair.substr(dash + 1))));
}

/// The best tie between people who are no hubs, of all there could be.
Introduction bestOf(const Asked& asked)
{
    const Drawn drawn(asked);
    const auto sides = drawn.sides();
    const auto before = walks(drawn.graph, sides, 3);
    Task task;
    return Introductions(drawn.graph, sides, before).best(1, task).front();
}

/// Of all ties across that there could be, the one after which the sides are most apart.
Introduction worstOf(const Asked& asked)
{
    const Drawn drawn(asked);
    const auto sides = drawn.sides();
    const auto before = walks(drawn.graph, sides, 3);
    const Introductions introductions(drawn.graph, sides, before);
    Introduction worst;
    for (Vertex u = 0; u < sides.size(); ++u) {
        for (Vertex v = 0; v < sides.size(); ++v) {
            if (sides[u] != Side::First || sides[v] != Side::Second) continue;
            if (drawn.graph.between(u, v) > 0) continue;
            const double after = introductions.after(u, v);
            if (after > worst.after) worst = {u, v, after};
        }
    }
    return worst;
}

std::string pairOf(const Introduction& tie)
{
    return fmt::format("{}-{}", std::min(tie.first, tie.second), std::max(tie.first, tie.second));
}

}  // namespace

void addCrossingAnswers(Answers& answers)
{
    answers["betweenness"] = [](const Asked& a) { return Found(betweennessOf(a).at(nodeOf(a))); };
    answers["betweenness_max"] = [](const Asked& a) {
        return Found(std::ranges::max(betweennessOf(a)));
    };
    answers["betweenness_argmax"] = [](const Asked& a) {
        const auto all = betweennessOf(a);
        return Found(static_cast<double>(std::ranges::max_element(all) - all.begin()));
    };
    const auto constrained = [](const Asked& a) {
        Task task;
        return Found(gaps(Drawn(a).graph, task).constraint.at(nodeOf(a)));
    };
    answers["burt_constraint"] = constrained;
    answers["burt_constraint_weighted"] = constrained;
    answers["burt_effective_size"] = [](const Asked& a) {
        Task task;
        return Found(gaps(Drawn(a).graph, task).effectiveSize.at(nodeOf(a)));
    };
    answers["participation_coefficient"] = [](const Asked& a) {
        const Drawn drawn(a);
        return Found(participation(drawn.graph, drawn.partition(a)).at(nodeOf(a)));
    };
    answers["within_module_z"] = [](const Asked& a) {
        const Drawn drawn(a);
        return Found(withinClusterZ(drawn.graph, drawn.partition(a)).at(nodeOf(a)));
    };
    answers["RWC_all_starts"] = [](const Asked& a) { return Found(walksOf(a).rwc); };
    answers["RWC_transient_starts"] = [](const Asked& a) { return Found(walksOf(a).transient); };
    answers["RWC_forward"] = [](const Asked& a) { return Found(walksOf(a).forward); };
    answers["RWC_a_b"] = [](const Asked& a) {
        const auto found = walksOf(a);
        return Found(std::vector<double>{found.a, found.b});
    };
    answers["RWC_spectral_median_split"] = [](const Asked& a) { return Found(spectral(a)); };
    answers["RWC_null_mean"] = [](const Asked& a) { return Found(separationOf(a).nullMean); };
    answers["RWC_null_sd"] = [](const Asked& a) { return Found(separationOf(a).nullSd); };
    answers["RWC_normalised"] = [](const Asked& a) { return Found(separationOf(a).normalised); };
    answers["hitting_probability_h"] = [](const Asked& a) {
        return Found(walksOf(a).h.at(nodeOf(a)));
    };
    answers["adaptive_EI"] = [](const Asked& a) {
        const Drawn drawn(a);
        return Found(adaptiveEi(drawn.graph, drawn.sides()));
    };
    answers["introduction_base_RWC"] = [](const Asked& a) { return Found(walksOf(a).rwc); };
    answers["introduction_update_formula_RWC"] = [](const Asked& a) { return Found(updated(a)); };
    // The best of all ties is one between people who are no hubs.
    for (const std::string kind : {"", "nonhub_"}) {
        answers["introduction_best_" + kind + "pair"] = [](const Asked& a) {
            return Found(pairOf(bestOf(a)));
        };
        answers["introduction_best_" + kind + "RWC"] = [](const Asked& a) {
            return Found(bestOf(a).after);
        };
    }
    answers["introduction_worst_pair"] = [](const Asked& a) { return Found(pairOf(worstOf(a))); };
    answers["introduction_worst_RWC"] = [](const Asked& a) { return Found(worstOf(a).after); };
}

}  // namespace kith::tests
