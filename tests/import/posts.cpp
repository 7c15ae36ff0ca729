#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/archivemaking.h"
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

Collected read(const Reader& reader, const std::string& name)
{
    const auto file = name.substr(name.rfind('/') + 1);
    auto all = collect(reader, text(name), {}, file);
    CHECK(all.adds());
    CHECK(allUtf8(all));
    CHECK(recognition(reader, text(name), file).confidence >= 80);
    checkCuts(reader, text(name), 25, file);
    checkSplits(reader, text(name), file);
    return all;
}

std::map<std::string, std::string> byId(const Collected& all)
{
    std::map<std::string, std::string> found;
    for (const auto& one : all.messages) {
        found[one.id] = one.conversation + '|' + one.thread + '|' + one.account + '|' +
                        isoText(one.time) + '|' + one.text + '|' + tiesOf(one);
    }
    return found;
}

ReadOptions withPrivate()
{
    ReadOptions options;
    options.privateToo = true;
    return options;
}

}  // namespace

TEST_CASE("the data of a Reddit account is one person's side of the subreddits")
{
    const auto folder = fixture("import/data/reddit/account");
    const auto found = recognise(folder);
    REQUIRE(found.size() == 1);
    CHECK(found[0].reader == &redditAccountReader());
    CHECK(redditAccountReader().info().shows.onePersonsView);
    const auto package = Package::open(folder);
    const auto all = collect(redditAccountReader(), *package);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 5);
    CHECK(all.senders() == std::set<std::string>{"ann_lee"});
    const auto& comment = messageWith(all, "t1_c1");
    CHECK(comment.conversation == "eastfield");
    CHECK(comment.thread == "t3_p1");
    CHECK(comment.text == "I asked u/housing_officer & waited\nfor a week");
    CHECK(tiesOf(comment) == "reply::t3_p1 mention:housing_officer:");
    CHECK(tiesOf(messageWith(all, "t1_c2")) == "reply::t1_c9");
    CHECK(messageWith(all, "t1_c4").deleted);
    CHECK(messageWith(all, "t3_p7").kind == MessageKind::Post);
    CHECK(messageWith(all, "t3_p7").text == "Repairs\n\nWho else waits?");
    CHECK(messageWith(all, "t3_p7").attachments.empty());
    CHECK(messageWith(all, "t3_p8").attachments.size() == 1);
    CHECK(all.problemWith("yesterday")->outcome == Outcome::Refused);
    CHECK(all.problemWith("1 private messages were left out"));
    CHECK(told(all).find("192.0.2.7") == std::string::npos);
    CHECK(told(all).find("secret") == std::string::npos);

    const auto more = collect(redditAccountReader(), *package, withPrivate());
    CHECK(more.messages.size() == 6);
    CHECK(tiesOf(messageWith(more, "t4_m1")) == "mention:bob_t:");
    CHECK(told(more).find("192.0.2.7") == std::string::npos);
}

TEST_CASE("one file of a Reddit account's data says that it does not know whose it is")
{
    const auto all = read(redditAccountFileReader(), "reddit/account/comments.csv");
    CHECK(all.messages.size() == 3);
    CHECK(all.senders().empty());
    CHECK(all.problemWith("whose comments"));
    CHECK(read(redditAccountFileReader(), "reddit/account/posts.csv").messages.size() == 2);
    const auto dump = text("reddit/eastfield.ndjson");
    CHECK(recognition(redditAccountFileReader(), dump).confidence == 0);
}

TEST_CASE("a comment is the same message in a Reddit dump and in an account's data")
{
    const std::string line =
        R"({"id":"c1","author":"ann_lee","body":"I asked u/housing_officer &amp; waited\nfor a week","link_id":"t3_p1","parent_id":"t3_p1","subreddit":"eastfield","created_utc":1706745605})";
    const auto dump = byId(collect(redditReader(), line));
    const auto package = Package::open(fixture("import/data/reddit/account"));
    CHECK(byId(collect(redditAccountReader(), *package)).at("t1_c1") == dump.at("t1_c1"));
}

TEST_CASE("a Mastodon archive gives the public posts of its owner")
{
    const auto folder = fixture("import/data/mastodon/archive");
    const auto found = recognise(folder);
    REQUIRE(found.size() == 1);
    CHECK(found[0].reader == &mastodonArchiveReader());
    const auto package = Package::open(folder);
    const auto all = collect(mastodonArchiveReader(), *package);
    CHECK(all.adds());
    CHECK(allUtf8(all));
    const std::string own = "https://town.example/users/ann/statuses/";
    REQUIRE(all.messages.size() == 5);
    CHECK(all.senders() == std::set<std::string>{"ann@town.example"});
    CHECK(all.accounts[0].name == "Ann Lee");
    const auto& first = messageWith(all, own + "1");
    CHECK(first.text == "Damp in #eastfield & more");
    CHECK(first.kind == MessageKind::Post);
    CHECK(first.conversation == "Mastodon");
    CHECK(first.thread.starts_with("tag:town.example"));
    const auto& answer = messageWith(all, own + "2");
    CHECK(answer.text == "@Bob @cy yes\nsee the plan (https://example.org/plan)");
    CHECK(tiesOf(answer) ==
          "reply:bob@far.example:https://far.example/users/Bob/statuses/90 "
          "mention:cy@town.example:");
    const auto& poll = messageWith(all, own + "5");
    CHECK(poll.text == "a poll\n\nWhich?\n\n- Tea\n- Coffee");
    CHECK(poll.edited);
    CHECK(tiesOf(messageWith(all, own + "6")) == "reply:ann@town.example:" + own + "1");
    const auto& boost = messageWith(all, own + "7/activity");
    CHECK(boost.kind == MessageKind::Repost);
    CHECK(tiesOf(boost) == "repost:dee@far.example:https://far.example/users/dee/statuses/44");
    CHECK(all.problemWith("1 followers-only posts were left out")->outcome == Outcome::Noted);
    CHECK(all.problemWith("1 direct messages were left out"));
    CHECK(all.problemWith("neither a post nor a boost: Like")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("31 foo")->outcome == Outcome::Refused);
    CHECK(told(all).find("a secret") == std::string::npos);
    CHECK(collect(mastodonArchiveReader(), *package, withPrivate()).messages.size() == 7);
}

TEST_CASE("an outbox alone is enough, likes are not posts")
{
    const auto all = read(mastodonOutboxReader(), "mastodon/archive/outbox.json");
    CHECK(all.messages.size() == 5);
    CHECK(recognition(mastodonOutboxReader(), text("mastodon/archive/likes.json")).confidence == 0);
    CHECK_THROWS_AS(
        recognise(packageOf("likes.json", {{"likes.json", text("mastodon/archive/likes.json")}})),
        Error);
}

TEST_CASE("Mastodon posts of a server's interface are known by address, not by number")
{
    const auto all = read(mastodonReader(), "mastodon/context.json");
    const std::string own = "https://town.example/users/ann/statuses/";
    const std::string far = "https://far.example/users/Bob/statuses/";
    CHECK(all.messages.size() == 6);
    CHECK(all.problemWith("1 direct messages were left out"));
    CHECK(messageWith(all, own + "1").account == "ann@town.example");
    CHECK(messageWith(all, own + "1").thread == own + "1");
    CHECK(tiesOf(messageWith(all, far + "90")) == "reply:ann@town.example:" + own + "1");
    CHECK(messageWith(all, far + "90").account == "bob@far.example");
    const auto& third = messageWith(all, own + "3");
    CHECK(tiesOf(third) == "reply:bob@far.example:" + far + "90 mention:cy@town.example:");
    CHECK(third.thread == own + "1");
    const auto& boost = messageWith(all, "https://town.example/users/feeds/statuses/4/activity");
    CHECK(boost.kind == MessageKind::Repost);
    CHECK(boost.bot);
    CHECK(boost.text == "@ann me too");
    CHECK(tiesOf(boost) == "repost:bob@far.example:" + far + "90");
    CHECK(tiesOf(messageWith(all, far + "96")) == "quote:ann@town.example:" + own + "1");
    CHECK(tiesOf(messageWith(all, own + "7")) ==
          "reply:cy@town.example:https://town.example/users/cy/statuses/555");
    // Newest first, one a line: the same.
    CHECK(byId(read(mastodonReader(), "mastodon/timeline.jsonl")) == byId(all));
    // A post of the archive is the same message.
    const auto outbox = collect(mastodonOutboxReader(), text("mastodon/archive/outbox.json"));
    const auto& same = messageWith(outbox, own + "1");
    CHECK(same.account == messageWith(all, own + "1").account);
    CHECK(same.text == messageWith(all, own + "1").text);
}

TEST_CASE("Bluesky's shapes give the same messages")
{
    const std::string ann = "at://did:plc:aaa/app.bsky.feed.post/1";
    const auto posts = read(blueskyReader(), "bluesky/posts.json");
    REQUIRE(posts.messages.size() == 4);
    const auto& first = messageWith(posts, ann);
    CHECK(first.conversation == "Bluesky");
    CHECK(first.thread == ann);
    CHECK(first.kind == MessageKind::Post);
    CHECK(isoText(first.time) == "2024-02-01T10:01:30Z");
    CHECK(tiesOf(first) == "mention:did:plc:ccc:");
    const auto& answer = messageWith(posts, "at://did:plc:bbb/app.bsky.feed.post/2");
    CHECK(tiesOf(answer) == "reply:did:plc:aaa:" + ann);
    CHECK(isoText(answer.time) == "2024-02-01T10:02:30Z");
    const auto& quote = messageWith(posts, "at://did:plc:ccc/app.bsky.feed.post/3");
    CHECK(tiesOf(quote) == "quote:did:plc:aaa:" + ann);
    CHECK(quote.attachments.size() == 1);
    CHECK(tiesOf(messageWith(posts, "at://did:plc:ccc/app.bsky.feed.post/4")) ==
          "reply:did:plc:zzz:at://did:plc:zzz/app.bsky.feed.post/9");
    CHECK(posts.accounts[0].handle == "ann.example.org");

    CHECK(byId(read(blueskyReader(), "bluesky/posts.jsonl")) == byId(posts));
    const auto thread = read(blueskyReader(), "bluesky/thread.json");
    CHECK(byId(thread) == byId(posts));
    CHECK(thread.count(Outcome::Skipped) == 2);
    CHECK(thread.problemWith("the post is blocked"));

    const auto feed = read(blueskyReader(), "bluesky/feed.json");
    CHECK(feed.messages.size() == 5);
    const auto& repost = messageWith(feed, "at://did:plc:bbb/app.bsky.feed.repost/r1");
    CHECK(repost.kind == MessageKind::Repost);
    CHECK(repost.account == "did:plc:bbb");
    CHECK(isoText(repost.time) == "2024-02-01T10:05:00Z");
    CHECK(tiesOf(repost) == "repost:did:plc:aaa:" + ann);
    auto rest = byId(feed);
    rest.erase(repost.id);
    CHECK(rest == byId(posts));
}

TEST_CASE("records and events of Bluesky's repositories are read, likes left out")
{
    const auto all = read(blueskyReader(), "bluesky/records.jsonl");
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[0].account == "did:plc:aaa");
    CHECK(tiesOf(all.messages[1]) == "repost:did:plc:aaa:at://did:plc:aaa/app.bsky.feed.post/1");
    CHECK(all.messages[2].id == "at://did:plc:ccc/app.bsky.feed.post/4");
    CHECK(all.count(Outcome::Skipped) == 2);
}

TEST_CASE("a thread of Bluesky's may be nested deeper than any document")
{
    const int levels = 2000;
    std::string nested;
    const auto post = [](int at) {
        const auto number = std::to_string(at);
        return R"({"uri":"at://did:plc:aaa/app.bsky.feed.post/)" + number +
               R"(","author":{"did":"did:plc:aaa","handle":"a.b"},"record":{"$type":"app.bsky.feed.post","text":"a \"post\": {","createdAt":"2024-02-01T10:00:00Z"},"indexedAt":"2024-02-01T10:00:00Z"})";
    };
    for (int at = 0; at < levels; ++at) nested += R"({"post":)" + post(at) + R"(,"replies":[)";
    for (int at = 0; at < levels; ++at) nested += "]}";
    const auto all = collect(blueskyReader(), R"({"thread":)" + nested + "}");
    CHECK(all.adds());
    CHECK(all.messages.size() == levels);
    CHECK(all.problems.empty());
    const auto endless =
        collect(blueskyReader(), R"({"thread":)" + nested.substr(0, nested.size() - 4000) +
                                     std::string(50'000, '['));
    CHECK(endless.messages.size() == levels);
    CHECK(endless.problemWith("10,000 levels")->outcome == Outcome::Refused);
}

TEST_CASE("YouTube comments are answers to the first of their thread")
{
    const auto all = read(youtubeReader(), "youtube/threads.json");
    REQUIRE(all.messages.size() == 5);
    const auto& first = messageWith(all, "Ug1");
    CHECK(first.conversation == "vid00000001");
    CHECK(first.account == "UCann");
    CHECK(first.thread == "Ug1");
    CHECK(first.ties.empty());
    CHECK(tiesOf(messageWith(all, "Ug1.a")) == "reply:UCann:Ug1");
    CHECK(tiesOf(messageWith(all, "Ug1.b")) == "reply:UCann:Ug1 mention:UCbob:");
    CHECK(tiesOf(messageWith(all, "Ug1.c")) == "reply:UCann:Ug1");
    CHECK(messageWith(all, "Ug1.c").edited);
    CHECK(messageWith(all, "Ug2").text == "see this (https://example.org)\nnow & then");
    CHECK(messageWith(all, "Ug2").account == "Gone Person");
    CHECK(all.problemWith("incomplete: 3 answers")->outcome == Outcome::Noted);
    CHECK(byId(read(youtubeReader(), "youtube/threads.jsonl")) == byId(all));
}

TEST_CASE("the table of YouTube Data Tools holds the same comments")
{
    const std::string name = "youtube/videoinfo_vid00000001_2024_02_02-10_00_00_comments.csv";
    const auto all = read(youtubeTableReader(), name);
    REQUIRE(all.messages.size() == 4);
    CHECK(all.report.zone == "UTC");
    CHECK(all.problemWith("no time zone"));
    const auto& first = messageWith(all, "Ug1");
    CHECK(first.conversation == "vid00000001");
    CHECK(first.account == "UCann");
    CHECK(isoText(first.time) == "2024-02-01T10:00:00Z");
    const auto& answer = messageWith(all, "Ug1.b");
    CHECK(answer.text == "@bob how \"long\"?");
    CHECK(tiesOf(answer) == "reply::Ug1 mention:UCbob:");
    CHECK(messageWith(all, "Ug2").account == "Gone Person");
    ReadOptions options;
    options.zone = Zone::find("Europe/Amsterdam");
    const auto zoned = collect(youtubeTableReader(), text(name), options);
    CHECK(isoText(messageWith(zoned, "Ug1").time) == "2024-02-01T09:00:00Z");
}

TEST_CASE("4CAT's data sets keep their platform, people and answers")
{
    const auto chat = read(fourcatReader(), "fourcat/telegram.csv");
    CHECK(chat.report.platform == "telegram");
    REQUIRE(chat.messages.size() == 3);
    CHECK(chat.messages[0].conversation == "tenants");
    CHECK(chat.messages[0].thread.empty());
    CHECK(chat.messages[0].account == "101");
    CHECK(isoText(chat.messages[0].time) == "2024-02-01T10:00:00Z");
    CHECK(chat.messages[2].bot);
    CHECK(chat.messages[2].edited);

    const auto sky = read(fourcatReader(), "fourcat/bluesky.csv");
    CHECK(sky.report.platform == "bluesky");
    const auto& first = messageWith(sky, "at://did:plc:aaa/app.bsky.feed.post/1");
    CHECK(first.account == "did:plc:aaa");
    CHECK(first.kind == MessageKind::Post);
    CHECK(tiesOf(first) == "mention:@cy.example.org:");
    CHECK(tiesOf(messageWith(sky, "at://did:plc:bbb/app.bsky.feed.post/2")) ==
          "reply:did:plc:aaa:at://did:plc:aaa/app.bsky.feed.post/1");

    const auto board = read(fourcatReader(), "fourcat/board.ndjson");
    CHECK(board.report.platform == "4chan");
    REQUIRE(board.messages.size() == 2);
    CHECK(board.senders().empty());
    CHECK(board.messages[0].text == "Damp\n\nagain");
    CHECK(tiesOf(board.messages[1]) == "reply::5001 reply::4999");
    CHECK(board.problemWith("no time")->place.line == 3);
    CHECK(board.problemWith("cut off")->place.line == 4);
}

TEST_CASE("who is mentioned in a 4CAT data set is the account that writes there")
{
    const auto chat = collect(fourcatReader(), text("fourcat/telegram.csv"));
    CHECK(tiesOf(chat.messages[1]) == "reply::1 mention:101: mention:stranger:");
    CHECK(tiesOf(chat.messages[2]) == "repost:dee:");
}

TEST_CASE(
    "no file of posts is sure to be of two formats, and none of the public ones changed hands")
{
    std::map<std::string, std::string> wanted{
        {"bluesky/feed.json", "bluesky"},
        {"bluesky/posts.json", "bluesky"},
        {"bluesky/posts.jsonl", "bluesky"},
        {"bluesky/records.jsonl", "bluesky"},
        {"bluesky/thread.json", "bluesky"},
        {"fourcat/bluesky.csv", "4cat"},
        {"fourcat/board.ndjson", "4cat"},
        {"fourcat/telegram.csv", "4cat"},
        {"mastodon/archive/outbox.json", "mastodon-outbox"},
        {"mastodon/context.json", "mastodon"},
        {"mastodon/timeline.jsonl", "mastodon"},
        {"reddit/eastfield.ndjson", "reddit"},
        {"reddit/account/comments.csv", "reddit-account-file"},
        {"reddit/account/posts.csv", "reddit-account-file"},
        {"tweets/flat.jsonl", "x"},
        {"tweets/paged.jsonl", "x"},
        {"x/old.jsonl", "x"},
        {"x/search.json", "x"},
        {"x/timeline.json", "x"},
        {"x/tags.csv", "x-table"},
        {"x/twarc.csv", "x-table"},
        {"x/fourcat.csv", "x-table"},
        {"x/sfm.csv", "x-table"},
        {"x/archive/data/tweets.js", "x-archive-file"},
        {"youtube/threads.json", "youtube"},
        {"youtube/threads.jsonl", "youtube"},
        {"youtube/videoinfo_vid00000001_2024_02_02-10_00_00_comments.csv", "youtube-table"}};
    for (const auto& [name, format] : wanted) {
        INFO(name);
        std::vector<std::string> sure;
        for (const auto* reader : readers()) {
            if (reader->wantsCollection()) continue;
            const auto id = std::string(reader->info().id);
            // A table of posts is a table of messages too.
            if (id != "table" && recognition(*reader, text(name), name).confidence >= 50)
                sure.push_back(id);
        }
        CHECK(sure == std::vector<std::string>{format});
        const auto found = recognise(fixture("import/data/" + name));
        REQUIRE(found.size() == 1);
        CHECK(found[0].reader->info().id == format);
    }
}

TEST_CASE("a Reddit dump is read out of its archive, a Mastodon archive out of its own")
{
    const TempFolder folder;
    const auto dump = folder.path() / "RC_2024-02.zst";
    writeFile(dump, zstd(text("reddit/eastfield.ndjson"), 27));
    // Such dumps need up to 2 GB to unpack, which the user allows for the file.
    CHECK_THROWS_WITH(recognise(dump), Catch::Contains("--raise-limits"));
    const auto found = recognise(dump, {}, Limits::raised());
    REQUIRE(found.size() == 1);
    CHECK(found[0].reader == &redditReader());
    const auto plain = collect(redditReader(), text("reddit/eastfield.ndjson"));
    CHECK(byId(collect(*found[0].reader, *found[0].package)) == byId(plain));

    const auto archive = folder.path() / "archive-20240201.tar.gz";
    writeFile(archive, gzip(tar({{"actor.json", text("mastodon/archive/actor.json")},
                                 {"outbox.json", text("mastodon/archive/outbox.json")}})));
    const auto whole = recognise(archive);
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].reader == &mastodonArchiveReader());
    const auto outbox = collect(mastodonOutboxReader(), text("mastodon/archive/outbox.json"));
    CHECK(byId(collect(*whole[0].reader, *whole[0].package)) == byId(outbox));
}

TEST_CASE("the readers of posts take no public file that is something else")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data absent");
        return;
    }
    const std::set<std::string_view> ours{
        "x",        "x-table",         "x-archive-file", "reddit",  "reddit-account-file",
        "mastodon", "mastodon-outbox", "bluesky",        "youtube", "youtube-table",
        "4cat"};
    std::size_t mine = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*data)) {
        if (!entry.is_regular_file()) continue;
        const auto file = readFile(entry.path());
        const auto name = entry.path().filename().string();
        const auto folder = entry.path().parent_path().filename().string();
        INFO(entry.path());
        std::vector<std::string_view> sure;
        for (const auto* reader : readers()) {
            const auto id = reader->info().id;
            if (!reader->wantsCollection() && ours.contains(id) &&
                recognition(*reader, file, name).confidence >= 50) {
                sure.push_back(id);
            }
        }
        CHECK(sure.size() <= 1);
        mine += sure.size();
        if (!sure.empty()) CHECK((folder == "twitter" || folder == "reddit"));
    }
    CHECK(mine == 20);
}
