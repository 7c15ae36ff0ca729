#include "core/cluster/homophily.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

std::vector<std::string> randomValues(std::size_t people, std::size_t values, double missing,
                                      Random& random)
{
    std::vector<std::string> texts(people);
    for (auto& text : texts)
        if (!random.chance(missing))
            text = std::string(1, static_cast<char>('a' + random.below(values)));
    return texts;
}

/// The panel by pairs of people, straight from the definitions.
struct SlowPanel {
    double assortativity = 0, se = 0, ei = 0, eiExpected = 0, oddsRatio = 0, freeman = 0;
};

double slowAssortativity(const Graph& graph, const std::vector<std::string>& of, Vertex cutA,
                         Vertex cutB)
{
    std::map<std::pair<std::string, std::string>, double> e;
    double all = 0;
    for (Vertex a = 0; a < of.size(); ++a)
        for (Vertex b = 0; b < of.size(); ++b) {
            const bool cut = (a == cutA && b == cutB) || (a == cutB && b == cutA);
            if (of[a].empty() || of[b].empty() || cut) continue;
            const auto w = static_cast<double>(graph.between(a, b));
            e[{of[a], of[b]}] += w;
            all += w;
        }
    double trace = 0;
    std::map<std::string, double> ends;
    for (const auto& [pair, weight] : e) {
        ends[pair.first] += weight / all;
        if (pair.first == pair.second) trace += weight / all;
    }
    double squares = 0;
    for (const auto& [value, share] : ends) squares += share * share;
    return 1 - squares > 1e-12 ? (trace - squares) / (1 - squares) : 0;
}

SlowPanel slowPanel(const Graph& graph, const std::vector<std::string>& of)
{
    double cells[2][2] = {{0, 0}, {0, 0}};  // [same][tied]
    SlowPanel panel;
    const auto nobody = static_cast<Vertex>(of.size());
    panel.assortativity = slowAssortativity(graph, of, nobody, nobody);
    double jackknife = 0;
    for (Vertex a = 0; a < of.size(); ++a)
        for (Vertex b = 0; b < a; ++b) {
            if (of[a].empty() || of[b].empty()) continue;
            const bool tied = graph.between(a, b) > 0;
            cells[of[a] == of[b]][tied] += 1;
            if (!tied) continue;
            const double difference = slowAssortativity(graph, of, a, b) - panel.assortativity;
            jackknife += difference * difference;
        }
    panel.se = std::sqrt(jackknife);
    const double ties = cells[0][1] + cells[1][1];
    const double pairs = ties + cells[0][0] + cells[1][0];
    const double chance = (cells[1][0] + cells[1][1]) / pairs;
    panel.ei = (cells[0][1] - cells[1][1]) / ties;
    panel.eiExpected = 1 - 2 * chance;
    panel.freeman = 1 - cells[0][1] / ties / (1 - chance);
    const bool gap = cells[0][0] * cells[0][1] * cells[1][0] * cells[1][1] <= 0;
    const double add = gap ? 0.5 : 0;
    panel.oddsRatio =
        (cells[1][1] + add) * (cells[0][0] + add) / ((cells[1][0] + add) * (cells[0][1] + add));
    return panel;
}

GraphFile shipped(const std::string& name)
{
    const auto file = loadGraph(fixture("cluster/data"), name);
    REQUIRE(file);
    return *file;
}

Homophily panelOf(const Graph& graph, const std::vector<std::string>& texts, unsigned threads = 0)
{
    Task task;
    PermutationOptions options;
    options.threads = threads;
    return homophily(graph, nominalValues(texts), options, task);
}

ClusterTraits oneTrait(const std::vector<std::string>& texts)
{
    return {{"trait"}, {nominalValues(texts)}, {{}}};
}

}  // namespace

TEST_CASE("karate's clubs give the published panel", "[cluster]")
{
    const auto file = shipped("karate");
    const auto panel = panelOf(file.weighted(), file.attribute);
    CHECK(panel.known == 34);
    CHECK(panel.eiIndex == Approx(-0.717949).margin(1e-6));
    CHECK(panel.eiExpected == Approx(0.030303).margin(1e-6));
    CHECK(panel.assortativity == Approx(0.7175308642).margin(1e-9));
    CHECK(panel.assortativitySe == Approx(0.0801078861).margin(1e-9));
    CHECK(panel.oddsRatio == Approx(8.2598669623).margin(1e-9));
    CHECK(panel.freeman == Approx(0.7262443439).margin(1e-9));
    CHECK(panel.p == Approx(0.001));
    CHECK(panel.permutations == 999);
    REQUIRE(panel.groups.size() == 2);
    for (const auto& group : panel.groups) {
        const bool hi = group.value == "Mr.Hi";
        CHECK(group.size == 17);
        CHECK(group.within == Approx(hi ? 0.8641975309 : 0.8533333333).margin(1e-9));
        CHECK(group.coleman == Approx(hi ? 0.7363834423 : 0.7152941176).margin(1e-9));
    }
}

TEST_CASE("ukfaculty's schools give the published panel", "[cluster]")
{
    const auto file = shipped("ukfaculty");
    const auto panel = panelOf(file.unweighted(), file.attribute);
    CHECK(panel.eiIndex == Approx(-0.580589).margin(1e-6));
    CHECK(panel.eiExpected == Approx(0.351235).margin(1e-6));
    CHECK(panel.assortativity == Approx(0.6700761523).margin(1e-9));
    CHECK(panel.assortativitySe == Approx(0.0262059713).margin(1e-9));
    CHECK(panel.oddsRatio == Approx(13.0982429335).margin(1e-9));
    CHECK(panel.freeman == Approx(0.6896092246).margin(1e-9));
    const std::map<std::string, double> coleman{
        {"1", 0.7014925373}, {"2", 0.73030387}, {"3", 0.6689748353}, {"4", 0.0652385589}};
    REQUIRE(panel.groups.size() == 4);
    for (const auto& group : panel.groups)
        CHECK(group.coleman == Approx(coleman.at(group.value)).margin(1e-9));
    CHECK(std::is_sorted(panel.groups.begin(), panel.groups.end(),
                         [](const auto& a, const auto& b) { return a.size > b.size; }));
}

TEST_CASE("the panel agrees with its definitions by pairs", "[cluster]")
{
    rc::prop("any weighted graph with values missing", [] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const Graph graph = randomGraph(14, 0.4, 4, seed).weighted();
        Random random(seed, 7);
        const auto texts = randomValues(14, 3, 0.2, random);
        try {
            const auto panel = panelOf(graph, texts);
            const auto slow = slowPanel(graph, texts);
            const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
            RC_ASSERT(near(panel.assortativity, slow.assortativity));
            RC_ASSERT(near(panel.assortativitySe, slow.se));
            RC_ASSERT(near(panel.eiIndex, slow.ei));
            RC_ASSERT(near(panel.eiExpected, slow.eiExpected));
            RC_ASSERT(near(panel.oddsRatio, slow.oddsRatio));
            RC_ASSERT(near(panel.freeman, slow.freeman));
        } catch (const Error& error) {
            RC_ASSERT(error.kind() == Error::Kind::TooLittleData);
        }
    });
}

TEST_CASE("random values are found homophilous as often as they should", "[cluster]")
{
    const auto file = shipped("karate");
    const Graph graph = file.weighted();
    int flagged = 0;
    constexpr int trials = 400;
    for (int i = 0; i < trials; ++i) {
        Random random(99, static_cast<std::uint64_t>(i));
        auto texts = file.attribute;
        random.shuffle(std::span(texts));
        const auto panel = panelOf(graph, texts);
        flagged += panel.p <= 0.05 ? 1 : 0;
        if (panel.permutations < 999) CHECK(panel.p == Approx(20.0 / panel.permutations));
    }
    CHECK(flagged >= trials / 100);
    CHECK(flagged <= trials * 8 / 100);
}

TEST_CASE("too little data is refused in words", "[cluster]")
{
    const Graph path = buildGraph(6, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}});
    CHECK_THROWS_AS(panelOf(path, {"a", "b", "a", "b", "", ""}), Error);
    CHECK_THROWS_AS(panelOf(path, {"a", "a", "a", "a", "a", "a"}), Error);
    CHECK_THROWS_AS(panelOf(buildGraph(6, {}), {"a", "b", "a", "b", "a", "b"}), Error);
    CHECK_THROWS_AS(panelOf(path, {"a", "b"}), Error);
    CHECK(panelOf(path, {"a", "a", "a", "b", "b", ""}).known == 5);
}

TEST_CASE("the chance of a count is hypergeometric", "[cluster]")
{
    CHECK(hypergeometricTail(12, 20, 30, 100) == Approx(0.00183061).margin(1e-8));
    CHECK(hypergeometricTail(0, 20, 30, 100) == 1);
    CHECK(hypergeometricTail(21, 20, 30, 100) == 0);
    CHECK(hypergeometricTail(3, 3, 3, 3) == 1);
    CHECK(hypergeometricTail(1, 1, 1, 1'000'000) == Approx(1e-6));
    CHECK(hypergeometricTail(5, 5, 5, 10) == Approx(1.0 / 252));
}

TEST_CASE("q-values rise with p and are capped by the next", "[cluster]")
{
    const auto q = benjaminiHochberg({0.04, 0.01, 0.03, 0.5});
    CHECK(q[1] == Approx(0.04));
    CHECK(q[2] == Approx(0.04 * 4 / 3));
    CHECK(q[0] == Approx(0.04 * 4 / 3));
    CHECK(q[3] == Approx(0.5));
    CHECK(benjaminiHochberg({}).empty());

    // As R's p.adjust has them.
    const auto ten = benjaminiHochberg({.001, .008, .039, .041, .042, .06, .074, .205, .212, .216});
    CHECK(ten[1] == Approx(0.04));
    CHECK(ten[2] == Approx(0.084));
}

TEST_CASE("ukfaculty's third cluster is alike and not settled", "[cluster]")
{
    const auto file = shipped("ukfaculty");
    const auto partition =
        partitionOf(loadLabels(fixture("cluster/data/ukfaculty.modbest_weighted.partition.tsv")));
    Task task;
    PermutationOptions options;
    options.permutations = 9999;
    const auto rows = testLikeness(partition, oneTrait(file.attribute), options, task);
    const auto phi = conductance(file.weighted(), partition);
    bool seen = false;
    for (const auto& row : rows) {
        CHECK(row.coverage == 1);
        if (row.known != 11) continue;
        seen = true;
        CHECK(row.h == Approx(0.300303).margin(1e-5));
        CHECK(row.p == Approx(0.024).margin(0.008));
        CHECK(phi[row.cluster] == Approx(0.434004).margin(1e-5));
    }
    CHECK(seen);
}

TEST_CASE("likeness agrees with counting pairs", "[cluster]")
{
    rc::prop("any partition and values", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const auto texts = randomValues(40, 3, 0.2, random);
        std::vector<std::uint32_t> labels(40);
        for (auto& label : labels) label = static_cast<std::uint32_t>(random.below(4));
        const auto partition = partitionOf(labels);
        const auto share = [&](std::optional<std::uint32_t> cluster) {
            double same = 0, all = 0;
            for (std::size_t a = 0; a < 40; ++a)
                for (std::size_t b = 0; b < a; ++b) {
                    const bool in = !cluster || (partition.clusterOf[a] == *cluster &&
                                                 partition.clusterOf[b] == *cluster);
                    if (!in || texts[a].empty() || texts[b].empty()) continue;
                    all += 1;
                    same += texts[a] == texts[b];
                }
            return all > 0 ? same / all : 0;
        };
        Task task;
        for (const auto& row : testLikeness(partition, oneTrait(texts), {}, task)) {
            RC_ASSERT(std::abs(row.pairs - share(row.cluster)) < 1e-12);
            RC_ASSERT(std::abs(row.pairsExpected - share({})) < 1e-12);
            if (row.known >= 5)
                RC_ASSERT(std::abs(row.h - (row.pairs - row.pairsExpected) /
                                               (1 - row.pairsExpected)) < 1e-9);
            RC_ASSERT(row.q >= row.p - 1e-12);
        }
    });
}

TEST_CASE("numbers are judged by their variance", "[cluster]")
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<std::uint32_t> labels;
    NumericValues ages;
    Random random(8);
    for (std::uint32_t v = 0; v < 40; ++v) {
        labels.push_back(v < 10 ? 0 : v < 34 ? 1 : 2);
        ages.push_back(v < 10 ? 30 + random.real() : 20 + 50 * random.real());
    }
    ages[39] = ages[38] = nan;
    const auto partition = partitionOf(labels);
    Task task;
    const auto rows = testLikeness(
        partition, {{"age", "same"}, {{}, {}}, {ages, NumericValues(40, 3.3)}}, {}, task);
    REQUIRE(rows.size() == 6);
    const auto& alike = rows[2];  // the cluster of ten
    CHECK(alike.known == 10);
    CHECK(alike.h > 0.95);
    CHECK(alike.p == Approx(0.001));
    CHECK(alike.q <= 0.003);
    CHECK(alike.value.empty());
    const auto& few = rows[4];  // four known of six
    CHECK(few.known == 4);
    CHECK(few.p == 1);
    CHECK(few.q == 1);
    CHECK(few.coverage == Approx(4.0 / 6));
    for (const auto& row : rows) {
        if (row.trait == 1) {
            CHECK(row.h == 0);
            CHECK(row.p == 1);
        }
    }
}

TEST_CASE("the over-represented value is named with its count", "[cluster]")
{
    std::vector<std::uint32_t> labels(100, 1);
    std::vector<std::string> texts(100, "other");
    for (std::size_t v = 0; v < 20; ++v) labels[v] = 0;
    for (std::size_t v = 0; v < 12; ++v) texts[v] = "north";
    for (std::size_t v = 50; v < 68; ++v) texts[v] = "north";
    Task task;
    const auto rows = testLikeness(partitionOf(labels), oneTrait(texts), {}, task);
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].value == "north");
    CHECK(rows[1].count == 12);
    CHECK(rows[1].share == Approx(0.6));
    CHECK(rows[1].expected == Approx(0.3));
    CHECK(rows[1].valueP == Approx(0.00183061).margin(1e-8));
    CHECK(rows[0].value == "other");
}

namespace {

/// In how many of `runs` deals of random labels some cluster is flagged (METHODS d.2).
int falseAlarms(int runs)
{
    const auto file = shipped("ukfaculty");
    const auto partition =
        partitionOf(loadLabels(fixture("cluster/data/ukfaculty.modbest_weighted.partition.tsv")));
    Task task;
    int alarms = 0;
    for (int i = 0; i < runs; ++i) {
        Random random(2024, static_cast<std::uint64_t>(i));
        auto texts = file.attribute;
        random.shuffle(std::span(texts));
        PermutationOptions options;
        options.permutations = 499;
        options.seed = static_cast<std::uint64_t>(i);
        const auto rows = testLikeness(partition, oneTrait(texts), options, task);
        alarms +=
            std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.q <= 0.05; });
    }
    return alarms;
}

}  // namespace

TEST_CASE("labels dealt at random seldom make a cluster look alike", "[cluster]")
{
    constexpr int runs = 300;
    const int alarms = falseAlarms(runs);
    INFO("share of runs with a false alarm: " << static_cast<double>(alarms) / runs);
    CHECK(alarms > 0);
    CHECK(alarms <= runs * 8 / 100);
}

TEST_CASE("the false alarms of the cluster test stay below five in a hundred", "[.long]")
{
    // The nominal rate is 5 %; with 6,000 runs its standard error is below 0.3 %.
    constexpr int runs = 6000;
    const int alarms = falseAlarms(runs);
    const double share = static_cast<double>(alarms) / runs;
    WARN("share of runs with a false alarm: " << share);
    CHECK(share <= 0.056);
    CHECK(share >= 0.005);
}

TEST_CASE("tests are the same on any number of threads", "[cluster]")
{
    const auto file = shipped("ukfaculty");
    const Graph graph = file.weighted();
    Random random(3);
    const auto texts = randomValues(81, 3, 0.1, random);
    const auto partition =
        partitionOf(loadLabels(fixture("cluster/data/ukfaculty.modbest_weighted.partition.tsv")));
    Task task;
    const auto one = panelOf(graph, texts, 1);
    PermutationOptions options;
    options.threads = 1;
    const auto rows = testLikeness(partition, oneTrait(texts), options, task);
    for (const unsigned threads : {2U, 5U}) {
        const auto again = panelOf(graph, texts, threads);
        CHECK(again.p == one.p);
        CHECK(again.permutations == one.permutations);
        options.threads = threads;
        const auto rowsAgain = testLikeness(partition, oneTrait(texts), options, task);
        REQUIRE(rowsAgain.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CHECK(rowsAgain[i].p == rows[i].p);
            CHECK(rowsAgain[i].q == rows[i].q);
        }
    }
}

TEST_CASE("a verdict asks for all four conditions", "[cluster]")
{
    Likeness row;
    row.q = 0.05;
    row.h = 0.10;
    row.known = 5;
    row.coverage = 0.6;
    CHECK(verdictOf(5, 0.5, 0.6, true, {row}) == Verdict::Homophilous);
    CHECK(verdictOf(4, 0.1, 1, true, {row}) == Verdict::TooSmall);
    CHECK(verdictOf(8, 0.51, 1, true, {row}) == Verdict::AlikeNotClose);
    CHECK(verdictOf(8, 0.1, 0.59, true, {row}) == Verdict::AlikeNotClose);
    CHECK(verdictOf(8, 0.1, 1, false, {row}) == Verdict::AlikeNotClose);
    CHECK(verdictOf(8, 0.1, 1, true, {}) == Verdict::CloseKnitMixed);
    CHECK(verdictOf(8, 0.6, 1, true, {}) == Verdict::Neither);
    const auto without = [&](auto change) {
        Likeness other = row;
        change(other);
        return verdictOf(8, 0.1, 1, true, {other});
    };
    CHECK(without([](Likeness& l) { l.q = 0.051; }) == Verdict::CloseKnitMixed);
    CHECK(without([](Likeness& l) { l.h = 0.09; }) == Verdict::CloseKnitMixed);
    CHECK(without([](Likeness& l) { l.known = 4; }) == Verdict::CloseKnitMixed);
    CHECK(without([](Likeness& l) { l.coverage = 0.59; }) == Verdict::CloseKnitMixed);
    CHECK(name(Verdict::CloseKnitMixed) == "close-knit, mixed");
}

TEST_CASE("traits that do not fit the clusters are refused", "[cluster]")
{
    Task task;
    const std::vector<std::uint32_t> labels(6, 0);
    const auto partition = partitionOf(labels);
    CHECK_THROWS_AS(testLikeness(partition, oneTrait({"a", "b"}), {}, task), Error);
    CHECK_THROWS_AS(testLikeness(partition, {{"x"}, {}, {}}, {}, task), Error);
    CHECK(testLikeness(partition, {}, {}, task).empty());
}
