#include "core/import/mailparse.h"
#include "core/import/mailsplit.h"
#include "core/import/mailtext.h"
#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

std::string mail(const std::string& headers, const std::string& body)
{
    return "From ann@example.org Mon Nov  7 18:44:27 2016\nFrom: Ann <ann@example.org>\n"
           "Date: Mon, 7 Nov 2016 19:44:27 +0100\n" +
           headers + "\n" + body + "\n\n";
}

}  // namespace

TEST_CASE("a list's archive is read with its threads")
{
    const auto all =
        collect(mailReader(), readFile(fixture("import/data/mail/list.mbox")), {}, "list.mbox");
    CHECK(all.adds());
    CHECK(all.report.platform == "mail");
    REQUIRE(all.messages.size() == 7);
    const auto& root = all.messages[0];
    CHECK(root.id == "one@example.org");
    CHECK(root.account == "ann.lee@example.org");
    CHECK(root.conversation == "eastfield");
    CHECK(root.kind == MessageKind::Post);
    CHECK(
        root.text ==
        "Damp and mould\n\nWho else has damp?\n\nFrom here on it is bad.\nFrom the wall it drips.");
    CHECK(isoText(root.time) == "2016-11-07T18:44:27Z");
    const auto& reply = all.messages[1];
    CHECK(reply.account == "bob@example.org");
    CHECK(reply.text == "We have.\n\nAnd at night: cold.");
    CHECK(reply.thread == "one@example.org");
    REQUIRE(reply.ties.size() == 1);
    CHECK(reply.ties[0].kind == TieKind::Reply);
    CHECK(reply.ties[0].message == "one@example.org");
    CHECK(all.messages[2].ties[0].message == "two@example.org");
    CHECK(all.messages[2].thread == "one@example.org");
    CHECK(all.messages[2].text == "Grüße, café");
    CHECK(isoText(all.messages[2].time) == "2016-11-09T10:00:00Z");
    CHECK(all.messages[2].certainty == TimeCertainty::Zoned);
    CHECK(all.messages[3].text == "Hello there (http://example.org/x)\n\nBye");
    CHECK(all.messages[3].attachments == std::vector<std::string>{"plan.pdf"});
    CHECK(all.messages[4].text == "encrypted, not read");
    CHECK(all.messages[5].id == "two@example.org");  // stands twice: the store keeps it once
    CHECK(all.messages[6].text == "Another mail with the id of the first");
    CHECK(all.messages[6].id.starts_with("content-"));
    REQUIRE(all.systems.size() == 1);
    CHECK(all.count(Outcome::Skipped) == 0);
    CHECK(all.problemWith("cannot be right")->outcome == Outcome::Repaired);
    const auto name = std::ranges::find(all.accounts, "ann.lee@example.org", &AccountRecord::key);
    REQUIRE(name != all.accounts.end());
    CHECK(name->name == "Ann Léé");
}

TEST_CASE("senders are known by their address")
{
    struct Case {
        std::string from;
        std::string key;
        std::string name;
    };
    const std::vector<Case> cases{
        {"Ann Lee <Ann@Example.org>", "ann@example.org", "Ann Lee"},
        {"\"Lee, Ann\" <ann@example.org>", "ann@example.org", "Lee, Ann"},
        {"ann at example.org (Ann Lee)", "ann@example.org", "Ann Lee"},
        {"ann en example.org (Ann)", "ann@example.org", "Ann"},
        {"ann bei example.org", "ann@example.org", ""},
        {"ann(at)example.org (Ann)", "ann@example.org", "Ann"},
        {"ann@example.org", "ann@example.org", ""},
        {"Ann at Work <ann@example.org>", "ann@example.org", "Ann at Work"},
        {"\"Ann\" <ann at example.org>", "ann@example.org", "Ann"},
        {"Ann Lee", "ann lee", "Ann Lee"},
        {"Ann <ann...@gmail.com>", "ann...@gmail.com ann", "Ann"},
        {"Ann via talk <talk@example.org>", "ann", "Ann"},
        {"", "", ""}};
    for (const auto& one : cases) {
        INFO(one.from);
        const auto found = mailAddress(one.from);
        CHECK(found.key == one.key);
        CHECK(found.name == one.name);
    }
    CHECK(mailAddress("Ann via talk <talk@example.org>", "Ann <ann@example.org>").key ==
          "ann@example.org");
}

TEST_CASE("only the author's own words are kept")
{
    CHECK(ownWords("a\n> b\nc") == "a\nc");
    CHECK(ownWords("On Monday, Ann wrote:\n> b\nc") == "c");
    CHECK(ownWords("On Mon, 7 Nov 2016 at 19:44, Ann Lee\n<ann@example.org> wrote:\n\n> b\nc") ==
          "c");
    CHECK(ownWords("Am Montag schrieb Ann:\n> b\nja") == "ja");
    CHECK(ownWords("As Ann wrote:\nnot a quotation") == "As Ann wrote:\nnot a quotation");
    CHECK(ownWords("a\n-- \nAnn\nhttp://x") == "a");
    CHECK(ownWords("a\n-------------- next part --------------\nscrubbed") == "a");
    CHECK(ownWords("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\na\n-----BEGIN PGP "
                   "SIGNATURE-----\nxx") == "a");
    CHECK(cleanSubject("Re: [east] AW: Re[2]: Damp: walls") == "Damp: walls");
    CHECK(subjectTag("Re: [east] Damp") == "east");
    CHECK(subjectTag("Damp [sic]").empty());
    CHECK(messageIds("<a@b> <c@d>") == std::vector<std::string>{"a@b", "c@d"});
    CHECK(messageIds("your mail of Monday") == std::vector<std::string>{});
    CHECK(messageIds("a@b, c@d") == std::vector<std::string>{"a@b", "c@d"});
}

TEST_CASE("odd mails are kept, and what was odd is said")
{
    const auto one = [](const std::string& text) {
        return collect(mailReader(), text, {}, "m.mbox");
    };
    const auto crowded =
        one("From a@b Mon Nov  7 18:44:27 2016\nFrom: a@b\nSubject: x\n\nhello\n"
            "From c@d Mon Nov  7 19:44:27 2016\nFrom: c@d\nSubject: y\n\nhi\n");
    CHECK(crowded.messages.size() == 2);
    CHECK(crowded.problemWith("no empty line")->place.line == 6);

    const auto charset = one(mail("Content-Type: text/plain; charset=martian\n", "caf\xE9"));
    CHECK(charset.messages[0].text == "café");
    CHECK(charset.problemWith("charset"));

    const auto base64 =
        one(mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", "!!!broken!!!"));
    CHECK(base64.messages.size() == 1);
    const auto quoted =
        one(mail("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
                 "quoted-printable\n",
                 "caf=C3=A9 and ="));
    CHECK(quoted.messages[0].text.starts_with("café and"));

    std::string deep;
    for (int level = 0; level < 500; ++level) {
        const auto sign = std::to_string(level);
        deep += "Content-Type: multipart/mixed; boundary=b" + sign + "\n\n--b" + sign + "\n";
    }
    const auto nested = one("From a@b Mon Nov  7 18:44:27 2016\nFrom: a@b\n" + deep + "\nhello\n");
    CHECK(nested.messages.size() == 1);
    CHECK(nested.problemWith("deeper than 16"));

    const auto longHeader = one(mail("Subject: " + std::string(1U << 20U, 'x') + "\n", "body"));
    CHECK(longHeader.messages[0].text.size() <= (256U << 10U) + 4);

    const auto loop = one(mail("Message-ID: <a@b>\nReferences: <a@b>\n", "self"));
    CHECK(loop.messages[0].ties.empty());

    const auto undated = one("From: a@b\nSubject: x\nMessage-ID: <u@b>\n\nhello\n");
    CHECK_FALSE(undated.messages[0].timed);
    const auto ancient =
        one("From a@b Mon Nov  7 18:44:27 2016\nFrom: a@b\nDate: Mon, 7 Nov 0100 18:44:27\n\nx\n");
    CHECK(isoText(ancient.messages[0].time) == "2016-11-07T18:44:27Z");
    const auto future =
        one("From a@b Mon Nov  7 18:44:27 2016\nFrom: a@b\nDate: Mon, 7 Nov 2036 18:44:27\n\nx\n");
    CHECK(isoText(future.messages[0].time) == "2016-11-07T18:44:27Z");

    CHECK(failure(mailReader(), "")->kind() == Error::Kind::BadInput);
    CHECK(failure(mailReader(), "just words\n")->kind() == Error::Kind::BadInput);
}

TEST_CASE("mail is recognised by its headers")
{
    CHECK(recognition(mailReader(), mail("", "x")).confidence > 80);
    CHECK(recognition(mailReader(), "From: a@b\nDate: x\nSubject: y\n\nhi").confidence > 50);
    CHECK(recognition(mailReader(), "From here on it is prose: really\n").confidence == 0);
    CHECK(recognition(mailReader(), "Ann: hello\nBob: hi\nCy: hey\n").confidence == 0);
}

TEST_CASE("an archive reads alike however it arrives", "[property]")
{
    const auto text = readFile(fixture("import/data/mail/list.mbox"));
    const auto whole = told(collect(mailReader(), text, {}, "l"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(mailReader(), PiecedPackage("l", text, sizes))) == whole);
    });
}

TEST_CASE("mail in the wild")
{
    struct Expected {
        std::string file;
        std::size_t seen;
        std::size_t replies;
    };
    const std::vector<Expected> all{{"pipermail_2015_november.mbox", 4, 3},
                                    {"pipermail_2016_april.mbox", 3, 2},
                                    {"pipermail_2016_march.mbox", 1, 0},
                                    {"mbox_single.mbox", 1, 0},
                                    {"mbox_complex.mbox", 2, 1},
                                    {"mbox_multipart.mbox", 2, 0},
                                    {"mbox_iso8859_encoding.mbox", 1, 0},
                                    {"mbox_unknown_encoding.mbox", 1, 0},
                                    {"mbox_unixfrom_encoding.mbox", 1, 1},
                                    {"mbox_no_fields.mbox", 6, 0}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("mail", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(mailReader(), text, {}, one.file);
        CHECK(read.report.seen == one.seen);
        CHECK(read.ties(TieKind::Reply) == one.replies);
        CHECK(read.adds());
        CHECK(recognition(mailReader(), text).confidence > 80);
        CHECK(readCut(mailReader(), text, 30) > 0);
    }
    const auto november =
        collect(mailReader(), readFile(publicFiles("mail", "2015_november.mbox").front()));
    std::size_t resolved = 0;
    for (const auto& reply : november.messages) {
        CHECK(reply.conversation == "Metrics-grimoire");
        for (const auto& parent : november.messages) {
            if (!reply.ties.empty() && reply.ties[0].message == parent.id) ++resolved;
        }
    }
    CHECK(resolved == 2);
    const auto twice = readFile(publicFiles("mail", "2015_november.mbox").front());
    const auto doubled = collect(mailReader(), twice + "\n" + twice);
    REQUIRE(doubled.messages.size() == 8);
    for (std::size_t i = 0; i < 4; ++i) CHECK(doubled.messages[i].id == doubled.messages[i + 4].id);
}
