#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

TEST_CASE("GML gives people, traits and ties")
{
    const auto all =
        collect(gmlReader(), readFile(fixture("import/data/graph/street.gml")), {}, "street.gml");
    CHECK(graphAdds(all));
    REQUIRE(all.accounts.size() == 3);
    CHECK(all.accounts[0].name == "Ann \"the hat\" Lee & Söhne");
    CHECK(all.accounts[1].name == "two\nlines");
    REQUIRE(all.givenTies.size() == 2);
    CHECK(all.givenTies[0].directed);
    CHECK(all.givenTies[0].weight == 2.5);
    CHECK(all.givenTies[1].from == "3");
    std::string traits;
    for (const auto& one : all.traits) {
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    }
    CHECK(traits == "1.source=blog 1.value=3# 2.source=7 2.value=4# ");
    CHECK(all.problemWith("already described")->place.line == 28);
    CHECK(all.problemWith("not among")->outcome == Outcome::Refused);
    CHECK(all.problemWith("no id")->outcome == Outcome::Refused);
    CHECK(all.problemWith("to themselves")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("below 0")->outcome == Outcome::Refused);
    CHECK(all.problemWith("Latin-1"));
}

TEST_CASE("GML that is broken is refused with its line")
{
    struct Case {
        std::string text;
        Error::Kind kind;
        std::uint64_t line;
    };
    std::string deep = "graph [\n node [ id 1 ";
    for (int level = 0; level < 1000; ++level) deep += "a [ ";
    const std::vector<Case> cases{{"graph [\n node [ id ]\n]", Error::Kind::BadInput, 2},
                                  {"graph [\n \"x\" 1\n]", Error::Kind::BadInput, 2},
                                  {deep, Error::Kind::LimitReached, 2}};
    for (const auto& one : cases) {
        INFO(one.text.substr(0, 40));
        const auto error = failure(gmlReader(), one.text);
        REQUIRE(error);
        CHECK(error->kind() == one.kind);
        CHECK(error->where().line == one.line);
    }
    CHECK(failure(gmlReader(), "graph []")->kind() == Error::Kind::BadInput);
    const auto cut = collect(gmlReader(), "graph [ node [ id 1 ] node [ id 2");
    CHECK(cut.accounts.size() == 1);
    CHECK(cut.problemWith("ends in the middle"));
    CHECK(recognition(gmlReader(), "Creator \"me\"\nGRAPH\n[").confidence > 80);
    CHECK(recognition(gmlReader(), "graph { a -- b }").confidence == 0);
    CHECK(recognition(gmlReader(), "Hello world, this is text").confidence == 0);
}

TEST_CASE("GML in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        bool directed;
    };
    const std::vector<Expected> all{{"karate.gml", 34, 78, false},
                                    {"celegansneural.gml", 297, 2359, true},
                                    {"tests_unit_graph1.gml", 3, 1, true},
                                    {"file_label.gml", 3, 2, false},
                                    {"file_emojis.gml", 1, 0, false}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(gmlReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(graphAdds(read));
        if (one.ties > 0) CHECK(read.givenTies.front().directed == one.directed);
        CHECK(recognition(gmlReader(), text).confidence > 80);
        CHECK(readCut(gmlReader(), text, 50) > 0);
    }
}
