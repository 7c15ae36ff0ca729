#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

std::string ties(const Collected& all)
{
    std::string out;
    for (const auto& one : all.givenTies) {
        out += one.from + (one.directed ? ">" : "-") + one.to + ' ' +
               std::to_string(one.weight).substr(0, 3) + ' ';
    }
    return out;
}

}  // namespace

TEST_CASE("edge lists are read in every layout")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"Source,Target,Type,Id,Label,Weight\n1,2,Directed,1,,1.4\n2,3,Undirected,2,,2\n",
         "1>2 1.4 2-3 2.0 "},
        {"source;target;weight\na;b;1,5\nb;c;2,5\n", "a>b 1.5 b>c 2.5 "},
        {"from\tto\nAnn Lee\tBob\n", "Ann Lee>Bob 1.0 "},
        {":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n", "1>2 1.0 "},
        {"Source Target Type timeset\nFred Alice Directed \"[2016-02-03, 2016-02-04]\"\n",
         "Fred>Alice 1.0 "},
        {"# from to\n1 2\n1 10\n% note\n2 1\n", "1>2 1.0 1>10 1.0 2>1 1.0 "},
        {"a b\nb c 12.3e5\na c\n", "a>b 1.0 b>c 123 a>c 1.0 "},
        {"a,b,2\nb,c,3\n", "a>b 2.0 b>c 3.0 "},
        {" ,A,B\nA,0,1\nB,3.5, 0\n", "A>B 1.0 B>A 3.5 "},
        {"a;b\nb;c;d\ne\nf; a ;g\n", "a>b 1.0 b>c 1.0 b>d 1.0 f>a 1.0 f>g 1.0 "},
        {"id,source,target,weight\na,1,2,1\nb,3,4,2\na,1,2,5\n", "1>2 1.0 3>4 2.0 "},
        {"source,target,time\na,b,2024-03-01\n", "a>b 1.0 "},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto all = collect(edgeListReader(), one.text);
        CHECK(ties(all) == one.expected);
        CHECK(graphAdds(all));
        CHECK(recognition(edgeListReader(), one.text).confidence > 0);
    }
    const auto timed = collect(edgeListReader(), "source,target,time\na,b,2024-03-01\n");
    CHECK(isoText(*timed.givenTies.front().time) == "2024-03-01T00:00:00Z");
}

TEST_CASE("rows of an edge list that cannot be ties say why")
{
    struct Case {
        std::string row;
        std::string what;
        Outcome outcome;
    };
    const std::vector<Case> cases{{"a,b", "2 fields", Outcome::Refused},
                                  {"a,b,1,2", "4 fields", Outcome::Refused},
                                  {"a,a,1", "to themselves", Outcome::Skipped},
                                  {"a,b,0", "weight of 0", Outcome::Skipped},
                                  {"a,b,-1", "below 0", Outcome::Refused},
                                  {"a,b,NaN", "not a finite number", Outcome::Refused},
                                  {"a,b,Infinity", "not a finite number", Outcome::Refused},
                                  {"a,,1", "without a name", Outcome::Refused}};
    for (const auto& one : cases) {
        INFO(one.row);
        const auto all =
            collect(edgeListReader(), "source,target,weight\nx,y,1\n" + one.row + "\n");
        const auto* problem = all.problemWith(one.what == "weight of 0" ? "of weight 0" : one.what);
        REQUIRE(problem != nullptr);
        CHECK(problem->outcome == one.outcome);
        CHECK(problem->place.line == 3);
        CHECK(graphAdds(all));
    }
    CHECK(failure(edgeListReader(), "Source,Target,Weight\n")->kind() == Error::Kind::BadInput);
    CHECK(failure(edgeListReader(), "some text that is no list of any kind at all\n")->kind() ==
          Error::Kind::BadInput);
}

TEST_CASE("an edge list is told from other tables")
{
    CHECK(recognition(edgeListReader(), "Source,Target\na,b\n").confidence > 80);
    CHECK(recognition(edgeListReader(), "from,to,text\na,b,hello\n").confidence == 0);
    CHECK(recognition(edgeListReader(), "author,text,date\na,b c,2024-01-01\n").confidence == 0);
    CHECK(recognition(edgeListReader(), "a b\nc d\n").confidence < 50);
    CHECK(recognition(edgeListReader(), "1 2\n3 4\n").confidence >= 50);
}

TEST_CASE("edge lists in the wild")
{
    struct Expected {
        std::string file;
        std::size_t ties;
    };
    const std::vector<Expected> all{{"hartford_drug.edgelist", 337},
                                    {"graph1.ncol", 3},
                                    {"graph3.ncol", 2},
                                    {"edges_table_repeated_with_ids.csv", 3},
                                    {"edges_table_repeated_without_ids.csv", 5},
                                    {"edges_table_types_test.csv", 2},
                                    {"file_spreadsheet_adj_list.csv", 7},
                                    {"file_spreadsheet_matrix.csv", 4},
                                    {"edges_table_with_timeset_timestamps.csv", 5}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(edgeListReader(), text);
        CHECK(read.givenTies.size() + read.count(Outcome::Skipped) >= one.ties);
        CHECK(graphAdds(read));
        CHECK(recognition(edgeListReader(), text).confidence > 0);
        readCut(edgeListReader(), text, 50);
    }
    const auto matrix = collect(
        edgeListReader(), readFile(publicFiles("graph", "file_spreadsheet_matrix.csv").front()));
    CHECK(ties(matrix) == "A>B 1.0 A>D 2.0 B>A 1.0 D>B 3.5 ");
}
