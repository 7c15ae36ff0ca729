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

const std::string networkx =
    "{\"directed\": false, \"multigraph\": false, \"graph\": {},\n\"nodes\": [{\"id\": 10, "
    "\"name\": \"Ann\", \"age\": 41, \"ward\": \"East\"},\n{\"id\": 11, \"steward\": true}, "
    "{\"id\": 12}],\n\"links\": [{\"source\": 10, \"target\": 11, \"weight\": 2.5},\n"
    "{\"source\": 11, \"target\": 12}]}";

}  // namespace

TEST_CASE("node-link JSON is read in every dress")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {networkx, "10-11 2.5 11-12 1.0 "},
        // d3: people by their place in the list
        {R"({"nodes":[{"name":"Ann","group":1},{"name":"Bob","group":2}],
             "links":[{"source":1,"target":0,"value":3}]})",
         "1>0 3.0 "},
        // old networkx: ids, and yet the place in the list
        {R"({"directed":true,"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":0,"target":1}]})",
         "a>b 1.0 "},
        {R"({"links":[{"source":"a","target":"b"}],"nodes":[{"id":"a"},{"id":"b"}]})", "a>b 1.0 "},
        // graphology, mixed
        {R"({"options":{"type":"mixed"},"nodes":[{"key":"1","attributes":{"label":"Ann"}},
             {"key":"2"}],"edges":[{"key":"e","source":"1","target":"2","undirected":true,
             "attributes":{"weight":4}},{"source":"2","target":"1"}]})",
         "1-2 4.0 2>1 1.0 "},
        {R"({"options":{"type":"undirected"},"nodes":[{"key":"1"},{"key":"2"}],
             "edges":[{"source":"1","target":"2"}]})",
         "1-2 1.0 "},
        // Cytoscape.js
        {R"({"elements":{"nodes":[{"data":{"id":"a","name":"Ann"}},{"data":{"id":"b"}}],
             "edges":[{"data":{"source":"a","target":"b","weight":2}}]}})",
         "a>b 2.0 "},
        // vis.js
        {R"({"nodes":[{"id":1,"label":"Ann"},{"id":2}],"edges":[{"from":1,"to":2}]})", "1>2 1.0 "},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto all = collect(nodeLinkReader(), one.text);
        CHECK(ties(all) == one.expected);
        CHECK(graphAdds(all));
        CHECK(recognition(nodeLinkReader(), one.text).confidence > 80);
    }
    const auto all = collect(nodeLinkReader(), networkx);
    CHECK(all.accounts[0].name == "Ann");
    std::string traits;
    for (const auto& one : all.traits)
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    CHECK(traits == "10.age=41# 10.ward=East 11.steward=true ");
    CHECK_FALSE(all.problemWith("whether its ties have a direction"));
    CHECK(collect(nodeLinkReader(), cases[1].text).problemWith("place in the list"));
    CHECK(
        collect(nodeLinkReader(), cases[1].text).problemWith("whether its ties have a direction"));
}

TEST_CASE("what is wrong in node-link JSON is said with the line")
{
    const auto all =
        collect(nodeLinkReader(),
                "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"},\n{\"id\": \"a\"},\n7],\n"
                "\"links\": [{\"source\": \"a\", \"target\": \"b\"},\n"
                "{\"source\": \"a\", \"target\": \"z\"},\n"
                "{\"source\": \"a\", \"target\": \"b\", \"weight\": -1},\n"
                "{\"source\": \"a\"}, {\"source\": \"a\", \"target\": \"a\"}");
    CHECK(all.givenTies.size() == 1);
    CHECK(graphAdds(all));
    CHECK(all.problemWith("already described")->place.line == 2);
    CHECK(all.problemWith("no JSON object")->place.line == 3);
    CHECK(all.problemWith("names z")->place.line == 5);
    CHECK(all.problemWith("below 0")->place.line == 6);
    CHECK(all.problemWith("without a name")->place.line == 7);
    CHECK(all.problemWith("everything before that was read"));
    CHECK(failure(nodeLinkReader(), "{\"nodes\": [], \"links\": []}")->kind() ==
          Error::Kind::BadInput);
    CHECK(recognition(nodeLinkReader(), "{\"messages\": [], \"id\": 1}").confidence == 0);
    CHECK(recognition(nodeLinkReader(), "[{\"id\": 1}]").confidence == 0);
}

TEST_CASE("node-link JSON that is cut off before its ties still gives its people")
{
    const auto cut = networkx.substr(0, networkx.find("{\"id\": 12}") + 4);
    CHECK(recognition(nodeLinkReader(), cut).confidence > 0);
    const auto all = collect(nodeLinkReader(), cut);
    CHECK(all.accounts.size() == 2);
    CHECK(all.problemWith("everything before that was read"));
}

TEST_CASE("a value of a person that has no name in node-link JSON is kept under one")
{
    const auto all = collect(nodeLinkReader(), R"({"nodes":[{"id":"ann","":"East"},{"id":"ben"}],
        "links":[{"source":"ann","target":"ben"}]})");
    REQUIRE(all.traits.size() == 1);
    CHECK(all.traits[0].trait == "unnamed");
    CHECK(all.traits[0].value == "East");
}

TEST_CASE("an id of thousands of letters is refused, and the others are kept")
{
    const std::string id(5000, 'x');
    const auto all = collect(nodeLinkReader(), R"({"nodes": [{"id": "a"}, {"id": "b"}, {"id": ")" +
                                                   id +
                                                   R"("}], "links": [{"source": "a", "target": "b"},
        {"source": "a", "target": ")" + id + "\"}]}");
    CHECK(all.givenTies.size() == 1);
    CHECK(all.accounts.size() == 2);
    CHECK(all.count(Outcome::Refused) == 2);
    CHECK(graphAdds(all));
}

TEST_CASE("node-link JSON reads alike however it arrives", "[property]")
{
    const auto whole = told(collect(nodeLinkReader(), networkx, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(nodeLinkReader(), PiecedPackage("w", networkx, sizes))) == whole);
    });
    CHECK(readCut(nodeLinkReader(), networkx, 60) > 10);
}

TEST_CASE("node-link JSON in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        bool directed;
    };
    const std::vector<Expected> all{
        {"json_colors.json", 2, 1, true},      {"json_labels.json", 2, 1, true},
        {"json_mixed.json", 3, 2, false},      {"json_multi.json", 2, 2, true},
        {"json_tiny.json", 2, 1, true},        {"json_undirected.json", 2, 1, false},
        {"les-miserables.json", 77, 254, true}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(nodeLinkReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(read.givenTies.front().directed == one.directed);
        CHECK(graphAdds(read));
        CHECK(recognition(nodeLinkReader(), text).confidence >= 50);
        readCut(nodeLinkReader(), text, 20);
    }
}
