#include "core/cluster/homophilypanel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <rapidcheck/catch.h>

// What the panel says beside the figures that homophily.cpp checks: groups, arcs, numbers,
// intervals, and shuffles among people of like activity.

using namespace kith;
using namespace kith::tests;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

GraphFile shipped(const std::string& name)
{
    const auto file = loadGraph(fixture("cluster/data"), name);
    REQUIRE(file);
    return *file;
}

HomophilyPanel panelOf(const Graph& graph, const std::vector<std::string>& texts)
{
    Task task;
    return homophilyPanel(graph, nominalValues(texts), {}, task);
}

ScalarHomophily scalarOf(const Graph& graph, const NumericValues& values)
{
    Task task;
    return scalarHomophily(graph, values, {}, task);
}

/// Pearson, by its definition.
double pearson(const std::vector<double>& x, const std::vector<double>& y,
               const std::vector<double>& weight)
{
    double all = 0, meanX = 0, meanY = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        all += weight[i];
        meanX += weight[i] * x[i];
        meanY += weight[i] * y[i];
    }
    meanX /= all;
    meanY /= all;
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += weight[i] * (x[i] - meanX) * (y[i] - meanY);
        xx += weight[i] * (x[i] - meanX) * (x[i] - meanX);
        yy += weight[i] * (y[i] - meanY) * (y[i] - meanY);
    }
    return xx > 1e-9 && yy > 1e-9 ? xy / std::sqrt(xx * yy) : 0;
}

std::vector<Arc> arcsOf(const GraphFile& file)
{
    std::vector<Arc> arcs;
    for (const auto& tie : file.ties) arcs.push_back({tie.a, tie.b, tie.weight});
    return arcs;
}

}  // namespace

TEST_CASE("groups have their inbreeding and segregation too", "[cluster]")
{
    const auto panel = panelOf(shipped("karate").unweighted(), shipped("karate").attribute);
    CHECK(panel.ties == 78);
    CHECK(panel.yuleQ == Approx(0.7840141756).margin(1e-9));
    CHECK(panel.logOddsRatio == Approx(std::log(8.2598669623)).margin(1e-9));
    for (const auto& group : panel.panels) {
        const bool hi = group.value == "Mr.Hi";
        CHECK(group.inbreeding == Approx(hi ? 0.7283950617 : 0.7066666667).margin(1e-9));
    }
    // Everybody known: there is no range.
    CHECK(panel.ifUnknownAlike == panel.assortativity);
    CHECK(panel.ifUnknownDifferent == panel.assortativity);

    // Two pairs and a tie across: inside 1 of 1 possible a group, across 1 of 4.
    const Graph square = buildGraph(5, {{0, 1, 1}, {2, 3, 1}, {1, 2, 1}, {3, 4, 1}});
    for (const auto& group : panelOf(square, {"a", "a", "b", "b", "b"}).panels) {
        const bool a = group.value == "a";
        const double in = a ? 1.0 : 2.0 / 3;
        const double out = 1.0 / 6;
        CHECK(group.segregation == Approx((in - out) / (in + out)));
    }
}

TEST_CASE("the z of ties inside is that of very many shuffles", "[cluster]")
{
    for (const char* name : {"karate", "ukfaculty"}) {
        const auto file = shipped(name);
        const Graph graph = file.unweighted();
        const auto panel = panelOf(graph, file.attribute);
        std::vector<double> inside;
        for (std::uint64_t b = 0; b < 20'000; ++b) {
            Random random(5, b);
            auto texts = file.attribute;
            if (b > 0) random.shuffle(std::span(texts));
            double count = 0;
            for (Vertex v = 0; v < graph.people(); ++v)
                for (const Vertex w : graph.neighbours(v)) count += v < w && texts[v] == texts[w];
            inside.push_back(count);
        }
        double mean = 0, squares = 0;
        for (std::size_t b = 1; b < inside.size(); ++b) mean += inside[b];
        mean /= static_cast<double>(inside.size() - 1);
        for (std::size_t b = 1; b < inside.size(); ++b)
            squares += (inside[b] - mean) * (inside[b] - mean);
        const double sd = std::sqrt(squares / static_cast<double>(inside.size() - 2));
        CHECK(panel.z == Approx((inside[0] - mean) / sd).epsilon(0.02));
    }
}

TEST_CASE("intervals hold the value and shrink with more people", "[cluster]")
{
    const auto small = plantedGraph(2, 20, 0.4, 0.15, 4);
    const auto large = plantedGraph(2, 200, 0.04, 0.015, 4);
    double width[2] = {0, 0};
    for (const auto* file : {&small, &large}) {
        const auto panel = panelOf(file->unweighted(), file->attribute);
        CHECK(panel.bootstraps == 500);
        CHECK(panel.assortativityInterval.low < panel.assortativity);
        CHECK(panel.assortativityInterval.high > panel.assortativity);
        CHECK(panel.oddsRatioInterval.low < panel.oddsRatio);
        CHECK(panel.oddsRatioInterval.high > panel.oddsRatio);
        width[file == &large] = panel.assortativityInterval.high - panel.assortativityInterval.low;
    }
    CHECK(width[1] < width[0] / 2);
}

TEST_CASE("the interval covers the truth about as often as it says", "[cluster]")
{
    // Planted: tied inside with 0.12, across with 0.06, so the true odds ratio is known.
    const double truth = 0.12 / 0.88 / (0.06 / 0.94);
    int covered = 0;
    constexpr int trials = 60;
    for (std::uint64_t seed = 0; seed < trials; ++seed) {
        const auto file = plantedGraph(2, 60, 0.12, 0.06, 1000 + seed);
        Task task;
        PanelOptions options;
        options.permutations = 0;
        options.bootstraps = 200;
        const auto panel =
            homophilyPanel(file.unweighted(), nominalValues(file.attribute), options, task);
        covered +=
            panel.oddsRatioInterval.low <= truth && truth <= panel.oddsRatioInterval.high ? 1 : 0;
    }
    INFO("covered " << covered << " of " << trials);
    CHECK(covered >= trials * 85 / 100);
}

TEST_CASE("where groups differ in activity, shuffles stay among people of like activity",
          "[cluster]")
{
    // Half of the people hold most ties, with whoever they meet: chatty, not choosy.
    std::vector<WeightedTie> ties;
    std::vector<std::string> texts;
    Random random(12);
    const auto busy = [](std::size_t v) { return v < 75; };
    for (std::uint32_t a = 0; a < 150; ++a) {
        texts.emplace_back(busy(a) ? "busy" : "quiet");
        for (std::uint32_t b = 0; b < a; ++b) {
            const double chance = (busy(a) ? 0.5 : 0.1) * (busy(b) ? 0.5 : 0.1);
            if (random.chance(chance)) ties.push_back({a, b, 1});
        }
    }
    const auto panel = panelOf(buildGraph(150, ties), texts);
    CHECK(panel.pActivity == Approx(0.001));
    CHECK(panel.byActivity);
    CHECK(panel.pFree == Approx(0.001));  // free shuffles take activity for likeness
    CHECK(panel.p > 10 * panel.pFree);    // among people of like activity hardly any is left

    const auto karate = panelOf(shipped("karate").unweighted(), shipped("karate").attribute);
    CHECK_FALSE(karate.byActivity);
    CHECK(karate.p == karate.pFree);
}

TEST_CASE("what is not known gives a range", "[cluster]")
{
    // A path a a ? b b: whoever is unknown is an a (first of equals), or nobody's like.
    const Graph path = buildGraph(6, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}});
    const auto panel = panelOf(path, {"a", "a", "", "b", "b", "b"});
    CHECK(panel.known == 5);
    CHECK(panel.ties == 3);
    // Ties aa, bb, bb: nothing across.
    CHECK(panel.assortativity == Approx(1));
    // aa, aa, ab, bb, bb: ends a 5, b 5; inside 8 of 10.
    CHECK(panel.ifUnknownAlike == Approx((0.8 - 0.5) / 0.5));
    // aa, ac, cb, bb, bb: ends a 3, b 5, c 2; inside 6 of 10.
    CHECK(panel.ifUnknownDifferent == Approx((0.6 - 0.38) / (1 - 0.38)));
}

TEST_CASE("values that nobody has change no test, however many there are", "[cluster]")
{
    const Graph graph = randomGraph(60, 0.2, 4, 3).weighted();
    NominalValues values;
    for (int i = 0; i < 3; ++i) values.names.push_back(std::string(1, static_cast<char>('a' + i)));
    for (std::int32_t v = 0; v < 60; ++v) values.valueOf.push_back(v % 7 % 3);
    Task task;
    const auto few = homophilyPanel(graph, values, {}, task);
    for (int i = 0; i < 300; ++i) values.names.push_back("z" + std::to_string(100 + i));
    const auto many = homophilyPanel(graph, values, {}, task);  // more than a byte holds
    CHECK(few.p == many.p);
    CHECK(few.pFree == many.pFree);
    CHECK(few.pActivity == many.pActivity);
    CHECK(few.permutations == many.permutations);
    CHECK(few.z == many.z);
}

TEST_CASE("a numeric trait is correlated along ties", "[cluster]")
{
    rc::prop("by the definition, on any weighted graph with values missing", [] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const Graph graph = randomGraph(14, 0.4, 4, seed).weighted();
        Random random(seed, 3);
        NumericValues values;
        for (int v = 0; v < 14; ++v)
            values.push_back(random.chance(0.2) ? unknown : 1000 + 5 * random.real());
        std::vector<double> x, y, w, ones;
        for (Vertex a = 0; a < 14; ++a)
            for (Vertex b = 0; b < 14; ++b) {
                if (graph.between(a, b) <= 0 || std::isnan(values[a] + values[b])) continue;
                x.push_back(values[a]);
                y.push_back(values[b]);
                w.push_back(static_cast<double>(graph.between(a, b)));
                ones.push_back(1);
            }
        try {
            const auto found = scalarOf(graph, values);
            RC_ASSERT(std::abs(found.assortativity - pearson(x, y, w)) < 1e-7);
            RC_ASSERT(std::abs(found.assortativityTies - pearson(x, y, ones)) < 1e-7);
        } catch (const Error& error) {
            RC_ASSERT(error.kind() == Error::Kind::TooLittleData);
        }
    });
}

TEST_CASE("numbers of a path by hand", "[cluster]")
{
    // 1 2 3 4 5 in a row: ends (1,2) (2,3) (3,4) (4,5), both ways: means 3, covariance 1,
    // variance 1.5.
    const Graph path = buildGraph(5, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}});
    const auto found = scalarOf(path, {1, 2, 3, 4, 5});
    CHECK(found.assortativity == Approx(1 / 1.5));
    CHECK(found.h == Approx(1 - 1 / (2 * 2.5)));
    CHECK(found.ties == 4);
    CHECK_THROWS_AS(scalarOf(path, {1, 1, 1, 1, 1}), Error);
    CHECK_THROWS_AS(scalarOf(path, {1, 2, 3, 4, unknown}), Error);

    // Two values as numbers are two values as names.
    const auto file = shipped("karate");
    NumericValues clubs;
    for (const auto& text : file.attribute) clubs.push_back(text == "Mr.Hi" ? 0 : 1);
    CHECK(scalarOf(file.unweighted(), clubs).assortativity == Approx(0.7175308642).margin(1e-9));
    CHECK(scalarOf(file.unweighted(), clubs).assortativitySe == Approx(0.0801078861).margin(1e-9));
    CHECK(scalarOf(file.unweighted(), clubs).p == Approx(0.001));
}

TEST_CASE("random numbers are found alike as often as they should", "[cluster]")
{
    const Graph graph = shipped("karate").unweighted();
    int flagged = 0;
    constexpr int trials = 300;
    for (std::uint64_t i = 0; i < trials; ++i) {
        Random random(31, i);
        NumericValues values;
        for (std::size_t v = 0; v < graph.people(); ++v) values.push_back(random.real());
        Task task;
        PanelOptions options;
        options.permutations = 199;
        options.bootstraps = 0;
        flagged += scalarHomophily(graph, values, options, task).p <= 0.05 ? 1 : 0;
    }
    CHECK(flagged >= trials / 100);
    CHECK(flagged <= trials * 8 / 100);
}

TEST_CASE("people are held against the mean of their contacts", "[cluster]")
{
    const auto file = shipped("karate");
    const Graph graph = file.weighted();
    Random random(2);
    NumericValues values;
    for (const auto& text : file.attribute)
        values.push_back((text == "Mr.Hi" ? -1 : 1) + random.real());
    values[5] = unknown;
    Task task;
    const auto found = neighbourCorrelation(graph, values, {}, task);
    std::vector<double> own, contacts, ones;
    for (Vertex v = 0; v < graph.people(); ++v) {
        double sum = 0, weight = 0;
        for (std::size_t j = 0; j < graph.degree(v); ++j) {
            const double theirs = values[graph.neighbours(v)[j]];
            if (std::isnan(theirs)) continue;
            sum += static_cast<double>(graph.weights(v)[j]) * theirs;
            weight += static_cast<double>(graph.weights(v)[j]);
        }
        if (std::isnan(values[v]) || weight <= 0) continue;
        own.push_back(values[v]);
        contacts.push_back(sum / weight);
        ones.push_back(1);
    }
    CHECK(found.people == own.size());
    CHECK(found.correlation == Approx(pearson(own, contacts, ones)).margin(1e-9));
    CHECK(found.p == Approx(0.001));
    REQUIRE(found.contacts.size() == contacts.size());
    for (std::size_t i = 0; i < contacts.size(); ++i)
        CHECK(found.contacts[i] == Approx(contacts[i]).margin(1e-9));
    CHECK_THROWS_AS(
        neighbourCorrelation(buildGraph(12, {{0, 1, 1}}), NumericValues(12, 1), {}, task), Error);
}

TEST_CASE("arcs and ordered pairs, by hand and as other programs have them", "[cluster]")
{
    // a a b b b: arcs 0>1, 1>0, 1>2, 2>3, 3>4.
    const std::vector<Arc> arcs{{0, 1, 1}, {1, 0, 1}, {1, 2, 2}, {2, 3, 1}, {3, 4, 1}};
    const auto found = arcHomophily(5, arcs, nominalValues({"a", "a", "b", "b", "b"}));
    CHECK(found.eiIndex == Approx(-0.6));
    // e_aa 2/5, e_ab 1/5, e_bb 2/5; out 3/5, 2/5; in 2/5, 3/5.
    CHECK(found.assortativityArcs == Approx((0.8 - 0.48) / (1 - 0.48)));
    CHECK(found.assortativity == Approx((4.0 / 6 - (4.0 * 2 + 2 * 4) / 36) / (1 - 16.0 / 36)));
    // Ordered pairs: 2 + 6 same, 12 different.
    CHECK(found.oddsRatio == Approx(4.0 * 11 / (4.0 * 1)));
    CHECK(scalarAssortativity(arcs, {0, 0, 1, 1, 1}) == Approx(0.6666666667));

    const auto reference = Reference::load();
    if (!reference) return;
    const auto file = loadGraph(reference->folder, "ukfaculty_directed");
    REQUIRE(file);
    const auto panel = arcHomophily(file->people, arcsOf(*file), nominalValues(file->attribute));
    reference->check("ukfaculty_directed", "EI_index", "arcs", panel.eiIndex);
    reference->check("ukfaculty_directed", "assortativity_nominal", "arcs",
                     panel.assortativityArcs);
    reference->check("ukfaculty_directed", "odds_ratio_within_group", "", panel.oddsRatio);
    REQUIRE(panel.groups.size() == 4);
    for (const auto& group : panel.groups)
        reference->check("ukfaculty_directed", "coleman_homophily", "group=" + group.value,
                         group.colemanTies);
    NumericValues coming(file->people);
    for (const auto& tie : file->ties) coming[tie.b] += 1;
    reference->check("ukfaculty_directed", "assortativity_scalar", "",
                     scalarAssortativity(arcsOf(*file), coming));
}
