#include "core/base/text.h"
#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

std::string graphml(const std::string& body)
{
    return "<?xml version=\"1.0\"?>\n<graphml>\n" + body + "\n</graphml>\n";
}

}  // namespace

TEST_CASE("GraphML gives people, traits and ties")
{
    const auto all = collect(graphmlReader(), readFile(fixture("import/data/graph/ward.graphml")),
                             {}, "ward.graphml");
    CHECK(graphAdds(all));
    CHECK(all.report.platform == "graph");
    REQUIRE(all.accounts.size() == 4);
    CHECK(all.accounts[0].key == "n0");
    CHECK(all.accounts[0].name == "Ann & Co");
    CHECK(all.accounts[1].name == "Bob, from a drawing");

    std::string traits;
    for (const auto& one : all.traits) {
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    }
    CHECK(traits ==
          "n0.ward=Eastfield n0.age=41# n0.steward=true n1.ward=unknown n1.steward=false "
          "n2.ward=unknown n2.steward=false n3.ward=unknown n3.steward=false ");

    REQUIRE(all.givenTies.size() == 4);
    CHECK(all.givenTies[0].from == "n0");
    CHECK(all.givenTies[0].weight == 2.5);
    CHECK_FALSE(all.givenTies[0].directed);
    CHECK(all.givenTies[1].directed);
    CHECK(all.givenTies[2].weight == 1);
    CHECK(all.problemWith("to themselves")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("not among")->place.line == 44);
    CHECK(all.problemWith("already described")->what.find("line 14") != std::string::npos);
    CHECK(all.count(Outcome::Refused) == 6);
    CHECK(all.count(Outcome::Skipped) == 2);
}

TEST_CASE("GraphML that is unsafe or broken is refused with its place")
{
    std::string deep;
    for (int level = 0; level < 300'000; ++level) deep += "<a>";
    struct Case {
        std::string text;
        Error::Kind kind;
        std::uint64_t line;
    };
    const std::vector<Case> cases{
        {"<!DOCTYPE graphml [<!ENTITY a \"b\">]>\n<graphml><graph/></graphml>",
         Error::Kind::BadInput, 1},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE g SYSTEM \"file:///etc/passwd\"><graphml/>",
         Error::Kind::BadInput, 2},
        {"<graphml>\n" + deep, Error::Kind::LimitReached, 2},
        {"<graphml>\n<graph>\n<node id='a'></edge>", Error::Kind::BadInput, 3},
        {"<gexf>\n</gexf>", Error::Kind::BadInput, 1},
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml><graph><node "
         "id=\"\xE9\"/></graph></graphml>",
         Error::Kind::BadInput, 2},
    };
    for (const auto& one : cases) {
        INFO(one.text.substr(0, 80));
        const auto error = failure(graphmlReader(), one.text, {}, "g.graphml");
        REQUIRE(error);
        CHECK(error->kind() == one.kind);
        CHECK(error->where().line == one.line);
    }
    CHECK(failure(graphmlReader(), graphml("<graph/>"))->kind() == Error::Kind::BadInput);
}

TEST_CASE("what stands behind a graph in XML is junk however it arrives")
{
    for (const std::string_view behind : {"source=\"a\"/>", "kno\xEE", "kno\xC3", "\x12"}) {
        INFO(behind);
        const auto text = "<graphml/>\n" + std::string(behind);
        const auto whole = failure(graphmlReader(), text, {}, "g.graphml");
        REQUIRE(whole);
        CHECK(whole->where().line == 2);
        CHECK_THAT(whole->what(), Catch::Contains("junk"));
        try {
            (void)collect(graphmlReader(), PiecedPackage("g.graphml", text, {1}));
            FAIL("it was read");
        } catch (const Error& pieces) {
            CHECK(std::string_view(pieces.what()) == whole->what());
        }
    }
}

TEST_CASE("GraphML in other dress")
{
    const auto latin = collect(graphmlReader(),
                               "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<graphml><graph>"
                               "<node id=\"Jos\xE9\"/></graph></graphml>");
    CHECK(latin.accounts.front().key == "José");
    const auto late =
        collect(graphmlReader(), graphml("<graph><edge source='a' target='b'/><node id='a'/>"
                                         "<node id='b'/></graph><graph><node id='c'/></graph>"));
    CHECK(late.givenTies.size() == 1);
    CHECK(late.givenTies.front().directed);
    CHECK(late.problemWith("2 graphs"));
    const auto cut =
        collect(graphmlReader(), "<graphml><graph><node id='a'/><node id='b'/><edge source='a'");
    CHECK(cut.accounts.size() == 2);
    CHECK(cut.problemWith("ends in the middle"));
    const auto nested =
        collect(graphmlReader(), graphml("<graph><node id='a'><graph><node id='b'><port name="
                                         "'p'><data key='x'>1</data></port></node></graph>"
                                         "</node></graph>"));
    CHECK(nested.accounts.size() == 2);
    CHECK(recognition(graphmlReader(), graphml("")).confidence > 80);
    CHECK(recognition(graphmlReader(), "<gexf/>").confidence == 0);
    CHECK(recognition(graphmlReader(), "it says <graphml> here").confidence == 0);
}

TEST_CASE("GraphML reads alike however it arrives", "[property]")
{
    const auto text = readFile(fixture("import/data/graph/ward.graphml"));
    const auto whole = told(collect(graphmlReader(), text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(graphmlReader(), PiecedPackage("w", text, sizes))) == whole);
    });
}

TEST_CASE("GraphML in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        std::size_t skipped;
    };
    const std::vector<Expected> all{{"igraph__igraph__test.graphml", 6, 7, 0},
                                    {"igraph__igraph__wa1.graphml", 5, 7, 0},
                                    {"yfiles.graphml", 4, 3, 1},
                                    {"file_cdata.graphml", 2, 1, 0},
                                    {"file_withdesc.graphml", 2, 1, 0}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(graphmlReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(read.count(Outcome::Skipped) == one.skipped);
        CHECK(graphAdds(read));
        CHECK(recognition(graphmlReader(), text).confidence > 80);
        CHECK(readCut(graphmlReader(), text, 50) > 0);
    }
    const auto yed =
        collect(graphmlReader(), readFile(publicFiles("graph", "yfiles.graphml").front()));
    CHECK(yed.accounts.front().name == "Top left rounded rectangle");
}
