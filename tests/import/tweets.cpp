#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace kith;
using namespace kith::tests;

namespace {

const MessageRecord& message(const Collected& all, const std::string& id)
{
    const auto found = std::ranges::find(all.messages, id, &MessageRecord::id);
    REQUIRE(found != all.messages.end());
    return *found;
}

void checkRecords(const Collected& all)
{
    CHECK(all.adds());
    CHECK(all.report.platform == "x");
    REQUIRE(all.messages.size() == 5);
    const auto& post = message(all, "1577318900085186501");
    CHECK(post.account == "101");
    CHECK(post.text == "Damp & mould again @cy");
    CHECK(post.thread == "1577318900085186501");
    CHECK(isoText(post.time) == "2022-10-04T15:25:05Z");
    REQUIRE(post.ties.size() == 1);
    CHECK(post.ties[0].kind == TieKind::Mention);
    CHECK(post.ties[0].account == "103");
    CHECK(post.edited);

    const auto& reply = message(all, "1577318900085186502");
    REQUIRE(reply.ties.size() == 2);
    CHECK(reply.ties[0].kind == TieKind::Reply);
    CHECK(reply.ties[0].account == "101");
    CHECK(reply.ties[0].message == "1577318900085186501");
    CHECK(reply.ties[1].account == "103");

    const auto& retweet = message(all, "1577318900085186503");
    CHECK(retweet.kind == MessageKind::Repost);
    CHECK(retweet.text == "The whole long text about @cy, not cut");
    REQUIRE(retweet.ties.size() == 1);
    CHECK(retweet.ties[0].kind == TieKind::Repost);
    CHECK(retweet.ties[0].account == "104");

    const auto& quote = message(all, "1577318900085186504");
    REQUIRE(quote.ties.size() == 1);
    CHECK(quote.ties[0].kind == TieKind::Quote);
    CHECK(quote.ties[0].account == "104");
    CHECK(quote.ties[0].message == "1577318900085186400");

    const auto& lost = message(all, "1577318900085186505");
    REQUIRE(lost.ties.size() == 1);
    CHECK(lost.ties[0].account == "102");
    CHECK(lost.ties[0].message.empty());
    CHECK(all.problemWith("withheld")->outcome == Outcome::Skipped);
    CHECK(all.accounts.size() == 4);
    CHECK(all.accounts[0].handle == "ann");
}

}  // namespace

TEST_CASE("pages of tweets and flat tweets give the same records")
{
    const auto paged = collect(tweetsReader(), readFile(fixture("import/data/tweets/paged.jsonl")));
    const auto flat = collect(tweetsReader(), readFile(fixture("import/data/tweets/flat.jsonl")));
    checkRecords(paged);
    checkRecords(flat);
    const auto messages = [](Collected all) {
        all.accounts.clear();
        all.problems.clear();
        return told(all);
    };
    CHECK(messages(paged) == messages(flat));
}

TEST_CASE("a page that was cut keeps the tweets that are whole")
{
    const auto text = readFile(fixture("import/data/tweets/paged.jsonl"));
    const auto at = text.find("\"1577318900085186504\"");
    const auto all = collect(tweetsReader(), text.substr(0, at));
    CHECK(all.messages.size() == 3);
    CHECK(all.adds());
    CHECK(all.problemWith("cut off")->outcome == Outcome::Refused);
}

namespace {

using Any = nlohmann::ordered_json;

/// The answers of a file with one a line, as one document that is spread over lines.
std::string oneDocument(const std::string& pages, int indent)
{
    auto document = Any::object();
    std::istringstream lines(pages);
    for (std::string line; std::getline(lines, line);) {
        const auto page = Any::parse(line);
        if (!page.contains("data")) continue;
        for (const auto& one : page["data"].is_array() ? page["data"] : Any::array({page["data"]}))
            document["data"].push_back(one);
        if (!page.contains("includes")) continue;
        for (const auto& [list, items] : page["includes"].items()) {
            auto& all = document["includes"][list];
            for (const auto& one : items) {
                if (std::ranges::find(all, one) == all.end()) all.push_back(one);
            }
        }
    }
    return document.dump(indent);
}

}  // namespace

TEST_CASE("one answer as a document of its own gives what pages a line give, whatever its size")
{
    const auto pages = readFile(fixture("import/data/tweets/paged.jsonl"));
    const auto text = oneDocument(pages, 1);
    CHECK(recognition(tweetsReader(), text).confidence > 90);
    auto all = collect(tweetsReader(), text, {}, "pages.json");
    CHECK(all.adds());
    const auto byLines = collect(tweetsReader(), pages);
    CHECK(saidIn(all) == saidIn(byLines));
    CHECK(all.ties(TieKind::Mention) == byLines.ties(TieKind::Mention));
    CHECK(all.ties(TieKind::Repost) == byLines.ties(TieKind::Repost));
    CHECK(all.accounts.size() == byLines.accounts.size());
    CHECK(message(all, "1577318900085186503").text == "The whole long text about @cy, not cut");
    CHECK(message(all, "1577318900085186504").ties.at(0).account == "104");
    checkCuts(tweetsReader(), text, "pages.json", 100);
    checkSplits(tweetsReader(), text, "pages.json");
    checkCuts(tweetsReader(), oneDocument(pages, -1), "pages.json", 100);

    // More of them than are parsed in one piece, in one line.
    std::string many;
    constexpr std::size_t count = 150'000;
    for (std::size_t i = 0; i < count; ++i)
        many += fmt::format(
            R"({}{{"id":"{}","author_id":"7","text":"{:0>200}","conversation_id":"1","created_at":"2022-10-04T15:25:05Z"}})",
            i == 0 ? "" : ",", 1577318900085186501 + i, i);
    const auto large =
        collect(tweetsReader(),
                R"({"data":[)" + many +
                    R"(],"includes":{"users":[{"id":"7","username":"ann","name":"A"}]}})",
                {}, "pages.json");
    CHECK(large.messages.size() == count);
    CHECK(large.messages.back().account == "7");
    REQUIRE_FALSE(large.accounts.empty());
    CHECK(large.accounts.back().handle == "ann");
    CHECK(large.problemWith("speaks of more posts than can be kept in mind") != nullptr);
}

TEST_CASE("what is not tweets is refused by name")
{
    struct Case {
        std::string text;
        std::string name;
    };
    const std::vector<Case> cases{
        {R"({"data":[{"end":"2021","start":"2020","tweet_count":3}],"meta":{}})", "counts"},
        {R"({"data":[{"id":"1","name":"a","owner_id":"2","member_count":3}],"__twarc":{}})",
         "lists"},
        {R"({"data":[{"id":"1","name":"a","username":"b"}],"__twarc":{}})", "users"},
        {R"({"id":"1","action":"delete","created_at":"2020","reason":"protected"})", "compliance"}};
    for (const auto& one : cases) {
        INFO(one.text);
        const auto error = failure(tweetsReader(), one.text);
        REQUIRE(error);
        CHECK(error->kind() == Error::Kind::FormatUnknown);
        CHECK(error->cause().find(one.name) != std::string::npos);
        CHECK(recognition(tweetsReader(), one.text).confidence == 50);
    }
    const std::string none = "{\n\"search_metadata\": {},\n\"statuses\": []\n}";
    CHECK(recognition(tweetsReader(), none).confidence == 50);
    CHECK(failure(tweetsReader(), none)->cause().find("no tweets") != std::string::npos);
    CHECK(failure(tweetsReader(), "")->kind() == Error::Kind::BadInput);
    CHECK(failure(tweetsReader(), "{\"a\":1}")->kind() == Error::Kind::BadInput);
    CHECK(recognition(tweetsReader(), "{\"a\":1}").confidence == 0);
}

TEST_CASE("tweets in the wild")
{
    const auto files = publicFiles("twitter", ".jsonl");
    if (files.empty()) {
        WARN("public data absent");
        return;
    }
    std::size_t tweets = 0;
    for (const auto& file : files) {
        INFO(file);
        const auto text = readFile(file);
        const auto name = file.filename().string();
        const bool other = name.find("counts") != name.npos || name.find("lists") != name.npos ||
                           name.find("compliance") != name.npos;
        if (other) {
            CHECK(failure(tweetsReader(), text)->kind() == Error::Kind::FormatUnknown);
            continue;
        }
        const auto all = collect(tweetsReader(), text);
        CHECK(all.adds());
        CHECK_FALSE(all.messages.empty());
        CHECK(recognition(tweetsReader(), text).confidence > 80);
        tweets += all.messages.size();
        readCut(tweetsReader(), text, 30);
    }
    CHECK(tweets == 13);
    const auto quoted =
        collect(tweetsReader(), readFile(publicFiles("twitter", "quoted_edit.jsonl").front()));
    REQUIRE(quoted.messages.front().ties.size() == 2);
    CHECK(quoted.messages.front().ties[0].kind == TieKind::Reply);
    CHECK(quoted.messages.front().ties[0].account == "337119125");
    CHECK(quoted.messages.front().ties[1].account == "337119125");
    const auto old =
        collect(tweetsReader(), readFile(publicFiles("twitter", "tweets_page_1.json").front()));
    CHECK(old.adds());
    CHECK(old.messages.size() == 2);
    CHECK(old.ties(TieKind::Repost) == 2);
}
