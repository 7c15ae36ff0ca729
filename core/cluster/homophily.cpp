#include "core/cluster/homophilypanel.h"
#include "core/cluster/knownties.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

using known::Mixing;
using known::Part;
using known::Tie;

double byWeight(const Tie& tie)
{
    return tie.weight;
}

double byTie(const Tie& /*tie*/)
{
    return 1;
}

double withoutTie(const Mixing& mixing, const Part& part, const Tie& tie, double w)
{
    const double endsA = mixing.ends[static_cast<std::size_t>(part.values[tie.a])];
    const double endsB = mixing.ends[static_cast<std::size_t>(part.values[tie.b])];
    Mixing less;
    less.allEnds = mixing.allEnds - 2 * w;
    if (part.same(tie)) {
        less.allInside = mixing.allInside - 2 * w;
        less.squares = mixing.squares - 4 * w * endsA + 4 * w * w;
    } else {
        less.allInside = mixing.allInside;
        less.squares = mixing.squares - 2 * w * (endsA + endsB) + 2 * w * w;
    }
    return less.assortativity();
}

/// Edge jackknife (Newman, Physical Review E 67:026126, 2003).
template <class WeightOf>
double jackknife(const Mixing& mixing, const Part& part, const WeightOf& weightOf)
{
    const double r = mixing.assortativity();
    double sum = 0;
    for (const auto& tie : part.ties) {
        const double difference = withoutTie(mixing, part, tie, weightOf(tie)) - r;
        sum += difference * difference;
    }
    return std::sqrt(sum);
}

double sumOfPairs(const std::vector<std::size_t>& sizes)
{
    double pairs = 0;
    for (const std::size_t size : sizes) pairs += known::pairsOf(size);
    return pairs;
}

void fillCounts(HomophilyPanel& result, const Part& part)
{
    const auto ties = static_cast<double>(part.ties.size());
    const auto inside = static_cast<double>(
        std::ranges::count_if(part.ties, [&](const Tie& tie) { return part.same(tie); }));
    const double outside = ties - inside;
    const double samePairs = sumOfPairs(part.sizes);
    const double allPairs = known::pairsOf(part.values.size());
    const double chance = samePairs / allPairs;

    result.eiIndex = (outside - inside) / ties;
    result.eiExpected = 1 - 2 * chance;
    result.freeman = 1 - outside / ties / (1 - chance);
    result.oddsRatio =
        known::Table{inside, outside, samePairs - inside, allPairs - samePairs - outside}
            .oddsRatio();
    result.logOddsRatio = std::log(result.oddsRatio);
    result.yuleQ = (result.oddsRatio - 1) / (result.oddsRatio + 1);
}

/// Coleman's index with the person left out of their own group.
double colemanOf(double within, std::size_t size, std::size_t known)
{
    const double share = (static_cast<double>(size) - 1) / (static_cast<double>(known) - 1);
    if (within < share) return (within - share) / share;
    return (within - share) / (1 - share);
}

/// @param inside  arcs from the group into itself (an undirected tie inside: two)
/// @param outside arcs that leave it
double segregationOf(double inside, double outside, std::size_t size, std::size_t known)
{
    const auto n = static_cast<double>(size);
    const auto others = static_cast<double>(known) - n;
    const double in = n > 1 ? inside / (n * (n - 1)) : 0;
    const double out = others > 0 ? outside / (n * others) : 0;
    return in + out > 0 ? (in - out) / (in + out) : 0;
}

/// @param inside, all by value: weight, and number, of tie ends (or arcs) that stay, and all
struct GroupEnds {
    const std::vector<double>& inside;
    const std::vector<double>& all;
    const std::vector<double>& tiesInside;
    const std::vector<double>& tiesAll;
};

std::vector<GroupPanel> groupsOf(const Part& part, const NominalValues& values,
                                 const GroupEnds& ends)
{
    std::vector<GroupPanel> groups;
    const std::size_t people = part.values.size();
    for (std::size_t k = 0; k < part.sizes.size(); ++k) {
        if (part.sizes[k] == 0) continue;
        GroupPanel group;
        group.value = values.names[k];
        group.size = part.sizes[k];
        if (ends.all[k] > 0) {
            const double share = static_cast<double>(group.size) / static_cast<double>(people);
            group.within = ends.inside[k] / ends.all[k];
            group.withinTies = ends.tiesInside[k] / ends.tiesAll[k];
            group.inbreeding = (group.withinTies - share) / (1 - share);
            group.coleman = colemanOf(group.within, group.size, people);
            group.colemanTies = colemanOf(group.withinTies, group.size, people);
            group.segregation = segregationOf(
                ends.tiesInside[k], ends.tiesAll[k] - ends.tiesInside[k], group.size, people);
        }
        groups.push_back(std::move(group));
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.size > b.size; });
    return groups;
}

/// r when everybody unknown is given a value: that of most of their known contacts' weight (first
/// of equals; nobody known = still unknown), or one of their own.
double assortativityIf(const Graph& graph, const NominalValues& values, bool alike)
{
    NominalValues filled = values;
    std::vector<double> weight(values.names.size());
    for (std::size_t i = 0; i < graph.people(); ++i) {
        if (values.valueOf[i] >= 0) continue;
        if (!alike) {
            filled.valueOf[i] = static_cast<std::int32_t>(filled.names.size());
            filled.names.emplace_back();
            continue;
        }
        const auto v = static_cast<Vertex>(i);
        std::fill(weight.begin(), weight.end(), 0.0);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const std::int32_t theirs = values.valueOf[row[j]];
            if (theirs >= 0)
                weight[static_cast<std::size_t>(theirs)] +=
                    static_cast<double>(graph.weights(v)[j]);
        }
        const auto most = std::max_element(weight.begin(), weight.end());
        if (*most > 0) filled.valueOf[i] = static_cast<std::int32_t>(most - weight.begin());
    }
    return known::mixingOf(known::part(graph, filled), byWeight).assortativity();
}

/// Of arcs: r = (sum e_kk - sum a_k b_k)/(1 - sum a_k b_k), a of those that leave, b of those that
/// come.
struct ArcMixing {
    std::vector<double> out;
    std::vector<double> in;
    std::vector<double> inside;
    double all = 0;

    double assortativity() const
    {
        double chance = 0;
        double stay = 0;
        for (std::size_t k = 0; k < out.size(); ++k) {
            chance += out[k] / all * (in[k] / all);
            stay += inside[k] / all;
        }
        return 1 - chance > 1e-12 ? (stay - chance) / (1 - chance) : 0;
    }
};

template <class WeightOf>
ArcMixing arcMixing(const Part& part, const WeightOf& weightOf)
{
    ArcMixing mixing;
    mixing.out.resize(part.sizes.size());
    mixing.in.resize(part.sizes.size());
    mixing.inside.resize(part.sizes.size());
    for (const auto& tie : part.ties) {
        const double weight = weightOf(tie);
        const auto from = static_cast<std::size_t>(part.values[tie.a]);
        mixing.out[from] += weight;
        mixing.in[static_cast<std::size_t>(part.values[tie.b])] += weight;
        if (part.same(tie)) mixing.inside[from] += weight;
        mixing.all += weight;
    }
    return mixing;
}

}  // namespace

std::size_t NominalValues::known() const
{
    return static_cast<std::size_t>(std::count_if(valueOf.begin(), valueOf.end(),
                                                  [](std::int32_t value) { return value >= 0; }));
}

NominalValues nominalValues(const std::vector<std::string>& texts)
{
    NominalValues values;
    for (const auto& text : texts)
        if (!text.empty()) values.names.push_back(text);
    std::sort(values.names.begin(), values.names.end());
    values.names.erase(std::unique(values.names.begin(), values.names.end()), values.names.end());
    values.valueOf.reserve(texts.size());
    for (const auto& text : texts) {
        const auto found = std::lower_bound(values.names.begin(), values.names.end(), text);
        const auto index = static_cast<std::int32_t>(found - values.names.begin());
        values.valueOf.push_back(text.empty() ? -1 : index);
    }
    return values;
}

Homophily homophily(const Graph& graph, const NominalValues& values,
                    const PermutationOptions& options, Task& task)
{
    PanelOptions panel;
    static_cast<PermutationOptions&>(panel) = options;
    panel.bootstraps = 0;
    return homophilyPanel(graph, values, panel, task);
}

HomophilyPanel homophilyPanel(const Graph& graph, const NominalValues& values,
                              const PanelOptions& options, Task& task)
{
    task.begin("Testing homophily", options.permutations);
    const Part part = known::part(graph, values);
    known::refuseTooLittle(part);

    HomophilyPanel result;
    result.people = graph.people();
    result.known = part.values.size();
    result.ties = part.ties.size();
    const Mixing weights = known::mixingOf(part, byWeight);
    const Mixing ties = known::mixingOf(part, byTie);
    result.assortativity = weights.assortativity();
    result.assortativitySe = jackknife(weights, part, byWeight);
    result.assortativityTies = ties.assortativity();
    result.assortativityTiesSe = jackknife(ties, part, byTie);
    fillCounts(result, part);
    result.panels = groupsOf(part, values, {weights.inside, weights.ends, ties.inside, ties.ends});
    const bool complete = result.known == result.people;
    result.ifUnknownAlike = complete ? result.assortativity : assortativityIf(graph, values, true);
    result.ifUnknownDifferent =
        complete ? result.assortativity : assortativityIf(graph, values, false);
    result.groups.assign(result.panels.begin(), result.panels.end());
    known::fillTest(result, graph, part, options, task);
    known::fillIntervals(result, part, options, task);
    return result;
}

ArcHomophily arcHomophily(std::size_t people, std::span<const Arc> arcs,
                          const NominalValues& values)
{
    const Part part = known::part(people, arcs, values);
    known::refuseTooLittle(part);
    const ArcMixing weights = arcMixing(part, byWeight);
    const ArcMixing counts = arcMixing(part, byTie);

    ArcHomophily result;
    result.arcs = part.ties.size();
    result.assortativity = weights.assortativity();
    result.assortativityArcs = counts.assortativity();
    double inside = 0;
    for (const double some : counts.inside) inside += some;
    const double outside = counts.all - inside;
    const double samePairs = 2 * sumOfPairs(part.sizes);
    const double allPairs = 2 * known::pairsOf(part.values.size());
    result.eiIndex = (outside - inside) / counts.all;
    result.oddsRatio =
        known::Table{inside, outside, samePairs - inside, allPairs - samePairs - outside}
            .oddsRatio();
    result.groups =
        groupsOf(part, values, {weights.inside, weights.out, counts.inside, counts.out});
    return result;
}

}  // namespace kith
