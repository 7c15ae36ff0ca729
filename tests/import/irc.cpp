#include "core/import/catalogue.h"
#include "core/import/ircline.h"
#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

using Kind = IrcLine::Kind;

Collected log(const std::string& text, const std::string& name = "2024-03-01-#eastfield.log",
              const ReadOptions& options = {})
{
    auto all = collect(ircReader(), text, options, name);
    CHECK(all.adds());
    CHECK(all.report.flat);
    CHECK(all.report.platform == "irc");
    return all;
}

std::string times(const Collected& all)
{
    std::string text;
    for (const auto& one : all.messages) {
        text += (text.empty() ? "" : " ") + (one.timed ? isoText(one.time).substr(5, 11) : "-");
    }
    return text;
}

}  // namespace

TEST_CASE("lines of every IRC client are understood")
{
    struct Case {
        std::string line;
        Kind kind;
        std::string nick;
        std::string text;
    };
    const std::vector<Case> all{
        {"10:36 <@ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"10:36 < ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"10:36  * ann waves", Kind::Action, "ann", "ann waves"},
        {"10:36 -!- ann [~ann@host] has joined #eastfield", Kind::Notice, "ann",
         "-!- ann [~ann@host] has joined #eastfield"},
        {"2024-03-01 10:36:07\t@ann\tit is wet", Kind::Said, "ann", "it is wet"},
        {"2024-03-01 10:36:07\t *\tann waves", Kind::Action, "ann", "ann waves"},
        {"2024-03-01 10:36:07\t-->\tann (~ann@host) has joined #eastfield", Kind::Notice, "ann",
         "--> ann (~ann@host) has joined #eastfield"},
        {"[10:36:07] <ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"[10:36:07] * ann waves", Kind::Action, "ann", "ann waves"},
        {"[10:36:07] *** Joins: ann (~ann@host)", Kind::Notice, "", "*** Joins: ann (~ann@host)"},
        {"10:36:07 <+ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"Mar 01 10:36:07 <ann>\tit is wet", Kind::Said, "ann", "it is wet"},
        {"Mar 01 10:36:07 *\tann has quit (bye)", Kind::Notice, "", "*\tann has quit (bye)"},
        {"[10:36] <ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"=== ann is now known as ann_", Kind::Notice, "ann", "=== ann is now known as ann_"},
        {"2024-03-01T10:36:07+0000  <ann> it is wet", Kind::Said, "ann", "it is wet"},
        {"2024-03-01T10:36:07  * ann waves", Kind::Action, "ann", "ann waves"},
        {"2024-03-01T10:36:07  *ann waves", Kind::Action, "ann", "ann waves"},
        {"2024-03-01T10:36:07  *** ann has joined #eastfield", Kind::Notice, "ann",
         "*** ann has joined #eastfield"},
        {"[01 Mar 10:36] <ann!~ann@host.example> it is wet", Kind::Said, "ann", "it is wet"},
        {"[10:36] <ann>", Kind::Empty, "ann", ""},
        {"[10:36] (ann/#eastfield) ben: over here", Kind::Said, "ann", "ben: over here"},
        {"[10:36] <\x03"
         "04,12ann\x0f> \x02it\x02 \x03"
         "4is\x03 wet",
         Kind::Said, "ann", "it is wet"},
        {"[10:36] ann it is wet", Kind::Unknown, "", ""},
        {"it is wet", Kind::Unknown, "", ""},
        {"", Kind::Unknown, "", ""},
        {"[99:99] <ann> it is wet", Kind::Unknown, "", ""},
        {"2024-03-01T10:36:07 0000  <ann> it is wet", Kind::Unknown, "", ""},
    };
    for (const auto& one : all) {
        const auto line = ircLine(one.line);
        INFO(one.line);
        CHECK(static_cast<int>(line.kind) == static_cast<int>(one.kind));
        CHECK(line.nick == one.nick);
        CHECK(line.text == one.text);
    }
    const auto renamed = ircLine("10:36 -!- ann is now known as ann|away");
    CHECK(renamed.nick == "ann");
    CHECK(renamed.renamedTo == "ann|away");
    const auto day = ircLine("--- Day changed Sat Mar 02 2024");
    CHECK(static_cast<int>(day.kind) == static_cast<int>(Kind::Day));
    CHECK(day.stamp.day == 2);
}

TEST_CASE("the date in the name of an IRC log")
{
    const auto text = [](std::string_view name) {
        const auto date = dateInName(name);
        return date ? std::to_string(date->year) + "-" + std::to_string(date->month) + "-" +
                          std::to_string(date->day)
                    : std::string("none");
    };
    CHECK(text("2004-12-25-#ubuntu.txt") == "2004-12-25");
    CHECK(text("#eastfield_20240301.log") == "2024-3-1");
    CHECK(text("logs/2024/03/01/#eastfield.txt") == "2024-3-1");
    CHECK(text("2004-11-15_03.raw.txt") == "2004-11-15");
    CHECK(text("20241301.log") == "none");
    CHECK(text("2024-03/01.log") == "none");
    CHECK(text("ticket1202403011.log") == "none");
}

TEST_CASE("IRC: a new nick is the same person, and is addressed by any of them")
{
    const auto all =
        log("[10:00] <ann_> hello\n"
            "=== ann_ is now known as ann\n"
            "[10:01] <ann> it is wet here\n"
            "[10:02] <ben> ann: same\n"
            "=== ann is now known as ann|away\n"
            "[10:03] <ben> ann_, ann|away: where?\n"
            "[10:04] <Guest7> hi\n"
            "=== Guest7 is now known as cara\n"
            "[10:05] <cara> nobody: hello\n"
            "[10:06] <ben> http://ann: no, dee: no\n"
            "[10:07] <ben> dee: are you there?\n"
            "=== dee [~dee@host] has joined #eastfield\n"
            "[10:08] <ben> dee: are you there?\n");
    CHECK(all.senders() == std::set<std::string>{"ann", "ben", "guest7", "cara"});
    CHECK(all.systems.size() == 4);
    REQUIRE(all.messages.size() == 9);
    CHECK(all.messages[0].account == "ann");
    REQUIRE(all.messages[2].ties.size() == 1);
    CHECK(all.messages[2].ties[0].account == "ann");
    CHECK(all.messages[2].ties[0].kind == TieKind::Mention);
    CHECK(all.messages[3].ties.size() == 1);
    CHECK(all.messages[5].ties.empty());
    CHECK(all.messages[6].ties.empty());
    CHECK(all.messages[7].ties.empty());  // not seen yet
    CHECK(all.messages[8].ties.at(0).account == "dee");
    CHECK(all.messages[0].conversation == "#eastfield");
    const auto named = std::ranges::find(all.accounts, "ann", &AccountRecord::key);
    REQUIRE(named != all.accounts.end());
    CHECK(all.ties(TieKind::Reply) == 0);
}

TEST_CASE("IRC: days come from lines, from the name, and from midnight")
{
    CHECK(times(log("[23:58] <ann> a\n[00:01] <ben> b\n[23:00] <ben> c\n[22:30] <ann> d\n"
                    "[21:00] <ann> e\n")) ==
          "03-01T23:58 03-02T00:01 03-02T23:00 03-02T22:30 "
          "03-03T21:00");
    CHECK(times(log("--- Log opened Fri Mar 01 22:00:00 2024\n23:58 <ann> a\n"
                    "--- Day changed Sat Mar 02 2024\n00:01 <ben> b\n"
                    "--- Day changed Mon Mar 04 2024\n23:59 <ben> c\n",
                    "eastfield.log")) == "03-01T23:58 03-02T00:01 03-04T23:59");
    CHECK(times(log("**** BEGIN LOGGING AT Sun Dec 31 23:00:00 2023\n\n"
                    "Dec 31 23:59:00 <ann>\ta\nJan 01 00:01:00 <ben>\tb\n",
                    "eastfield.log")) == "12-31T23:59 01-01T00:01");
    const auto newYear =
        log("[31 Dec 23:59] <ann!a@h> a\n[01 Jan 00:01] <ben!b@h> b\n", "2008-12-31-dircproxy.log");
    CHECK(isoText(newYear.messages.at(1).time) == "2009-01-01T00:01:00Z");

    const auto none = log("[10:00] <ann> a\n[10:01] <ben> b\n", "eastfield.log");
    CHECK(times(none) == "- -");
    CHECK(none.messages[0].conversation == "eastfield");
    CHECK(none.problemWith("2 lines say no day") != nullptr);
    ReadOptions named;
    named.conversation = "Eastfield chat";
    CHECK(log("[10:00] <ann> a\n[10:01] <ben> b\n", "x.log", named).messages[0].conversation ==
          "Eastfield chat");
}

TEST_CASE("IRC: zones, an offset in the line, and a zone that the user gives")
{
    ReadOptions london;
    london.zone = Zone::find("Europe/London");
    const auto summer = log("[10:00] <ann> a\n[10:01] <ben> b\n", "2024-07-01.log", london);
    CHECK(isoText(summer.messages[0].time) == "2024-07-01T09:00:00Z");
    CHECK(summer.report.zone == "Europe/London");
    const auto stamped =
        log("2024-07-01T10:00:00+0200  <ann> a\n2024-07-01T10:01:00+0200  <b> b\n");
    CHECK(isoText(stamped.messages[0].time) == "2024-07-01T08:00:00Z");
    CHECK(stamped.messages[0].certainty == TimeCertainty::Exact);
    CHECK(stamped.report.zone.empty());
    CHECK(stamped.problemWith("--zone") == nullptr);
}

TEST_CASE("IRC: each line is decoded by itself")
{
    const auto all = log("[10:00] <ann> Jos\xE9\n[10:01] <ben> Jos\xC3\xA9 \xE2\x80\x93 ok\n");
    CHECK(all.messages[0].text == "José");
    CHECK(all.messages[1].text == "José – ok");
    CHECK(all.problemWith("1 lines are no UTF-8")->place.line == 1);
}

TEST_CASE("IRC: a bridge speaks for others; signs of registered people are no text; bots")
{
    const auto all =
        log("[10:00] <bridge> <Anna> hello\n[10:01] <bridge> <Ben> Anna: hi\n"
            "[10:02] <bridge> <Anna> wet\n[10:03] <carl> Anna: where?\n"
            "[10:04] <povbot> carl: <Anna> was seen\n");
    CHECK(all.messages[0].account == "anna@bridge");
    CHECK(all.messages[0].text == "hello");
    CHECK(all.messages[1].account == "ben@bridge");
    CHECK(all.messages[4].account == "povbot");
    CHECK(all.messages[4].bot);
    const auto signs =
        log("[01 Mar 10:00] <ann!a@h> +hello\n[01 Mar 10:01] <ben!b@h> -hi\n"
            "[01 Mar 10:02] <ann!a@h> +\n[01 Mar 10:03] <cy!c@h> plain\n");
    REQUIRE(signs.messages.size() == 3);
    CHECK(signs.messages[0].text == "hello");
    CHECK(signs.messages[1].text == "hi");
    CHECK(signs.messages[2].text == "plain");
    CHECK(signs.count(Outcome::Skipped) == 1);
}

TEST_CASE("IRC and WhatsApp: the one whose headers fit more lines")
{
    const std::string irc =
        "[10:00] <ann> look what she wrote\n[10:01] <ben> what?\n"
        "[01/03/2024, 10:00:00] Cara: it is wet\n[10:02] <ann> that\n";
    const std::string whatsapp =
        "01/03/2024, 10:00 - Ann: look what she wrote\n"
        "[10:01] <ben> it is wet\n01/03/2024, 10:02 - Ben: who?\n"
        "25/03/2024, 10:03 - Ann: ben\n";
    const auto first = recognise(packageOf("a.txt", {{"a.txt", irc}}));
    CHECK(first.at(0).reader == &ircReader());
    const auto second = recognise(packageOf("a.txt", {{"a.txt", whatsapp}}));
    CHECK(second.at(0).reader == &whatsappReader());
    CHECK(recognition(ircReader(), "name,text\nann,hello\n").confidence == 0);
    CHECK(failure(ircReader(), "words\nand words\n")->kind() == Error::Kind::BadInput);
}

TEST_CASE("IRC logs that break off keep what is whole, in whatever pieces they arrive")
{
    const std::string text =
        "--- Log opened Fri Mar 01 22:00:00 2024\r\n23:58 <ann> a\r\n"
        "23:59 -!- ann is now known as ann_\r\n23:59 <ann_> more\r\n"
        "--- Day changed Sat Mar 02 2024\r\n00:01 <ben> ann: b\r\n"
        "00:02 <ben> l\xE9\r\n00:03 words\r\n00:04 <ben>\r\n";
    checkCuts(ircReader(), text, "eastfield.log");
    checkSplits(ircReader(), text, "eastfield.log");
}

TEST_CASE("public IRC logs give the counts that were measured by other means")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    struct Case {
        std::string file;
        std::size_t messages, senders, refused;
    };
    // Lines "<nick> words" and actions: 48 + 1, 48 + 2, and 5,177 + 249 without the 191 that hold
    // no words. Of the 4 nicks in the fifth file two are one person.
    const std::vector<Case> all{
        {"chaoss__grimoirelab-perceval__supybot_valid.log", 49, 12, 1},
        {"chaoss__grimoirelab-perceval__supybot_invalid_date.log", 5, 2, 1},
        {"chaoss__grimoirelab-perceval__supybot_invalid_msg.log", 4, 2, 1},
        {"chaoss__grimoirelab-perceval__supybot_date_without_tz.log", 2, 2, 0},
        {"mgedmin__irclog2html__2005-01-09-test2.log", 50, 3, 0},
        {"mgedmin__irclog2html__2011-01-16-hybrid-charset.log", 2, 2, 0},
        {"mgedmin__irclog2html__dircproxy-example.log", 5235, 41, 0},
    };
    for (const auto& one : all) {
        const auto found = recognise(*data / "irc" / one.file);
        REQUIRE(found.size() == 1);
        CHECK(found.front().reader == &ircReader());
        const auto read = collect(*found.front().reader, *found.front().package);
        std::string people;
        for (const auto& who : read.senders()) people += who + " ";
        INFO(one.file << ": " << people);
        CHECK(read.adds());
        CHECK(read.messages.size() == one.messages);
        CHECK(read.senders().size() == one.senders);
        CHECK(read.count(Outcome::Refused) == one.refused);
    }
    const auto ubuntu =
        recognise(*data / "irc" / "disentanglement" / "dev" / "2004-11-15_03.raw.txt");
    const auto read = collect(*ubuntu.at(0).reader, *ubuntu.at(0).package);
    CHECK(ubuntu.at(0).reader == &ircReader());
    CHECK(read.adds());
    CHECK(read.messages.at(0).conversation == "#ubuntu");
    CHECK(isoText(read.messages.at(0).time) == "2004-11-15T12:18:00Z");
    CHECK(read.report.seen == 1250);
    CHECK(read.ties(TieKind::Mention) > 400);
}
