#include "core/import/csv.h"

#include "core/base/text.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rowsOf(const std::string& text, std::optional<CsvDialect> dialect = {})
{
    const auto source = sourceOver(text);
    CsvReader reader(*source, "t.csv", dialect);
    Rows rows;
    while (const CsvRow* row = reader.next()) rows.push_back(row->fields);
    return rows;
}

std::optional<Error> csvFailure(const std::string& text)
{
    try {
        rowsOf(text);
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

std::string written(const Rows& rows, char separator)
{
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            if (at > 0) out += separator;
            out += '"' + replaceAll(row[at], "\"", "\"\"") + '"';
        }
        out += "\r\n";
    }
    return out;
}

}  // namespace

TEST_CASE("a table is cut into rows as spreadsheets write them")
{
    CHECK(rowsOf("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rowsOf("a;b\n1,5;2,5\n3,5;4,5\n") == Rows{{"a", "b"}, {"1,5", "2,5"}, {"3,5", "4,5"}});
    CHECK(rowsOf("a\tb\n1, one\t2\n") == Rows{{"a", "b"}, {"1, one", "2"}});
    CHECK(rowsOf("a|b\n1|2") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rowsOf("a,b\n\"x, \"\"y\"\"\",2\n") == Rows{{"a", "b"}, {"x, \"y\"", "2"}});
    CHECK(rowsOf("a,b\n\"one\r\ntwo\",2\r\n") == Rows{{"a", "b"}, {"one\ntwo", "2"}});
    CHECK(rowsOf("\xEF\xBB\xBF"
                 "a,b\r1,2\r") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rowsOf("a,b\n\n,\n1,\n") == Rows{{"a", "b"}, {"", ""}, {"1", ""}});
    CHECK(rowsOf("a,b\n5\" pipe,2\n") == Rows{{"a", "b"}, {"5\" pipe", "2"}});
    CHECK(rowsOf("a,b\n\"say \\\"hi\\\", she\",2\n\"\\\"\",3\n") ==
          Rows{{"a", "b"}, {"say \"hi\", she", "2"}, {"\"", "3"}});
    CHECK(rowsOf("a,b\n\"C:\\\",2\n") == Rows{{"a", "b"}, {"C:\\", "2"}});
    CHECK(rowsOf("one  two\n a\tb \n", CsvDialect{' ', false}) == Rows{{"one", "two"}, {"a", "b"}});
    CHECK(rowsOf(std::string("\xFF\xFE"
                             "a\0,\0b\0\n\0\xE9\0,\0"
                             "2\0",
                             16)) == Rows{{"a", "b"}, {"é", "2"}});
    CHECK(rowsOf("a,b\nJos\xE9,\x93x\x94\n") == Rows{{"a", "b"}, {"José", "“x”"}});
    CHECK(rowsOf("").empty());
}

TEST_CASE("line numbers of a table count physical lines")
{
    const auto source = sourceOver("a,b\n\"x\ny\nz\",1\n\nlast,2\n");
    CsvReader reader(*source, "t.csv");
    CHECK(reader.next()->line == 1);
    const auto* row = reader.next();
    CHECK(row->line == 2);
    CHECK(row->lines == 3);
    CHECK(reader.next()->line == 6);
    CHECK(reader.next() == nullptr);
    CHECK(reader.consumed() == 22);
}

TEST_CASE("a table that cannot be cut is refused with its line")
{
    const auto open = csvFailure("a,b\n1,2\n3,\"4\n5,6\n");
    REQUIRE(open);
    CHECK(open->kind() == Error::Kind::BadInput);
    CHECK(open->where().line == 3);

    const auto wide = csvFailure("a,b\n" + std::string(60'000, ','));
    REQUIRE(wide);
    CHECK(wide->kind() == Error::Kind::LimitReached);
    CHECK(wide->where().line == 2);

    const auto longField = csvFailure("a,b\n1," + std::string((1U << 20U) + 1, 'x'));
    REQUIRE(longField);
    CHECK(longField->kind() == Error::Kind::LimitReached);
}

TEST_CASE("what is written as a table is read back, however it arrives", "[property]")
{
    rc::prop(
        "rows survive quoting, separators and chunks", [](const std::vector<std::size_t>& sizes) {
            const auto sign = rc::gen::element<std::string>("a", "é", ",", ";", "\"", "\n", " ",
                                                            "|", "\t", "\\", "漢");
            const auto field =
                rc::gen::map(rc::gen::container<std::vector<std::string>>(sign),
                             [](const std::vector<std::string>& all) { return join(all, ""); });
            const auto width = *rc::gen::inRange<std::size_t>(2, 6);
            const auto separator = *rc::gen::element(',', ';', '\t', '|');
            const auto rows = *rc::gen::container<Rows>(
                rc::gen::container<std::vector<std::string>>(width, field));
            const auto text = written(rows, separator);
            Pieces source(text, sizes);
            CsvReader reader(source, "t.csv", CsvDialect{separator, false});
            Rows read;
            while (const CsvRow* row = reader.next()) read.push_back(row->fields);
            RC_ASSERT(read == rows);
        });
    rc::prop("the dialect found does not depend on chunks",
             [](const std::vector<std::size_t>& sizes) {
                 const auto text = *rc::gen::container<std::string>(
                     rc::gen::element('a', ',', ';', '"', '\n', '\r', '\\'));
                 const auto readAs = [](ByteSource& source) {
                     Rows rows;
                     try {
                         CsvReader reader(source, "t.csv");
                         while (const CsvRow* row = reader.next()) rows.push_back(row->fields);
                     } catch (const Error& error) {
                         rows.push_back({error.what()});
                     }
                     return rows;
                 };
                 Pieces pieces(text, sizes);
                 const auto whole = sourceOver(text);
                 RC_ASSERT(readAs(pieces) == readAs(*whole));
             });
}
