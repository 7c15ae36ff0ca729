#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/textindex.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

/// Ana and Bo talk of damp in one file, Cy answers of bins in another.
struct Town : Fixture {
    SourceId first;
    SourceId second;

    Town()
    {
        Chat damp;
        damp.post("1", "ana", "The damp and mould in Eastfield", 1);
        damp.reply("2", "bo", "1", 2).text = "Mould here too, in the café";
        first = damp.into(workspace, "damp").source;
        Chat bins;
        bins.post("2", "bo", "Mould here too, in the café", 2);
        bins.reply("3", "cy", "2", 3).text = "And the bins";
        second = bins.into(workspace, "bins").source;
        buildTextIndex(workspace, task);
    }

    PersonId who(const std::string& name) const { return peopleCalled(workspace, name).at(0); }

    std::vector<std::string> texts(const Selection& selection)
    {
        std::vector<std::string> list;
        eachMessage(
            workspace, selection, [&](const MessageRow& row) { list.emplace_back(row.text); },
            task);
        return list;
    }

    std::size_t ties(const Selection& selection)
    {
        std::size_t count = 0;
        eachTie(
            workspace, selection, [&](const TieRow&) { ++count; }, task);
        return count;
    }
};

}  // namespace

TEST_CASE("selections restrict messages and ties alike", "[store]")
{
    Town t;
    CHECK(t.texts({}).size() == 3);
    CHECK(t.ties({}) == 2);

    Selection byTime;
    byTime.from = fromMillis(1'700'000'000'000 + 120'000);
    byTime.until = fromMillis(1'700'000'000'000 + 180'000);
    CHECK(t.texts(byTime).size() == 1);
    CHECK(t.ties(byTime) == 1);

    Selection bySource;
    bySource.sources = {t.second};
    CHECK(t.texts(bySource).size() == 2);
    CHECK(t.ties(bySource) == 2);  // Bo's reply stands in both

    Selection byConcern;
    byConcern.concern = addConcern(t.workspace, "Damp", "damp OR mould");
    CHECK(t.texts(byConcern).size() == 2);
    CHECK(t.ties(byConcern) == 1);

    Selection byCommunity;
    byCommunity.community = adoptCommunity(t.workspace, "Bin friends", {t.who("bo"), t.who("cy")},
                                           MemberOrigin::ByHand);
    CHECK(t.texts(byCommunity).size() == 2);
    CHECK(t.ties(byCommunity) == 1);
    endMembership(t.workspace, *byCommunity.community, t.who("cy"));
    CHECK(t.ties(byCommunity) == 0);

    Selection byKind;
    byKind.kinds = {TieKind::Mention};
    CHECK(t.ties(byKind) == 0);
    CHECK(messageCounts(t.workspace, {}).at(t.who("bo")) == 1);
}

TEST_CASE("accounts of one person make no ties", "[store]")
{
    Town t;
    mergePeople(t.workspace, t.who("ana"), t.who("bo"));
    CHECK(t.ties({}) == 1);
    CHECK(accountsOf(t.workspace, t.who("ana")).size() == 2);
}

TEST_CASE("no input is an error to the search", "[store]")
{
    Town t;
    const auto hits = [&](std::string_view query) { return search(t.workspace, query, 10).size(); };
    CHECK(hits("mould") == 2);
    CHECK(hits("damp mould") == 1);
    CHECK(hits("damp OR bins") == 2);
    CHECK(hits("\"damp and mould\"") == 1);
    CHECK(hits("moul*") == 2);
    CHECK(hits("CAFE") == 1);
    CHECK(search(t.workspace, "mould", 10)[0].snippet.find("\u2068") != std::string::npos);
    for (const std::string odd : {"",
                                  "   ",
                                  "\"",
                                  "\"\"",
                                  "OR",
                                  "OR OR",
                                  "mould OR",
                                  "OR mould",
                                  "NOT",
                                  "AND",
                                  "NEAR(a b)",
                                  "text:damp",
                                  "a-b",
                                  "(",
                                  ")",
                                  "*",
                                  "^damp",
                                  "'",
                                  "; DROP TABLE message",
                                  "{a b}:x",
                                  "a\tb\nc",
                                  "\xff\xfe",
                                  "“",
                                  "mould* OR",
                                  "+"}) {
        CAPTURE(odd);
        CHECK_NOTHROW(search(t.workspace, odd, 10));
        CHECK_NOTHROW(search(t.workspace, odd + " mould", 10));
    }
    CHECK_NOTHROW(search(t.workspace, std::string("a\0b", 3), 10));
    std::string huge;
    for (int i = 0; i < 5000; ++i) huge += "w" + std::to_string(i) + (i % 2 == 0 ? " OR " : " ");
    CHECK_NOTHROW(search(t.workspace, huge, 10));
}

TEST_CASE("messages can be read by author and between two people", "[store]")
{
    Town t;
    const auto between = messagesBetween(t.workspace, t.who("ana"), t.who("bo"), 10);
    REQUIRE(between.size() == 1);
    CHECK(between[0].authorName == "bo");
    CHECK(between[0].conversation == "Neighbours");
    CHECK(messagesBetween(t.workspace, t.who("ana"), t.who("cy"), 10).empty());
    const auto by = messagesBy(t.workspace, {t.who("ana"), t.who("cy")}, 10);
    REQUIRE(by.size() == 2);
    CHECK(by[0].authorName == "cy");  // newest first
    CHECK(messagesBy(t.workspace, {t.who("ana"), t.who("cy")}, 1).size() == 1);
    CHECK_FALSE(message(t.workspace, MessageId{999}));
}

TEST_CASE("removing a source takes what no other held, and it can come back", "[store]")
{
    Town t;
    Fixture other;
    Chat damp;
    damp.post("1", "ana", "The damp and mould in Eastfield", 1);
    damp.reply("2", "bo", "1", 2).text = "Mould here too, in the café";

    CHECK(removeSource(t.workspace, t.first, t.task) == 1);
    CHECK(verify(t.workspace, t.task).empty());
    CHECK(t.texts({}).size() == 2);
    CHECK(t.ties({}) == 1);
    CHECK(peopleCalled(t.workspace, "ana").empty());
    CHECK(search(t.workspace, "Eastfield", 10).empty());
    CHECK(dump(t.workspace, {"history"}).find("Eastfield") == std::string::npos);

    const auto again = damp.into(t.workspace, "damp");
    CHECK(again.newMessages == 1);
    CHECK(t.ties({}) == 2);  // Bo's reply found its parent again
    CHECK(removeSource(t.workspace, again.source, t.task) == 1);
    CHECK(removeSource(t.workspace, t.second, t.task) == 2);
    CHECK(people(t.workspace).empty());
    CHECK(info(t.workspace).messages == 0);
    CHECK(verify(t.workspace, t.task).empty());
    CHECK_THROWS_AS(removeSource(t.workspace, t.second, t.task), Error);
}

TEST_CASE("pseudonyms are unique, lasting and without order", "[store]")
{
    Fixture f;
    Chat chat;
    for (int i = 0; i < 2000; ++i) chat.say("p" + std::to_string(i), "x", i);
    chat.into(f.workspace);
    const auto names = pseudonyms(f.workspace);
    std::set<std::string> distinct;
    int rising = 0;
    std::string last;
    for (const auto& [id, name] : names) {
        distinct.insert(name);
        CHECK(name.size() == 8);
        CHECK(name.starts_with("P-"));
        rising += name > last ? 1 : 0;
        last = name;
    }
    CHECK(distinct.size() == 2000);
    CHECK(rising > 900);
    CHECK(rising < 1100);
    chat.say("late", "x", 5000);
    chat.into(f.workspace, "two");
    const auto later = pseudonyms(f.workspace);
    for (const auto& [id, name] : names) CHECK(later.at(id) == name);
    CHECK(peopleCalled(f.workspace, names.begin()->second).at(0) == names.begin()->first);

    Fixture other;
    chat.into(other.workspace);
    CHECK(pseudonyms(other.workspace) != later);
}

TEST_CASE("joined people can be taken apart again", "[store]")
{
    Town t;
    const auto ana = t.who("ana");
    const auto bo = t.who("bo");
    setTrait(t.workspace, ana, "ward", "North");
    setTrait(t.workspace, bo, "ward", "South");
    setTrait(t.workspace, bo, "union", "Unite");
    const auto group = adoptCommunity(t.workspace, "Damp homes", {bo}, MemberOrigin::ByHand);
    mergePeople(t.workspace, ana, bo);
    CHECK(traitsOf(t.workspace, ana) ==
          std::map<std::string, std::string>{{"union", "Unite"}, {"ward", "North"}});
    CHECK(community(t.workspace, group)->members.at(0).person == ana);
    CHECK_FALSE(person(t.workspace, bo));
    const auto account = accountsOf(t.workspace, ana).at(1).id;
    const auto fresh = splitAccount(t.workspace, account);
    CHECK(fresh != ana);
    CHECK(person(t.workspace, fresh)->name == "bo");
    CHECK(splitAccount(t.workspace, account) == fresh);  // alone already
    CHECK(verify(t.workspace, t.task).empty());
}

TEST_CASE("communities keep their names apart and their colours", "[store]")
{
    Town t;
    const auto one =
        adoptCommunity(t.workspace, "Damp homes", {t.who("ana")}, MemberOrigin::FromCluster);
    CHECK_THROWS_AS(
        adoptCommunity(t.workspace, "damp  HOMES", {t.who("ana")}, MemberOrigin::ByHand), Error);
    CHECK_THROWS_AS(adoptCommunity(t.workspace, "", {t.who("ana")}, MemberOrigin::ByHand), Error);
    CHECK_THROWS_AS(adoptCommunity(t.workspace, "Empty", {}, MemberOrigin::ByHand), Error);
    const auto two = adoptCommunity(t.workspace, "Bins", {t.who("bo")}, MemberOrigin::ByHand);
    CHECK(community(t.workspace, one)->colour != community(t.workspace, two)->colour);
    tagCommunity(t.workspace, one, "housing");
    tagCommunity(t.workspace, one, "eastfield");
    CHECK(community(t.workspace, one)->tags == std::vector<std::string>{"eastfield", "housing"});
    untagCommunity(t.workspace, one, "housing");
    endMembership(t.workspace, one, t.who("ana"));
    CHECK(communityNamed(t.workspace, "DAMP homes")->members.at(0).until);
    addMembers(t.workspace, one, {t.who("ana"), t.who("cy")});
    CHECK_FALSE(community(t.workspace, one)->members.at(0).until);

    CHECK_THROWS_AS(assess(t.workspace, {{}, one, Characteristic::Goals, 5, {}, "", ""}), Error);
    assess(t.workspace, {{}, one, Characteristic::Goals, 2, fromMillis(10), "me", "so so"});
    assess(t.workspace, {{}, one, Characteristic::Vision, 1, fromMillis(5), "me", ""});
    CHECK(assessments(t.workspace, one).at(0).characteristic == Characteristic::Vision);
    const auto heard = search(t.workspace, "damp", 1).at(0).message.id;
    const auto proof = addEvidence(
        t.workspace, {{}, one, Characteristic::Goals, EvidenceKind::Message, true, heard, "", {}});
    CHECK(evidence(t.workspace, one).at(0).message == heard);
    removeEvidence(t.workspace, proof);
    CHECK(evidence(t.workspace, one).empty());
    dissolveCommunity(t.workspace, one);
    CHECK(communities(t.workspace).size() == 1);
    CHECK(verify(t.workspace, t.task).empty());
}
