#include "core/base/text.h"
#include "core/import/readers.h"
#include "core/import/tabledates.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

const Reader& table()
{
    return tableReader();
}

ReadOptions with(std::map<std::string, std::string> columns)
{
    ReadOptions options;
    options.columns = std::move(columns);
    return options;
}

}  // namespace

TEST_CASE("a table of messages is read by its header")
{
    const auto all =
        collect(table(), readFile(fixture("import/data/table/forum.csv")), {}, "forum.csv");
    REQUIRE(all.messages.size() == 5);
    CHECK(all.adds());
    CHECK(all.report.platform == "table");
    CHECK(all.report.zone.empty());

    const auto& first = all.messages[0];
    CHECK(first.id == "1001");
    CHECK(first.account == "Ann Lee");
    CHECK(first.text == "Damp walls\n\nWho else has damp in Eastfield?\nOurs is bad.");
    CHECK(first.kind == MessageKind::Post);
    CHECK(isoText(first.time) == "2024-03-01T18:04:09Z");
    CHECK(first.conversation == "Housing");
    CHECK(first.place.line == 2);

    const auto& reply = all.messages[1];
    REQUIRE(reply.ties.size() == 2);
    CHECK(reply.ties[0].kind == TieKind::Reply);
    CHECK(reply.ties[0].account == "Ann Lee");
    CHECK(reply.ties[0].message == "1001");
    CHECK(reply.ties[1].kind == TieKind::Mention);
    CHECK(reply.ties[1].account == "Cy");
    CHECK(all.messages[2].account == "José");
    CHECK(all.messages[3].account == all.messages[2].account);
    CHECK(all.messages[4].account.empty());
    CHECK(all.count(Outcome::Refused) == 3);
    CHECK(all.count(Outcome::Skipped) == 1);
    CHECK(all.problemWith("fields")->place.line == 8);
    CHECK(all.problemWith("does not exist")->place.line == 9);
    CHECK(all.problemWith("spreadsheet")->place.line == 11);
}

TEST_CASE("which column is which is asked, and the answer taken")
{
    const std::string text = "A,B,C\nann,2024-03-01T10:00:00Z,hello\nbob,2024-03-01T10:01:00Z,hi\n";
    const auto asked = failure(table(), text);
    REQUIRE(asked);
    CHECK(asked->kind() == Error::Kind::NeedsAnswer);
    CHECK(asked->remedy().find("\"A\", \"B\", \"C\"") != std::string::npos);

    const auto all = collect(table(), text, with({{"author", "A"}, {"time", "B"}, {"text", "C"}}));
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[1].account == "bob");

    const auto role = failure(table(), text, with({{"writer", "A"}}));
    REQUIRE(role);
    CHECK(role->kind() == Error::Kind::Usage);
    CHECK(role->remedy().find("reply_to_author") != std::string::npos);
    const auto header = failure(table(), text, with({{"author", "D"}}));
    REQUIRE(header);
    CHECK(header->kind() == Error::Kind::Usage);
    CHECK(header->remedy().find("\"C\"") != std::string::npos);

    const auto bare = failure(table(), "ann,2024-03-01 10:00,hello\nbob,2024-03-01 10:01,hi\n");
    REQUIRE(bare);
    CHECK(bare->kind() == Error::Kind::NeedsAnswer);
    CHECK(collect(table(), "ann,2024-03-01 10:00,hello\nbob,2024-03-01 10:01,hi\n",
                  with({{"author", "column 1"}, {"time", "column 2"}, {"text", "column 3"}}))
              .messages.size() == 2);

    const auto twice = failure(table(), "author,text,text,date\na,b,c,2024-03-01\n");
    REQUIRE(twice);
    CHECK(twice->kind() == Error::Kind::NeedsAnswer);
}

TEST_CASE("day and month are decided once for the file, or asked")
{
    const auto timeOf = [](const std::string& dates, ReadOptions options = {}) {
        std::string text = "author,date,text\n";
        for (const auto date : split(dates, ' ')) text += "ann," + std::string(date) + ",x\n";
        return isoText(collect(table(), text, options).messages.front().time);
    };
    CHECK(timeOf("01/02/2024 13/02/2024") == "2024-02-01T00:00:00Z");
    CHECK(timeOf("01/02/2024 02/13/2024") == "2024-01-02T00:00:00Z");
    CHECK(timeOf("01.02.2024 02.03.2024") == "2024-02-01T00:00:00Z");
    ReadOptions american;
    american.dates = DateOrder::MonthDayYear;
    CHECK(timeOf("01/02/2024 02/03/2024", american) == "2024-01-02T00:00:00Z");

    const auto asked = failure(table(), "author,date,text\nann,01/02/2024,x\n");
    REQUIRE(asked);
    CHECK(asked->kind() == Error::Kind::NeedsAnswer);
    CHECK(asked->cause().find("2024-02-01 or 2024-01-02") != std::string::npos);
    CHECK(asked->where().line == 2);

    const auto turned = failure(table(), "author,date,text\nann,13/02/2024,x\nann,02/13/2024,x\n");
    REQUIRE(turned);
    CHECK(turned->kind() == Error::Kind::BadInput);
    CHECK(turned->where().line == 3);
    const auto mixed = failure(table(), "author,date,text\nann,2024-02-13,x\nann,13/02/2024,x\n");
    REQUIRE(mixed);
    CHECK(mixed->kind() == Error::Kind::BadInput);
}

TEST_CASE("times are read in every style that tables have")
{
    struct Case {
        std::string text;
        std::string expected;
        TimeCertainty certainty;
    };
    const std::vector<Case> cases{
        {"2024-03-01T18:04:09Z", "2024-03-01T18:04:09Z", TimeCertainty::Exact},
        {"2024-03-01 18:04:09+01:00", "2024-03-01T17:04:09Z", TimeCertainty::Exact},
        {"2025-05-18 04:35:32 UTC", "2025-05-18T04:35:32Z", TimeCertainty::Exact},
        {"1706745600", "2024-02-01T00:00:00Z", TimeCertainty::Exact},
        {"1706745600.0", "2024-02-01T00:00:00Z", TimeCertainty::Exact},
        {"1706745600123", "2024-02-01T00:00:00.123Z", TimeCertainty::Exact},
        {"Tue Jan 21 23:07:15 +0000 2020", "2020-01-21T23:07:15Z", TimeCertainty::Exact},
        {"Jan 21, 2020, 11:07 PM", "2020-01-21T23:07:00Z", TimeCertainty::Zoned},
        {"21 January 2020 12:05 a.m.", "2020-01-21T00:05:00Z", TimeCertainty::Zoned},
        {"2024/03/01 18:04", "2024-03-01T18:04:00Z", TimeCertainty::Zoned},
        {"2024-03-01", "2024-03-01T00:00:00Z", TimeCertainty::DateOnly},
        {"21.01.2020, 23:07", "2020-01-21T23:07:00Z", TimeCertainty::Zoned},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto moment = TableDates().read(one.text, Zone());
        REQUIRE(moment);
        CHECK(isoText(moment->time) == one.expected);
        CHECK(moment->certainty == one.certainty);
    }
    for (const char* bad :
         {"", "yesterday", "2024-02-31", "1.7E+09", "12:30", "32.01.2020", "1,5", "ann"}) {
        INFO(bad);
        CHECK_FALSE(TableDates().read(bad, Zone()));
    }
    const auto london = TableDates().read("2024-07-01 12:00", *Zone::find("Europe/London"));
    REQUIRE(london);
    CHECK(isoText(london->time) == "2024-07-01T11:00:00Z");
}

TEST_CASE("ids that a spreadsheet rounded are not used to match replies")
{
    const auto all = collect(table(),
                             "id,author,text,date,reply_to\n1.23E+18,ann,x,2024-03-01,\n"
                             "1.23E+18,bob,y,2024-03-02,1.23E+18\n");
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[0].id.empty());
    CHECK(all.messages[1].ties.empty());
    CHECK(all.problemWith("rounded by a spreadsheet")->place.line == 2);
    CHECK(all.adds());

    const auto zeros = collect(table(),
                               "id,author,text\n1219758386436160000,a,x\n1219758386436170000,a,y\n"
                               "1219758386436990000,a,z\n");
    CHECK(zeros.messages[0].id.empty());
    CHECK(zeros.problemWith("rounded by a spreadsheet"));
    const auto whole = collect(table(),
                               "id,author,text\n1219758386436165633,a,x\n1219758386436170000,a,y\n"
                               "1219758386436990000,a,z\n");
    CHECK(whole.messages[0].id == "1219758386436165633");
    CHECK(whole.adds());
}

TEST_CASE("a table without messages is refused in words")
{
    CHECK(failure(table(), "")->kind() == Error::Kind::BadInput);
    CHECK(failure(table(), "author,text,date\n")->kind() == Error::Kind::BadInput);
    CHECK(failure(table(), "author,text,date\nann,x,31/31/2024\n")->kind() ==
          Error::Kind::BadInput);
    CHECK(failure(table(), "author,text,date\nann,\"x,2024-03-01\n")->where().line == 2);
    const auto nul = collect(table(), std::string("author,text\nann,a\0b\nbob,c\n", 24));
    CHECK(nul.messages.size() == 1);
    CHECK(nul.problemWith("NUL")->place.line == 2);
}

TEST_CASE("a table is recognised by its columns, and a guess is called one")
{
    CHECK(recognition(table(), "author,text,created_at\na,b,c\n").confidence >= 50);
    CHECK(recognition(table(), "sender;message\na;b\n").confidence < 50);
    CHECK(recognition(table(), "A,B,C\na,b,c\n").confidence < 50);
    CHECK(recognition(table(), "A,B,C\na,b,c\n").confidence > 0);
    CHECK(recognition(table(), "just some words\nand more\n").confidence == 0);
    CHECK(recognition(table(), "{\"a\": 1, \"b\": 2}\n").confidence == 0);
    CHECK(recognition(table(), "<html>,<b>\n").confidence == 0);
}

TEST_CASE("a collected table of tweets, as it is in the wild")
{
    const auto files = publicFiles("twitter", "sample-tweet.csv");
    if (files.empty()) {
        WARN("public data absent");
        return;
    }
    const auto all = collect(table(), readFile(files.front()));
    REQUIRE(all.messages.size() == 1);
    CHECK(all.adds());
    CHECK(all.messages[0].id == "1219758386436165633");
    CHECK(all.messages[0].account == "gsa_aect");
    CHECK(isoText(all.messages[0].time) == "2020-01-21T23:07:15Z");
    CHECK(all.messages[0].ties.empty());
    readCut(table(), readFile(files.front()), 50);
}
