#include "core/import/catalogue.h"
#include "core/import/discordnames.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

const MessageRecord& messageOf(const Collected& all, const std::string& id)
{
    const auto found = std::ranges::find(all.messages, id, &MessageRecord::id);
    REQUIRE(found != all.messages.end());
    return *found;
}

const AccountRecord& accountOf(const Collected& all, const std::string& key)
{
    const auto found = std::ranges::find(all.accounts, key, &AccountRecord::key);
    REQUIRE(found != all.accounts.end());
    return *found;
}

std::string channel(const std::string& messages)
{
    return R"({"guild":{"id":"1","name":"Eastfield"},"channel":{"id":"2","type":"GuildTextChat",)"
           R"("name":"general"},"messages":[)" +
           messages + "]}";
}

std::string said(const std::string& id, const std::string& author, const std::string& more = {})
{
    return R"({"id":)" + id +
           R"(,"type":"Default","timestamp":"2024-03-01T09:00:00+00:00","content":"hello",)" +
           R"("author":)" + author + more + "}";
}

const std::string ann = R"({"id":"800000000000000011","name":"ann","nickname":"Ann"})";

}  // namespace

TEST_CASE("a Discord channel is read")
{
    const auto text = readFile(fixture("import/data/discord/eastfield.json"));
    const auto all = collect(discordReader(), text, {}, "eastfield.json");
    CHECK(all.adds());
    CHECK(all.report.seen == 11);
    CHECK(all.report.platform == "discord");
    CHECK_FALSE(all.report.flat);
    CHECK(all.messages.size() == 7);
    REQUIRE(all.systems.size() == 3);  // joined, pinned, and the kind that nobody knows
    CHECK(all.systems[0].text == "Ann: Joined the server.");

    const auto& first = messageOf(all, "700000000000000102");
    CHECK(first.conversation == "damp in Eastfield (700000000000000002)");
    CHECK(isoText(first.time) == "2024-03-01T09:00:00.250Z");
    CHECK(first.text == "Is anybody else's wall wet? @Sam @Sam");
    CHECK(first.edited);
    CHECK(first.attachments == std::vector<std::string>{"wall.png"});
    REQUIRE(first.reactions.size() == 1);
    CHECK(first.reactions[0].account == "700000000000000012");
    CHECK(all.ties(TieKind::Mention) == 3);
    CHECK(all.problemWith("2 reactions are counted") != nullptr);
    CHECK(all.problemWith("unknown kind \"77\"") != nullptr);
    CHECK(all.problemWith("holds 12 messages, but it holds 11") != nullptr);
    CHECK(all.problemWith("not a time")->outcome == Outcome::Refused);
    CHECK(accountOf(all, "700000000000000013").handle == "cara#0412");
    CHECK(accountOf(all, "700000000000000020").bot);
}

TEST_CASE("in Discord only replies are replies, and the ping of a reply is no mention")
{
    const auto all =
        collect(discordReader(), readFile(fixture("import/data/discord/eastfield.json")));
    const auto& reply = messageOf(all, "700000000000000103");
    REQUIRE(reply.ties.size() == 2);
    CHECK(reply.ties[0].kind == TieKind::Reply);
    CHECK(reply.ties[0].message == "700000000000000102");
    CHECK(reply.ties[0].account == "700000000000000011");
    CHECK(reply.ties[1].kind == TieKind::Mention);
    CHECK(reply.ties[1].account == "700000000000000013");
    // The message answered is not in the file; the ping tells whose it was.
    const auto& outside = messageOf(all, "700000000000000104");
    REQUIRE(outside.ties.size() == 1);
    CHECK(outside.ties[0].account == "700000000000000014");
    CHECK(outside.ties[0].message == "699999999999999999");
    CHECK(all.ties(TieKind::Reply) == 2);

    const auto& forward = messageOf(all, "700000000000000106");
    CHECK(forward.kind == MessageKind::Repost);
    CHECK(forward.text ==
          "Meeting on Friday https://cdn.discordapp.com/attachments/1/2/note.pdf at six");
    CHECK(forward.ties.front().kind == TieKind::Repost);
    CHECK(messageOf(all, "700000000000000107").account.empty());  // anybody who left
    const auto& bot = messageOf(all, "700000000000000108");
    CHECK(bot.bot);
    CHECK(bot.text == "Repairs\nCall on Monday");
}

TEST_CASE("D1 ids of Discord written as numbers")
{
    CHECK(discordId(Json::parse("\"1045178587575242772\"")).text == "1045178587575242772");
    const auto whole = discordId(Json::parse("1045178587575242772"));
    CHECK(whole.text == "1045178587575242772");
    CHECK_FALSE(whole.damaged);
    CHECK(discordId(Json::parse("1045178587575242800")).damaged);
    CHECK(discordId(Json::parse("1.0451785875752428e18")).damaged);
    CHECK_FALSE(discordId(Json::parse("12345")).damaged);
    const auto all = collect(discordReader(), channel(said("1045178587575242772", ann) + "," +
                                                      said("1045178587575242800", ann)));
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].id == "1045178587575242772");
    CHECK(all.problemWith("lost its last digits")->outcome == Outcome::Refused);
}

TEST_CASE("D2 one name and two ids are two people in Discord")
{
    const auto all = collect(
        discordReader(),
        channel(said("\"800000000000000001\"", ann) + "," +
                said("\"800000000000000002\"", R"({"id":"800000000000000012","name":"ann"})")));
    CHECK(all.senders() == std::set<std::string>{"800000000000000011", "800000000000000012"});
}

TEST_CASE("D3 and D4: authors without an id, times without a zone")
{
    const auto text =
        channel(R"({"id":"800000000000000001","type":"Default","timestamp":"2024-07-01T09:00:00",)"
                R"("content":"a","author":{"name":"Ben"}},)" +
                said("\"800000000000000002\"", ann));
    const auto all = collect(discordReader(), text);
    CHECK(all.messages.size() == 2);
    CHECK(all.messages[0].account == "Ben");
    CHECK(all.problemWith("1 messages have no id of their author") != nullptr);
    CHECK(isoText(all.messages[0].time) == "2024-07-01T09:00:00Z");
    CHECK(all.problemWith("pass --zone")->outcome == Outcome::Noted);
    ReadOptions london;
    london.zone = Zone::find("Europe/London");
    const auto zoned = collect(discordReader(), text, london);
    CHECK(isoText(zoned.messages[0].time) == "2024-07-01T08:00:00Z");
    CHECK(zoned.messages[0].certainty == TimeCertainty::Zoned);
    CHECK(isoText(zoned.messages[1].time) == "2024-03-01T09:00:00Z");
    CHECK(zoned.report.zone == "Europe/London");
    CHECK(zoned.problemWith("--zone") == nullptr);
}

TEST_CASE("D5 a Discord export as a web page is refused with advice")
{
    const std::string page =
        "<!DOCTYPE html><html><head><title>general</title></head><body>"
        "<div class=\"chatlog__message\">one</div></body></html>";
    CHECK_THROWS_WITH(recognise(packageOf("general.html", {{"general.html", page}})),
                      Catch::Contains("Discord") && Catch::Contains("JSON"));
}

TEST_CASE("D6 both tables of DiscordChatExporter are read")
{
    const auto text = readFile(fixture("import/data/discord/new.csv"));
    const std::string name = "Eastfield - Homes - damp [700000000000000002] [part 2].csv";
    const auto all = collect(discordTableReader(), text, {}, name);
    CHECK(recognition(discordTableReader(), text).confidence > 90);
    CHECK(all.adds());
    CHECK(all.report.flat);
    REQUIRE(all.messages.size() == 3);
    CHECK(all.systems.size() == 1);
    CHECK(all.messages[0].conversation == "damp in Eastfield (700000000000000002)");
    CHECK(all.messages[0].account == "700000000000000011");
    CHECK(all.messages[0].attachments == std::vector<std::string>{"wall.png"});
    CHECK(all.messages[1].text == "Yes,\nall of it");
    CHECK(all.messages[2].account.empty());
    CHECK(isoText(all.messages[0].time) == "2024-03-01T09:00:00Z");
    CHECK(all.problemWith("fields instead of")->place.line == 7);
    CHECK(all.problemWith("\"yesterday\"") != nullptr);
    CHECK(all.problemWith("access key") != nullptr);

    const auto older = readFile(fixture("import/data/discord/old.csv"));
    CHECK(recognition(discordTableReader(), older).confidence > 90);
    const auto old = collect(discordTableReader(), older, {}, "old.csv");
    CHECK(old.adds());
    REQUIRE(old.messages.size() == 2);
    CHECK(old.messages[0].account == "ann#0001");
    CHECK(old.messages[0].text == "Hello\nall of you; yes");
    CHECK(isoText(old.messages[0].time) == "2018-08-14T11:18:00Z");
    CHECK(isoText(old.messages[1].time) == "2018-08-14T13:05:00Z");
    CHECK(old.messages[0].conversation == "old");
    CHECK(old.problemWith("--zone") != nullptr);
}

TEST_CASE("a name of Discord that looks like a mention is not replaced in its turn")
{
    const auto text =
        channel(R"({"id":"1","type":"Default","timestamp":"2024-03-01T09:00:00+00:00","content":)"
                R"("<@5> and <@!6>, <@7> <@","author":)" +
                ann + R"(,"mentions":[{"id":"5","name":"<@6><@6>"},{"id":"6","name":"ben"}]})");
    const auto all = collect(discordReader(), text, {}, "eastfield.json");
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].text == "@<@6><@6> and @ben, <@7> <@");
    CHECK(all.ties(TieKind::Mention) == 2);
}

TEST_CASE("dates of a Discord table that fit two readings are asked about")
{
    const std::string text =
        "AuthorID,Author,Date,Content,Attachments,Reactions\n"
        "11,ann,03/04/2024 10:00,hello,,\n";
    CHECK_THROWS_AS(collect(discordTableReader(), text), AnswerNeeded);
    ReadOptions options;
    options.dates = DateOrder::MonthDayYear;
    CHECK(dateText(collect(discordTableReader(), text, options).messages.at(0).time) ==
          "2024-03-04");
}

TEST_CASE("D7 ten thousand reactions on one Discord message")
{
    std::string users;
    for (int i = 0; i < 10'000; ++i) {
        users += (i == 0 ? "" : ",") + (R"({"id":"8100000000000)" + std::to_string(10'000 + i)) +
                 R"(","name":"p)" + std::to_string(i) + "\"}";
    }
    const auto all =
        collect(discordReader(),
                channel(said("\"800000000000000001\"", ann,
                             R"(,"reactions":[{"emoji":{"name":"x"},"count":10000,"users":[)" +
                                 users + "]}]")));
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].reactions.size() == 10'000);
    CHECK(all.accounts.size() == 10'001);
}

TEST_CASE("D8 the keys in links to Discord's files are not kept")
{
    const auto all = collect(
        discordReader(),
        channel(said(
            "\"800000000000000001\"", ann,
            R"(,"attachments":[{"url":"https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&hm=secret"}])")));
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].attachments == std::vector<std::string>{"a.png"});
    CHECK(all.problemWith("1 links to files held an access key")->outcome == Outcome::Noted);
    std::uint64_t found = 0;
    CHECK(withoutFileKeys("see https://cdn.discordapp.com/a/b.png?ex=1&hm=2, ok? (https://media."
                          "discordapp.net/c.png?x=1)",
                          found) ==
          "see https://cdn.discordapp.com/a/b.png ok? (https://media.discordapp.net/c.png)");
    CHECK(found == 2);
}

TEST_CASE("a Discord data package gives its owner's messages")
{
    const std::vector<std::pair<std::string, std::string>> files{
        {"Account/user.json", R"({"id":"11","username":"ann_lee","global_name":"Ann"})"},
        {"Messages/index.json",
         R"({"21":"general in Eastfield","22":"Direct Message with ben#0","23":null})"},
        {"Messages/c21/channel.json",
         R"({"id":"21","type":"GUILD_TEXT","name":"general","guild":{"id":"1","name":"Eastfield"}})"},
        {"Messages/c21/messages.json",
         R"([{"ID":1045178587575242770,"Timestamp":"2024-03-01 09:00:00","Contents":"hello","Attachments":"https://cdn.discordapp.com/attachments/1/2/a.png?ex=1"},{"ID":2,"Timestamp":"never","Contents":"x","Attachments":""}])"},
        {"Messages/c22/channel.json", R"({"id":"22","type":"DM","recipients":["11","12"]})"},
        {"Messages/c22/messages.csv",
         "ID,Timestamp,Contents,Attachments\n5,2024-03-01 10:00:00.5+00:00,\"hi, Ben\",\n"},
        {"Messages/c23/messages.json", "[{\"ID\":7,\"Timestamp\":\"2024-03-02 10:00:00\","},
    };
    const auto package = packageOf("package.zip", files);
    const Probe probe{"package.zip", {}, true, package->entries()};
    CHECK(discordPackageReader().recognise(probe).confidence > 90);
    CHECK(discordPackageReader().info().shows.onePersonsView);
    const auto all = collect(discordPackageReader(), *package, allChats());
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 2);
    CHECK(all.senders() == std::set<std::string>{"11"});
    CHECK(all.messages[0].id == "1045178587575242770");
    CHECK(all.messages[0].conversation == "general in Eastfield (21)");
    CHECK(isoText(all.messages[0].time) == "2024-03-01T09:00:00Z");
    CHECK(all.messages[0].attachments == std::vector<std::string>{"a.png"});
    CHECK(all.messages[1].conversation == "ben in Direct Messages (22)");
    REQUIRE(all.messages[1].ties.size() == 1);
    CHECK(all.messages[1].ties[0].account == "12");
    CHECK(accountOf(all, "12").name == "ben");
    CHECK(accountOf(all, "11").name == "Ann");
    CHECK(all.problemWith("1 private conversations") != nullptr);
    CHECK(all.problemWith("ends in the middle") != nullptr);
    ReadOptions one;
    one.chats = {"general in Eastfield (21)"};
    const auto chosen = collect(discordPackageReader(), *package, one);
    CHECK(chosen.messages.size() == 1);
    CHECK(chosen.problemWith("2 other chats of the export are left out") != nullptr);
    // Nobody of a conversation that is not wanted comes along.
    CHECK(std::ranges::count(chosen.accounts, "12", &AccountRecord::key) == 0);
    CHECK(chatsAsked(discordPackageReader(), *package) ==
          std::vector<std::string>{"general in Eastfield (21), 2 messages",
                                   "ben in Direct Messages (22), 1 message"});
}

TEST_CASE("Discord files that break off keep what is whole, in whatever pieces they arrive")
{
    const auto json = readFile(fixture("import/data/discord/eastfield.json"));
    checkCuts(discordReader(), json, "eastfield.json");
    checkSplits(discordReader(), json, "eastfield.json");
    const auto table = readFile(fixture("import/data/discord/new.csv"));
    checkSplits(discordTableReader(), table, "new.csv");
    CHECK(readCut(discordTableReader(), table, 40) > 5);
    CHECK(failure(discordReader(), "{}")->kind() == Error::Kind::BadInput);
}

TEST_CASE("a public Discord export is read")
{
    const auto files = publicFiles("discord", ".json");
    if (files.empty()) {
        WARN("public data is absent");
        return;
    }
    const auto found = recognise(files.front());
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader == &discordReader());
    const auto all = collect(*found.front().reader, *found.front().package);
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].account == "521486476985155645");
    CHECK(all.messages[0].conversation == "general in Example server (1012224565567721552)");
    CHECK(isoText(all.messages[0].time) == "2023-01-06T14:03:03.853Z");
}
