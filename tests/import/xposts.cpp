#include "core/base/time.h"
#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/postchecks.h"

#include <map>

using namespace kith;
using namespace kith::tests;
using namespace kith::tests::posts;

namespace {

std::string text(const std::string& name)
{
    return readFile(fixture("import/data/" + name));
}

/// Who, when, what and to whom of each message, without what only some shapes keep.
std::map<std::string, std::string> core(const Collected& all)
{
    std::map<std::string, std::string> found;
    for (const auto& one : all.messages) {
        CHECK(one.conversation == "X");
        found[one.id] = one.account + '|' + std::to_string(toMillis(one.time)) + '|' + one.text +
                        '|' + tiesOf(one);
    }
    return found;
}

const std::string front = "15773189000851865";

}  // namespace

TEST_CASE("tweets of the API v1.1 are the same messages as those of v2")
{
    const auto flat = core(collect(tweetsReader(), text("tweets/flat.jsonl")));
    for (const auto* name : {"x/old.jsonl", "x/search.json", "x/timeline.json"}) {
        INFO(name);
        const auto all = collect(tweetsReader(), text(name));
        CHECK(all.adds());
        CHECK(allUtf8(all));
        CHECK(core(all) == flat);
        CHECK(messageWith(all, front + "01").thread == front + "01");
        CHECK(messageWith(all, front + "01").edited);
        CHECK(messageWith(all, front + "02").thread.empty());
        CHECK(all.problemWith("withheld")->outcome == Outcome::Skipped);
        CHECK(recognition(tweetsReader(), text(name)).confidence > 80);
        checkCuts(tweetsReader(), text(name));
        checkSplits(tweetsReader(), text(name));
    }
    const auto lines = collect(tweetsReader(), text("x/old.jsonl"));
    CHECK(lines.problemWith("notice")->place.line == 7);
}

TEST_CASE("an X archive is one person's posts, without what is private or deleted")
{
    const auto package = Package::open(fixture("import/data/x/archive"));
    const auto found = recognise(fixture("import/data/x/archive"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].reader == &xArchiveReader());
    CHECK(xArchiveReader().info().shows.onePersonsView);
    const auto all = collect(xArchiveReader(), *package);
    CHECK(all.adds());
    CHECK(allUtf8(all));
    REQUIRE(all.messages.size() == 6);
    CHECK(all.senders() == std::set<std::string>{"101"});
    CHECK(all.report.platform == "x");
    // The same message as in every other shape.
    const auto flat = core(collect(tweetsReader(), text("tweets/flat.jsonl")));
    CHECK(core(all).at(front + "01") == flat.at(front + "01"));
    CHECK(messageWith(all, front + "11").kind == MessageKind::Repost);
    CHECK(tiesOf(messageWith(all, front + "11")) == "repost:104:");
    CHECK(tiesOf(messageWith(all, front + "12")) == "reply:102:" + front + "05");
    CHECK(tiesOf(messageWith(all, front + "13")) == "reply:102:");
    CHECK(tiesOf(messageWith(all, front + "14")) == "quote:104:1577318900085186400");
    CHECK(messageWith(all, front + "15").text.ends_with("than the old limit allows."));
    CHECK(all.problemWith("1 likes are left out")->outcome == Outcome::Noted);
    CHECK(all.problemWith("1 deleted posts are left out"));
    CHECK(all.problemWith("2 direct messages were left out")->outcome == Outcome::Noted);
    CHECK(all.count(Outcome::Skipped) == 2);
    const auto everything = told(all);
    CHECK(everything.find("between us") == std::string::npos);
    CHECK(everything.find("regretted") == std::string::npos);
    CHECK(everything.find("example.org") == std::string::npos);
}

TEST_CASE("direct messages of an X archive come only when they are asked for")
{
    ReadOptions options;
    options.privateToo = true;
    const auto package = Package::open(fixture("import/data/x/archive"));
    const auto all = collect(xArchiveReader(), *package, options);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 8);
    const auto& message = messageWith(all, "700");
    CHECK(message.conversation == "Direct messages 101-102");
    CHECK(message.account == "101");
    REQUIRE(message.reactions.size() == 1);
    CHECK(message.reactions[0].account == "102");
}

TEST_CASE("a file of an archive is read behind exactly one assignment and never run")
{
    const auto posts = text("x/archive/data/tweets.js");
    CHECK(recognition(xArchiveFileReader(), posts).confidence > 80);
    const auto all = collect(xArchiveFileReader(), posts, {}, "tweets.js");
    CHECK(all.adds());
    CHECK(all.messages.size() == 4);
    CHECK(all.senders().empty());
    CHECK(all.problemWith("whose posts"));
    CHECK(all.messages[0].place.line == 2);
    checkCuts(xArchiveFileReader(), posts);
    checkSplits(xArchiveFileReader(), posts);
    for (const auto* before : {"alert(1); ", "// x\n", "(", "window.YTD.a.part0 = [];"}) {
        INFO(before);
        CHECK(recognition(xArchiveFileReader(), before + posts).confidence == 0);
        CHECK(failure(xArchiveFileReader(), before + posts)->kind() == Error::Kind::BadInput);
        CHECK_THROWS_AS(recognise(packageOf("tweets.js", {{"tweets.js", before + posts}})), Error);
    }
    const auto behind = collect(xArchiveFileReader(), posts + "; alert(1)");
    CHECK(behind.messages.size() == 4);
    CHECK(behind.problemWith("left out")->place.byte == posts.size());
    try {
        recognise(packageOf("like.js", {{"like.js", text("x/archive/data/like.js")}}));
        FAIL("likes are no posts");
    } catch (const Error& error) {
        CHECK(error.cause().find("holds no posts") != std::string::npos);
    }
}

TEST_CASE("tables of posts from X are the same messages as what the interface gives")
{
    const auto flat = core(collect(tweetsReader(), text("tweets/flat.jsonl")));
    struct Case {
        std::string name;
        std::vector<std::string> ids;  ///< those that say all that the interface says
        std::size_t messages;
    };
    const std::vector<Case> cases{{"x/tags.csv", {"01", "02", "05"}, 4},
                                  {"x/twarc.csv", {"01", "02", "03", "04", "05"}, 5},
                                  {"x/fourcat.csv", {"01"}, 5},
                                  {"x/sfm.csv", {"04", "05"}, 5}};
    for (const auto& one : cases) {
        INFO(one.name);
        const auto all = collect(xTableReader(), text(one.name));
        CHECK(all.adds());
        CHECK(allUtf8(all));
        CHECK(all.messages.size() == one.messages);
        for (const auto& id : one.ids) CHECK(core(all)[front + id] == flat.at(front + id));
        CHECK(all.senders() == std::set<std::string>{"101", "102", "103"});
        CHECK(messageWith(all, front + "03").kind == MessageKind::Repost);
        CHECK(recognition(xTableReader(), text(one.name)).confidence > 80);
        CHECK(recognition(fourcatReader(), text(one.name)).confidence == 0);
        checkCuts(xTableReader(), text(one.name));
        checkSplits(xTableReader(), text(one.name));
    }
}

TEST_CASE("whoever a table of posts names only by handle is found by it")
{
    const auto fourcat = collect(xTableReader(), text("x/fourcat.csv"));
    CHECK(messageWith(fourcat, front + "02").thread == front + "01");
    CHECK(tiesOf(messageWith(fourcat, front + "02")) == "reply:101: mention:103:");
    CHECK(tiesOf(messageWith(fourcat, front + "03")) == "repost:@dee:");
    CHECK(tiesOf(messageWith(fourcat, front + "04")) == "quote:@dee:");
    const auto dee = std::ranges::find(fourcat.accounts, "@dee", &AccountRecord::key);
    REQUIRE(dee != fourcat.accounts.end());
    CHECK(dee->handle == "Dee");
    const auto tags = collect(xTableReader(), text("x/tags.csv"));
    CHECK(tiesOf(messageWith(tags, front + "03")) == "repost:104:");
    const auto twarc = collect(xTableReader(), text("x/twarc.csv"));
    CHECK(twarc.problemWith("protected"));
    CHECK(twarc.problemWith("withheld")->outcome == Outcome::Skipped);
}

TEST_CASE("the public table of a tweet is one")
{
    const auto files = publicFiles("twitter", "sample-tweet.csv");
    if (files.empty()) {
        WARN("public data absent");
        return;
    }
    const auto found = recognise(files.front());
    REQUIRE(found.size() == 1);
    CHECK(found[0].reader == &xTableReader());
    const auto all = collect(xTableReader(), readFile(files.front()));
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].account == "922536306437181440");
    CHECK(tiesOf(all.messages[0]) == "repost:12030342:");
    CHECK(isoText(all.messages[0].time) == "2020-01-21T23:07:15Z");
}

// The cases X1 to X9 of bad input; X1 and X2 are above.

TEST_CASE("ids that a spreadsheet has rounded join nothing (X3, X6)")
{
    const std::string rounded =
        R"({"id_str":"1577318900085180000","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"a","user":{"id_str":"101","screen_name":"ann"}})"
        "\n"
        R"({"id_str":"1577318900085190000","created_at":"Tue Oct 04 15:26:05 +0000 2022","text":"b","user":{"id_str":"102","screen_name":"bob"},"in_reply_to_status_id_str":"1577318900085180000","in_reply_to_user_id_str":"101"})"
        "\n";
    const auto all = collect(tweetsReader(), rounded);
    CHECK(all.problemWith("rounded by a spreadsheet")->outcome == Outcome::Noted);
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[0].id.empty());
    CHECK(all.messages[1].thread.empty());
    CHECK(tiesOf(all.messages[1]) == "reply:101:");

    auto table = text("x/sfm.csv");
    for (auto at = table.find("\n157"); at != std::string::npos; at = table.find("\n157", at + 1))
        table.replace(at + 1, 19, "1.58E+18");
    const auto mangled = collect(xTableReader(), table);
    CHECK(mangled.messages.size() == 5);
    CHECK(mangled.problemWith("rounded by a spreadsheet")->place.line == 2);
    for (const auto& one : mangled.messages) CHECK(one.id.empty());

    // Nobody is merged with somebody else because two numbers have become one.
    const std::string people =
        R"({"id_str":"1577318900085186501","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"a","user":{"id_str":"922536306437180000","screen_name":"ann"}})"
        "\n"
        R"({"id_str":"1577318900085186502","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"b","user":{"id_str":"922536306437180000","screen_name":"bob"}})"
        "\n";
    CHECK(collect(tweetsReader(), people).senders() == std::set<std::string>{"@ann", "@bob"});
}

TEST_CASE("one true id that ends in zeros is not taken for a rounded one")
{
    const std::string two =
        R"({"id_str":"1577318900085180000","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"a","user":{"id_str":"101","screen_name":"ann"}})"
        "\n"
        R"({"id_str":"1577318900085186502","created_at":"Tue Oct 04 15:26:05 +0000 2022","text":"b","user":{"id_str":"102","screen_name":"bob"}})"
        "\n";
    const auto all = collect(tweetsReader(), two);
    CHECK(all.messages[0].id == "1577318900085180000");
    CHECK(all.problems.empty());
}

TEST_CASE("what the platform or the author takes back is not kept (X7)")
{
    const std::string stream =
        R"({"id_str":"11","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"a","user":{"id_str":"101","screen_name":"ann"}})"
        "\n"
        R"({"id_str":"12","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"b","withheld_copyright":true,"user":{"id_str":"101","screen_name":"ann"}})"
        "\n"
        R"({"id_str":"13","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"c","user":{"id_str":"101","screen_name":"ann"}})"
        "\n"
        R"({"delete":{"status":{"id":11,"id_str":"11","user_id_str":"101"}}})"
        "\n";
    const auto all = collect(tweetsReader(), stream);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].id == "13");
    CHECK(all.count(Outcome::Skipped) == 3);
    CHECK(all.problemWith("was deleted"));
}

TEST_CASE("a protected account is warned of once (X8) and text is decoded once (X9)")
{
    const std::string quiet =
        R"({"id_str":"11","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"a &amp;lt; b","user":{"id_str":"101","screen_name":"ann","protected":true}})"
        "\n"
        R"({"id_str":"12","created_at":"Tue Oct 04 15:25:05 +0000 2022","text":"b","user":{"id_str":"101","screen_name":"ann","protected":true}})"
        "\n";
    const auto all = collect(tweetsReader(), quiet);
    CHECK(all.messages[0].text == "a &lt; b");
    CHECK(std::ranges::count_if(all.problems, [](const Problem& one) {
              return one.what.find("protected") != std::string::npos;
          }) == 1);
}

TEST_CASE("a cut text gives way to the whole one (X4), dates are read in any language (X5)")
{
    const auto all = collect(tweetsReader(), text("x/old.jsonl"));
    const auto& passedOn = messageWith(all, front + "03");
    CHECK(passedOn.text == "The whole long text about @cy, not cut");
    CHECK(isoText(passedOn.time) == "2022-10-04T15:27:05Z");
    const std::string wrong =
        R"({"id_str":"11","created_at":"Tue Foo 04 15:25:05 +0000 2022","text":"a","user":{"id_str":"101","screen_name":"ann"}})";
    CHECK(collect(tweetsReader(), wrong).problemWith("cannot be read")->outcome ==
          Outcome::Refused);
}
