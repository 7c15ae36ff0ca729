// VNA, GDF and LGL: graphs as lines of text.

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

std::string traits(const Collected& all)
{
    std::string out;
    for (const auto& one : all.traits)
        out += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    return out;
}

std::string sample(const std::string& file)
{
    return readFile(fixture("import/data/graph/" + file));
}

void checkInPieces(const Reader& reader, const std::string& text)
{
    const auto whole = told(collect(reader, text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(reader, PiecedPackage("w", text, sizes))) == whole);
    });
    CHECK(readCut(reader, text, 60) > 10);
}

}  // namespace

TEST_CASE("VNA: people, their traits, and ties to who has no entry")
{
    const auto text = sample("club.vna");
    const auto all = collect(vnaReader(), text);
    CHECK(ties(all) == "ann>ben 3.0 ben>cy 1.5 cy>dee 1.0 ");
    CHECK(traits(all) ==
          "ann.ward=Eastfield ann.role=committee member ann.age=41# ben.ward=Mill Lane "
          "ben.role=member ben.age=36# cy.ward=Eastfield cy.age=58# ");
    CHECK(all.accounts.size() == 4);
    CHECK(graphAdds(all));
    CHECK(all.problemWith("\"strength\" is taken for their weight; 1 other") != nullptr);
    CHECK(recognition(vnaReader(), text).confidence > 80);
    CHECK(recognition(vnaReader(), "*Network x\n*Vertices 2\n").confidence == 0);
    checkInPieces(vnaReader(), text);

    const auto odd =
        collect(vnaReader(), "*node data\nid ward\na x y\na x\na z\n*tie data\nfrom to\na b\na\n");
    CHECK(ties(odd) == "a>b 1.0 ");
    CHECK(graphAdds(odd));
    CHECK(odd.problemWith("3 values instead of 2")->place.line == 3);
    CHECK(odd.problemWith("already described in line 4")->place.line == 5);
    CHECK(odd.problemWith("only one end")->place.line == 9);
    CHECK(failure(vnaReader(), "*Node data\n")->kind() == Error::Kind::BadInput);
}

TEST_CASE("GDF: columns with types and defaults, either quotation, ties of both kinds")
{
    const auto text = sample("town.gdf");
    const auto all = collect(gdfReader(), text);
    CHECK(ties(all) == "n1>n2 2.5 n2-n3 1.0 n3-n4 1.0 ");
    CHECK(traits(all) ==
          "n1.ward=Eastfield n1.age=41# n2.ward=Mill Lane n2.age=36# n3.ward=Eastfield ");
    REQUIRE(all.accounts.size() == 4);
    CHECK(all.accounts[0].name == "Shaw, Ann");
    CHECK(all.accounts[1].name == "Ben \"Bo\" Cole");
    CHECK(graphAdds(all));
    CHECK(recognition(gdfReader(), text).confidence > 80);
    checkInPieces(gdfReader(), text);

    const auto odd = collect(
        gdfReader(), "nodedef>name VARCHAR(20)\na\na,b\n\"\"\nb\nedgedef>node1,node2\na,b\na\n");
    CHECK(ties(odd) == "a-b 1.0 ");
    CHECK(graphAdds(odd));
    CHECK(odd.count(Outcome::Refused) == 3);
    const std::string wide = "nodedef>name" + std::string(600, ',') + "\na\n";
    CHECK(failure(gdfReader(), wide)->kind() == Error::Kind::LimitReached);
    std::string given = "nodedef>name";
    for (int i = 0; i < 500; ++i) given += ",c" + std::to_string(i) + " INT default 1";
    for (int i = 0; i < 3000; ++i) given += "\np" + std::to_string(i);
    CHECK_THAT(failure(gdfReader(), given)->what(), Catch::Contains("more than it has letters"));
}

TEST_CASE("LGL: everybody with those below, without a direction")
{
    const auto text = sample("ward.lgl");
    const auto all = collect(lglReader(), text);
    CHECK(ties(all) == "ann-ben 2.0 ann-cy 1.0 ben-cy 0.5 ");
    CHECK(all.accounts.size() == 4);
    CHECK(graphAdds(all));
    CHECK(recognition(lglReader(), text).confidence > 50);
    // A list of ties with words about itself is none.
    CHECK(recognition(lglReader(), "# made by hand\na b\nb c\n").confidence == 0);
    CHECK(recognition(lglReader(), "# ties\na b 2\n").confidence == 0);
    CHECK(recognition(lglReader(), "a\n# b\nc\n").confidence == 0);
    checkInPieces(lglReader(), text);
    const auto odd = collect(lglReader(), "#\nx\n# a\nb c d\nb\n");
    CHECK(ties(odd) == "a-b 1.0 ");
    CHECK(odd.problemWith("whose tie it is")->place.line == 2);
    CHECK(odd.problemWith("3 words")->place.line == 4);
    CHECK(graphAdds(odd));
}

TEST_CASE("VNA and LGL in the wild")
{
    struct Expected {
        const Reader& reader;
        std::string file;
        std::size_t people;
        std::size_t ties;
    };
    const std::vector<Expected> all{{vnaReader(), "plugin_basic.vna", 2, 1},
                                    {vnaReader(), "emptyattribute.vna", 3, 3},
                                    {lglReader(), "lgl-1.lgl", 5, 4},
                                    {lglReader(), "lgl-2.lgl", 5, 4}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(one.reader, text);
        CHECK(read.accounts.size() == one.people);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(graphAdds(read));
        CHECK(recognition(one.reader, text).confidence > 40);
        readCut(one.reader, text, 20);
    }
}
