#include "core/import/polis.h"

#include "core/base/error.h"
#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/archivemaking.h"
#include "tests/import/robust.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <tuple>

using namespace kith;
using namespace kith::tests;

namespace {

std::string table(const std::string& name)
{
    return readFile(fixture("import/data/polis/lane." + name + ".csv"));
}

Collected readTables(Files files)
{
    const auto package = packageOf("polis.zip", std::move(files));
    CHECK(polisReader().recognise({"polis.zip", {}, true, package->entries()}).confidence >= 50);
    auto all = collect(polisReader(), *package);
    CHECK(all.adds());
    return all;
}

/// The last vote of each pair by time, as the store counts them.
std::map<std::pair<std::string, std::string>, int> lastVotes(const Collected& all)
{
    std::map<std::pair<std::string, std::string>, std::pair<Time, int>> last;
    for (const auto& vote : all.votes) {
        const auto time = vote.time.value_or(Time{});
        auto& known = last.try_emplace({vote.account, vote.message}, Time{}, 0).first->second;
        if (time >= known.first) known = {time, vote.value};
    }
    std::map<std::pair<std::string, std::string>, int> values;
    for (const auto& [pair, vote] : last) values[pair] = vote.second;
    return values;
}

std::string negated(std::string votes)
{
    std::string out;
    std::string::size_type at = 0;
    while (at < votes.size()) {
        const auto end = votes.find('\n', at);
        auto line = votes.substr(at, end - at);
        if (line.ends_with(",-1")) {
            line.replace(line.size() - 2, 2, "1");
        } else if (line.ends_with(",1")) {
            line.replace(line.size() - 1, 1, "-1");
        }
        out += line + "\n";
        at = end + 1;
    }
    return out;
}

}  // namespace

TEST_CASE("a Polis conversation is read to the letter")
{
    const auto found = recognise(fixture("import/data/polis"));
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader->info().id == "polis");
    const auto all = collect(*found.front().reader, *found.front().package);
    CHECK(all.adds());
    CHECK(all.report.seen == 4 + 7);
    REQUIRE(all.messages.size() == 3);
    CHECK(all.votes.size() == 6);
    const auto& first = all.messages.front();
    CHECK(first.id == "0");
    CHECK(first.conversation == "What should happen in Mill Lane?");
    CHECK(first.account == "0@4lane");
    CHECK(first.kind == MessageKind::Post);
    CHECK(first.text == "Repair the roof, then the walls.");
    CHECK(toMillis(first.time) == 1709283600000);
    CHECK(all.messages[1].text == "Ask the landlord\nonce more");
    CHECK(all.messages[1].attachments.empty());
    CHECK(all.messages[2].attachments == std::vector<std::string>{"moderated out"});
    CHECK(all.problemWith("rejected 1 statements") != nullptr);
    CHECK(all.problemWith("stands in the table already")->place.line == 6);
    CHECK(all.problemWith("\"2\" is none of")->outcome == Outcome::Refused);
    CHECK(all.problemWith("1 votes were changed later") != nullptr);
    CHECK(all.problemWith("1 participants are in no opinion group") != nullptr);
    CHECK(all.problemWith("turned round") == nullptr);
    CHECK(all.problemWith("summary speaks of") == nullptr);
    const auto votes = lastVotes(all);
    CHECK(votes.size() == 5);
    CHECK(votes.at({"2@4lane", "0"}) == 1);  // the earlier -1 stands below the later 1
    CHECK(votes.at({"2@4lane", "1"}) == 0);  // a pass is a vote
    CHECK(votes.at({"3@4lane", "2"}) == -1);
    CHECK_FALSE(votes.contains({"3@4lane", "0"}));
    REQUIRE(all.traits.size() == 3);
    CHECK(all.traits[1].account == "1@4lane");
    CHECK(all.traits[1].trait == "opinion group (Polis)");
    CHECK(all.traits[1].value == "1");
    CHECK(all.accounts.size() == 4);
    CHECK(all.accounts.front().name == "Participant 0");
}

TEST_CASE("votes of a file in which -1 means agreeing are turned round, and that is said")
{
    const Files right{{"comments.csv", table("comments")}, {"votes.csv", table("votes")}};
    const Files wrong{{"comments.csv", table("comments")}, {"votes.csv", negated(table("votes"))}};
    const auto a = readTables(right);
    const auto b = readTables(wrong);
    CHECK(lastVotes(a) == lastVotes(b));
    CHECK(a.problemWith("turned round") == nullptr);
    REQUIRE(b.problemWith("turned round") != nullptr);
    CHECK_THAT(b.problemWith("turned round")->what, Catch::Contains("2 of 2"));
    const auto none = readTables({{"comments.csv", table("comments")},
                                  {"votes.csv", "timestamp,comment-id,voter-id,vote\n5,0,7,1\n"}});
    CHECK(none.problemWith("cannot show whether") != nullptr);
    // The server's own report counts seconds.
    const auto seconds =
        readTables({{"comments.csv", table("comments")},
                    {"votes.csv", "timestamp,comment-id,voter-id,vote\n1709283600,0,0,1\n"}});
    CHECK(toMillis(*seconds.votes.front().time) == 1709283600000);
}

TEST_CASE("several Polis conversations in one folder do not mix")
{
    const auto all = readTables({{"x.a.comments.csv", table("comments")},
                                 {"x.a.votes.csv", table("votes")},
                                 {"x.b.comments.csv", table("comments")},
                                 {"x.b.votes.csv", table("votes")},
                                 {"readme.md", "words"}});
    CHECK(all.messages.size() == 6);
    CHECK(all.votes.size() == 12);
    std::set<std::string> conversations;
    for (const auto& one : all.messages) conversations.insert(one.conversation);
    CHECK(conversations == std::set<std::string>{"x.a", "x.b"});
    CHECK(all.senders().contains("0@x.a"));
    CHECK(all.senders().contains("0@x.b"));
    CHECK(all.problemWith("1 other files") != nullptr);
    CHECK_FALSE(polisFiles(packageOf("d", {{"devotes.csv", ""}, {"q", ""}})->entries()).size());
}

TEST_CASE("a table wider than 512 statements gives its groups")
{
    std::string wide = "participant,group-id,n-comments,n-votes,n-agree,n-disagree";
    for (int i = 0; i < 900; ++i) wide += "," + std::to_string(i);
    wide += "\n0,1,0,0,0,0" + std::string(900, ',') + "\n";
    const auto all = readTables({{"comments.csv", table("comments")},
                                 {"votes.csv", table("votes")},
                                 {"participants-votes.csv", wide}});
    REQUIRE(all.traits.size() == 1);
    CHECK(all.traits.front().value == "1");
}

TEST_CASE("one Polis table alone is known for what it is")
{
    for (const std::string one : {"votes", "comments"}) {
        const auto found =
            recognise(packageOf("lane." + one + ".csv", {{"lane." + one + ".csv", table(one)}}));
        REQUIRE(found.size() == 1);
        CHECK(found.front().reader->info().id == "polis-table");
        const auto all = collect(*found.front().reader, *found.front().package);
        CHECK(all.adds());
        CHECK(all.problemWith("open the folder or zip that holds both") != nullptr);
        checkSplits(polisTableReader(), table(one), "lane." + one + ".csv");
    }
    const auto votes = collect(polisTableReader(), table("votes"), {}, "lane.votes.csv");
    std::set<std::string> statements;
    for (const auto& vote : votes.votes) statements.insert(vote.message);
    REQUIRE(votes.messages.size() == statements.size());
    for (const auto& one : votes.messages) CHECK(one.text == "Statement " + one.id);
    CHECK_THROWS_WITH(readTables({{"comments.csv", "a,b\n1,2\n"}, {"votes.csv", table("votes")}}),
                      Catch::Contains("no column \"comment-id\""));
}

TEST_CASE("a table of votes has a row a person and a column a statement")
{
    const std::string text =
        "member;Keep the school;Close the road;A market;group\n"
        "Ann;yes;no;;left\nBob;No;Abstain;yes;right\nCat;agree;-1;0\n"
        ";1;1;1;left\nDan;yes;perhaps;no;left\n";
    const auto all = collect(voteMatrixReader(), text, {}, "ward.csv");
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[1].text == "Close the road");
    REQUIRE(all.votes.size() == 7);
    CHECK(all.votes[0].account == "Ann@ward");
    CHECK(all.votes[0].message == "Keep the school");
    const std::vector<int> values{1, -1, -1, 0, 1, 1, -1};
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(all.votes[i].value == values[i]);
    CHECK(all.problemWith("4 fields instead")->place.line == 4);
    CHECK(all.problemWith("whose votes")->place.line == 5);
    CHECK(all.problemWith("\"perhaps\" is no vote")->place.line == 6);
    CHECK(all.problemWith("1 or -1") == nullptr);
    CHECK(all.traits.size() == 3);
    checkSplits(voteMatrixReader(), text, "ward.csv");

    const auto sure = [](const std::string& some) {
        return voteMatrixReader().recognise({"x.csv", some, true, {}}).confidence;
    };
    CHECK(sure("who,a,b,c\nAnn,1,-1,0\n") >= 50);
    CHECK(sure("participant,group-id,n-votes,0,1,2\n0,,3,1,-1,0\n") >= 90);
    CHECK(sure("who,a,b,c\nAnn,1,1,0\n") == 0);   // these may be traits
    CHECK(sure("who,a,b,c\nAnn,1,-1,3\n") == 0);  // and these are counts
    CHECK_THROWS_WITH(collect(voteMatrixReader(), "who\nAnn\n", {}, "x.csv"),
                      Catch::Contains("no columns with votes"));

    std::string wide = "participant,group-id";
    std::string row = "0,1";
    for (int i = 0; i < 3000; ++i) {
        wide += "," + std::to_string(i);
        row += i % 2 == 0 ? ",1" : ",-1";
    }
    CHECK_THROWS_WITH(
        collect(voteMatrixReader(), "who" + std::string(20'000, ',') + "\n", {}, "x.csv"),
        Catch::Contains("more than 20000 columns"));
    const auto many = collect(voteMatrixReader(), wide + "\n" + row + "\n", {}, "wide.csv");
    CHECK(many.votes.size() == 3000);
    CHECK(many.problemWith("1 or -1") != nullptr);
}

TEST_CASE("a table of votes says the same as the list they were made from")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const auto stem = *data / "polis/compdemocracy__openData__brexit-consensus";
    const auto matrix = recognise(std::filesystem::path(stem.string() + ".participants-votes.csv"));
    REQUIRE(matrix.size() == 1);
    CHECK(matrix.front().reader->info().id == "vote-matrix");
    const auto all = collect(*matrix.front().reader, *matrix.front().package);
    const auto list = recognise(std::filesystem::path(stem.string() + ".votes.csv"));
    const auto votes = collect(*list.front().reader, *list.front().package);
    std::map<std::pair<std::string, std::string>, int> shown;
    for (const auto& vote : all.votes) {
        shown[{vote.account.substr(0, vote.account.find('@')), vote.message}] = vote.value;
    }
    std::size_t alike = 0;
    const auto last = lastVotes(votes);
    for (const auto& [pair, value] : last) {
        const auto found = shown.find({pair.first.substr(0, pair.first.find('@')), pair.second});
        alike += found != shown.end() && found->second == value ? 1U : 0U;
    }
    CHECK(shown.size() == last.size());
    CHECK(alike == last.size());
}

TEST_CASE("public Polis data give the counts that were measured by other means")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const auto found = recognise(*data / "polis");
    REQUIRE(found.size() == 1);
    const auto all = collect(*found.front().reader, *found.front().package);
    CHECK(all.adds());
    CHECK(all.count(Outcome::Refused) == 0);
    CHECK(all.problemWith("turned round") == nullptr);
    struct Case {
        std::string conversation;
        std::ptrdiff_t statements;
        std::size_t rows, pairs, voters;
        std::ptrdiff_t agree, disagree, pass;
    };
    const std::vector<Case> cases{
        {"$15/hour", 54, 2995, 2872, 339, 1400, 936, 659},
        {"Together, we'll build the BG of 2050.", 371, 14341, 14283, 126, 10048, 1626, 2667},
        {"Can there be consensus on Brexit?", 50, 5312, 5303, 204, 2689, 1957, 666},
        {"A Universal Basic Income for Aotearoa NZ?", 71, 7174, 7153, 234, 4595, 1766, 813},
    };
    for (const auto& one : cases) {
        INFO(one.conversation);
        CHECK(std::ranges::count(all.messages, one.conversation, &MessageRecord::conversation) ==
              one.statements);
        Collected part;
        std::set<std::string> voters;
        for (const auto& vote : all.votes) {
            if (vote.conversation != one.conversation) continue;
            part.votes.push_back(vote);
            voters.insert(vote.account);
        }
        CHECK(part.votes.size() == one.rows);
        CHECK(voters.size() == one.voters);
        CHECK(lastVotes(part).size() == one.pairs);
        CHECK(std::ranges::count(part.votes, 1, &VoteRecord::value) == one.agree);
        CHECK(std::ranges::count(part.votes, -1, &VoteRecord::value) == one.disagree);
        CHECK(std::ranges::count(part.votes, 0, &VoteRecord::value) == one.pass);
    }
}
