#include "core/analysis/analysis.h"

#include "core/analysis/sentences.h"
#include "core/base/error.h"
#include "core/store/communities.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

std::set<std::string> namesIn(const Analysis& analysis, std::size_t cluster)
{
    std::set<std::string> names;
    for (const auto v : analysis.clusters.at(cluster).members)
        names.insert(analysis.persons[v].name);
    return names;
}

}  // namespace

TEST_CASE("the village falls into its two groups, alike in ward and named in their own words",
          "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);

    REQUIRE(found->persons.size() == 25);
    REQUIRE(found->clusters.size() == 2);
    CHECK(found->structured);
    const auto first = namesIn(*found, 0);
    const bool dampFirst = first.count("Damp3") == 1;
    CHECK(std::count_if(first.begin(), first.end(), [&](const auto& name) {
              return name.starts_with(dampFirst ? "Damp" : "Bus");
          }) == 12);
    for (const auto& cluster : found->clusters) {
        CHECK(cluster.verdict == Verdict::Homophilous);
        REQUIRE_FALSE(cluster.alike.empty());
        CHECK(found->traits[cluster.alike.front().trait].name == "ward");
    }
    const auto& damp = found->clusters[dampFirst ? 0 : 1];
    CHECK(damp.label.find("mould") != std::string::npos);
    CHECK(found->clusters[dampFirst ? 1 : 0].label.find("bus") != std::string::npos);
}

TEST_CASE("the one who talks with both sides is the first bridge", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    REQUIRE_FALSE(found->bridges.empty());
    const auto& best = found->bridges.front();
    CHECK(found->persons[best.person].name == "Quinn");
    CHECK(best.clusters.size() == 2);
    CHECK(best.participation == Approx(0.5).margin(0.1));
    CHECK(bridgeSentence(*found, best, "Quinn").finding.find("Quinn talks with people in") == 0);
}

TEST_CASE("an analysis does not depend on the number of threads", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    AnalysisOptions one;
    one.threads = 1;
    AnalysisOptions three;
    three.threads = 3;
    const auto a = analysed(workspace, one);
    const auto b = analysed(workspace, three);
    CHECK(a->consensus.partition == b->consensus.partition);
    CHECK(a->null.mean == b->null.mean);
    CHECK(a->betweenness.value == b->betweenness.value);
    REQUIRE(a->positions.size() == b->positions.size());
    for (std::size_t v = 0; v < a->positions.size(); ++v) {
        CHECK(a->positions[v].x == b->positions[v].x);
        CHECK(a->positions[v].y == b->positions[v].y);
    }
    for (std::size_t c = 0; c < a->clusters.size(); ++c) {
        CHECK(a->clusters[c].label == b->clusters[c].label);
        CHECK(a->clusters[c].alike.front().p == b->clusters[c].alike.front().p);
    }
}

TEST_CASE("what is not asked for is not worked out, and changes nothing else", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    AnalysisOptions bare;
    bare.null = bare.traits = bare.bridges = bare.text = bare.layout = false;
    const auto all = analysed(workspace);
    const auto some = analysed(workspace, bare);
    CHECK(some->consensus.partition == all->consensus.partition);
    CHECK(some->null.samples == 0);
    CHECK_FALSE(some->structured);
    CHECK(some->traits.empty());
    CHECK(some->bridges.empty());
    CHECK(some->betweenness.value.empty());
    CHECK(some->positions.empty());
    REQUIRE(some->clusters.size() == all->clusters.size());
    CHECK(some->clusters[0].members == all->clusters[0].members);
    CHECK(some->clusters[0].alike.empty());
    CHECK(some->clusters[0].label == "Group 1");

    bare.bridges = true;
    const auto crossing = analysed(workspace, bare);
    REQUIRE(crossing->bridges.size() == all->bridges.size());
    CHECK(crossing->bridges[0].person == all->bridges[0].person);
    CHECK(crossing->bridges[0].betweenness == all->bridges[0].betweenness);
}

TEST_CASE("a selection narrows what is seen", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    AnalysisOptions options;
    options.selection.from = Time(parseIso("2025-04-01")->wall.time_since_epoch());
    const auto found = analysed(workspace, options);
    CHECK(found->persons.empty());
    CHECK(found->clusters.empty());
    CHECK(structureSentence(*found).finding ==
          "There are no ties between people in this selection yet.");
}

TEST_CASE("a group keeps the colour of the community that it continues", "[analysis]")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto before = analysed(workspace);
    std::vector<PersonId> members;
    for (const auto v : before->clusters[1].members) members.push_back(before->people.people[v]);
    adoptCommunity(workspace, "Kept", members, MemberOrigin::FromCluster, 5);
    const auto after = analysed(workspace);
    CHECK(after->workspaceVersion != before->workspaceVersion);
    CHECK(after->clusters[1].colour == 5);
    CHECK(after->clusters[0].colour != 5);
}

TEST_CASE("evidence sentences are plain, and rounded for those outside", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    const auto inside = clusterSentences(*found, 0).front();
    CHECK(inside.finding.find(" of this group live in ") != std::string::npos);
    CHECK(inside.certainty.find("Shuffling everyone's ward 999 times ") == 0);
    CHECK(inside.figures.find(" people known; h = ") != std::string::npos);
    const auto outside = clusterSentences(*found, 0, Audience::Public).front();
    CHECK(outside.finding.find("Nearly everybody in this group") ==
          0);  // one of twelve or so differs
    CHECK(outside.figures.find("known") == std::string::npos);
    CHECK(percent(0.844) == "84\u00a0%");
    CHECK(listed({"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("an unknown trait is an error that lists the traits there are", "[analysis]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    CHECK_THROWS_WITH(nominalTrait(workspace, found->people, "shoe size"),
                      "there is no trait called shoe size. The traits here are: age, ward.");
}
