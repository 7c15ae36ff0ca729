#include "core/import/question.h"
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
    for (const auto& one : all.givenTies) {
        out += one.from + (one.directed ? ">" : "-") + one.to + ' ' +
               std::to_string(one.weight).substr(0, 3) + ' ';
    }
    return out;
}

}  // namespace

TEST_CASE("Pajek networks are read in every layout")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::string people = "*Vertices 3\n1 \"Ann Lee\" 0.1 0.2 0.3 ellipse\n2 Bob\n3 \"Cy\"\n";
    const std::vector<Case> cases{
        {people + "*Arcs\n1 2 2.5\n2 3\n*Edges\n1 3 1 c Blue\n",
         "Ann Lee>Bob 2.5 Bob>Cy 1.0 Ann Lee-Cy 1.0 "},
        {people + "*arcslist\n1 2 3\n*EDGESLIST\n2 3\n",
         "Ann Lee>Bob 1.0 Ann Lee>Cy 1.0 Bob-Cy 1.0 "},
        {people + "*Matrix\n0 1 0\n0 0 2\n0 0 0\n", "Ann Lee>Bob 1.0 Bob>Cy 2.0 "},
        {"\xEF\xBB\xBF% about\r\n*Network x\r\n*vertices 2\r\n*arcs :1 \"likes\"\r\n1 2 1 "
         "[1-5]\r\n",
         "1>2 1.0 "},
        {"*Vertices 2\n1 \"A &#34;b&#34;\"\n2 'C'\n*Edges 1\n1 2 3\n", "A \"b\"-C 3.0 "},
        {"*Vertices 2\n1 \"Ann\"\n2 \"Ann\"\n*Edges\n1 2\n", "1-2 1.0 "},
        {"*Vertices 5 3\n1 a\n2 b\n3 c\n4 x\n5 y\n*Matrix\n1 0\n0 2\n0 0\n", "a-x 1.0 b-y 2.0 "},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto all = collect(pajekReader(), one.text);
        CHECK(ties(all) == one.expected);
        CHECK(graphAdds(all));
        CHECK(recognition(pajekReader(), one.text).confidence > 80);
    }
    const auto two = collect(pajekReader(), cases.back().text);
    REQUIRE(two.traits.size() == 5);
    CHECK(two.traits[2].value == "first");
    CHECK(two.traits[3].value == "second");
    CHECK(two.problemWith("two kinds"));
}

TEST_CASE("rows beyond the end of a Pajek matrix are refused, however many")
{
    const std::string text = "*Vertices 3 1\n1 a\n2 b\n3 c\n*Matrix\n1 0\n1 0\n1 0\n1 0\n1 0\n";
    const auto all = collect(pajekReader(), text);
    CHECK(ties(all) == "a-b 1.0 ");
    CHECK(all.count(Outcome::Refused) == 4);
    CHECK(graphAdds(all));
    const auto again =
        collect(pajekReader(), "*Vertices 5 3\n*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n");
    CHECK(ties(again) == "a-b 1.0 ");
    CHECK(again.problemWith("two kinds") == nullptr);
}

TEST_CASE("what Pajek lines cannot mean is said with the line")
{
    const auto all = collect(pajekReader(),
                             "*Vertices 2\n1 a\n2 b\n2 c\n*Arcs\n1 2\n1 3\n1 2 -1\n1 2 NaN\n1 1\n"
                             "1 2 0\n2\n0 1\nx 1\n");
    CHECK(all.givenTies.size() == 1);
    CHECK(graphAdds(all));
    CHECK(all.problemWith("already described in line 3")->place.line == 4);
    CHECK(all.problemWith("no vertex 3")->place.line == 7);
    CHECK(all.problemWith("below 0")->place.line == 8);
    CHECK(all.problemWith("not a finite")->place.line == 9);
    CHECK(all.problemWith("to themselves")->place.line == 10);
    CHECK(all.problemWith("only one end")->place.line == 12);
    CHECK(all.problemWith("no vertex x")->place.line == 14);
    CHECK(failure(pajekReader(), "*Vertices 1000001\n")->kind() == Error::Kind::LimitReached);
    // A few bytes do not make many people; as many as there are bytes may well be there.
    CHECK(failure(pajekReader(), "*Vertices 900000\n*Arcs\n1 2\n")->where().line == 1);
    CHECK(collect(pajekReader(), "*Vertices 20000\n*Arcs\n1 2\n").accounts.size() == 20'000);
    CHECK(failure(pajekReader(), "*Vertices many\n")->where().line == 1);
    CHECK(failure(pajekReader(), "*Vertices 0\n")->kind() == Error::Kind::BadInput);
    CHECK(failure(pajekReader(), "*Vertices 1\n1 Jos\xE9\n")->kind() == Error::Kind::NeedsAnswer);
    ReadOptions options;
    options.encoding = "windows-1252";
    CHECK(collect(pajekReader(), "*Vertices 1\n1 Jos\xE9\n", options).accounts[0].key == "José");
}

TEST_CASE("partitions and vectors of a Pajek project are traits")
{
    const auto all = collect(pajekReader(),
                             "*Network n\n*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n*Partition ward\n"
                             "*Vertices 2\n3\n4\n*Vector age\n*Vertices 2\n41.5\n7\n");
    std::string traits;
    for (const auto& one : all.traits)
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    CHECK(traits == "a.ward=3 b.ward=4 a.age=41.5# b.age=7# ");
    CHECK(graphAdds(all));
}

TEST_CASE("Pajek reads alike however it arrives", "[property]")
{
    const std::string text =
        "*Vertices 3 \r\n1 \"Ann\"\r\n2 \"José\"\r\n3 c\r\n*Arcs\r\n1 2 2\r\n3 9\r\n";
    const auto whole = told(collect(pajekReader(), text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(pajekReader(), PiecedPackage("w", text, sizes))) == whole);
    });
    CHECK(readCut(pajekReader(), text, 60) > 10);
}

TEST_CASE("Pajek in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        std::size_t left;  ///< skipped and refused
    };
    const std::vector<Expected> all{
        {"unit_bipartite.net", 13, 11, 0}, {"pajek1.net", 10, 9, 0},
        {"pajek2.net", 10, 9, 0},          {"pajek3.net", 10, 9, 0},
        {"pajek4.net", 10, 9, 0},          {"pajek5.net", 10, 9, 0},
        {"pajek6.net", 10, 9, 0},          {"pajek_arcslist.net", 18, 55, 0},
        {"pajek_bip.net", 15, 25, 0},      {"pajek_bip2.net", 15, 0, 10},
        {"pajek_edgeslist.net", 3, 3, 0},  {"pajek_signed.net", 10, 35, 10},
        {"utf8_with_bom.net", 10, 6, 0}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(pajekReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(read.count(Outcome::Skipped) + read.count(Outcome::Refused) == one.left);
        CHECK(graphAdds(read));
        CHECK(recognition(pajekReader(), text).confidence > 80);
        readCut(pajekReader(), text, 20);
    }
}
