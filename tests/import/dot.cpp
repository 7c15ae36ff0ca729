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

TEST_CASE("DOT: chains, groups, attributes, and nothing of the drawing")
{
    const auto text = readFile(fixture("import/data/graph/street.dot"));
    const auto all = collect(dotReader(), text);
    CHECK(ties(all) == "ann>ben 2.0 ben>cy 2.0 cy>dee 1.0 cy>eve 1.0 ");
    REQUIRE(all.accounts.size() == 5);
    CHECK(all.accounts[0].name == "Ann Shaw");
    std::string traits;
    for (const auto& one : all.traits)
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    CHECK(traits == "ann.ward=Eastfield ann.age=41# ben.ward=Mill Lane ben.age=36# ");
    CHECK(all.count(Outcome::Skipped) == 1);  // a tie to oneself
    CHECK(graphAdds(all));
    CHECK(recognition(dotReader(), text).confidence > 80);
    const auto whole = told(collect(dotReader(), text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(dotReader(), PiecedPackage("w", text, sizes))) == whole);
    });
    CHECK(readCut(dotReader(), text, 60) > 10);
}

TEST_CASE("DOT is read in all its ways of writing")
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"graph{a--b}", "a-b 1.0 "},
        {"strict graph { a -- b -- c; a -- b [weight=\"0.5\"] }", "a-b 1.0 b-c 1.0 a-b 0.5 "},
        {"digraph { a -> {b ; c} }", "a>b 1.0 a>c 1.0 "},
        {"digraph { {a b} -> subgraph x {c d} }", "a>c 1.0 a>d 1.0 b>c 1.0 b>d 1.0 "},
        {"digraph { \"a b\":n -> \"c\\\"d\":p:sw }", "a b>c\"d 1.0 "},
        {"digraph { \"a\" + \"b\" -> c /* -> d */ // -> e\n# -> f\n}", "ab>c 1.0 "},
        {"digraph { edge [weight=3] a -> b; subgraph { edge [weight=4] b -> c } c -> d }",
         "a>b 3.0 b>c 4.0 c>d 3.0 "},
        {"digraph { a -> b [dir=none, color=\"\"] }", "a-b 1.0 "},
        {"digraph { -1.5 -> .5 }", "-1.5>.5 1.0 "},
        {"digraph { <<b>x</b>> -> y }", "<b>x</b>>y 1.0 "},
        {"\xEF\xBB\xBF"
         "Graph \"\xC3\xA9\" { \xC3\xA9 -- b }",
         "\u00e9-b 1.0 "},
        {"graph { a -- b } graph { b -- c }", "a-b 1.0 b-c 1.0 "},
    };
    for (const auto& [text, expected] : cases) {
        INFO(text);
        const auto all = collect(dotReader(), text);
        CHECK(ties(all) == expected);
        CHECK(graphAdds(all));
        CHECK(recognition(dotReader(), text).confidence > 80);
    }
    CHECK(collect(dotReader(), "graph { a [label=\"Anna\\nShaw\"] }").accounts[0].name ==
          "Anna Shaw");
    for (const auto* other :
         {"graph [ node [ id 1 ] ]", "graph theory", "digraphs { a }", "{a->b}"}) {
        INFO(other);
        CHECK(recognition(dotReader(), other).confidence == 0);
    }
}

TEST_CASE("DOT that breaks off, nests or multiplies keeps what stands before")
{
    const auto broken = collect(dotReader(), "digraph {\na -> b\nb -> ]\nc -> d }");
    CHECK(ties(broken) == "a>b 1.0 ");
    REQUIRE(broken.problemWith("a name is expected") != nullptr);
    CHECK(broken.problemWith("a name is expected")->place.line == 3);
    CHECK(collect(dotReader(), "graph { a -- b").problemWith("the file ends where") != nullptr);
    CHECK(collect(dotReader(), "graph { a;b -- \"c").problemWith("never closed") != nullptr);
    const auto nothing = failure(dotReader(), "graph {\n\"a");
    CHECK(nothing->kind() == Error::Kind::BadInput);
    CHECK(nothing->cause() == "the quotation is never closed");
    CHECK(nothing->where().line == 2);
    CHECK(failure(dotReader(), "graph {}")->kind() == Error::Kind::BadInput);
    std::string nested = "graph ";
    for (int i = 0; i < 70; ++i) nested += "{ a -- ";
    CHECK(failure(dotReader(), nested)->kind() == Error::Kind::LimitReached);

    std::string large = "digraph { {";
    for (int i = 0; i < 600; ++i) large += " a" + std::to_string(i);
    large += "} -> {";
    for (int i = 0; i < 600; ++i) large += " b" + std::to_string(i);
    large += "} a1 -> b1 }";
    const auto much = collect(dotReader(), large);
    CHECK(much.givenTies.size() == 1);
    CHECK(much.accounts.size() == 1200);
    CHECK(much.problemWith("200,000 ties") != nullptr);
}

TEST_CASE("DOT in the wild")
{
    struct Expected {
        std::string file;
        std::size_t people;
        std::size_t ties;
    };
    const std::vector<Expected> all{
        {"dot_adjacencylist.dot", 4, 5}, {"dot_basic.dot", 3, 2},
        {"dot_emptyfields.dot", 3, 2},   {"dot_intlabels.dot", 1, 0},
        {"dot_labels.dot", 3, 2},        {"multipleedgesperline.dot", 4, 3},
        {"dot_namedgraph.dot", 1, 0},    {"dot_subgraph.dot", 2, 1},
        {"dot_undirected.dot", 2, 1}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            if (publicFiles("graph", ".dot").empty()) {
                WARN("public data absent");
                return;
            }
            continue;
        }
        const auto text = readFile(files.front());
        const auto read = collect(dotReader(), text);
        CHECK(read.accounts.size() == one.people);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(graphAdds(read));
        CHECK(recognition(dotReader(), text).confidence > 80);
    }
}
