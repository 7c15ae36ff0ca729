#include "core/analysis/opinionstudy.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/store/ingest.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fmt/format.h>

using namespace kith;
using namespace kith::tests;

namespace {

/// A Polis conversation: two camps over twelve statements, one rejected by the moderators, one on
/// which nobody voted; the export's own groups are the camps.
void writeCamps(const std::filesystem::path& folder, bool groups)
{
    std::filesystem::create_directory(folder);
    std::string comments =
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,"
        "comment-body\n";
    for (int s = 0; s < 14; ++s) {
        comments +=
            fmt::format("1500000000,x,{},0,0,0,{},Statement number {}\n", s, s == 12 ? -1 : 1, s);
    }
    std::string votes = "timestamp,datetime,comment-id,voter-id,vote\n";
    std::string people = "participant,group-id\n";
    Random random(8);
    for (int person = 0; person < 40; ++person) {
        const bool left = person < 24;
        people += fmt::format("{},{}\n", person, left ? 0 : 1);
        for (int s = 0; s < 13; ++s) {
            if (random.chance(0.15)) continue;
            const bool agrees =
                s < 8 ? left == random.chance(s % 2 == 0 ? 0.98 : 0.02) : random.chance(0.85);
            votes += fmt::format("1500000000,x,{},{},{}\n", s, person, agrees ? 1 : -1);
        }
    }
    writeFile(folder / "comments.csv", comments);
    writeFile(folder / "votes.csv", votes);
    if (groups) writeFile(folder / "participants-votes.csv", people);
    writeFile(folder / "summary.csv", "topic,Two camps\nurl,https://pol.is/2camps\nvoters,40\n");
}

OpinionStudy studied(const Workspace& workspace, OpinionStudyOptions options = {})
{
    Task task;
    options.opinions.shuffles = 60;
    return studyOpinions(workspace, {}, options, task);
}

std::uint32_t numbered(const OpinionStudy& study, const std::string& number)
{
    const auto found = std::ranges::find(study.statements, number, &VotedStatement::number);
    REQUIRE(found != study.statements.end());
    return static_cast<std::uint32_t>(found - study.statements.begin());
}

}  // namespace

TEST_CASE("two camps are found in stored votes")
{
    const TempFolder folder;
    writeCamps(folder.path() / "camps", true);
    auto workspace = Workspace::create(folder.path() / "camps.kith");
    Task task;
    importFile(workspace, folder.path() / "camps", {}, task);
    const auto study = studied(workspace);
    CHECK(study.conversation == "Two camps");
    CHECK(study.people == 40);
    CHECK(study.statements.size() == 12);
    CHECK(study.moderatedOut == 1);
    CHECK(study.withoutVotes == 1);
    CHECK(study.found.groups == 2);
    CHECK(study.found.sizes == std::vector<std::size_t>{24, 16});
    CHECK(study.supported());
    CHECK(study.found.stability > 0.7);
    REQUIRE(study.likenessToExport);
    CHECK(*study.likenessToExport == Approx(1));
    CHECK(parseInteger(study.statements[study.found.consensus.front().statement].number) >= 8);
    for (const auto& one : study.found.representative) {
        CHECK(parseInteger(study.statements[one.statement].number) < 8);
    }

    OpinionStudyOptions exported;
    exported.exportGroups = true;
    const auto theirs = studied(workspace, exported);
    CHECK(theirs.fromExport);
    CHECK(theirs.labels == std::vector<std::string>{"0", "1"});
    CHECK(theirs.found.sizes == std::vector<std::size_t>{24, 16});

    OpinionStudyOptions elsewhere;
    elsewhere.conversation = "Nowhere";
    CHECK_THROWS_AS(studied(workspace, elsewhere), Error);
    const auto sentences = opinionSentences(study, {});
    CHECK(sentences[0].finding == "People vote in 2 groups, of 24 and 16 people.");
    CHECK(sentences.size() >= 4);
}

TEST_CASE("without exported groups or votes the answer is a sentence")
{
    const TempFolder folder;
    writeCamps(folder.path() / "camps", false);
    auto workspace = Workspace::create(folder.path() / "camps.kith");
    CHECK_THROWS_AS(studied(workspace), Error);
    Task task;
    importFile(workspace, folder.path() / "camps", {}, task);
    CHECK_FALSE(studied(workspace).likenessToExport);
    OpinionStudyOptions exported;
    exported.exportGroups = true;
    CHECK_THROWS_AS(studied(workspace, exported), Error);
}

TEST_CASE("votes at random make no groups")
{
    const TempFolder folder;
    std::filesystem::create_directory(folder.path() / "random");
    std::string comments = "timestamp,comment-id,author-id,moderated,comment-body\n";
    std::string votes = "timestamp,comment-id,voter-id,vote\n";
    Random random(5);
    for (int s = 0; s < 15; ++s) {
        comments += fmt::format("1500000000,{},0,1,Words {}\n", s, s);
        for (int person = 0; person < 60; ++person) {
            if (random.chance(0.3)) continue;
            votes += fmt::format("1500000000,{},{},{}\n", s, person, random.chance(0.5) ? 1 : -1);
        }
    }
    writeFile(folder.path() / "random/comments.csv", comments);
    writeFile(folder.path() / "random/votes.csv", votes);
    auto workspace = Workspace::create(folder.path() / "random.kith");
    Task task;
    importFile(workspace, folder.path() / "random", {}, task);
    const auto study = studied(workspace);
    CHECK_FALSE(study.supported());
    const auto sentences = opinionSentences(study, {});
    REQUIRE(sentences.size() == 1);
    CHECK(sentences[0].finding ==
          "People do not vote in groups that are clearer than chance would make.");
}

TEST_CASE("public votes give the values of another program, through the workspace", "[public]")
{
    const auto reference = Reference::load();
    if (!reference) return;
    for (const std::string name : {"brexit-consensus", "15-per-hour-seattle", "vtaiwan.uberx"}) {
        const auto data = reference->folder / "polis" / name;
        if (!std::filesystem::exists(data)) {
            WARN(name << " is not here");
            continue;
        }
        INFO(name);
        const TempFolder folder;
        auto workspace = Workspace::create(folder.path() / "w.kith");
        Task task;
        importFile(workspace, data, {}, task);
        OpinionStudyOptions options;
        options.exportGroups = true;
        options.opinions.shuffles = 0;
        options.opinions.reruns = 1;
        const auto study = studyOpinions(workspace, {}, options, task);
        for (const auto& row : reference->rows()) {
            if (row.dataset != name) continue;
            INFO(row.measure << " " << row.parameters);
            const auto after = [&](const std::string& key) {
                const auto at = row.parameters.find(key);
                REQUIRE(at != std::string::npos);
                const auto from = row.parameters.find_first_of("0123456789", at + key.size());
                return row.parameters.substr(
                    from, row.parameters.find_first_not_of("0123456789", from) - from);
            };
            if (row.measure == "polis_group_informed_consensus") {
                const auto statement = numbered(study, after("statement"));
                const auto found =
                    std::ranges::find(study.found.consensus, statement, &Consensual::statement);
                REQUIRE(found != study.found.consensus.end());
                CHECK(found->value == Approx(std::stod(row.value)).margin(1e-8));
            }
            if (!row.measure.starts_with("polis_representative_")) continue;
            const auto group = std::ranges::find(study.labels, after("group"));
            REQUIRE(group != study.labels.end());
            const auto theirs = static_cast<std::uint32_t>(group - study.labels.begin());
            const bool top = row.measure == "polis_representative_top";
            const auto statement = numbered(study, top ? row.value : after("statement"));
            const auto found =
                std::ranges::find_if(study.found.representative, [&](const Representative& one) {
                    return one.group == theirs && one.agree && (top || one.statement == statement);
                });
            REQUIRE(found != study.found.representative.end());
            CHECK(found->statement == statement);
            const double value = std::stod(row.value);
            if (row.measure == "polis_representative_metric")
                CHECK(found->metric == Approx(value).epsilon(1e-9));
            if (row.measure == "polis_representative_R")
                CHECK(found->r == Approx(value).epsilon(1e-9));
            if (row.measure == "polis_representative_Z")
                CHECK(found->zR == Approx(value).epsilon(1e-9));
        }
    }
}
