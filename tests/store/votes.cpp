#include "core/base/error.h"
#include "core/import/question.h"
#include "core/store/database.h"
#include "tests/import/archivemaking.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kith;
using namespace kith::tests;

namespace {

std::string votesIn(const Workspace& workspace)
{
    Statement rows(workspace.database(),
                   "SELECT m.text, a.key, v.value FROM vote v JOIN message m ON m.id = v.message "
                   "JOIN account a ON a.id = v.account ORDER BY m.id, a.key");
    std::string all;
    while (rows.next()) {
        all += rows.text(0).substr(0, 6) + " " + rows.text(1) + " " + rows.text(2) + ";";
    }
    return all;
}

const std::string chat = "20/03/2024, 10:00 - Anna: hi\n20/03/2024, 10:01 - Ben: ho\n";

}  // namespace

TEST_CASE("votes of a Polis conversation are stored once a pair, the last one counting")
{
    Fixture town;
    const auto folder = fixture("import/data/polis");
    const auto reports = importFile(town.workspace, folder, {}, town.task);
    REQUIRE(reports.size() == 1);
    CHECK(reports.front().votes == 6);
    CHECK(reports.front().messages == 3);
    CHECK(reports.front().refused == 2);
    CHECK(reports.front().shows.votes);
    CHECK(reports.front().seen == 11);
    const std::string expected =
        "Repair 0@4lane 1;Repair 2@4lane 1;Ask th 1@4lane 1;Ask th 2@4lane 0;rubbis 3@4lane -1;";
    CHECK(votesIn(town.workspace) == expected);
    const auto again = importFile(town.workspace, folder, {}, town.task);
    CHECK(again.front().newMessages == 0);
    CHECK(votesIn(town.workspace) == expected);
    Statement groups(town.workspace.database(),
                     "SELECT count(*) FROM person_trait p JOIN trait t ON t.id = p.trait "
                     "WHERE t.name = 'opinion group (Polis)'");
    groups.next();
    CHECK(groups.integer(0) == 3);
}

TEST_CASE("a limit stops an import until the user raises it, and nothing is stored before")
{
    Fixture town;
    const auto path = town.folder.path() / "bomb.zip";
    std::string text = chat;
    text += "20/03/2024, 10:02 - Ben: " + std::string(200'000, 'x') + "\n";
    for (int i = 0; i < 12; ++i) text += std::string(1U << 20U, ' ') + "\n";
    writeFile(path, zip({{"_chat.txt", text}}));
    const auto before = dump(town.workspace);
    CHECK_THROWS_AS(importFile(town.workspace, path, {}, town.task), AnswerNeeded);
    CHECK_THROWS_WITH(importFile(town.workspace, path, {}, town.task),
                      Catch::Contains("--raise-limits"));
    CHECK(dump(town.workspace) == before);
    ImportOptions options;
    options.raiseLimits = true;
    CHECK(importFile(town.workspace, path, options, town.task).front().messages == 3);
}

TEST_CASE("z10: of several chats in an archive, nothing of the damaged one is kept")
{
    Fixture town;
    std::string noise;
    for (int i = 0; i < 40'000; ++i) {
        noise += "20/03/2024, 10:01 - Ben: " + std::to_string(i * 7919 % 10'007) + "\n";
    }
    auto bytes = zip({{"WhatsApp Chat with A.txt", chat}, {"WhatsApp Chat with B.txt", noise}});
    const auto central = bytes.rfind("PK\x01\x02");
    bytes[central + 16] ^= 1;
    const auto path = town.folder.path() / "chats.zip";
    writeFile(path, bytes);
    const auto reports = importFile(town.workspace, path, {}, town.task);
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].messages == 2);
    CHECK(reports[1].messages == 0);
    CHECK(reports[1].refused == 1);
    CHECK(reports[1].seen == 1);
    REQUIRE(reports[1].problems.size() == 1);
    CHECK_THAT(reports[1].problems.front().what, Catch::Contains("checksum"));
    CHECK(reports[1].problems.front().place.entry == "WhatsApp Chat with B.txt");
    ImportOptions strict;
    strict.strict = true;
    CHECK_THROWS_WITH(importFile(town.workspace, path, strict, town.task),
                      Catch::Contains("checksum"));
}

TEST_CASE("z13, z16: a cut-off archive is asked about, and what is noted reaches the report")
{
    Fixture town;
    const auto path = town.folder.path() / "cut.zip";
    std::string noise;
    for (int i = 0; i < 3000; ++i) noise += std::to_string(i * 7919 % 10'007) + " ";
    auto bytes = zip({{"Ol\xA0.txt", chat}, {"other.txt", noise}});
    writeFile(path, bytes.substr(0, bytes.size() / 2));
    try {
        importFile(town.workspace, path, {}, town.task);
        FAIL("nothing was asked");
    } catch (const AnswerNeeded& asked) {
        CHECK(asked.question().about == Question::About::Chats);
        CHECK_THAT(asked.what(), Catch::Contains("Ol\u00E1.txt"));
    }
    ImportOptions options;
    options.read.chats = {"Ol\u00E1.txt"};
    const auto reports = importFile(town.workspace, path, options, town.task);
    REQUIRE(reports.size() == 1);
    CHECK(reports.front().messages == 2);
    const auto warned = [&](const std::string& words) {
        return std::ranges::any_of(reports.front().warnings, [&](const std::string& one) {
            return one.find(words) != std::string::npos;
        });
    };
    CHECK(warned("cut off"));
    CHECK(warned("could also be"));
}

TEST_CASE("every export in a folder gets a report of its own, archives among them")
{
    Fixture town;
    const auto all = town.folder.path() / "exports";
    std::filesystem::create_directories(all);
    writeFile(all / "a.zip", zip({{"_chat.txt", chat}}));
    writeFile(all / "b.txt", "21/03/2024, 10:00 - Cat: hello\n21/03/2024, 10:05 - Ann: yes\n");
    const auto reports = importFile(town.workspace, all, {}, town.task);
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].file == "exports, a.zip, _chat.txt");
    CHECK(reports[1].file == "exports, b.txt");
    CHECK(reports[0].messages + reports[1].messages == 4);
}
