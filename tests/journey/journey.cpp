#include "core/journey/journey.h"

#include "core/base/error.h"
#include "core/journey/rubric.h"
#include "core/store/history.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <set>

using namespace kith;
using namespace kith::tests;

TEST_CASE("every characteristic has five levels in plain words", "[journey]")
{
    std::set<std::string_view> said;
    for (const auto characteristic : allCharacteristics) {
        const auto& row = rubricOf(characteristic);
        CHECK(row.characteristic == characteristic);
        CHECK_FALSE(row.title.empty());
        CHECK(row.question.back() == '?');
        for (const auto level : row.levels) {
            CHECK(level.size() > 4);
            CHECK(said.insert(level).second);
        }
    }
}

TEST_CASE("a group is adopted with its members and rated, and the board shows level and trend",
          "[journey]")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto found = analysed(workspace);
    const auto id = adoptCluster(workspace, *found, 0, "Damp homes");

    auto board = journeyBoard(workspace);
    REQUIRE(board.size() == 1);
    CHECK(board[0].community.members.size() == found->clusters[0].members.size());
    REQUIRE(board[0].cells.size() == 9);
    CHECK_FALSE(board[0].cells[2].latest);

    Assessment rating;
    rating.community = id;
    rating.characteristic = Characteristic::Goals;
    rating.level = 1;
    assess(workspace, rating);
    rating.level = 3;
    rating.on += std::chrono::days(30);
    assess(workspace, rating);
    addEvidence(
        workspace,
        {{}, id, Characteristic::Goals, EvidenceKind::Note, true, {}, "a date was set", {}});

    board = journeyBoard(workspace);
    CHECK(board[0].cells[2].latest->level == 3);
    CHECK(board[0].cells[2].trend == 1);
    CHECK(board[0].cells[2].supporting == 1);
    CHECK(board[0].cells[0].trend == 0);

    undo(workspace);
    undo(workspace);
    CHECK(journeyBoard(workspace)[0].cells[2].latest->level == 1);
}

TEST_CASE("there is no adopting of a group that is not there", "[journey]")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto found = analysed(workspace);
    CHECK_THROWS_AS(adoptCluster(workspace, *found, 99, "Nobody"), Error);
    CHECK(journeyBoard(workspace).empty());
}

TEST_CASE("messages by members that may speak for a characteristic are offered", "[journey]")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto found = analysed(workspace);
    std::uint32_t damp = 0;
    for (const auto& cluster : found->clusters) {
        if (cluster.label.find("mould") != std::string::npos) damp = cluster.id;
    }
    const auto id = adoptCluster(workspace, *found, damp, "Damp homes");
    Task task;
    const auto offered = offerEvidence(workspace, id, Characteristic::Goals, 5, task);
    REQUIRE(offered.size() == 5);
    for (const auto& item : offered) {
        CHECK(item.text.find("by friday") != std::string::npos);
        CHECK(item.why == "by friday");
    }
    CHECK(offerEvidence(workspace, id, Characteristic::Sponsorship, 5, task).empty());
}
