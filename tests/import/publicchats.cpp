#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/catalogue.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>

using namespace kith;
using namespace kith::tests;

namespace {

struct Expected {
    std::string file;
    std::size_t messages;
    std::size_t systems;
    std::size_t senders;
};

Collected readPublic(const std::filesystem::path& path, const ReadOptions& options = {})
{
    const auto found = recognise(path);
    REQUIRE(found.size() == 1);
    return collect(*found.front().reader, *found.front().package, options);
}

std::string described(const Collected& all)
{
    std::string text;
    for (const auto& one : all.senders()) text += one + "; ";
    for (const auto& one : all.problems) text += "\n  " + one.place.text() + ": " + one.what;
    for (const auto& one : all.systems) text += "\n  S " + one.text.substr(0, 90);
    return text;
}

}  // namespace

TEST_CASE("public WhatsApp files give the counts that were measured by other means")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const std::vector<Expected> all{
        {"gesiscss__WhatsR__englishandroid24h.txt", 42, 8, 5},
        {"gesiscss__WhatsR__englishandroidampm.txt", 42, 8, 5},
        {"gesiscss__WhatsR__englishios24h.txt", 42, 8, 5},
        {"gesiscss__WhatsR__englishiosampm.txt", 42, 8, 5},
        {"gesiscss__WhatsR__germanandroid24h.txt", 42, 8, 5},
        {"gesiscss__WhatsR__germanandroidampm.txt", 42, 8, 5},
        {"gesiscss__WhatsR__germanios24h.txt", 42, 8, 5},
        {"gesiscss__WhatsR__germaniosampm.txt", 42, 8, 5},
        {"joweich__chat-miner__test_[mmddyy]_24hrs.txt", 7, 2, 5},
        {"joweich__chat-miner__test_ddmmyy_24hrs.txt", 7, 2, 5},
        {"joweich__chat-miner__test_mmddyy_24hrs.txt", 7, 2, 5},
        {"joweich__chat-miner__test_mmddyyyy_12hrs.txt", 7, 2, 5},
        {"joweich__chat-miner__test_yyyymmdd_24hrs.txt", 7, 2, 5},
        {"MasterScrat__Chatistics___chat.txt", 21, 1, 2},
        {"MasterScrat__Chatistics___chat 2.txt", 5, 0, 2},
        {"MasterScrat__Chatistics___chat 3.txt", 9, 2, 5},
        {"MasterScrat__Chatistics___chat 4.txt", 3, 0, 1},
        {"lucasrodes__whatstk__lorem-2000.txt", 2000, 0, 4},
        {"lucasrodes__whatstk__lorem.txt", 500, 0, 4},
        {"lucasrodes__whatstk__lorem-merge-part1.txt", 300, 0, 4},
        {"lucasrodes__whatstk__lorem-merge-part2.txt", 300, 0, 5},
        {"lucasrodes__whatstk__pokemon.txt", 18, 2, 8},  // the group itself is no sender
        {"JBGruber__rwhatsapp__sample.txt", 7, 2, 2},
        {"JBGruber__rwhatsapp__sample.zip", 7, 2, 2},
        {"starkdmi__whats_json__example__chat.txt", 22, 3, 2},
        {"starkdmi__whats_json__example__chat_with_media.txt", 22, 3, 2},
    };
    for (const auto& one : all) {
        const auto read = readPublic(*data / "whatsapp" / one.file);
        INFO(one.file << "\n" << described(read));
        CHECK(read.adds());
        CHECK(read.messages.size() == one.messages);
        CHECK(read.systems.size() == one.systems);
        CHECK(read.senders().size() == one.senders);
        CHECK(read.report.flat);
    }
}

TEST_CASE("one public chat gives the same counts in nine languages of iOS and three of Android")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const auto told = [&](const std::string& language) {
        const auto read = readPublic(*data / "whatsapp" /
                                     ("starkdmi__whats_json__languages_" + language + "_ios.txt"));
        std::string all;
        for (const auto& one : read.messages) {
            all += one.account + "|" + one.text + "|" + (one.deleted ? "deleted" : "") + "|" +
                   join(one.attachments, ",") + "\n";
        }
        return all;
    };
    for (const std::string language : {"czech", "deutch", "english", "french", "italian",
                                       "portugal", "russian", "spanish", "ukrainian"}) {
        const auto read = readPublic(*data / "whatsapp" /
                                     ("starkdmi__whats_json__languages_" + language + "_ios.txt"));
        INFO(language << "\n" << described(read));
        CHECK(read.adds());
        CHECK(read.messages.size() == 22);
        CHECK(told(language) == told("english"));
        CHECK(read.systems.size() == 1);
        CHECK(read.senders() == std::set<std::string>{"Dmitry S", "Elon Musk"});
        CHECK(std::ranges::count(read.messages, true, &MessageRecord::deleted) == 2);
        CHECK(std::ranges::count_if(
                  read.messages, [](const auto& one) { return !one.attachments.empty(); }) == 15);
        CHECK(std::ranges::count_if(read.messages,
                                    [](const auto& one) { return !one.text.empty(); }) == 5);
    }
    for (const std::string name :
         {"english_android", "english_android_media", "czech_android", "russian_android"}) {
        const auto read =
            readPublic(*data / "whatsapp" / ("starkdmi__whats_json__languages_" + name + ".txt"));
        INFO(name << "\n" << described(read));
        CHECK(read.adds());
        CHECK(read.messages.size() == 59);
        CHECK(read.systems.size() == 1);
        CHECK(read.senders().size() == 2);
        CHECK(std::ranges::count(read.messages, true, &MessageRecord::deleted) == 8);
    }
}

TEST_CASE("public Telegram files give the counts that were measured by other means")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    struct Case {
        std::string file;
        std::size_t messages, systems, senders, replies;
    };
    const std::vector<Case> all{
        {"vorot93__telegram-export-sqlite__json_export_result.json", 3, 1, 2, 1},
        {"vorot93__telegram-export-sqlite__voice_export_result.json", 1, 0, 1, 0},
        {"joweich__chat-miner__test_single_export.json", 2, 0, 2, 0},
        {"joweich__chat-miner__test_batch_export.json", 2, 0, 2, 0},
        {"Mehrdad-esn__Telegram-Export-Parser__test_data.json", 7, 0, 4, 2},
    };
    for (const auto& one : all) {
        ReadOptions every;
        every.chats = {"*"};
        const auto read = readPublic(*data / "telegram" / one.file, every);
        INFO(one.file << "\n" << described(read));
        CHECK(read.adds());
        CHECK(read.messages.size() == one.messages);
        CHECK(read.systems.size() == one.systems);
        CHECK(read.senders().size() == one.senders);
        CHECK(read.ties(TieKind::Reply) == one.replies);
    }
}

TEST_CASE("a public Slack export gives the counts that were measured by other means")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const auto read = readPublic(*data / "slack" / "hfaran__slack-export-viewer__testarchive.zip");
    INFO(described(read));
    CHECK(read.adds());
    CHECK(read.report.seen == 158);
    CHECK(read.systems.size() == 11);  // 8 joins, 3 bots added
    CHECK(std::ranges::count(read.messages, true, &MessageRecord::bot) >= 94);
    CHECK(read.ties(TieKind::Mention) <= 14);
    CHECK(read.ties(TieKind::Mention) >= 10);
    const auto earliest = std::ranges::min_element(read.messages, {}, &MessageRecord::time);
    CHECK(dateText(earliest->time) == "2016-01-15");
}

TEST_CASE("public files of other kinds are refused by name")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const std::vector<std::pair<std::string, std::string>> all{
        {"other/chaoss__grimoirelab-perceval__telegram_messages.json", "bot interface"},
    };
    for (const auto& [file, words] : all) {
        INFO(file);
        CHECK_THROWS_WITH(recognise(*data / file), Catch::Contains(words));
    }
}
