#include "core/base/error.h"
#include "core/import/readers.h"
#include "core/import/slackmessage.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

Collected read(const Files& files)
{
    const auto package = packageOf("export.zip", files);
    CHECK(slackReader().recognise({"export.zip", {}, true, package->entries()}).confidence >= 50);
    auto all = collect(slackReader(), *package);
    CHECK(all.adds());
    return all;
}

const std::string users = R"([
 {"id": "U1", "name": "anna", "real_name": "Anna A", "profile": {"display_name": "", "real_name": "Anna A"}},
 {"id": "U2", "name": "ben", "profile": {"display_name": "benny"}},
 {"id": "U3", "name": "robot", "is_bot": true, "profile": {}}])";
const std::string channels =
    R"([{"id": "C1", "name": "general"}, {"id": "C2", "name": "repairs"}])";

const std::string firstDay = R"([
 {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1452837318.000002", "text": "<@U1> has joined the channel"},
 {"type": "message", "user": "U1", "ts": "1452837319.000003", "text": "Hi <@U2> &amp; <@U9|zed>, see <#C2> <!here> <http://a.org|a page> &lt;b&gt;",
  "thread_ts": "1452837319.000003", "reactions": [{"name": "tada", "users": ["U2"], "count": 4}], "edited": {"user": "U1", "ts": "1452837399.0"}},
 {"type": "message", "user": "U1", "ts": "abc", "text": "broken"},
 {"type": "message", "user": "U1", "ts": "1452837320.000001", "text": "old", "edited": {"ts": "1"}},
 {"type": "message", "user": "U1", "ts": "1452837320.000001", "text": "new", "edited": {"ts": "2"}}])";
const std::string secondDay = R"([
 {"type": "message", "user": "U2", "ts": "1452937319.0000031", "thread_ts": "1452837319.000003", "parent_user_id": "U1", "text": "a reply"},
 {"type": "message", "subtype": "thread_broadcast", "user": "U2", "ts": "1452937320.000100", "thread_ts": "1452837319.000003",
  "root": {"user": "U1", "ts": "1452837319.000003", "text": "Hi"}, "text": "to all"},
 {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "bridge: Carla", "ts": "1452937321.000100", "text": "from elsewhere"},
 {"type": "message", "user": "U7", "user_profile": {"display_name": "Outsider", "name": "out"}, "ts": "1452937322.000100", "text": "",
  "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "block "}, {"type": "user", "user_id": "U2"}]}]}],
  "files": [{"name": "plan.pdf"}]},
 {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": "1452937323.000100", "text": "This message was deleted.", "thread_ts": "1452937323.000100"}])";

const Files whole{{"channels.json", channels},
                  {"users.json", users},
                  {"general/2016-01-16.json", secondDay},
                  {"general/2016-01-15.json", firstDay}};

}  // namespace

TEST_CASE("a Slack export is read to the letter")
{
    const auto all = read(whole);
    CHECK(all.report.seen == 10);
    CHECK(all.report.platform == "slack");
    CHECK(all.systems.size() == 1);
    CHECK(all.count(Outcome::Refused) == 1);
    CHECK(all.count(Outcome::Skipped) == 1);
    REQUIRE(all.messages.size() == 7);
    const auto& hello = all.messages[0];
    CHECK(hello.conversation == "general");
    CHECK(hello.id == "1452837319.000003");
    CHECK(hello.text == "Hi @benny & @zed, see #repairs @here a page (http://a.org) <b>");
    CHECK(hello.edited);
    CHECK(hello.thread == hello.id);
    REQUIRE(hello.ties.size() == 2);
    CHECK(hello.ties[0].account == "U2");
    CHECK(hello.ties[1].account == "U9");
    REQUIRE(hello.reactions.size() == 1);
    CHECK(hello.reactions[0].what == "tada");
    CHECK(all.messages[1].text == "new");
    const auto& reply = all.messages[2];
    CHECK(isoText(reply.time) == "2016-01-16T09:41:59Z");
    REQUIRE(reply.ties.size() == 1);
    CHECK(reply.ties[0].kind == TieKind::Reply);
    CHECK(reply.ties[0].account == "U1");
    CHECK(reply.ties[0].message == hello.id);
    CHECK(all.ties(TieKind::Reply) == 2);
    CHECK(all.messages[4].bot);
    CHECK(all.messages[4].account == "B1:bridge: Carla");
    CHECK(all.messages[5].account == "U7");
    CHECK(all.messages[5].text == "block @benny");
    CHECK(all.messages[5].attachments == std::vector<std::string>{"plan.pdf"});
    CHECK(all.messages[6].deleted);
    CHECK(all.messages[6].account.empty());
    const auto named = [&](const std::string& key) {
        const auto found = std::ranges::find(all.accounts, key, &AccountRecord::key);
        return found == all.accounts.end() ? std::string() : found->name;
    };
    CHECK(named("U1") == "Anna A");
    CHECK(named("U2") == "benny");
    CHECK(named("U7") == "Outsider");
    CHECK(named("U3").empty());  // silent
    CHECK_THAT(all.problemWith("whose they are")->what, Catch::StartsWith("3 reactions"));
}

TEST_CASE("a folder above everything and missing lists do not matter")
{
    Files deeper;
    for (const auto& [name, text] : whole) deeper.emplace_back("My Slack export/" + name, text);
    CHECK(read(deeper).messages.size() == 7);
    const auto nameless =
        read({{"channels.json", channels}, {"general/2016-01-15.json", firstDay}});
    CHECK(nameless.problemWith("named by their ids") != nullptr);
    CHECK(nameless.messages[0].account == "U1");
}

TEST_CASE("broken parts of a Slack export are left out and told, the others kept")
{
    auto files = whole;
    files.emplace_back("general/2016-01-17.json", "[{\"type\": \"message\",\n \"ts\": ");
    files.emplace_back("general/notes.json", "[]");
    files.emplace_back("repairs/2016-01-17.json", "{\"a\": 1}");
    files.emplace_back("groups.json", R"([{"id": "G1", "name": "secret"}])");
    files.emplace_back("dms.json", R"([{"id": "D1", "members": ["U2", "U1"]}])");
    files.emplace_back(
        "D1/2016-01-17.json",
        R"([{"type": "message", "user": "U1", "ts": "1452937999.0001", "text": "psst"}])");
    const auto all = read(files);
    CHECK(all.messages.size() == 8);
    CHECK(all.count(Outcome::Refused) == 3);
    CHECK(all.problemWith("not named by a day") != nullptr);
    CHECK(all.problemWith("private conversations") != nullptr);
    REQUIRE(all.problemWith("middle of a record") != nullptr);
    CHECK(all.problemWith("middle of a record")->place.entry == "general/2016-01-17.json");
    CHECK(all.problemWith("no list of messages") != nullptr);
    CHECK(all.messages.front().conversation == "Direct messages: Anna A, benny (D1)");
}

TEST_CASE("one id for two people names neither")
{
    const auto all =
        read({{"channels.json", channels},
              {"users.json", R"([{"id": "U1", "name": "anna"}, {"id": "U1", "name": "eve"}])"},
              {"general/2016-01-15.json", firstDay}});
    CHECK_THAT(all.problemWith("neither name")->what,
               Catch::Contains("anna") && Catch::Contains("eve"));
    CHECK(all.accounts.front().name == "U1");
}

TEST_CASE("Slack stamps are decimal text")
{
    CHECK(toMillis(*slackTime("1452837318.000002")) == 1452837318000);
    CHECK(toMillis(*slackTime("1452837318.1239")) == 1452837318123);
    CHECK(toMillis(*slackTime("1452837318")) == 1452837318000);
    for (const std::string bad :
         {"", "abc", "12x", "1.2.3", "-5", "1452837318.", "1e9", "99999999999999"}) {
        INFO(bad);
        CHECK_FALSE(slackTime(bad));
    }
}

TEST_CASE("of a Slack export only the channels that were chosen are read")
{
    const auto package = packageOf("export.zip", whole);
    ReadOptions options;
    options.chats = {"general"};
    CHECK(collect(slackReader(), *package, options).report.seen == 10);
    auto more = whole;
    more.push_back(
        {"repairs/2016-01-16.json",
         R"([{"type": "message", "user": "U2", "ts": "1452937319.1", "text": "roof"}])"});
    const auto both = packageOf("export.zip", more);
    CHECK(collect(slackReader(), *both).report.seen == 11);
    options.chats = {"repairs"};
    const auto chosen = collect(slackReader(), *both, options);
    CHECK(chosen.messages.size() == 1);
    CHECK(chosen.problemWith("one other chat of the export is left out") != nullptr);
    options.chats = {"nowhere"};
    try {
        (void)collect(slackReader(), *both, options);
        FAIL("read all the same");
    } catch (const Error& error) {
        CHECK(error.kind() == Error::Kind::Usage);
        CHECK(error.remedy() == "In it are \"general\", \"repairs\".");
    }
}

TEST_CASE("Slack mark-up is flattened")
{
    SlackNames names;
    names.users.set("U1", "anna");
    names.channels.set("C1", "general");
    const std::vector<std::pair<std::string, std::string>> cases{
        {"plain", "plain"},
        {"a < b", "a < b"},
        {"<@U1>", "@anna"},
        {"<@U2|old>", "@old"},
        {"<@U2>", "@U2"},
        {"<#C1>", "#general"},
        {"<#C9|gone>", "#gone"},
        {"<!channel>", "@channel"},
        {"<!subteam^S1|@team>", "@team"},
        {"<!date^1392734382^{date}|Feb 18>", "Feb 18"},
        {"<http://a.org>", "http://a.org"},
        {"<http://a.org?x=1&amp;y=2|http://a.org?x=1&amp;y=2>", "http://a.org?x=1&y=2"},
        {"<a <http://b.org|b>", "<a b (http://b.org)"},
        {"&amp;lt;", "&lt;"},
    };
    for (const auto& [raw, shown] : cases) CHECK(readSlackText(raw, names).text == shown);
}
