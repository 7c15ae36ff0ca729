// One conversation, exported in two shapes, is the same in the workspace: people, messages and ties
// are compared as they are stored, not only counted.

#include "core/base/text.h"
#include "core/store/ingest.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/import/archivemaking.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fmt/format.h>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

/// A workspace that files are imported into, one after the other.
struct Town : Fixture {
    ImportOptions options;

    explicit Town(const std::vector<fs::path>& files, const std::string& name = {})
    {
        options.read.dates = DateOrder::DayMonthYear;
        options.read.chats = {"*"};
        options.read.conversation = name;
        for (const auto& file : files) (void)importFile(workspace, file, options, task);
    }

    std::map<PersonId, std::string> who() const
    {
        std::map<PersonId, std::string> all;
        for (const auto& one : accounts(workspace))
            all[one.person] +=
                one.platform + ":" + one.key + "=" + one.name + "/" + one.handle + " ";
        return all;
    }

    /// Every person, message and tie in words, sorted: nothing of it depends on the order in which
    /// they were stored.
    std::vector<std::string> records()
    {
        const auto names = who();
        const auto nameOf = [&](PersonId id) {
            const auto found = names.find(id);
            return found == names.end() ? std::string("nobody") : found->second;
        };
        std::vector<std::string> all;
        for (const auto& [id, name] : names) all.push_back("person " + name);
        std::map<MessageId, std::string> said{{MessageId{}, "no message"}};
        const auto chats = conversationNames(workspace);
        const auto add = [&](const MessageRow& row) {
            auto line = fmt::format("{}|{}|{}|{}", chats.at(row.conversation), nameOf(row.author),
                                    row.time ? isoText(*row.time) : "never", row.text);
            said[row.id] = line;
            all.push_back("message " + std::move(line));
        };
        eachMessage(workspace, {}, add, task);
        const auto tie = [&](const TieRow& row) {
            auto from = nameOf(row.from);
            auto to = nameOf(row.to);
            if (!row.directed && from > to) std::swap(from, to);
            all.push_back(fmt::format("tie {} {}{}{} {:.9f} {} by {}", name(row.kind), from,
                                      row.directed ? ">" : "-", to, row.weight,
                                      row.time ? isoText(*row.time) : "never",
                                      said.contains(row.message) ? said[row.message] : "system"));
        };
        eachTie(workspace, {}, tie, task);
        std::ranges::sort(all);
        return all;
    }
};

std::size_t starting(const std::vector<std::string>& all, std::string_view word)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const std::string& one) { return one.starts_with(word); }));
}

/// The files of a Slack export: two channels, a thread, a mention and a reaction.
Files slackFiles()
{
    return {
        {"channels.json", R"([{"id":"C1","name":"general"},{"id":"C2","name":"repairs"}])"},
        {"users.json",
         R"([{"id":"U1","name":"anna","real_name":"Anna A"},{"id":"U2","name":"ben","real_name":"Ben B"}])"},
        {"general/2016-01-15.json",
         R"([{"type":"message","user":"U1","ts":"1452837319.000003","thread_ts":"1452837319.000003","text":"Hi <@U2>","reactions":[{"name":"tada","users":["U2"],"count":1}]},
{"type":"message","user":"U2","ts":"1452837320.000003","thread_ts":"1452837319.000003","parent_user_id":"U1","text":"a reply"}])"},
        {"repairs/2016-01-16.json",
         R"([{"type":"message","user":"U2","ts":"1452937319.000003","text":"the roof"}])"}};
}

/// A chat of three people over two days as Android writes it.
std::vector<std::string> chatLines()
{
    std::vector<std::string> lines;
    const std::vector<std::string> names{"Anna", "Ben", "Zoë M."};
    for (int i = 0; i < 60; ++i) {
        lines.push_back(fmt::format(
            "{:02}/03/2024, {:02}:{:02} - {}: damp wall {} @{}\n", 20 + i / 30, 10 + i % 12, i % 60,
            names[static_cast<std::size_t>(i) % 3], i, names[static_cast<std::size_t>(i + 1) % 3]));
    }
    std::ranges::sort(lines);
    return lines;
}

std::string linesFrom(const std::vector<std::string>& lines, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += lines[i];
    return text;
}

fs::path placed(const fs::path& folder, const std::string& name, const std::string& text)
{
    fs::create_directories((folder / name).parent_path());
    writeFile(folder / name, text);
    return folder / name;
}

}  // namespace

TEST_CASE("X in pages and X flat are stored as the same", "[store][shapes]")
{
    Town paged({fixture("import/data/tweets/paged.jsonl")});
    Town flat({fixture("import/data/tweets/flat.jsonl")});
    const auto records = paged.records();
    CHECK(starting(records, "message ") >= 5);
    CHECK(starting(records, "tie reply") >= 1);
    CHECK(starting(records, "tie quote") >= 1);
    CHECK(records == flat.records());
}

TEST_CASE("a Slack export in a folder, as a zip and as an archive of tar is stored as the same",
          "[store][shapes]")
{
    const TempFolder folder;
    const auto files = slackFiles();
    for (const auto& [name, text] : files) placed(folder.path() / "export", name, text);
    writeFile(folder.path() / "export.zip", zip(files));
    writeFile(folder.path() / "export.tar.gz", gzip(tar(files)));
    Town open({folder.path() / "export"});
    Town zipped({folder.path() / "export.zip"});
    const auto records = open.records();
    CHECK(starting(records, "message ") == 3);
    CHECK(starting(records, "tie reply") == 1);
    CHECK(starting(records, "tie mention") == 1);
    CHECK(starting(records, "tie reaction") == 1);
    CHECK(records == zipped.records());
    CHECK(records == Town({folder.path() / "export.tar.gz"}).records());
}

TEST_CASE("a WhatsApp chat whole and in two parts that overlap is stored as the same",
          "[store][shapes]")
{
    const TempFolder folder;
    const auto lines = chatLines();
    const std::string file = "WhatsApp Chat with Home.txt";
    const auto whole = placed(folder.path(), "whole/" + file, linesFrom(lines, 0, lines.size()));
    const auto early = placed(folder.path(), "early/" + file, linesFrom(lines, 0, 40));
    const auto late = placed(folder.path(), "late/" + file, linesFrom(lines, 25, lines.size()));
    const auto records = Town({whole}).records();
    CHECK(starting(records, "message ") == 60);
    CHECK(starting(records, "tie mention") == 60);
    CHECK(records == Town({early, late}).records());
    CHECK(records == Town({late, early}).records());
    CHECK(records == Town({late, whole, early}).records());
}

TEST_CASE("a Telegram chat whole and in two parts that overlap is stored as the same",
          "[store][shapes]")
{
    const auto chat = [](int from, int to) {
        std::string text = R"({"name":"Home","type":"private_group","id":7,"messages":[)";
        for (int i = from; i < to; ++i) {
            text += fmt::format(
                R"({}{{"id":{},"type":"message","date":"2024-03-20T10:{:02}:00","date_unixtime":"{}","from":"Person {}","from_id":"user{}","text":"damp {}"{}}})",
                i == from ? "" : ",\n", i, i, 1710928800 + i * 60, i % 4, i % 4, i,
                i > 3 ? fmt::format(R"(,"reply_to_message_id":{})", i - 3) : "");
        }
        return text + "]}";
    };
    const TempFolder folder;
    const auto whole = placed(folder.path(), "whole/result.json", chat(1, 50));
    const auto early = placed(folder.path(), "early/result.json", chat(1, 30));
    const auto late = placed(folder.path(), "late/result.json", chat(20, 50));
    const auto records = Town({whole}).records();
    CHECK(starting(records, "message ") == 49);
    CHECK(starting(records, "tie reply") == 46);
    CHECK(records == Town({early, late}).records());
    // Answers to what comes only with a later file are tied when it does.
    CHECK(records == Town({late, early}).records());
}

TEST_CASE("WhatsApp in nine languages of iOS is stored as the same", "[store][shapes][public]")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    // The exports were made one after the other: their seconds differ by one, and so does the app's
    // own first line.
    const auto records = [&](const std::string& language) {
        const auto file = "starkdmi__whats_json__languages_" + language + "_ios.txt";
        Town town({*data / "whatsapp" / file}, "Chat");
        auto all = town.records();
        for (auto& one : all) {
            const auto colon = one.find("2022-");
            if (colon != std::string::npos) one.erase(colon + 17, 2);
        }
        return all;
    };
    const auto english = records("english");
    CHECK(starting(english, "message ") == 22);
    CHECK(starting(english, "person ") == 2);
    for (const std::string language :
         {"czech", "deutch", "french", "italian", "portugal", "russian", "spanish", "ukrainian"}) {
        INFO(language);
        CHECK(records(language) == english);
    }
}
