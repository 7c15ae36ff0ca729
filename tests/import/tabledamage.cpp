#include "core/import/catalogue.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

const Reader& table()
{
    return tableReader();
}

std::optional<Question> question(const std::string& text, const ReadOptions& options = {})
{
    try {
        collect(table(), text, options);
    } catch (const AnswerNeeded& asked) {
        return asked.question();
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("a quote behind which rows would be lost is refused where it opens")
{
    const auto error = failure(
        table(), "author,text\nann,\"two\nlines\"\nbob,\"one\ntwo\",\"three\nann,hello\nfive\n");
    REQUIRE(error);
    CHECK(error->kind() == Error::Kind::BadInput);
    CHECK(error->where().line == 5);
}

TEST_CASE("of a table that is cut off in quotes the whole rows are kept")
{
    const auto all =
        collect(table(), "author,text\nann,hello\nbob,\"one\ntwo\"\nann,\"three, \"\"four\"\"\nfi");
    CHECK(all.messages.size() == 2);
    const auto* cut = all.problemWith("cut off");
    REQUIRE(cut);
    CHECK(cut->outcome == Outcome::Refused);
    CHECK(cut->place.line == 5);
    CHECK(all.report.seen == 3);

    const auto nothing = failure(table(), "author,text\nann,\"never\n");
    REQUIRE(nothing);
    CHECK(nothing->kind() == Error::Kind::BadInput);
    CHECK(std::string(nothing->what()).find("cut off") != std::string::npos);
}

TEST_CASE("semicolons and decimal commas are said")
{
    const auto all = collect(table(), "author;text;score\nann;hello;1,5\nbob;hi;2,25\n");
    CHECK(all.messages.size() == 2);
    CHECK(all.problemWith("semicolons"));
    const auto* comma = all.problemWith("decimal comma");
    REQUIRE(comma);
    CHECK(comma->outcome == Outcome::Noted);
    CHECK(comma->place.line == 2);
    CHECK(comma->what.find("2 cells") == 0);
    CHECK(comma->what.find("\"score\": \"1,5\"") != std::string::npos);
    CHECK_FALSE(collect(table(), "author,text\nann,hi\n").problemWith("semicolons"));
}

TEST_CASE("two columns of one name are asked about, and told apart")
{
    const std::string text = "author,text,text,date\na,b,c,2024-03-01\n";
    const auto asked = question(text);
    REQUIRE(asked);
    CHECK(asked->about == Question::About::Columns);
    REQUIRE(asked->choices.size() == 4);
    CHECK(asked->choices[2].value == "text (2)");
    CHECK(asked->choices[2].meaning == "c");
    ReadOptions second;
    second.columns = {{"text", "text (2)"}};
    CHECK(collect(table(), text, second).messages.front().text == "c");
    ReadOptions first;
    first.columns = {{"text", "text"}};
    CHECK(collect(table(), text, first).messages.front().text == "b");
}

TEST_CASE("a table without a header is asked about with samples of its columns")
{
    const auto asked = question("ann,2024-03-01 10:00,hello\nbob,2024-03-01 10:01,hi\n");
    REQUIRE(asked);
    REQUIRE(asked->choices.size() == 3);
    CHECK(asked->choices[0].value == "column 1");
    CHECK(asked->choices[0].meaning == "ann | bob");
}

TEST_CASE("every column is told by header, role and samples")
{
    const auto all = collect(table(),
                             "who,date,text,mood\nann,2024-03-01,a,\nann,2024-03-02,b,glad\n"
                             "bob,2024-03-03,c,\ncy,2024-03-04,d,\ncy,2024-03-05,e,\n"
                             "dee,2024-03-06,f,glad\neve,2024-03-07,\"g\nh\",\n");
    REQUIRE(all.report.columns.size() == 4);
    const auto& who = all.report.columns[0];
    CHECK(who.header == "who");
    CHECK(who.role == "author");
    CHECK(who.samples == std::vector<std::string>{"ann", "bob", "cy", "dee", "eve"});
    CHECK(all.report.columns[1].role == "time");
    CHECK(all.report.columns[2].role == "text");
    CHECK(all.report.columns[2].samples.size() == 5);
    CHECK(all.report.columns[3].role.empty());
    CHECK(all.report.columns[3].samples == std::vector<std::string>{"glad"});
}

TEST_CASE("a column left out is never read")
{
    const std::string text = "author,text,date,username\nann,secret\xE9,2024-03-01,u1\n";
    ReadOptions options;
    options.encoding = "windows-1252";
    options.leaveOut = {"text", "author"};
    const auto all = collect(table(), text, options);
    REQUIRE(all.messages.size() == 1);
    CHECK(all.messages[0].account == "u1");
    CHECK(all.messages[0].text.empty());
    CHECK(told(all).find("secret") == std::string::npos);
    CHECK(all.report.columns[1].samples.empty());
    CHECK(all.report.columns[1].role.empty());

    options.leaveOut = {"author", "username"};
    CHECK(failure(table(), text, options)->kind() == Error::Kind::NeedsAnswer);
    options.leaveOut = {"autor"};
    CHECK(failure(table(), text, options)->kind() == Error::Kind::Usage);
    options.leaveOut = {"text"};
    options.columns = {{"text", "text"}};
    CHECK(failure(table(), text, options)->kind() == Error::Kind::Usage);
}

TEST_CASE("a table that is not UTF-8 is asked about")
{
    const std::string text = "author,text\nJos\xE9,it\x92s damp\nbob,caf\xE9\n";
    const auto asked = question(text);
    REQUIRE(asked);
    CHECK(asked->about == Question::About::Encoding);
    CHECK(asked->choices[0].meaning.find("José") != std::string::npos);
    CHECK(failure(table(), text)->where().line == 2);
    ReadOptions options;
    options.encoding = "windows-1252";
    const auto all = collect(table(), text, options);
    CHECK(all.messages[0].account == "José");
    CHECK(all.messages[0].text == "it’s damp");
    CHECK(all.problemWith("Windows-1252")->outcome == Outcome::Noted);
    options.encoding = "utf-8";
    const auto marked = collect(table(), text, options);
    CHECK(marked.messages[1].text == "caf\uFFFD");
    CHECK(marked.count(Outcome::Repaired) == 2);
    CHECK(marked.adds());

    // A row pasted in from elsewhere does not make the file another encoding.
    const auto mixed = collect(table(), "author,text\nJosé,née à Paris\nbob,caf\xE9\n");
    CHECK(mixed.messages[1].text == "café");
    CHECK(mixed.problemWith("Windows-1252")->place.line == 3);
}

TEST_CASE("text encoded twice is pointed out, and mended when asked")
{
    const std::string text = "author,text\nJosÃ©,hello\nbob,itâ€™s damp\n";
    const auto all = collect(table(), text);
    CHECK(all.messages[0].account == "JosÃ©");
    const auto* hint = all.problemWith("encoded twice");
    REQUIRE(hint);
    CHECK(hint->what.find("\"JosÃ©\" is probably \"José\"") != std::string::npos);
    CHECK(hint->place.line == 2);
    ReadOptions options;
    options.encoding = "utf-8-twice";
    const auto mended = collect(table(), text, options);
    CHECK(mended.messages[0].account == "José");
    CHECK(mended.messages[1].text == "it’s damp");
    CHECK_FALSE(mended.problemWith("encoded twice"));
    CHECK_FALSE(collect(table(), "author,text\nJosé,naïve\n").problemWith("twice"));
}

TEST_CASE("numbers that a spreadsheet has shortened tell nobody apart")
{
    const auto all = collect(table(),
                             "phone,text,to,sender\n447700900123,a,4.47E+11,4.47E+11\n"
                             "447700900124,b,ann,447700900124\n");
    REQUIRE(all.messages.size() == 1);
    CHECK(all.problemWith("was rounded by a spreadsheet")->outcome == Outcome::Refused);
    CHECK(all.problemWith("told apart")->what.find("2 cells") == 0);
    CHECK(all.adds());
    const auto ties = collect(table(), "author,text,reply_to_user\nann,a,4.47E+11\nbob,b,ann\n");
    CHECK(ties.messages[0].ties.empty());
    CHECK(ties.messages[1].ties.size() == 1);
    const auto ids = collect(table(),
                             "author_id,text\n1219758386436160000,x\n1219758386436170000,y\n"
                             "1219758386436990000,z\nann,w\n");
    CHECK(ids.messages.size() == 1);
    CHECK(ids.count(Outcome::Refused) == 3);
}

TEST_CASE("two-digit years are said with how they were read")
{
    const auto all = collect(table(), "author,text,date\nann,a,13/04/24\nbob,b,14/04/71\n");
    CHECK(isoText(all.messages[0].time) == "2024-04-13T00:00:00Z");
    CHECK(isoText(all.messages[1].time) == "1971-04-14T00:00:00Z");
    const auto* note = all.problemWith("two digits");
    REQUIRE(note);
    CHECK(note->what.find("13/04/24") != std::string::npos);
    CHECK(note->what.find("1970 to 2069") != std::string::npos);
}

TEST_CASE("a table of 60,000 columns is refused with its limit")
{
    std::string text = "author,text";
    for (int column = 0; column < 60'000; ++column) text += ",c";
    const auto package =
        std::shared_ptr<const Package>(packageOf("wide.csv", {{"wide.csv", text + "\na,b\n"}}));
    const auto found = recognise(package);
    REQUIRE(found.size() == 1);
    const auto error = failure(*found.front().reader, text + "\na,b\n");
    REQUIRE(error);
    CHECK(error->kind() == Error::Kind::LimitReached);
    CHECK(error->where().line == 1);
    CHECK(error->cause().find("512") != std::string::npos);
}

TEST_CASE("odd characters in a table keep their place")
{
    const auto all = collect(
        table(), std::string("author,text\rann,a\fb\rbob,\"x\ny\"\rcy,=cmd|' /C calc'!A0\r"));
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[1].place.line == 3);
    CHECK(all.messages[2].place.line == 5);
    CHECK(all.messages[2].text == "=cmd|' /C calc'!A0");
    const auto joined = collect(table(), "author,text\nJosé,a\nJose\u0301,b\n");
    CHECK(joined.senders().size() == 1);
}
