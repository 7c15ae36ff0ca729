#include "core/analysis/diversitystudy.h"

#include "core/base/error.h"
#include "core/store/communities.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace kith;
using namespace kith::tests;

namespace {

ReferenceProfile profileOf(const TempFolder& folder, const std::string& text)
{
    const auto file = folder.path() / "profile.csv";
    writeFile(file, text);
    return readProfile(file);
}

std::string refusal(const TempFolder& folder, const std::string& text)
{
    try {
        profileOf(folder, text);
    } catch (const Error& error) {
        CHECK(error.kind() == Error::Kind::BadInput);
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a profile is a table of values and shares")
{
    const TempFolder folder;
    const auto plain = profileOf(folder, "value,share\nEastfield,60\nNorthgate,40\n");
    CHECK(plain.values == std::vector<std::string>{"Eastfield", "Northgate"});
    CHECK(plain.shares[0] == Approx(0.6));
    CHECK(plain.distances.empty());
    CHECK(plain.categoryOf("EASTFIELD ") == 0U);
    CHECK_FALSE(plain.categoryOf("Westway"));
}

TEST_CASE("bands of a profile hold numbers")
{
    const TempFolder folder;
    const auto ages =
        profileOf(folder, "value,count,position\nunder 18,10,9\n18-64,30,41\n65+,20,75\n");
    CHECK(ages.categoryOf("17.9") == 0U);
    CHECK(ages.categoryOf("18") == 1U);
    CHECK(ages.categoryOf("64.5") == 1U);
    CHECK(ages.categoryOf("65") == 2U);
    CHECK_FALSE(ages.categoryOf("old"));
    REQUIRE(ages.distances.size() == 9);
    CHECK(ages.distances[2] == Approx(1));
    CHECK(ages.distances[1] == Approx(32.0 / 66));
}

TEST_CASE("a profile that makes no sense is refused with its line")
{
    const TempFolder folder;
    CHECK(refusal(folder, "") ==
          "profile.csv, line 1: the profile is empty. Write a table with "
          "the columns value and share, one row for each category.");
    CHECK(refusal(folder, "ward,share\nA,1\n").find("no column called value") != std::string::npos);
    CHECK(refusal(folder, "value,what\nA,1\n").find("share or count") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,much\n").find("line 2") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,-1\nB,2\n").find("below 0") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,1\na,2\n").find("twice") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,1\n").find("two categories") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,0\nB,0\n").find("nothing") != std::string::npos);
    CHECK(refusal(folder, "value,share\nA,1\nB\n").find("columns") != std::string::npos);
    CHECK(refusal(folder, "value,share,A,B\nA,1,0,.5\nB,1,.4,0\n").find("do not agree") !=
          std::string::npos);
    CHECK(refusal(folder, "value,share,A\nA,1,0\nB,1,1\n").find("column of distances") !=
          std::string::npos);
    CHECK_THROWS_AS(readProfile(folder.path() / "none.csv"), Error);
}

TEST_CASE("numbers of a profile may be written the European way")
{
    const TempFolder folder;
    const auto shares = profileOf(folder, "value;share\nA;81,7\nB;18,3\n");
    CHECK(shares.shares[0] == Approx(0.817));
    const auto counts = profileOf(folder, "value,count\nA,\"1,500\"\nB,500\n");
    CHECK(counts.shares[0] == Approx(0.75));
    const auto percents = profileOf(folder, "category,percent\nA,75 %\nB,25 %\n");
    CHECK(percents.shares[1] == Approx(0.25));
}

TEST_CASE("the village's groups against a profile of the place")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto analysis = analysed(workspace);
    std::vector<PersonId> few;
    for (Vertex v = 0; v < 3; ++v) few.push_back(analysis->people.people[v]);
    adoptCommunity(workspace, "Three", few, MemberOrigin::ByHand);

    const auto profile = profileOf(
        folder,
        "value,share,Eastfield,Northgate,Westway\nEastfield,45,0,1,.5\nNorthgate,45,1,0,.5\n"
        "Westway,10,.5,.5,0\n");
    Task task;
    const auto study = studyDiversity(workspace, *analysis, "ward", profile, task);
    REQUIRE(study.groups.size() == analysis->clusters.size() + 2);
    const auto& all = study.groups.front();
    CHECK(all.known == 25);
    CHECK(all.counts == std::vector<std::uint64_t>{13, 12, 0});
    CHECK(all.figures.hill2 == Approx(625.0 / (169 + 144)));
    CHECK(all.figures.blau == Approx(1 - (13 * 12 + 12 * 11) / (25.0 * 24)));
    CHECK(all.seenShare == Approx(2.0 / 3));
    REQUIRE(all.distance);
    CHECK(all.distance->p > 0.05);
    REQUIRE(all.raoStirling);
    CHECK(*all.raoStirling == Approx(2 * (13 / 25.0) * (12 / 25.0)));
    CHECK_FALSE(all.weak());
    CHECK(all.blauIfKnown.low == Approx(all.figures.blau));

    CHECK_FALSE(study.combination);

    const auto& cluster = study.groups[1];
    CHECK(cluster.distance->jsd > all.distance->jsd);
    CHECK(cluster.distance->p < 0.05);

    const auto& three = study.groups.back();
    CHECK(three.group.kind == StudyGroup::Kind::Community);
    CHECK_FALSE(three.refused.empty());
    CHECK_FALSE(three.distance);

    const auto sentences = diversitySentences(study);
    CHECK(sentences[0].finding ==
          "Everybody here taken together: as mixed by ward as 2.0 groups of equal size would be.");
    CHECK(sentences[1].finding ==
          "Everybody here taken together: with 25 known people we could "
          "only detect a larger gap to the profile in ward.");
    for (const auto& sentence : sentences) {
        CHECK(sentence.finding.find("representative") == std::string::npos);
    }
    CHECK(sentences.back().finding ==
          "“Three”: too little is known to say how mixed it is by ward.");
}

TEST_CASE("traits together hide less than one alone")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto everyone = people(workspace);
    for (std::size_t i = 0; i < everyone.size(); ++i) {
        setTrait(workspace, everyone[i].id, "tenure", i % 5 == 0 ? "owner" : "tenant");
    }
    const auto analysis = analysed(workspace);
    Task task;
    const auto study = studyDiversity(workspace, *analysis, "ward", std::nullopt, task);
    REQUIRE(study.combination);
    CHECK(study.combination->traits == std::vector<std::string>{"tenure", "ward"});
    CHECK(study.combination->known == 25);
    std::map<std::pair<std::string, std::string>, std::size_t> alike;
    std::size_t most = 0;
    for (const auto& person : everyone) {
        const auto values = traitsOf(workspace, person.id);
        most = std::max(most, ++alike[{values.at("ward"), values.at("tenure")}]);
    }
    CHECK(study.combination->alike == most);
}

TEST_CASE("a number needs bands, and a profile must know some of the values")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto analysis = analysed(workspace);
    Task task;
    CHECK_THROWS_AS(studyDiversity(workspace, *analysis, "age", std::nullopt, task), Error);
    CHECK_THROWS_AS(studyDiversity(workspace, *analysis, "shoes", std::nullopt, task), Error);
    const auto bands = profileOf(folder, "value,share\n18-44,1\n45-64,1\n65+,1\n");
    const auto study = studyDiversity(workspace, *analysis, "age", bands, task);
    CHECK(study.groups.front().known == 25);
    CHECK(study.unlisted.empty());
    CHECK_THROWS_AS(studyDiversity(workspace, *analysis, "ward", bands, task), Error);

    const auto some = profileOf(folder, "value,share\nEastfield,1\nWestway,1\n");
    const auto partly = studyDiversity(workspace, *analysis, "ward", some, task);
    CHECK(partly.unlisted == std::vector<std::string>{"Northgate"});
    CHECK(partly.groups.front().distance->p < 0.001);
}
