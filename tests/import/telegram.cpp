#include "core/base/error.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

Collected read(const std::string& text, const ReadOptions& options = {})
{
    auto all = collect(telegramReader(), text, options, "result.json");
    CHECK(all.adds());
    return all;
}

/// A group with one message list.
std::string group(const std::string& messages)
{
    return R"({"name": "Damp homes", "type": "private_group", "id": 77, "messages": [)" + messages +
           "]}";
}

std::string message(int id, const std::string& more)
{
    return R"({"id": )" + std::to_string(id) +
           R"(, "type": "message", "date": "2024-03-20T10:00:00", "date_unixtime": "1710928800", )"
           R"("from": "Anna", "from_id": "user1")" +
           more + "}";
}

const std::string forum = group(
    R"({"id": -999999999, "type": "message", "date": "2023-01-01T10:00:00", "date_unixtime": "1672567200",
        "from": "Ben", "from_id": "user2", "text": "from before"},
       {"id": 1, "type": "service", "date": "2024-03-20T09:00:00", "date_unixtime": "1710925200",
        "actor": "Mod", "actor_id": "user9", "action": "topic_created", "title": "Boilers"},
       {"id": 2, "type": "service", "date": "2024-03-20T09:01:00", "date_unixtime": "1710925260",
        "actor": "Mod", "actor_id": "user9", "action": "invite_members", "members": ["Ben", null]},)" +
    message(3, R"(, "text": "in the topic", "reply_to_message_id": 1)") + "," +
    R"({"id": 4, "type": "message", "date": "2024-03-20T10:01:00", "date_unixtime": "1710928860",
        "from": "Ben", "from_id": 2, "reply_to_message_id": 3, "edited": "2024-03-20T10:02:00",
        "text": ["hello ", {"type": "mention", "text": "@Carla_X"}, " and ",
                 {"type": "mention_name", "text": "Anna", "user_id": 1}, {"type": "sparkle", "text": "!"}],
        "reactions": [{"type": "emoji", "count": 3, "emoji": "\ud83d\udc4d",
                       "recent": [{"from": "Anna", "from_id": "user1", "date": "2024-03-20T10:03:00"}]}]},
       {"id": 5, "type": "message", "date": "2024-03-20T10:05:00", "date_unixtime": "1710929100",
        "from": null, "from_id": "user5", "forwarded_from": "Anna", "text": "passed on"},
       {"id": 6, "type": "message", "date": "2024-03-20T10:06:00", "date_unixtime": "1710929160",
        "from": "Damp homes", "from_id": "channel77", "photo": "photos/1.jpg", "text": "",
        "reply_to_message_id": 400, "reply_to_peer_id": "channel88"
},
       {"id": 7, "type": "unsupported", "date": "2024-03-20T10:07:00"})");

}  // namespace

TEST_CASE("a Telegram forum is read to the letter")
{
    const auto all = read(forum);
    CHECK(all.report.seen == 8);
    CHECK_FALSE(all.report.flat);
    CHECK(all.report.platform == "telegram");
    CHECK(all.count(Outcome::Skipped) == 1);
    REQUIRE(all.systems.size() == 2);
    CHECK(all.systems[1].text == "Mod: invite_members Ben, (deleted account)");
    REQUIRE(all.messages.size() == 5);
    CHECK(all.messages[0].id == "-999999999");
    CHECK(all.messages[0].conversation == "Damp homes (77)");
    CHECK(all.messages[1].ties.empty());  // a topic's root is no partner
    CHECK(all.messages[1].thread == "1");
    const auto& ben = all.messages[2];
    CHECK(ben.account == "user2");
    CHECK(ben.text == "hello @Carla_X and Anna!");
    CHECK(ben.thread == "1");
    CHECK(ben.edited);
    REQUIRE(ben.ties.size() == 3);
    CHECK(ben.ties[0].kind == TieKind::Reply);
    CHECK(ben.ties[0].message == "3");
    CHECK(ben.ties[1].account == "@carla_x");
    CHECK(ben.ties[2].account == "user1");
    REQUIRE(ben.reactions.size() == 1);
    CHECK(ben.reactions[0].account == "user1");
    CHECK(ben.reactions[0].what == "\U0001F44D");
    CHECK(all.messages[3].account == "user5");
    CHECK(all.messages[3].kind == MessageKind::Repost);
    REQUIRE(all.messages[3].ties.size() == 1);
    CHECK(all.messages[3].ties[0].account == "user1");
    CHECK(all.messages[4].ties[0].message == "channel88:400");
    CHECK(all.messages[4].attachments == std::vector<std::string>{"photo"});
    CHECK(isoText(ben.time) == "2024-03-20T10:01:00Z");
    CHECK(all.problemWith("sparkle") != nullptr);
    CHECK_THAT(all.problemWith("whose they are")->what, Catch::StartsWith("2 reactions"));
    CHECK(std::ranges::count(all.accounts, std::string("user1"), &AccountRecord::key) == 1);
}

TEST_CASE("a full Telegram export keeps chats of one name apart")
{
    const auto text =
        R"({"about": "x", "contacts": {"list": [{"name": "Not me", "messages": [1]}]},
        "chats": {"about": "", "list": [
          {"name": "Home", "type": "personal_chat", "id": 1, "messages": [)" +
        message(1, R"(, "text": "a")") + R"(]},
          {"name": "Home", "type": "personal_chat", "id": 2, "messages": [)" +
        message(1, R"(, "text": "b")") + R"(]},
          {"type": "saved_messages", "id": 3, "messages": []}]},
        "left_chats": {"list": [{"name": null, "type": "made_up", "id": 4, "messages": [)" +
        message(1, R"(, "text": "c")") + "]}]}}";
    SECTION("all of them")
    {
        ReadOptions options;
        options.chats = {"*"};
        const auto all = read(text, options);
        REQUIRE(all.messages.size() == 3);
        CHECK(all.messages[0].conversation == "Home (1)");
        CHECK(all.messages[1].conversation == "Home (2)");
        CHECK(all.messages[2].conversation == "Deleted Account (4)");
        CHECK(all.problemWith("4 chats") != nullptr);
    }
    SECTION("those that were chosen")
    {
        ReadOptions options;
        options.chats = {"Home (2)"};
        const auto all = read(text, options);
        REQUIRE(all.messages.size() == 1);
        CHECK(all.messages[0].text == "b");
        CHECK(all.problemWith("2 other chats") != nullptr);
        options.chats = {"Nowhere"};
        CHECK_THROWS_AS(read(text, options), Error);
    }
    SECTION("which are wanted is asked")
    {
        try {
            (void)read(text);
            FAIL("nothing was asked");
        } catch (const AnswerNeeded& asked) {
            CHECK(asked.question().about == Question::About::Chats);
            REQUIRE(asked.question().choices.size() == 3);
            CHECK(asked.question().choices[1].value == "Home (2)");
            CHECK(asked.question().choices[1].meaning == "Home (2), 1 message");
        }
    }
}

TEST_CASE("old and foreign Telegram shapes are read")
{
    ReadOptions zone;
    zone.zone = Zone::find("Asia/Kathmandu");
    const auto all = read(
        R"({"messages": [{"type": "message", "date": "2018-03-20T10:00:00", "from": "A", "text": "x"},
        {"type": "message", "date": "2018-03-20T10:00:00Z", "from": "A", "text": null},
        {"type": "message", "date": "2018-03-20T10:00:00", "text": "\x41 odd"}]})",
        zone);
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[0].account == "A");
    CHECK(all.messages[0].conversation == "Telegram chat");
    CHECK(isoText(all.messages[0].time) == "2018-03-20T04:15:00Z");
    CHECK(all.messages[0].certainty == TimeCertainty::Zoned);
    CHECK(isoText(all.messages[1].time) == "2018-03-20T10:00:00Z");
    CHECK(all.messages[2].account.empty());
    CHECK(all.messages[2].text == "A odd");
    CHECK(all.report.zone == "Asia/Kathmandu");
}

TEST_CASE("bad Telegram records are refused one by one")
{
    struct Case {
        std::string record;
        std::string words;
    };
    const std::vector<Case> cases{
        {message(1, R"(, "text": 5)"), "neither a text"},
        {message(1, R"(, "text": "a", "text": "b")"), "twice"},
        {R"({"id": 1.5, "type": "message", "date_unixtime": "1710928800"})", "no whole number"},
        {R"({"id": 9223372036854775808, "type": "message", "date_unixtime": "1710928800"})",
         "no whole number"},
        {R"({"id": 1e400, "type": "message", "date_unixtime": "1710928800"})", "out of range"},
        {R"({"id": 1, "type": "message", "date_unixtime": "-5"})", "no valid date"},
        {R"({"id": 1, "type": "message", "date": "0000-01-01T00:00:00"})", "no valid date"},
        {R"({"id": 1, "type": "message", "date": "99999-01-01T00:00:00"})", "no valid date"},
        {R"({"id": 1, "type": "message"})", "no valid date"},
        {R"("a string")", "no message"},
        {R"({"id": unquoted, "type": "message"})", "no valid JSON"},
        {R"({"id": 9, "deep": )" + std::string(70, '[') + std::string(70, ']') + "}",
         "deeper than 64"},
        {message(7, R"(, "text": "again")"), "occurs twice"},
    };
    for (const auto& one : cases) {
        INFO(one.record);
        const auto all = read(group(message(7, R"(, "text": "first")") + ",\n" + one.record +
                                    ",\n" + message(8, R"(, "text": "last")")));
        CHECK(all.messages.size() == 2);
        REQUIRE(all.count(Outcome::Refused) == 1);
        REQUIRE(all.problemWith(one.words) != nullptr);
        CHECK(all.problemWith(one.words)->place.line == 2);
    }
}

TEST_CASE("repairs and doubts in a Telegram file are told")
{
    const auto all = read(
        group(
            message(1, R"(, "text": "a \ud800 b")") + "," +
            R"({"id": 2, "type": "message", "date": "2024-03-25T10:00:00", "date_unixtime": "1710928800",
                                   "from": "N\u0000UL", "from_id": "user3", "text": "x"})") +
        " trailing");
    CHECK(all.problemWith("no Unicode")->outcome == Outcome::Repaired);
    CHECK(all.problemWith("no time zone brings together") != nullptr);
    CHECK(all.problemWith("more text behind") != nullptr);
    CHECK(all.accounts.back().name == "N\u2400UL");
}

TEST_CASE("Telegram files that are none are refused")
{
    struct Case {
        std::string text;
        std::string words;
    };
    for (const auto& [text, words] :
         std::vector<Case>{{"", "empty"},
                           {"not JSON", "begins with neither"},
                           {R"({"name": "x"})", "\"messages\""},
                           {R"({"messages": {"a": 1}})", "\"messages\""},
                           {R"({"name": "x", oops)", "quotes"},
                           {std::string(100'000, '['), "ends"}}) {
        INFO(text.substr(0, 50));
        try {
            (void)collect(telegramReader(), text, {}, "result.json");
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.kind() == Error::Kind::BadInput);
            CHECK_THAT(error.what(), Catch::Contains(words));
        }
    }
}

TEST_CASE("a Telegram file cut anywhere keeps its whole messages")
{
    const auto whole = collect(telegramReader(), forum);
    for (std::size_t cut = 300; cut < forum.size(); cut += 7) {
        INFO(cut);
        try {
            const auto part = collect(telegramReader(), forum.substr(0, cut));
            CHECK(part.adds());
            CHECK(part.problemWith("are kept") != nullptr);
            REQUIRE(part.messages.size() <= whole.messages.size());
            for (std::size_t i = 0; i < part.messages.size(); ++i)
                CHECK(part.messages[i].text == whole.messages[i].text);
        } catch (const Error& error) {
            CHECK(error.kind() == Error::Kind::BadInput);
        }
    }
}

TEST_CASE("Telegram files read the same however the bytes arrive")
{
    const auto text = [](const Collected& all) {
        std::string out;
        for (const auto& one : all.messages)
            out += one.id + one.account + one.text + one.place.text() + "\n";
        for (const auto& one : all.problems) out += one.place.text() + one.what + "\n";
        return out;
    };
    const auto whole = text(collect(telegramReader(), forum));
    rc::prop("any split of the stream changes nothing", [&] {
        const auto sizes =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 90));
        const PiecedPackage package("chat.txt", forum, sizes);
        RC_ASSERT(text(collect(telegramReader(), package)) == whole);
    });
}
