#include "core/import/catalogue.h"
#include "core/import/googlechatdate.h"
#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

const std::string signalChat =
    R"({"date": "2024-07-01T10:00:00", "sender": "Ann", "body": "It is wet  ", "quote": "", "sticker": "", "reactions": [["Me", "👍"]], "attachments": []}
{"date": "2024-07-01T10:01:00", "sender": "Me", "body": "Here too  ", "quote": "\n\n> It is wet\n\n", "sticker": "", "reactions": [], "attachments": [{"name": "wall.jpg", "path": "media/wall.jpg"}]}
{"date": "2024-07-01T10:02:00", "sender": "No-Sender", "body": "x  ", "quote": "", "sticker": "", "reactions": [], "attachments": []}
{"date": "never", "sender": "Ann", "body": "x", "quote": "", "sticker": "", "reactions": [], "attachments": []}
{"date": "2024-07-01T10:03:00", "sender": "Ann", "body": "Missed call", "quote": "", "sticker": "", "reactions": [], "attachments": [], "call": true}
)";

const std::string envelopes =
    R"({"envelope":{"source":"+4411","sourceNumber":"+4411","sourceUuid":"u-ann","sourceName":"Ann","timestamp":1709290800000,"dataMessage":{"timestamp":1709290800000,"message":"It is wet","groupInfo":{"groupId":"Z3Jw","groupName":"Eastfield","type":"DELIVER"}}},"account":"+4400"}
{"envelope":{"source":"+4411","sourceUuid":"u-ann","timestamp":1709290801000,"typingMessage":{"action":"STARTED"}},"account":"+4400"}
{"jsonrpc":"2.0","method":"receive","params":{"envelope":{"source":"+4422","sourceNumber":"+4422","sourceUuid":"u-ben","sourceName":"Ben","timestamp":1709290900000,"dataMessage":{"timestamp":1709290900000,"message":"Same, ￼","groupInfo":{"groupId":"Z3Jw"},"quote":{"id":1709290800000,"author":"+4411","text":"It is wet"},"mentions":[{"name":"+4433","number":"+4433","uuid":"u-cy","start":6,"length":1}]}},"account":"+4400"}}
{"envelope":{"source":"+4422","sourceUuid":"u-ben","timestamp":1709290950000,"dataMessage":{"timestamp":1709290950000,"message":null,"reaction":{"emoji":"👍","targetAuthor":"+4411","targetSentTimestamp":1709290800000,"isRemove":false},"groupInfo":{"groupId":"Z3Jw"}}},"account":"+4400"}
{"envelope":{"source":"+4400","sourceNumber":"+4400","sourceUuid":"u-me","sourceName":"Mia","timestamp":1709291000000,"syncMessage":{"sentMessage":{"destination":"+4411","destinationNumber":"+4411","destinationUuid":"u-ann","timestamp":1709291000000,"message":"Just us"}}},"account":"+4400"}
{"envelope":{"source":"+4411","sourceNumber":"+4411","sourceUuid":"u-ann","sourceName":"Ann","timestamp":1709291100000,"dataMessage":{"timestamp":1709291100000,"message":"Yes"}},"account":"+4400"}
{"envelope":{"source":"+4411","sourceUuid":"u-ann","timestamp":1709291150000,"editMessage":{"targetSentTimestamp":1709291100000,"dataMessage":{"timestamp":1709291150000,"message":"Yes!"}}},"account":"+4400"}
{"envelope":{"source":"+4422","sourceUuid":"u-ben","timestamp":1709291160000,"dataMessage":{"timestamp":1709291160000,"message":null,"remoteDelete":{"timestamp":1709290900000},"groupInfo":{"groupId":"Z3Jw"}}},"account":"+4400"}
{"envelope":{"source":"+4422","sourceUuid":"u-ben","timestamp":1709291170000,"dataMessage":{"timestamp":1709291170000,"message":null,"expiresInSeconds":3600}},"account":"+4400"}
)";

std::vector<std::pair<std::string, std::string>> takeout()
{
    const std::string top = "Takeout/Google Chat/Groups/";
    return {
        {top + "Space AAAA1/group_info.json",
         R"({"name":"Eastfield","members":[{"name":"Ann Lee","email":"Ann@example.org","user_type":"Human"},{"name":"Ben","email":"ben@example.org","user_type":"Human"}]})"},
        {top + "Space AAAA1/messages.json",
         R"({"messages":[
{"creator":{"name":"Ann Lee","email":"ann@example.org","user_type":"Human"},"created_date":"Monday, January 1, 2024 at 3:04:05)"
         "\u202f"
         R"(PM UTC","text":"It is wet","topic_id":"t1","message_id":"AAAA1/t1/t1","reactions":[{"emoji":{"unicode":"👍"},"reactor_emails":["ben@example.org"]}]},
{"creator":{"name":"Ben","email":"ben@example.org","user_type":"Human"},"created_date":"Montag, 1. Januar 2024 um 15:05:05 UTC","text":"Same","topic_id":"t1","message_id":"AAAA1/t1/m2","quoted_message_metadata":{"creator":{"name":"Ann Lee","email":"ann@example.org"},"text":"It is wet"},"attached_files":[{"original_name":"wall.jpg","export_name":"File-wall.jpg"}]},
{"creator":{"name":"Rota","user_type":"Bot"},"created_date":"Monday, January 1, 2024 at 3:06:05 PM UTC","text":"Monday","topic_id":"t2","message_id":"AAAA1/t2/t2"},
{"creator":{"name":"Ben","email":"ben@example.org"},"created_date":"01/02/2024 15:05:05 UTC","text":"?","topic_id":"t3","message_id":"AAAA1/t3/t3"},
{"creator":{"name":"Ben","email":"ben@example.org"},"deleted_date":"Monday, January 1, 2024 at 3:07:05 PM UTC","message_state":"DELETED","topic_id":"t4","message_id":"AAAA1/t4/t4"}]})"},
        {top + "DM B2/group_info.json",
         R"({"members":[{"name":"Ann Lee","email":"ann@example.org"},{"name":"Ben","email":"ben@example.org"}]})"},
        {top + "DM B2/messages.json",
         R"({"messages":[{"creator":{"name":"Ben","email":"ben@example.org"},"created_date":"Tuesday, January 2, 2024 at 12:00:00 AM UTC","text":"hi","topic_id":"x","message_id":"B2/x/x"}]})"},
    };
}

}  // namespace

TEST_CASE("a chat by signal-export is read")
{
    const auto all = collect(signalChatReader(), signalChat, {}, "data.json");
    CHECK(recognition(signalChatReader(), signalChat).confidence > 80);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 3);
    CHECK(all.systems.size() == 1);
    CHECK(all.messages[0].text == "It is wet");
    CHECK(all.messages[0].reactions.at(0).account == "Me");
    CHECK(all.messages[0].reactions.at(0).what == "👍");
    REQUIRE(all.messages[1].ties.size() == 1);
    CHECK(all.messages[1].ties[0].kind == TieKind::Reply);
    CHECK(all.messages[1].ties[0].account == "Ann");
    CHECK(all.messages[1].attachments.at(0) == "wall.jpg");
    CHECK(all.messages[2].account.empty());
    CHECK(all.problemWith("no valid date")->place.line == 4);
    CHECK(all.problemWith("--zone") != nullptr);
    ReadOptions london;
    london.zone = Zone::find("Europe/London");
    CHECK(isoText(collect(signalChatReader(), signalChat, london).messages[0].time) ==
          "2024-07-01T09:00:00Z");
    checkCuts(signalChatReader(), signalChat, "data.json");
    checkSplits(signalChatReader(), signalChat, "data.json");
}

TEST_CASE("the folder of signal-export: each chat once, its text left out")
{
    const std::string text =
        "[2024-07-01 10:00:00] Ann: It is wet  \n"
        "[2024-07-01 10:01:00] Me: Here too  \n";
    const auto package =
        std::shared_ptr<const Package>(packageOf("signal", {{"Eastfield/chat.md", text},
                                                            {"Eastfield/data.json", signalChat},
                                                            {"Ann/chat.md", text},
                                                            {"Ann/data.json", signalChat}}));
    const auto found = recognise(package);
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader == &signalExportReader());
    const auto all = collect(signalExportReader(), *package, allChats());
    CHECK(all.adds());
    CHECK(all.messages.size() == 6);
    CHECK(all.messages[0].conversation == "Eastfield");
    CHECK(all.messages[3].conversation == "Ann");
    CHECK(chatsAsked(signalExportReader(), *package) ==
          std::vector<std::string>{"Eastfield, 5 messages", "Ann, 5 messages"});
    ReadOptions one;
    one.chats = {"Ann"};
    const auto chosen = collect(signalExportReader(), *package, one);
    CHECK(chosen.messages.size() == 3);
    CHECK(chosen.problemWith("one other chat of the export is left out") != nullptr);
}

TEST_CASE("messages by signal-cli are read, with what happened to them later")
{
    const auto all = collect(signalCliReader(), envelopes, {}, "signal.json");
    CHECK(recognition(signalCliReader(), envelopes).confidence > 90);
    CHECK(all.adds());
    CHECK(all.report.seen == 8);  // signs of typing are no records
    REQUIRE(all.messages.size() == 4);
    CHECK(all.count(Outcome::Skipped) == 4);
    const auto& first = all.messages[0];
    CHECK(first.id == "u-ann:1709290800000");
    CHECK(first.conversation == "Eastfield (Z3Jw)");
    REQUIRE(first.reactions.size() == 1);
    CHECK(first.reactions[0].account == "u-ben");
    const auto& second = all.messages[1];
    CHECK(second.conversation == "Eastfield (Z3Jw)");
    CHECK(second.deleted);
    CHECK(second.text.empty());
    REQUIRE(second.ties.size() == 2);
    CHECK(second.ties[0].message == first.id);
    CHECK(second.ties[0].account == "u-ann");
    CHECK(second.ties[1].account == "u-cy");
    CHECK(all.messages[2].conversation == "Direct messages: Ann, Mia");
    CHECK(all.messages[3].conversation == "Direct messages: Ann, Mia");
    CHECK(all.messages[3].text == "Yes!");
    CHECK(all.messages[3].edited);
    for (const auto& one : all.accounts) CHECK(one.handle.empty());
    ReadOptions more;
    more.privateToo = true;
    const auto open = collect(signalCliReader(), envelopes, more, "signal.json");
    CHECK(
        std::ranges::any_of(open.accounts, [](const auto& one) { return one.handle == "+4411"; }));
    checkSplits(signalCliReader(), envelopes, "signal.json");
    CHECK(readCut(signalCliReader(), envelopes, 40) > 20);
    CHECK(failure(signalCliReader(), "{\"envelope\":{}}\n")->kind() == Error::Kind::BadInput);
}

TEST_CASE("dates of Google Chat in seven languages, and in numbers where they are certain")
{
    const auto read = [](std::string_view text) {
        const auto time = googleChatTime(text);
        return time ? isoText(*time) : std::string("none");
    };
    for (const std::string_view text :
         {"Monday, January 1, 2024 at 3:04:05\u202fPM UTC",
          "Monday, 1 January 2024 at 15:04:05 UTC", "Montag, 1. Januar 2024 um 15:04:05 UTC",
          "lundi 1 janvier 2024 à 15:04:05 UTC", "lunes, 1 de enero de 2024, 15:04:05 UTC",
          "lunes, 1 de enero de 2024, 3:04:05 p. m. UTC",
          "segunda-feira, 1 de janeiro de 2024 às 15:04:05 UTC",
          "lunedì 1 gennaio 2024 alle ore 15:04:05 UTC", "maandag 1 januari 2024 om 15:04:05 UTC",
          "2024年1月1日月曜日 15:04:05 UTC", "01.01.2024 15:04:05"}) {
        INFO(text);
        CHECK(read(text) == "2024-01-01T15:04:05Z");
    }
    CHECK(read("Monday, January 1, 2024 at 12:04:05 AM UTC") == "2024-01-01T00:04:05Z");
    CHECK(read("martes, 5 de marzo de 2024, 15:04:05 UTC") == "2024-03-05T15:04:05Z");
    CHECK(read("13/02/2024 15:04:05") == "2024-02-13T15:04:05Z");
    for (const std::string_view text :
         {"01/02/2024 15:04:05", "Monday, February 30, 2024 at 3:04:05 PM UTC", "yesterday", "",
          "January 1, 2024", "Monday, January 1, 2024 at 13:04:05 PM UTC",
          "понедельник, 1 января 2024 г. в 15:04:05 UTC"}) {
        INFO(text);
        CHECK(read(text) == "none");
    }
}

TEST_CASE("Google Chat from Takeout is read")
{
    const auto package = std::shared_ptr<const Package>(packageOf("takeout.zip", takeout()));
    const auto found = recognise(package);
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader == &googleChatReader());
    const auto all = collect(googleChatReader(), *package, allChats());
    CHECK(all.adds());
    CHECK(all.report.seen == 6);
    REQUIRE(all.messages.size() == 5);
    CHECK(all.messages[0].conversation == "Direct messages: Ann Lee, Ben (B2)");
    CHECK(isoText(all.messages[0].time) == "2024-01-02T00:00:00Z");
    const auto& first = all.messages[1];
    CHECK(first.conversation == "Eastfield (AAAA1)");
    CHECK(first.account == "ann@example.org");
    CHECK(first.thread == "t1");
    CHECK(first.reactions.at(0).account == "ben@example.org");
    REQUIRE(all.messages[2].ties.size() == 1);
    CHECK(all.messages[2].ties[0].account == "ann@example.org");
    CHECK(all.messages[2].attachments.at(0) == "wall.jpg");
    CHECK(all.messages[3].bot);
    CHECK(all.messages[4].deleted);
    CHECK(all.problemWith("01/02/2024")->outcome == Outcome::Refused);
    CHECK(std::ranges::count(all.accounts, "ann@example.org", &AccountRecord::key) == 1);
    ReadOptions one;
    one.chats = {"Eastfield (AAAA1)"};
    const auto chosen = collect(googleChatReader(), *package, one);
    CHECK(chosen.messages.size() == 4);
    CHECK(chosen.problemWith("one other chat of the export is left out") != nullptr);
    CHECK(chatsAsked(googleChatReader(), *package) ==
          std::vector<std::string>{"Direct messages: Ann Lee, Ben (B2), 1 message",
                                   "Eastfield (AAAA1), 5 messages"});
    CHECK_THROWS_WITH(
        recognise(packageOf("messages.json", {{"messages.json", takeout()[1].second}})),
        Catch::Contains("Google Chat") && Catch::Contains("Takeout"));
}

TEST_CASE("Google Chat cut off keeps what is whole")
{
    auto files = takeout();
    files[1].second.resize(files[1].second.size() / 2);
    const auto all = collect(googleChatReader(), *packageOf("takeout.zip", files), allChats());
    CHECK(all.adds());
    CHECK(all.messages.size() == 2);
    CHECK(all.problemWith("the 1 records before are kept") != nullptr);
}

TEST_CASE("Mattermost and Rocket.Chat: pages of their interfaces")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
    } else {
        const auto posts =
            recognise(*data / "other" / "chaoss__grimoirelab-perceval__mattermost_posts.json");
        CHECK(posts.at(0).reader == &mattermostReader());
        const auto all = collect(*posts[0].reader, *posts[0].package);
        CHECK(all.adds());
        REQUIRE(all.messages.size() == 5);
        CHECK(std::ranges::count(all.messages, "hola valerio!", &MessageRecord::text) == 1);
        const auto answer = std::ranges::find_if(
            all.messages, [](const MessageRecord& one) { return !one.ties.empty(); });
        REQUIRE(answer != all.messages.end());
        CHECK(answer->ties[0].message == "pot46s7kjif7xx6x91ua7m4d7y");
        CHECK(answer->thread == "pot46s7kjif7xx6x91ua7m4d7y");
        CHECK(all.senders().size() == 2);
        const auto room =
            recognise(*data / "other" / "chaoss__grimoirelab-perceval__message_page_1.json");
        CHECK(room.at(0).reader == &rocketChatReader());
        const auto said = collect(*room[0].reader, *room[0].package);
        CHECK(said.adds());
        REQUIRE(said.messages.size() == 2);
        CHECK(said.messages[0].account == "123user");
        CHECK(said.messages[0].reactions.size() == 2);
        CHECK(said.messages[0].reactions[0].account == "567user");
        CHECK(said.messages[1].ties.at(0).message == "4AwA2eJQ7xBgPZ4mv");
        CHECK(said.messages[1].edited);
    }
    const std::string page =
        R"({"order":["b","a"],"posts":{"b":{"id":"b","create_at":1709290900000,"user_id":"u2","channel_id":"c","root_id":"a","message":"same","type":"","metadata":{"reactions":[{"user_id":"u1","emoji_name":"+1","create_at":1709290950000}]}},"a":{"id":"a","create_at":1709290800000,"user_id":"u1","channel_id":"c","root_id":"","message":"wet","type":"","delete_at":1},"s":{"id":"s","create_at":1709290700000,"user_id":"u1","channel_id":"c","root_id":"","message":"u1 joined","type":"system_join_channel"},"x":{"id":"x","create_at":0,"root_id":""}}})";
    CHECK(recognition(mattermostReader(), page).confidence > 80);
    const auto all = collect(mattermostReader(), page);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[1].deleted);
    CHECK(all.messages[0].ties.at(0).message == "a");
    CHECK(all.messages[0].reactions.at(0).account == "u1");
    CHECK(all.systems.size() == 1);
    checkSplits(mattermostReader(), page, "page.json");
    checkCuts(mattermostReader(), page, "page.json", 200);
    const auto cut = collect(mattermostReader(), page.substr(0, page.find(R"("s":{)") + 9));
    CHECK(saidIn(cut) == saidIn(all));
    CHECK(cut.problemWith("the file ends in the middle of a record; the 2 records") != nullptr);
    const auto none = failure(mattermostReader(), page.substr(0, 60));
    REQUIRE(none);
    CHECK_FALSE(none->remedy().empty());
}

TEST_CASE("Rocket.Chat: names without an id, notices, and files that break off")
{
    const std::string page =
        R"({"messages":[{"_id":"m1","rid":"r","msg":"wet","ts":{"$date":1709290800000},"u":{"_id":"u1","username":"ann","name":"Ann"},"reactions":{":+1:":{"usernames":["ben","cy"]}},"tcount":1},
{"_id":"m2","rid":"r","msg":"same @ann @all","ts":"2024-03-01T11:01:40.000Z","tmid":"m1","u":{"_id":"u2","username":"ben"},"mentions":[{"_id":"u1","username":"ann"},{"_id":"all","username":"all"}]},
{"_id":"m3","rid":"r","t":"uj","msg":"dee","ts":"2024-03-01T11:02:00.000Z","u":{"_id":"u4","username":"dee"}},
{"_id":"m4","rid":"r","msg":"?","ts":"soon","u":{"_id":"u4","username":"dee"}}]})";
    const auto all = collect(rocketChatReader(), page, {}, "room.json");
    CHECK(recognition(rocketChatReader(), page).confidence > 90);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 2);
    CHECK(all.systems.size() == 1);
    CHECK(all.messages[0].reactions.at(0).account == "u2");
    CHECK(all.messages[0].reactions.at(1).account == "cy");
    CHECK(all.messages[1].thread == "m1");
    CHECK(all.messages[0].thread == "m1");
    REQUIRE(all.messages[1].ties.size() == 2);
    CHECK(all.messages[1].ties[1].account == "u1");
    CHECK(isoText(all.messages[1].time) == "2024-03-01T11:01:40Z");
    CHECK(all.count(Outcome::Refused) == 1);
    checkCuts(rocketChatReader(), page, "room.json");
    checkSplits(rocketChatReader(), page, "room.json");
}
