#include "core/analysis/sides.h"

#include "core/analysis/bridgestudy.h"
#include "core/analysis/homophilystudy.h"
#include "core/analysis/introductionstudy.h"
#include "core/analysis/separationstudy.h"
#include "core/base/error.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace kith;
using namespace kith::tests;

namespace {

Vertex called(const Analysis& analysis, const std::string& name)
{
    for (std::size_t v = 0; v < analysis.persons.size(); ++v)
        if (analysis.persons[v].name == name) return static_cast<Vertex>(v);
    FAIL("nobody is called " << name);
    return 0;
}

}  // namespace

TEST_CASE("two names stand around one of the commas", "[analysis]")
{
    CHECK(twoNames("a,b", {"a", "b", "c"}) == std::vector<std::string>{"a", "b"});
    CHECK(twoNames("Mr. Hi, Jr , b", {"Mr. Hi, Jr", "b"}) ==
          std::vector<std::string>{"Mr. Hi, Jr", "b"});
    CHECK_THROWS_AS(twoNames("a", {"a", "b"}), Error);
    CHECK_THROWS_AS(twoNames("a,a", {"a", "b"}), Error);
    CHECK_THROWS_WITH(twoNames("a,x", {"a", "b"}), Catch::Contains("no side called x"));
}

TEST_CASE("numbers that only name groups are codes", "[analysis]")
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    const auto repeated = [](std::vector<double> some) {
        NumericValues values;
        for (int i = 0; i < 5; ++i) values.insert(values.end(), some.begin(), some.end());
        return values;
    };
    CHECK(areCodes(repeated({0, 1})));
    CHECK(areCodes(repeated({1, 2, 3, none})));
    CHECK_FALSE(areCodes(repeated({2, 3})));       // ages of a class
    CHECK_FALSE(areCodes(repeated({0, 1, 3})));    // a gap
    CHECK_FALSE(areCodes(repeated({0, 1, 1.5})));  // no whole number
    CHECK_FALSE(areCodes({0, 1, 2, 3, 4, 5, 6}));  // nobody shares one
    CHECK_FALSE(areCodes(repeated({1})));
    CHECK_FALSE(areCodes({}));
    CHECK(fromTies("Weighted Degree"));
    CHECK(fromTies("modularity_class"));
    CHECK_FALSE(fromTies("degree of comfort"));
}

TEST_CASE("the village's two sides are separate, and Quinn is who joins them", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    Task task;
    SeparationStudyOptions options;
    const auto sides = studySeparation(workspace, options, task);
    CHECK(sides.two.people[0] + sides.two.people[1] == 25);
    CHECK(sides.found.walks.rwc > 0.5);
    CHECK(sides.found.small);
    CHECK_FALSE(separationSentences(sides, options).front().finding.empty());

    IntroductionStudyOptions wanted;
    wanted.top = 3;
    const auto study = studyIntroductions(workspace, wanted, task);
    const auto quinn = called(*study.two.analysis, "Quinn");
    REQUIRE_FALSE(study.introducers.holders.empty());
    CHECK(study.introducers.holders.front() == quinn);
    CHECK(study.introducers.reliance.front() == Approx(1));
    REQUIRE(study.pairs.size() == 3);
    double before = study.before;
    for (const auto& pair : study.pairs) {
        CHECK(pair.before == Approx(before));
        CHECK(pair.after < pair.before);
        CHECK(study.two.sides[pair.first] == Side::First);
        CHECK(study.two.sides[pair.second] == Side::Second);
        CHECK(study.two.analysis->people.graph.between(pair.first, pair.second) == 0);
        CHECK(pair.bothActive);
        before = pair.after;
    }
    CHECK(study.after == Approx(before));
    CHECK(introductionSentences(study, wanted).back().finding.find("Quinn") != std::string::npos);

    wanted.leftOut = {study.two.analysis->persons[study.pairs[0].first].name};
    const auto without = studyIntroductions(workspace, wanted, task);
    CHECK(without.leftOut == std::vector<Vertex>{study.pairs[0].first});
    for (const auto& pair : without.pairs) CHECK(pair.first != study.pairs[0].first);
    wanted.leftOut = {"Nobody Here"};
    CHECK_THROWS_AS(studyIntroductions(workspace, wanted, task), Error);
}

TEST_CASE("the chance of an introduction is the formula that is shown", "[analysis]")
{
    const ChanceFormula chance;
    CHECK(chance(false, 0, false, false) == Approx(1 / (1 + std::exp(2))));
    CHECK(chance(true, 0.5, true, true) == Approx(1 / (1 + std::exp(-1.5))));
}

TEST_CASE("the village is alike in ward and not in age", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    Task task;
    HomophilyStudyOptions options;
    options.bootstraps = 100;
    const auto ward = studyHomophily(workspace, "ward", options, task);
    REQUIRE(ward.groups);
    CHECK(ward.groups->oddsRatio > 5);
    CHECK(ward.groups->p <= 0.05);
    CHECK_FALSE(ward.amounts);
    REQUIRE(ward.verdicts.size() == 2);
    CHECK(ward.verdicts[0] == Verdict::Homophilous);

    const auto age = studyHomophily(workspace, "age", options, task);
    CHECK_FALSE(age.groups);
    REQUIRE(age.amounts);
    CHECK(age.amounts->p > 0.01);
    REQUIRE(age.neighbours);
    CHECK(homophilySentences(age, options).size() == 3);
    CHECK_THROWS_AS(studyHomophily(workspace, "shoe size", options, task), Error);
}

TEST_CASE("everybody can be listed as a bridge, those who cross first", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    Task task;
    const auto crossing = studyBridges(workspace, {}, false, task);
    const auto all = studyBridges(workspace, {}, true, task);
    CHECK(all.people.size() == 25);
    REQUIRE_FALSE(crossing.people.empty());
    for (std::size_t i = 0; i < crossing.people.size(); ++i)
        CHECK(crossing.people[i].finding.person == all.people[i].finding.person);
    const auto& quinn = all.people.front();
    CHECK(all.analysis->persons[quinn.finding.person].name == "Quinn");
    CHECK(quinn.cut);
    CHECK(all.cutPeople == 1);
    CHECK(quinn.normalised == Approx(quinn.finding.betweenness / (24.0 * 23 / 2)));
}
