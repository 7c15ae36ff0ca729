#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

TEST_CASE("Reddit comments and submissions are read")
{
    const auto all =
        collect(redditReader(), readFile(fixture("import/data/reddit/eastfield.ndjson")));
    CHECK(all.adds());
    CHECK(all.report.platform == "reddit");
    REQUIRE(all.messages.size() == 7);
    const auto& post = all.messages[0];
    CHECK(post.id == "t3_p1");
    CHECK(post.thread == "t3_p1");
    CHECK(post.kind == MessageKind::Post);
    CHECK(post.text == "Damp & mould\n\nAsk u/housing_officer");
    CHECK(post.conversation == "eastfield");
    REQUIRE(post.ties.size() == 1);
    CHECK(post.ties[0].account == "housing_officer");
    const auto& comment = all.messages[1];
    CHECK(comment.id == "t1_c1");
    CHECK(comment.thread == "t3_p1");
    CHECK(comment.text ==
          "> quoting u/not_me\n\nI asked /u/ann_lee, see example.org/u/nobody &lt;");
    CHECK(comment.edited);
    REQUIRE(comment.ties.size() == 2);
    CHECK(comment.ties[0].kind == TieKind::Reply);
    CHECK(comment.ties[0].message == "t3_p1");
    CHECK(comment.ties[0].account.empty());
    CHECK(comment.ties[1].account == "ann_lee");
    CHECK(all.messages[2].ties[0].message == "t1_c1");
    CHECK(all.messages[2].account.empty());
    CHECK(all.messages[2].deleted);
    CHECK(all.messages[2].text.empty());
    CHECK(all.messages[3].bot);
    CHECK(all.messages[3].ties[0].message == "t3_p1");
    CHECK(all.messages[4].ties[0].message ==
          "t1_"
          "c5");
    CHECK(all.messages[5].deleted);
    CHECK(all.messages[6].ties[0].kind == TieKind::Repost);
    for (const auto& one : all.messages) CHECK(isoText(one.time).starts_with("2024-02-01T00:0"));
    CHECK(all.problemWith("is no time")->place.line == 8);
    CHECK(all.problemWith("neither")->place.line == 9);
    CHECK(all.problemWith("advertisement")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("cut off")->place.line == 12);
}

TEST_CASE("what is not a Reddit dump is refused")
{
    CHECK(failure(redditReader(), "")->kind() == Error::Kind::BadInput);
    CHECK(failure(redditReader(), "{\"a\":1}\n")->kind() == Error::Kind::BadInput);
    CHECK(recognition(redditReader(), "{\"a\":1}\n").confidence == 0);
}

TEST_CASE("Reddit dumps in the wild")
{
    const auto comments = publicFiles("reddit", "test_comments.json");
    const auto submissions = publicFiles("reddit", "test_submissions.json");
    if (comments.empty() || submissions.empty()) {
        WARN("public data absent");
        return;
    }
    const auto text = readFile(comments.front());
    const auto all = collect(redditReader(), text);
    CHECK(all.messages.size() == 27);
    CHECK(all.adds());
    CHECK(all.senders().size() == 22);  // 23 with "[deleted]", who is nobody
    CHECK(all.ties(TieKind::Reply) == 27);
    std::set<std::string> places;
    std::size_t nobody = 0;
    std::size_t toComments = 0;
    for (const auto& one : all.messages) {
        places.insert(one.conversation);
        if (one.account.empty()) ++nobody;
        if (one.ties.front().message.starts_with("t1_")) ++toComments;
    }
    CHECK(places.size() == 22);
    CHECK(nobody == 5);
    CHECK(toComments == 9);
    CHECK(recognition(redditReader(), text).confidence > 80);
    const auto posts = readFile(submissions.front());
    const auto posted = collect(redditReader(), posts);
    CHECK(posted.messages.size() == 31);
    CHECK(posted.senders().size() == 28);
    CHECK(posted.adds());
    CHECK(recognition(redditReader(), posts).confidence > 80);
    CHECK(readCut(redditReader(), text, 60) > 50);
    CHECK(readCut(redditReader(), posts, 60) > 50);
}
