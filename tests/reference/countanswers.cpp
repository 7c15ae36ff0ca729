#include "core/cluster/homophily.h"
#include "core/graph/weighting.h"
#include "core/journey/agreement.h"
#include "core/measure/diversity.h"
#include "core/text/distinctive.h"
#include "tests/reference/answers.h"

#include <array>
#include <cmath>
#include <sstream>

namespace kith::tests {
namespace {

/// Counts and shares that several rows speak of.
const std::vector<std::uint64_t> toy{10, 5, 3, 1, 1};
const std::vector<std::uint64_t> group{46, 2, 1, 1, 0};
const std::vector<double> census{.817, .093, .040, .029, .021};

/// A column of the forest plots: all of them, or the first one.
std::vector<std::uint64_t> treesOf(const Asked& asked)
{
    const std::size_t column = asked.row.dataset.ends_with("pooled") ? 1 : 2;
    std::istringstream lines(readFile(asked.file("bci_pooled.csv")));
    std::string line;
    std::getline(lines, line);
    std::vector<std::uint64_t> counts;
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::string cell;
        for (std::size_t i = 0; i <= column; ++i) std::getline(cells, cell, ',');
        counts.push_back(std::stoull(cell));
    }
    return counts;
}

std::vector<std::uint64_t> countsOf(const Asked& asked)
{
    if (asked.row.dataset == "toy_census") return group;
    return asked.row.dataset.starts_with("vegan") ? treesOf(asked) : toy;
}

ProfileDistance chanceOf()
{
    Task task;
    DrawOptions options;
    options.draws = 20'000;
    return distanceFrom(group, census, options, task);
}

std::vector<double> sharesOf(const std::vector<std::uint64_t>& counts)
{
    return {counts.begin(), counts.end()};
}

/// Chance that two of the census differ: all categories are at distance 1.
double mixOfCensus()
{
    std::vector<double> apart(census.size() * census.size(), 1);
    return raoStirling(census, apart);
}

double alphaOf(const Asked& asked)
{
    static const std::vector<CodedUnit> example{
        {1, 1, 1},    {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
        {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {5, 5, 5},    {1, 1},       {3}};
    const auto scale = asked.says("nominal")    ? CodeScale::Nominal
                       : asked.says("ordinal")  ? CodeScale::Ordinal
                       : asked.says("interval") ? CodeScale::Interval
                                                : CodeScale::Ratio;
    return krippendorffAlpha(example, scale).value();
}

/// Bins, council, food, meeting and the, in two clusters; a prior of ten split by pooled shares.
double oddsOf(const Asked& asked, double (*figure)(double, double, double, double, double, double))
{
    const std::map<std::string, std::pair<double, double>> words{{"bins", {8, 1}},
                                                                 {"council", {6, 7}},
                                                                 {"food", {1, 9}},
                                                                 {"meeting", {3, 2}},
                                                                 {"the", {40, 50}}};
    double a = 0;
    double b = 0;
    for (const auto& [word, counts] : words) {
        a += counts.first;
        b += counts.second;
    }
    const auto& [own, other] = words.at(asked.after("word"));
    constexpr double prior = 10;
    return figure(own, a, other, b, prior * (own + other) / (a + b), prior);
}

double decayed()
{
    const auto at = [](int day) { return Time(std::chrono::hours(24 * day)); };
    WeightOptions options;
    options.halfLifeDays = 30;
    const auto arcs = weighArcs({{0, 1, TieKind::Reply, at(0), 1},
                                 {0, 1, TieKind::Reply, at(0), 1},
                                 {0, 1, TieKind::Reply, at(30), 1}},
                                options, at(60));
    return static_cast<double>(arcs.at(0).weight);
}

Kappa kappa()
{
    return cohenKappa(20, 5, 10, 15);
}

}  // namespace

void addCountAnswers(Answers& answers)
{
    const auto mix = [&](const std::string& measure, auto figure) {
        answers[measure] = [figure](const Asked& asked) {
            return Found(static_cast<double>(figure(diversity(countsOf(asked)))));
        };
    };
    mix("shannon", [](const auto& d) { return d.shannon; });
    mix("shannon_miller_madow", [](const auto& d) { return d.millerMadow; });
    mix("shannon_chao_shen", [](const auto& d) { return d.chaoShen; });
    mix("hill_number_q0", [](const auto& d) { return d.seen; });
    mix("hill_number_q1", [](const auto& d) { return d.hill1; });
    mix("hill_number_q2", [](const auto& d) { return d.hill2; });
    mix("inverse_simpson", [](const auto& d) { return d.hill2; });
    mix("hill_number_qInf", [](const auto& d) { return 1 / d.largestShare; });
    mix("simpson_gini", [](const auto& d) { return d.giniSimpson; });
    mix("blau_index", [](const auto& d) { return d.giniSimpson; });
    mix("simpson_unbiased", [](const auto& d) { return d.blau; });
    mix("chao1", [](const auto& d) { return d.chao1; });
    answers["rarefied_richness"] = [](const Asked&) { return Found(rarefied(toy, 10)); };
    answers["blau_index_of_reference"] = [](const Asked&) { return Found(mixOfCensus()); };
    answers["js_divergence_bits"] = [](const Asked&) {
        return Found(jensenShannon(sharesOf(group), census));
    };
    answers["hellinger_distance"] = [](const Asked&) {
        return Found(hellinger(sharesOf(group), census));
    };
    answers["kl_divergence_nats_shrunk"] = [](const Asked&) {
        return Found(shrunkDivergence(group, census));
    };
    answers["js_divergence_chance_p95"] = [](const Asked&) { return Found(chanceOf().chance95); };
    answers["js_divergence_chance_p"] = [](const Asked&) { return Found(chanceOf().p); };
    answers["rao_stirling"] = [](const Asked&) {
        return Found(raoStirling(std::vector<double>{.5, .3, .2},
                                 std::vector<double>{0, .2, .9, .2, 0, .8, .9, .8, 0}));
    };
    answers["krippendorff_alpha"] = [](const Asked& a) { return Found(alphaOf(a)); };
    answers["cohen_kappa"] = [](const Asked&) { return Found(kappa().kappa); };
    answers["cohen_kappa_variance"] = [](const Asked&) { return Found(kappa().variance); };
    answers["cohen_kappa_ci95_low"] = [](const Asked&) { return Found(kappa().low); };
    answers["cohen_kappa_ci95_high"] = [](const Asked&) { return Found(kappa().high); };
    answers["log_odds_dirichlet_z"] = [](const Asked& a) { return Found(oddsOf(a, logOddsZ)); };
    answers["log_odds_dirichlet_delta"] = [](const Asked& a) {
        return Found(oddsOf(a, logOddsDelta));
    };
    answers["decayed_weight"] = [](const Asked&) { return Found(decayed()); };
    answers["hypergeometric_p_upper"] = [](const Asked&) {
        return Found(hypergeometricTail(12, 20, 30, 100));
    };
    answers["benjamini_hochberg_q"] = [](const Asked& a) {
        const auto q =
            benjaminiHochberg({.001, .008, .039, .041, .042, .06, .074, .205, .212, .216});
        return Found(q.at(a.says("third") ? 2 : 1));
    };
}

}  // namespace kith::tests
