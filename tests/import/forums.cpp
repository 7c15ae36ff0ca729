#include "core/base/error.h"
#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/archivemaking.h"
#include "tests/import/robust.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

fs::path data(const std::string& name)
{
    return fixture("import/data/" + name);
}

/// What the catalogue makes of a file or folder that is one format.
Collected recognised(const fs::path& path, const std::string& format,
                     const ReadOptions& options = {})
{
    INFO(path);
    const auto found = recognise(path);
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader->info().id == format);
    CHECK(found.front().recognition.confidence >= 50);
    auto all = collect(*found.front().reader, *found.front().package, options);
    CHECK(all.adds());
    return all;
}

const MessageRecord& message(const Collected& all, const std::string& id)
{
    const auto found = std::ranges::find(all.messages, id, &MessageRecord::id);
    REQUIRE(found != all.messages.end());
    return *found;
}

std::string tiesOf(const MessageRecord& record)
{
    std::string out;
    for (const auto& tie : record.ties) {
        out += std::string(name(tie.kind)) + " " + tie.account + " " + tie.message + ";";
    }
    return out;
}

void checkBytes(const Reader& reader, const std::string& file, const ReadOptions& options = {})
{
    const auto text = readFile(data(file));
    checkSplits(reader, text, data(file).filename().string(), options);
    checkCuts(reader, text, data(file).filename().string(), 40, options);
}

}  // namespace

TEST_CASE("a Discourse topic is read to the letter, and what is missing of it is said")
{
    const auto all = recognised(data("discourse/topic.json"), "discourse");
    CHECK(all.report.seen == 6);
    REQUIRE(all.messages.size() == 3);
    const auto& first = message(all, "1");
    CHECK(first.conversation == "damp-in-mill-lane (77)");
    CHECK(first.thread == "77");
    CHECK(first.kind == MessageKind::Post);
    CHECK(first.account == "ann");
    CHECK(first.text == "Damp in Mill Lane\n\nThe wall is wet again & cold.");
    CHECK(isoText(first.time) == "2024-03-01T10:00:00.123Z");
    CHECK(first.ties.empty());
    const auto& second = message(all, "2");
    CHECK(second.text == "Ours too. @cat knows the form (https://example.org/form).");
    CHECK(tiesOf(second) == "reply ann 1;mention cat ;quote ann 1;");
    CHECK(second.edited);
    CHECK(message(all, "5").deleted);
    CHECK(message(all, "5").text.empty());
    REQUIRE(all.systems.size() == 1);
    CHECK(all.systems.front().text == "closed.enabled");
    CHECK(all.count(Outcome::Skipped) == 1);
    CHECK(all.problemWith("3 posts") == nullptr);
    CHECK(all.problemWith("6 of the topic's 8 posts") != nullptr);
    CHECK(all.problemWith("\"no day\" is no time")->outcome == Outcome::Refused);
    ReadOptions everything;
    everything.privateToo = true;
    CHECK(recognised(data("discourse/topic.json"), "discourse", everything).messages.size() == 4);
    checkBytes(discourseReader(), "discourse/topic.json");
}

TEST_CASE("a post of Discourse is the same message in every shape of file")
{
    const auto topic = recognised(data("discourse/topic.json"), "discourse");
    const auto latest = recognised(data("discourse/latest.json"), "discourse");
    const auto archive = recognised(data("discourse/user_archive.csv"), "discourse-archive");
    for (const std::string id : {"1", "2"}) {
        const auto& a = message(topic, id);
        const auto& b = message(latest, id);
        CHECK(a.conversation == b.conversation);
        CHECK(a.thread == b.thread);
        CHECK(a.text == b.text);
        CHECK(a.account == b.account);
        CHECK(a.time == b.time);
    }
    const auto& mine = message(archive, "1");
    CHECK(mine.conversation == message(topic, "1").conversation);
    CHECK(mine.text == message(topic, "1").text);
    CHECK(mine.kind == MessageKind::Post);
    CHECK(tiesOf(message(archive, "9")) == "mention ben ;");
    CHECK(archive.count(Outcome::Skipped) == 1);
    CHECK(archive.problemWith("1 private message") != nullptr);
    CHECK(archive.problemWith("leads to no post")->place.line == 5);
    CHECK(discourseArchiveReader().info().shows.onePersonsView);
    checkBytes(discourseReader(), "discourse/latest.json");
    checkSplits(discourseArchiveReader(), readFile(data("discourse/user_archive.csv")), "a.csv");
}

TEST_CASE("a list of Discourse topics gives headings and says that the posts are elsewhere")
{
    const auto all = recognised(data("discourse/topics.json"), "discourse");
    CHECK(all.messages.empty());
    REQUIRE(all.systems.size() == 2);
    CHECK(all.systems[1].text == "Buses & trains (2 posts, last by ann)");
    CHECK(all.systems[0].conversation == "damp-in-mill-lane (77)");
    CHECK(all.problemWith("without their posts") != nullptr);
}

TEST_CASE("public Discourse files give the counts that were measured by other means")
{
    const auto folder = publicData();
    if (!folder) {
        WARN("public data is absent");
        return;
    }
    const auto at = *folder / "discourse";
    const auto topic =
        recognised(at / "chaoss__grimoirelab-perceval__discourse_topic_1148.json", "discourse");
    CHECK(topic.messages.size() == 20);
    CHECK(topic.ties(TieKind::Reply) == 9);
    CHECK(topic.problemWith("20 of the topic's 22 posts") != nullptr);
    CHECK(topic.messages.front().conversation == "support-ublock-origin (1148)");
    CHECK(recognised(at / "chaoss__grimoirelab-perceval__discourse_posts.json", "discourse")
              .messages.size() == 4);
    CHECK(recognised(at / "chaoss__grimoirelab-perceval__discourse_topics.json", "discourse")
              .systems.size() >= 1);
}

TEST_CASE("a personal Teams export is read to the letter, alone and in its tar")
{
    const auto all = recognised(data("teams/messages.json"), "teams", allChats());
    CHECK(all.report.seen == 7);
    CHECK(all.messages.size() == 5);
    CHECK(all.systems.size() == 1);
    CHECK(all.problemWith("\"never\" is no time") != nullptr);
    const auto& asked = message(all, "1709283660000");
    CHECK(asked.conversation == "Street reps (19:street@thread.v2)");
    CHECK(asked.account == "aaaa-1");
    CHECK(asked.text == "Who has the key, Ben? list (https://example.org/k)");
    CHECK(tiesOf(asked) == "mention bbbb-2 ;");
    REQUIRE(asked.reactions.size() == 1);
    CHECK(asked.reactions.front().account == "cccc-3");
    CHECK(asked.reactions.front().what == "like");
    const auto& answer = message(all, "1709283720000");
    CHECK(answer.account == "bbbb-2");
    CHECK(answer.text == "I have.");
    CHECK(answer.edited);
    CHECK(tiesOf(answer) == "reply  1709283660000;");
    CHECK(message(all, "1709283780000").deleted);
    CHECK(message(all, "1709370000000").kind == MessageKind::Post);
    CHECK(message(all, "1709370000000").text == "5 < 6 & all");
    CHECK(message(all, "1709370060000").thread == "1709370000000");
    CHECK(tiesOf(message(all, "1709370060000")) == "reply  1709370000000;");
    checkBytes(teamsReader(), "teams/messages.json", allChats());

    const TempFolder folder;
    const auto path = folder.path() / "8_orgid_export.tar";
    writeFile(path, tar({{"endpoints.json", "{\"endpoints\": []}"},
                         {"messages.json", readFile(data("teams/messages.json"))},
                         {"media/pic.jpg", "\xFF\xD8\xFF"}}));
    CHECK(recognised(path, "teams", allChats()).messages.size() == 5);
}

TEST_CASE("of a personal Teams export only the chats that were chosen are read")
{
    const auto found = recognise(data("teams/messages.json"));
    const auto& package = *found.front().package;
    CHECK(chatsAsked(teamsReader(), package) ==
          std::vector<std::string>{"Street reps (19:street@thread.v2), 5 messages",
                                   "19:plans@thread.tacv2, 2 messages"});
    ReadOptions one;
    one.chats = {"19:plans@thread.tacv2"};
    const auto some = collect(teamsReader(), package, one);
    CHECK(some.report.seen == 2);
    CHECK(some.messages.size() == 2);
    CHECK(some.adds());
    CHECK(some.problemWith("one other chat") != nullptr);
}

TEST_CASE("pages of the Graph interface give the same people, messages and threads")
{
    const auto all = recognised(data("teams/graph.json"), "teams");
    CHECK(all.messages.size() == 2);
    REQUIRE(all.systems.size() == 1);
    const auto& root = message(all, "1709370000000");
    CHECK(root.account == "cccc-3");
    CHECK(root.kind == MessageKind::Post);
    CHECK(root.text == "Keys\n\nWho has them, Ann Archer?");
    CHECK(root.attachments == std::vector<std::string>{"keys.xlsx"});
    CHECK(tiesOf(root) == "mention aaaa-1 ;");
    CHECK(root.reactions.front().account == "bbbb-2");
    const auto& answer = message(all, "1709370060000");
    CHECK(answer.edited);
    CHECK(answer.thread == root.id);
    CHECK(tiesOf(answer) == "reply  1709370000000;");
    CHECK(answer.conversation == "19:plans@thread.tacv2");
    checkBytes(teamsReader(), "teams/graph.json");
}

TEST_CASE("a Zulip organisation's export is read from its folder and from its archive")
{
    const auto all = recognised(data("zulip/organisation"), "zulip");
    CHECK(all.report.seen == 7);
    CHECK(all.messages.size() == 5);
    const auto& first = message(all, "101");
    CHECK(first.conversation == "repairs");
    CHECK(first.thread == "boiler");
    CHECK(first.account == "8@millbrook");
    CHECK(toMillis(first.time) == 1709283600250);
    CHECK(tiesOf(first) == "mention 9@millbrook ;");
    const auto& unclear = message(all, "102");  // two people have this name
    CHECK(unclear.ties.empty());
    CHECK(unclear.edited);
    REQUIRE(unclear.reactions.size() == 1);  // one's own does not count
    CHECK(unclear.reactions.front().account == "9@millbrook");
    CHECK(all.problemWith("1 mentions") != nullptr);
    const auto& quoting = message(all, "103");
    CHECK(quoting.text == "I did.\ncode @**Ann Archer**");
    CHECK(tiesOf(quoting) == "quote 8@millbrook 101;");
    CHECK(message(all, "105").bot);
    CHECK(all.count(Outcome::Skipped) == 1);
    CHECK(all.problemWith("1 direct messages") != nullptr);
    CHECK(all.problemWith("date_sent is no time") != nullptr);
    ReadOptions everything;
    everything.privateToo = true;
    CHECK(recognised(data("zulip/organisation"), "zulip", everything).messages.size() == 6);

    const TempFolder folder;
    const auto path = folder.path() / "zulip-export.tar.gz";
    Files files;
    for (const std::string file : {"messages-000001.json", "messages-000002.json", "realm.json"}) {
        files.emplace_back("./zulip-export/" + file, readFile(data("zulip/organisation/" + file)));
    }
    writeFile(path, gzip(tar(files)));
    const auto packed = recognised(path, "zulip");
    REQUIRE(packed.messages.size() == all.messages.size());
    for (std::size_t i = 0; i < all.messages.size(); ++i) {
        CHECK(packed.messages[i].id == all.messages[i].id);
        CHECK(packed.messages[i].conversation == all.messages[i].conversation);
        CHECK(tiesOf(packed.messages[i]) == tiesOf(all.messages[i]));
    }
    writeFile(path,
              gzip(tar({files[0], {"./zulip-export/messages-000003.json", "{\"zer"}, files[2]})));
    const auto damaged = recognised(path, "zulip");
    CHECK(damaged.messages.size() == 4);
    CHECK(damaged.problemWith("the file is left out") != nullptr);
}

TEST_CASE("a public Zulip archive is read as a whole and topic by topic")
{
    const auto all = recognised(data("zulip/archive"), "zulip");
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[0].conversation == "repairs");
    CHECK(all.messages[0].thread == "boiler");
    CHECK(tiesOf(all.messages[0]) == "mention Ben Baker ;");
    CHECK(all.messages[1].ties.empty());
    CHECK_THAT(all.messages[1].text, Catch::Contains("I did.") && !Catch::Contains("have a look"));
    const auto topic = recognised(data("zulip/archive/7-repairs/boiler.json"), "zulip-topic");
    CHECK(topic.messages.size() == 2);
    CHECK(topic.messages[0].id == all.messages[0].id);
    checkBytes(zulipTopicReader(), "zulip/archive/7-repairs/boiler.json");
    std::string endless;
    for (int i = 0; i < 400; ++i) endless += "\u00e9";
    const auto odd =
        collect(zulipTopicReader(),
                R"([{"id": 1, "sender_full_name": "Ann", "timestamp": 1709283660, "content": )"
                R"("<span class=\"user-mention\">@)" +
                    endless + R"( <span class=\"user-mention\">@Ben</span>"}])");
    REQUIRE(odd.messages.size() == 1);
    CHECK(tiesOf(odd.messages[0]) == "mention Ben ;");
}

TEST_CASE("a Matrix room is read to the letter")
{
    const auto all = recognised(data("matrix/room.json"), "matrix");
    CHECK(all.report.seen == 12);
    CHECK(all.messages.size() == 6);
    CHECK(all.systems.size() == 3);
    CHECK(all.count(Outcome::Skipped) == 2);
    CHECK(all.count(Outcome::Refused) == 1);
    const auto& first = message(all, "$3");
    CHECK(first.conversation == "Mill Lane");
    CHECK(first.account == "@ann:example.org");
    CHECK(first.text == "Wet again");
    CHECK(first.edited);
    CHECK(tiesOf(first) == "mention @ben:example.org ;");
    REQUIRE(first.reactions.size() == 1);
    CHECK(first.reactions.front().account == "@cat:example.org");
    const auto& answer = message(all, "$4");
    CHECK(answer.text == "Yes, Cat saw it");
    CHECK(tiesOf(answer) == "reply  $3;mention @cat:example.org ;");
    const auto& threaded = message(all, "$7");
    CHECK(threaded.thread == "$3");
    CHECK(threaded.ties.empty());
    CHECK(message(all, "$8").attachments == std::vector<std::string>{"wall.jpg"});
    CHECK(message(all, "$8").text.empty());
    CHECK(message(all, "$9").deleted);
    CHECK_FALSE(message(all, "$10").deleted);
    CHECK(all.problemWith("could not be decrypted") != nullptr);
    CHECK_THAT(all.systems[2].text, Catch::Contains("changed name or picture"));
    REQUIRE_FALSE(all.accounts.empty());
    CHECK(all.accounts.front().name == "Ben Baker");
    checkBytes(matrixReader(), "matrix/room.json");
}

TEST_CASE("ConvoKit corpora are read with old and new keys")
{
    const auto all = recognised(data("convokit/street-corpus"), "convokit");
    CHECK(all.report.seen == 6);
    CHECK(all.messages.size() == 4);
    CHECK(all.count(Outcome::Refused) == 2);
    CHECK(message(all, "u1").kind == MessageKind::Post);
    CHECK(message(all, "u1").thread == "u1");
    CHECK(tiesOf(message(all, "u2")) == "reply  u1;");
    CHECK(toMillis(message(all, "u2").time) == 1709283660000);
    CHECK_FALSE(message(all, "u3").timed);
    CHECK_FALSE(message(all, "u4").timed);
    CHECK(message(all, "u4").account.empty());
    CHECK(message(all, "u4").ties.empty());
    CHECK(all.problemWith("2 utterances have no time") != nullptr);
    REQUIRE(all.traits.size() == 3);
    CHECK(all.traits[0].trait == "ward");
    CHECK(all.traits[1].numeric);
    const auto old = recognised(data("convokit/old-corpus"), "convokit");
    REQUIRE(old.messages.size() == 2);
    for (const std::string id : {"u1", "u2"}) {
        CHECK(tiesOf(message(old, id)) == tiesOf(message(all, id)));
        CHECK(message(old, id).account == message(all, id).account);
        CHECK(message(old, id).time == message(all, id).time);
    }
    REQUIRE(old.traits.size() == 1);
    CHECK(old.traits.front().value == "Eastfield");
    const TempFolder folder;
    const auto path = folder.path() / "corpus.zip";
    writeFile(path, zip({{"street-corpus/utterances.jsonl",
                          readFile(data("convokit/street-corpus/utterances.jsonl"))},
                         {"street-corpus/speakers.json",
                          readFile(data("convokit/street-corpus/speakers.json"))}}));
    const auto packed = recognised(path, "convokit");
    CHECK(packed.messages.size() == 4);
    CHECK(packed.messages.front().conversation == "street-corpus");
}

TEST_CASE("a list of ConvoKit speakers that is damaged gives what stands before the damage")
{
    const std::string list = R"({"ann":{"meta":{"ward":"East"}},"ben":{"meta":{"ward":"West"}}})";
    const auto traits = [](const std::string& speakers) {
        return collect(convokitReader(),
                       *packageOf("c.zip", {{"c/utterances.jsonl", R"({"id":"u","text":"wet"})"},
                                            {"c/speakers.json", speakers}}));
    };
    CHECK(traits(list).traits.size() == 2);
    CHECK(traits(list).problemWith("list of speakers") == nullptr);
    const auto cut = traits(list.substr(0, list.size() - 8));
    REQUIRE(cut.traits.size() == 1);
    CHECK(cut.traits[0].account == "ann");
    CHECK(cut.messages.size() == 1);
    CHECK(cut.problemWith("list of speakers is damaged") != nullptr);
    const auto wrong = traits(R"({"ann":{"a":1,"a":2},"ben":{"meta":{"ward":"West"}}})");
    REQUIRE(wrong.traits.size() == 1);
    CHECK(wrong.traits[0].account == "ben");
    CHECK(wrong.problemWith("list of speakers is damaged") != nullptr);
    CHECK(traits("[]").traits.empty());
}

TEST_CASE("the readers of forums and votes take no public file of another kind")
{
    const auto folder = publicData();
    if (!folder) {
        WARN("public data is absent");
        return;
    }
    const std::set<std::string_view> ours{"discourse", "discourse-archive", "teams", "zulip-topic",
                                          "matrix",    "polis-table"};
    std::size_t files = 0;
    for (const auto& one : fs::recursive_directory_iterator(*folder)) {
        if (!one.is_regular_file()) continue;
        const auto text = readFile(one.path()).substr(0, 64U << 10U);
        const auto name = one.path().filename().string();
        const Probe probe{name, text, false, {}};
        std::string takers;
        for (const auto* reader : readers()) {
            if (reader->wantsCollection() || !ours.contains(reader->info().id)) continue;
            if (reader->recognise(probe).confidence >= 50) takers += std::string(reader->info().id);
        }
        INFO(one.path());
        const auto kind = one.path().parent_path().filename().string();
        const bool inPolis = one.path().string().find("/polis/") != std::string::npos;
        const bool polis = inPolis && !name.ends_with("-votes.csv") &&
                           (name.ends_with("comments.csv") || name.ends_with("votes.csv"));
        CHECK(takers == (kind == "discourse" ? "discourse" : polis ? "polis-table" : ""));
        ++files;
    }
    CHECK(files > 100);
}
