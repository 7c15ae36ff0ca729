#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

std::string ties(const Collected& all)
{
    std::string out;
    for (const auto& one : all.givenTies)
        out += one.from + '>' + one.to + ' ' + std::to_string(one.weight).substr(0, 3) + ' ';
    return out;
}

}  // namespace

TEST_CASE("UCINET files are read in every layout")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"DL N = 3\nData:\n0 1 0\n0 0 2\n0 0 0\n", "1>2 1.0 2>3 2.0 "},
        {"dl n=3 format=fullmatrix\nlabels:\nann,bob\ncy\ndata:\n0 1\n0 0 0 2.5\n0 0 0\n",
         "ann>bob 1.0 bob>cy 2.5 "},
        {"dl n=2\nlabels embedded\ndata:\nann bob\nAnn 0 1\nBOB 3 0\n", "ann>bob 1.0 bob>ann 3.0 "},
        {"DL n=3\nformat = edgelist1\nlabels: ann, \"Bob Lee\", cy\ndata:\n1 2\n2 3 0.5\n",
         "ann>Bob Lee 1.0 Bob Lee>cy 0.5 "},
        {"DL n=3\nformat = edgelist1\nlabels embedded:\ndata:\nann bob\nBob cy 2\n",
         "ann>bob 1.0 bob>cy 2.0 "},
        {"DL n=3\nformat = nodelist1\nlabels:\na, b, c\ndata:\n1 2 3\n3 1\n",
         "a>b 1.0 a>c 1.0 c>a 1.0 "},
        {"dl n=2\nlabels:\n\"\" b\ndata:\n0 1\n1 0\n", "1>b 1.0 b>1 1.0 "},
        {"dl nr=2, nc=2\nrow labels: a b\ncolumn labels: x y\ndata:\n1 0\n1 1\n",
         "a>x 1.0 b>x 1.0 b>y 1.0 "},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto all = collect(ucinetReader(), one.text);
        CHECK(ties(all) == one.expected);
        CHECK(graphAdds(all));
        CHECK(recognition(ucinetReader(), one.text).confidence > 80);
        CHECK(all.problemWith("whether its ties have a direction"));
    }
    CHECK(collect(ucinetReader(), "dl n=3\nformat=edgelist1\ndata:\n1 2\n").accounts.size() == 3);
    CHECK(recognition(ucinetReader(), "dl is not enough\n").confidence == 0);
    CHECK(recognition(ucinetReader(), "dlan n=3 data").confidence == 0);
}

TEST_CASE("what UCINET lines cannot mean is said with the line")
{
    const auto all = collect(ucinetReader(),
                             "dl n=2\nformat=edgelist1\ndata:\n1 2\n1 3\n1 2 -1\n1 1\n2\n1 2 x\n");
    CHECK(all.givenTies.size() == 1);
    CHECK(graphAdds(all));
    CHECK(all.problemWith("number 3")->place.line == 5);
    CHECK(all.problemWith("below 0")->place.line == 6);
    CHECK(all.problemWith("to themselves")->place.line == 7);
    CHECK(all.problemWith("only one end")->place.line == 8);
    CHECK(all.problemWith("not a finite")->place.line == 9);
    const auto blank = collect(ucinetReader(),
                               "dl n=3\nlabels embedded\nformat=edgelist1\ndata:\n"
                               "ann bob\n\"\" ann\nbob \"\"\n");
    CHECK(blank.accounts.size() == 2);
    CHECK(blank.count(Outcome::Refused) == 2);
    CHECK(graphAdds(blank));
    CHECK(blank.problemWith("without a name")->place.line == 6);
    const auto more = collect(ucinetReader(), "dl n=2\ndata:\n0 1\n1 0\n1 1\n");
    CHECK(more.problemWith("more numbers than 2 rows of 2")->place.line == 5);
    CHECK(collect(ucinetReader(), "dl n=2\ndata:\n0 1\n").problemWith("after 1 of 2 rows"));
    CHECK(failure(ucinetReader(), "dl n=2\nformat=blocked\ndata:\n1 2\n")->kind() ==
          Error::Kind::BadInput);
    CHECK(failure(ucinetReader(), "dl n=900000 format=edgelist1\ndata:\n1 2\n")->kind() ==
          Error::Kind::LimitReached);
    CHECK(failure(ucinetReader(), "dl n=99999999\ndata:\n")->kind() == Error::Kind::LimitReached);
    CHECK(failure(ucinetReader(), "dl n=2\nlabels:\na b\n")->kind() == Error::Kind::BadInput);
}

TEST_CASE("UCINET reads alike however it arrives", "[property]")
{
    const std::string text =
        "dl n=3\r\nlabels:\r\nJosé,b,c\r\ndata:\r\n0 1 0\r\n0 0 2\r\n1 0 0\r\n";
    const auto whole = told(collect(ucinetReader(), text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(ucinetReader(), PiecedPackage("w", text, sizes))) == whole);
    });
    CHECK(readCut(ucinetReader(), text, 60) > 10);
}

TEST_CASE("UCINET in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        std::size_t refused;
    };
    const std::vector<Expected> all{
        {"edgelist1.dl", 5, 5, 0},    {"edgelist2.dl", 5, 5, 0},    {"edgelist3.dl", 5, 5, 0},
        {"edgelist4.dl", 5, 3, 2},    {"edgelist5.dl", 5, 5, 0},    {"edgelist6.dl", 5, 5, 0},
        {"edgelist7.dl", 4, 3, 0},    {"fullmatrix1.dl", 5, 12, 0}, {"fullmatrix2.dl", 5, 12, 0},
        {"fullmatrix3.dl", 5, 12, 0}, {"fullmatrix4.dl", 5, 12, 0}, {"nodelist1.dl", 5, 5, 0},
        {"nodelist2.dl", 5, 5, 0}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(ucinetReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(read.count(Outcome::Refused) == one.refused);
        CHECK(graphAdds(read));
        CHECK(recognition(ucinetReader(), text).confidence > 80);
        readCut(ucinetReader(), text, 20);
    }
}
