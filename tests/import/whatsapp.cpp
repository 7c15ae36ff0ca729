#include "core/base/error.h"
#include "core/import/readers.h"
#include "core/import/whatsappheader.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

Collected read(const std::string& text, const ReadOptions& options = {},
               const std::string& name = "chat.txt")
{
    auto all = collect(whatsappReader(), text, options, name);
    INFO(text);
    CHECK(all.adds());
    return all;
}

std::string failure(const std::string& text, Error::Kind kind, const ReadOptions& options = {})
{
    try {
        (void)collect(whatsappReader(), text, options);
    } catch (const Error& error) {
        CHECK(error.kind() == kind);
        CHECK_FALSE(error.remedy().empty());
        return error.what();
    }
    FAIL("accepted: " << text);
    return {};
}

std::string when(const Collected& all, std::size_t i)
{
    return isoText(all.messages.at(i).time);
}

const std::string iosGroup =
    "[20/03/2024, 14:00:00] Damp homes: \u200EMessages and calls are end-to-end encrypted.\r\n"
    "[20/03/2024, 14:00:01] Damp homes: \u200EAnna created group \u201CDamp homes\u201D\r\n"
    "[20/03/2024, 14:01:02] Anna: Hello all\r\n"
    "\u200E[20/03/2024, 14:02:02] Ben: \u200Eimage omitted\r\n"
    "\u200E[20/03/2024, 14:03:02] Ben: look at this \u200E<attached: 01-PHOTO.jpg>\r\n"
    "\u200E[20/03/2024, 14:04:02] Ben: Plan.pdf \u2022 \u200E2 pages \u200Edocument omitted\r\n"
    "[20/03/2024, 14:05:02] Carla: \u200EThis message was deleted.\r\n"
    "[20/03/2024, 14:06:02] Anna: I meant Tuesday \u200E<This message was edited>\r\n"
    "[20/03/2024, 14:07:02] Anna: \u200ELocation: https://maps.google.com/?q=51.5,-0.12\r\n"
    "[20/03/2024, 14:08:02] Silent Sam: \u200EYour security code with Silent Sam changed.\r\n"
    "[20/03/2024, 14:09:02] Ben: \u200EPOLL:\r\nWhen do we meet?\r\n\u200EOPTION: Monday (3 "
    "votes)\r\n"
    "\u200EOPTION: Friday (0 votes)\r\n";

const std::string androidGroup =
    "20/03/2024, 14:00 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    "20/03/2024, 14:00 - Anna created group \"Damp homes\"\n"
    "20/03/2024, 14:01 - Anna: Hello all\n"
    "second line\n"
    "\n"
    "20/03/2024, 14:02 - Ben: <Media omitted>\n"
    "with a caption\n"
    "20/03/2024, 14:03 - Ben: IMG-1.jpg (file attached)\n"
    "20/03/2024, 14:04 - \u202A+44\u00A07700\u00A0900123\u202C: null\n"
    "20/03/2024, 14:05 - Carla: This message was deleted\n"
    "20/03/2024, 14:06 - Anna: see you <This message was edited>\n"
    "20/03/2024, 14:07 - Ben changed the subject from \"Homes: old\" to \"Damp homes\"\n"
    "20/03/2024, 14:08 - ~\u202FDora: thanks @447700900123 and @\u2068Ben\u2069 and @Anna, all\n";

}  // namespace

TEST_CASE("every shape of a WhatsApp header is read")
{
    struct Case {
        std::string line;
        std::string time;
    };
    const std::vector<Case> cases{
        {"18/03/2022, 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18.03.22, 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18.03.22 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18-03-2022 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"2022-03-18, 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"2022/03/18, 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 9:56 - A: x", "2022-03-18T09:56:00Z"},
        {"18/03/22, 14.56 - A: x", "2022-03-18T14:56:00Z"},
        {"18.3.2022 klo 14.56 - A: x", "2022-03-18T14:56:00Z"},
        {"18. 3. 2022 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"2022. 03. 18. 14:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56 PM - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56\u202FPM - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56\u00A0pm - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56\u2009p.m. - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56 p. m. - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56 p.\u00A0m. - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 12:05 a. m. - A: x", "2022-03-18T00:05:00Z"},
        {"18/03/22, 12:05 PM - A: x", "2022-03-18T12:05:00Z"},
        {"18/03/22, 00:23 AM - A: x", "2022-03-18T00:23:00Z"},
        {"18/03/22, 2:56 \u0645 - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 2:56 \u0635 - A: x", "2022-03-18T02:56:00Z"},
        {"2022. 3. 18. \uC624\uD6C4 2:56 - A: x", "2022-03-18T14:56:00Z"},
        {"2022/3/18 \u4E0B\u53482:56 - A: x", "2022-03-18T14:56:00Z"},
        {"18/03/22, 8:30:52 AM \u2013 A: x", "2022-03-18T08:30:52Z"},
        {"[18/03/22, 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[18/03/22 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[18/03/22 14.56.01] A: x", "2022-03-18T14:56:01Z"},
        {"\u200E[18/03/22, 2:56:01\u202FPM] A: x", "2022-03-18T14:56:01Z"},
        {"\uFEFF[\uFEFF18.03.22, 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[14:56:01, 18/03/22] A: x", "2022-03-18T14:56:01Z"},
        {"[18/03/2565 BE, 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[18/03/2565, 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[18/03/R4, 14:56:01] A: x", "2022-03-18T14:56:01Z"},
        {"[\u0661\u0668\u200F/\u0660\u0663\u200F/\u0662\u0660\u0662\u0662\u060C "
         "\u0662:\u0665\u0666:\u0660\u0661 \u0645] A: x",
         "2022-03-18T14:56:01Z"},
    };
    for (const auto& one : cases) {
        INFO(one.line);
        const auto all = collect(whatsappReader(), one.line);
        REQUIRE(all.messages.size() == 1);
        CHECK(isoText(all.messages.front().time) == one.time);
        CHECK(all.messages.front().account == "A");
        CHECK(all.messages.front().text == "x");
    }
}

TEST_CASE("lines that only look like headers are none")
{
    for (const std::string line :
         {"", "hello", "12 - x: y", "18/03/22: Arrival", "18/03/2022 - A: x",
          "[18/03/22, 14:56:01 A: x", "18/03/22, 14:56 A: x", "1/2/3/4, 14:56 - A: x",
          "18/03/22, 14:5 - A: x", "12345/03/22, 14:56 - A: x", "[a/b/c, 1:23] x: y",
          "18/03/22, 14:56-A: x"}) {
        INFO(line);
        CHECK_FALSE(chatHeader(line));
    }
}

TEST_CASE(
    "an iOS group: notices of the app make no people, media and polls are their senders' acts")
{
    const auto all = read(iosGroup, {}, "WhatsApp Chat - Damp homes.txt");
    CHECK(all.systems.size() == 3);
    CHECK(all.senders() == std::set<std::string>{"Anna", "Ben", "Carla"});
    CHECK(all.accounts.size() == 3);
    REQUIRE(all.messages.size() == 8);
    CHECK(all.messages[0].text == "Hello all");
    CHECK(all.messages[0].conversation == "Damp homes");
    CHECK(all.messages[0].id.empty());
    CHECK(all.messages[1].attachments == std::vector<std::string>{"image"});
    CHECK(all.messages[1].text.empty());
    CHECK(all.messages[2].attachments == std::vector<std::string>{"01-PHOTO.jpg"});
    CHECK(all.messages[2].text == "look at this");
    CHECK(all.messages[3].attachments == std::vector<std::string>{"Plan.pdf"});
    CHECK(all.messages[4].deleted);
    CHECK(all.messages[4].text.empty());
    CHECK(all.messages[5].edited);
    CHECK(all.messages[5].text == "I meant Tuesday");
    CHECK(all.messages[6].attachments == std::vector<std::string>{"location"});
    CHECK(all.messages[7].attachments == std::vector<std::string>{"poll"});
    CHECK(all.messages[7].text == "When do we meet?\nMonday\nFriday");
    CHECK(all.report.flat);
    CHECK(all.report.platform == "whatsapp");
}

TEST_CASE("an Android group: lines without a sender are the app's, placeholders are media")
{
    const auto all = read(androidGroup);
    CHECK(all.systems.size() == 3);
    REQUIRE(all.messages.size() == 7);
    CHECK(all.messages[0].text == "Hello all\nsecond line");
    CHECK(all.messages[0].conversation == "Damp homes");
    CHECK(all.messages[0].place.line == 3);
    CHECK(all.messages[1].attachments == std::vector<std::string>{"media"});
    CHECK(all.messages[1].text == "with a caption");
    CHECK(all.messages[2].attachments == std::vector<std::string>{"IMG-1.jpg"});
    CHECK(all.messages[3].account == "+447700900123");
    CHECK(all.messages[3].attachments == std::vector<std::string>{"view-once media"});
    CHECK(all.messages[4].deleted);
    CHECK(all.messages[5].edited);
    CHECK(all.messages[5].text == "see you");
    CHECK(all.messages[6].account == "Dora");
    std::set<std::string> mentioned;
    for (const auto& tie : all.messages[6].ties) mentioned.insert(tie.account);
    CHECK(mentioned == std::set<std::string>{"+447700900123", "Anna", "Ben"});
    CHECK(all.messages[0].ties.empty());
}

TEST_CASE("the order of day and month is decided once, from the whole file")
{
    const auto line = [](const std::string& date, const std::string& time = "10:00") {
        return date + ", " + time + " - A: x\n";
    };
    CHECK(when(read(line("03/04/2024") + line("13/04/2024")), 0) == "2024-04-03T10:00:00Z");
    CHECK(when(read(line("03/04/2024") + line("03/14/2024")), 0) == "2024-03-04T10:00:00Z");
    SECTION("else times must run forward")
    {
        std::string text;
        for (const auto* date :
             {"01/02/24", "01/03/24", "01/04/24", "02/01/24", "02/02/24", "02/03/24"})
            text += line(date);
        const auto all = read(text);
        CHECK(when(all, 1) == "2024-01-03T10:00:00Z");
        CHECK(all.problemWith("month first") != nullptr);
    }
    SECTION("else the number that changes more often is the day")
    {
        std::string text;
        for (const auto* date : {"01/02/24", "02/02/24", "03/02/24", "04/02/24"})
            text += line(date);
        CHECK(when(read(text), 1) == "2024-02-02T10:00:00Z");
    }
    SECTION("else the user is asked, with both readings")
    {
        const auto text = line("03/04/2024") + line("04/05/2024");
        const auto words = failure(text, Error::Kind::NeedsAnswer);
        CHECK_THAT(words, Catch::Contains("3 April 2024") && Catch::Contains("4 March 2024") &&
                              Catch::Contains("line 1"));
        ReadOptions options;
        options.dates = DateOrder::MonthDayYear;
        CHECK(when(read(text, options), 0) == "2024-03-04T10:00:00Z");
        options.dates = DateOrder::DayMonthYear;
        CHECK(when(read(text, options), 0) == "2024-04-03T10:00:00Z");
    }
    SECTION("a change in mid-file is refused with both lines")
    {
        const auto words = failure(line("13/04/2024") + line("04/05/2024") + line("05/14/2024"),
                                   Error::Kind::BadInput);
        CHECK_THAT(words, Catch::Contains("line 1") && Catch::Contains("line 3"));
    }
    SECTION("same number for both needs no answer")
    {
        CHECK(when(read(line("04/04/2024")), 0) == "2024-04-04T10:00:00Z");
    }
}

TEST_CASE("bad WhatsApp records are told with their line and the rest is kept")
{
    ReadOptions damaged;
    damaged.encoding = "utf-8";
    const auto all = read(
        "text in front\n"
        "20/03/2024, 10:00 - A: one\n"
        "31/02/2024, 10:01 - A: never was\n"
        "and this belongs to it\n"
        "20/03/2024, 25:61 - A: nor this\n" +
            std::string("20/03/2024, 10:02 - A: nu\0l\n", 28) +
            "20/03/2024, 10:03 - A: bad \xff byte\n"
            "20/03/2024, 10:04 - A: last",
        damaged);
    REQUIRE(all.messages.size() == 3);
    CHECK(all.count(Outcome::Refused) == 3);
    CHECK(all.count(Outcome::Skipped) == 1);
    CHECK(all.problemWith("31/02/2024")->place.line == 3);
    CHECK(all.problemWith("NUL")->place.line == 6);
    CHECK(all.problemWith("UTF-8")->outcome == Outcome::Repaired);
    CHECK(all.messages[1].text == "bad \uFFFD byte");
    CHECK(all.messages[2].text == "last");
}

TEST_CASE("files without messages are refused, files of notices alone are not")
{
    for (const std::string text : {"", "\n\n", "a note\nof mine\n"}) {
        CHECK_THAT(failure(text, Error::Kind::BadInput), Catch::Contains("no messages"));
    }
    const auto all = read("20/03/2024, 10:00 - Messages and calls are end-to-end encrypted.\n");
    CHECK(all.messages.empty());
    CHECK(all.accounts.empty());
    CHECK(all.systems.size() == 1);
    CHECK(all.problemWith("nobody says anything") != nullptr);
    CHECK_THAT(failure("20/03/2024, 10:00 xyz - A: x\n", Error::Kind::NeedsAnswer),
               Catch::Contains("line 1"));
}

TEST_CASE("byte-order marks and line ends do not matter")
{
    const auto plain = read(androidGroup);
    std::string wide = "\xFF\xFE";
    for (const char one : std::string("20/03/2024, 10:00 - A: hi\n")) {
        wide += one;
        wide += '\0';
    }
    CHECK(collect(whatsappReader(), wide).messages.front().text == "hi");
    CHECK(read("\xEF\xBB\xBF" + androidGroup).messages.size() == plain.messages.size());
    std::string windows;
    for (const char one : androidGroup)
        windows += one == '\n' ? std::string("\r\n") : std::string(1, one);
    const auto other = read(windows);
    REQUIRE(other.messages.size() == plain.messages.size());
    for (std::size_t i = 0; i < plain.messages.size(); ++i)
        CHECK(other.messages[i].text == plain.messages[i].text);
}

TEST_CASE("zones: gaps and repeats of the clock are flagged")
{
    ReadOptions london;
    london.zone = Zone::find("Europe/London");
    REQUIRE(london.zone);
    const auto all = read(
        "31/03/2024, 01:30 - A: spring\n"
        "27/10/2024, 01:30 - A: autumn\n"
        "28/10/2024, 12:00 - A: winter\n",
        london);
    CHECK(all.messages[0].certainty == TimeCertainty::Shifted);
    CHECK(all.messages[1].certainty == TimeCertainty::Ambiguous);
    CHECK(all.messages[2].certainty == TimeCertainty::Zoned);
    CHECK(all.report.zone == "Europe/London");
    CHECK(all.problemWith("went forward")->outcome == Outcome::Repaired);
    CHECK(all.problemWith("went back") != nullptr);
    CHECK(all.problemWith("--zone") == nullptr);
    CHECK(read("28/10/2024, 12:00 - A: x\n").problemWith("--zone") != nullptr);
}

TEST_CASE("text pasted from another chat makes no people")
{
    const auto all = read(
        "20/03/2024, 10:00 - Anna: look what they wrote\n"
        "01/01/2020, 09:00 - Mallory: I hate you all\n"
        "01/01/2020, 09:01 - Mallory: really\n"
        "20/03/2024, 10:01 - Ben: oh dear\n"
        "[01/01/2020, 09:01:00] Nobody: other style\n"
        "20/03/2024, 10:02 - Anna: yes\n"
        "20/03/2024, 10:03 - Anna: yes\n20/03/2024, 10:04 - Anna: yes\n"
        "20/03/2024, 10:05 - Anna: yes\n20/03/2024, 10:06 - Anna: yes\n"
        "20/03/2024, 10:07 - Anna: yes\n20/03/2024, 10:08 - Anna: yes\n");
    CHECK(all.senders() == std::set<std::string>{"Anna", "Ben"});
    REQUIRE(all.problemWith("pasted") != nullptr);
    CHECK_THAT(all.problemWith("pasted")->what, Catch::StartsWith("3 lines"));
    CHECK_THAT(all.messages[0].text, Catch::Contains("Mallory: I hate you all"));
    CHECK(all.problemWith("before an earlier line")->place.line == 2);
}

TEST_CASE("T17 a line that was made to look like another's is flagged where its time gives it away")
{
    const std::string before =
        "20/03/2024, 10:00 - Anna: one\n20/03/2024, 10:01 - Ben: two\n"
        "20/03/2024, 10:02 - Anna: three\n20/03/2024, 10:03 - Ben: she said\n";
    const std::string after = "20/03/2024, 10:04 - Anna: I did not\n";
    const auto forged = read(before + "20/03/2024, 08:15 - Anna: I give up\n" + after);
    const auto* flagged = forged.problemWith("at one place the time goes back");
    REQUIRE(flagged != nullptr);
    CHECK(flagged->place.line == 5);
    CHECK(forged.messages.size() == 6);
    // Clocks that are put back are no sign of it, nor is what stands in the file in order.
    CHECK(read(before + "20/03/2024, 09:03 - Anna: winter\n" + after).problemWith("goes back") ==
          nullptr);
    CHECK(read(before + after).problemWith("goes back") == nullptr);
}

TEST_CASE("senders: colons, numbers, emoji and turned directions")
{
    const auto colon = read(
        "20/03/2024, 10:00 - Ward 5: Anna: hello\n"
        "20/03/2024, 10:01 - Ward 5: Anna: hello again\n"
        "20/03/2024, 10:02 - Ward 5: Anna: third\n"
        "20/03/2024, 10:03 - Ben: note: mine\n");
    CHECK(colon.senders() == std::set<std::string>{"Ben", "Ward 5: Anna"});
    CHECK(colon.messages[3].text == "note: mine");
    const auto others = read(
        "20/03/2024, 10:00 - +44 7700 900123: a\n"
        "20/03/2024, 10:01 - 07700 900123: b\n"
        "20/03/2024, 10:02 - \U0001F98A: c\n"
        "20/03/2024, 10:03 - \u202Eevil: d\n"
        "20/03/2024, 10:04 - Jose\u0301: e\n"
        "20/03/2024, 10:05 - Jos\u00E9: f\n"
        "20/03/2024, 10:06 - Ben:\n");
    CHECK(others.senders() == std::set<std::string>{"+447700900123", "07700900123", "\U0001F98A",
                                                    "<U+202E>evil", "Jos\u00E9", "Ben"});
    CHECK(others.accounts.front().handle == "+447700900123");
    CHECK(others.problemWith("reading direction") != nullptr);
}

TEST_CASE("senders whose names show nothing are spelled out and told apart")
{
    const auto all = read(
        "20/03/2024, 14:01 -  : one\n20/03/2024, 14:02 - \u200E\u200F: two\n"
        "20/03/2024, 14:03 - ~: three\n20/03/2024, 14:04 - \u202F: four\n");
    REQUIRE(all.messages.size() == 4);
    CHECK(all.messages[0].account == "<U+0020>");
    CHECK(all.messages[1].account == "<U+200E><U+200F>");
    CHECK(all.messages[2].account == "<U+007E>");
    CHECK(all.messages[3].account == "<U+202F>");
    CHECK(all.messages[3].text == "four");
    for (const auto& problem : all.problems)
        CHECK(problem.what.find("direction") == std::string::npos);
}

TEST_CASE("a message that is too long is cut and told")
{
    const auto all = read("20/03/2024, 10:00 - A: " + std::string(300'000, 'x') + "\n");
    CHECK(all.messages.front().text.size() <= (256U << 10U));
    CHECK(all.problemWith("256 KB") != nullptr);
    CHECK_THAT(failure("20/03/2024, 10:00 - A: " + std::string(20U << 20U, 'x'),
                       Error::Kind::LimitReached),
               Catch::Contains("longer"));
}

TEST_CASE("WhatsApp files read the same however the bytes arrive")
{
    const auto text = [](const Collected& all) {
        std::string out;
        for (const auto& one : all.messages) {
            out += one.account + "|" + isoText(one.time) + "|" + one.text + "|" + one.place.text() +
                   "\n";
        }
        for (const auto& one : all.problems) out += one.place.text() + one.what + "\n";
        return out;
    };
    const auto whole = text(collect(whatsappReader(), androidGroup));
    rc::prop("any split of the stream changes nothing", [&] {
        const auto sizes =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 50));
        const PiecedPackage package("chat.txt", androidGroup, sizes);
        RC_ASSERT(text(collect(whatsappReader(), package)) == whole);
    });
}

TEST_CASE("a WhatsApp file cut anywhere keeps the messages before the cut")
{
    for (const auto& whole : {iosGroup, androidGroup}) {
        const auto all = collect(whatsappReader(), whole);
        for (std::size_t cut = 200; cut < whole.size(); cut += 3) {
            INFO(cut);
            const auto part = collect(whatsappReader(), whole.substr(0, cut));
            CHECK(part.adds());
            REQUIRE(part.messages.size() <= all.messages.size() + 1);
            for (std::size_t i = 0; i + 1 < part.messages.size(); ++i)
                CHECK(part.messages[i].text == all.messages[i].text);
        }
    }
}
