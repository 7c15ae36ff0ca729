#include "core/base/error.h"
#include "core/graph/export.h"
#include "core/import/readers.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <map>
#include <rapidcheck/catch.h>
#include <set>
#include <sstream>
#include <tuple>

using namespace kith;
using namespace kith::tests;

namespace {

struct Way {
    std::string file;
    void (*write)(std::ostream&, const GraphExport&);
    const Reader& (*reader)();
    bool traits;
};

const std::vector<Way>& ways()
{
    static const std::vector<Way> all{{"a.graphml", writeGraphml, graphmlReader, true},
                                      {"a.gexf", writeGexf, gexfReader, true},
                                      {"a.json", writeNodeLinkJson, nodeLinkReader, true},
                                      {"a.net", writePajek, pajekReader, false}};
    return all;
}

/// A graph to be written, with names that need care.
struct Drawn {
    PeopleGraph people;
    GraphExport data;
};

Drawn drawn(std::size_t count, const std::vector<std::tuple<unsigned, unsigned, unsigned>>& ties)
{
    static const std::vector<std::string> dress{
        "Ann \"A\" <Shaw> & Co", "'quoted'", "José",      "&#34;",  "a\\",        "*Edges",
        "% no comment",          "=SUM(1)",  "tab\there", "=\"x\"", "two  spaces"};
    Drawn out;
    std::map<std::pair<unsigned, unsigned>, float> unique;
    for (const auto& [a, b, weight] : ties) {
        const auto from = a % static_cast<unsigned>(count);
        const auto to = b % static_cast<unsigned>(count);
        if (from != to) unique[std::minmax(from, to)] = static_cast<float>(weight % 1000 + 1) / 8;
    }
    std::vector<WeightedTie> links;
    for (const auto& [ends, weight] : unique) links.push_back({ends.first, ends.second, weight});
    out.people.graph = buildGraph(count, links);
    out.data.columns = {{"ward", false, {}}, {"age", true, {}}};
    for (std::size_t v = 0; v < count; ++v) {
        out.data.labels.push_back(dress[v % dress.size()] + " no " + std::to_string(v));
        out.data.columns[0].values.push_back(v % 3 == 0 ? "" : dress[(v + 1) % dress.size()]);
        out.data.columns[1].values.push_back(v % 2 == 0 ? "" : std::to_string(v) + ".5");
    }
    out.data.provenance = {{"seed", "7"}, {"made by", "Kith <1>\n*Vertices 9"}};
    return out;
}

using Told =
    std::tuple<std::multiset<std::string>, std::set<std::tuple<std::string, std::string, double>>,
               std::set<std::tuple<std::string, std::string, std::string, bool>>>;

Told told(const GraphExport& data, bool traits)
{
    Told out;
    for (const auto& label : data.labels) std::get<0>(out).insert(label);
    const auto& graph = data.graph->graph;
    for (Vertex a = 0; a < graph.people(); ++a) {
        for (std::size_t i = 0; i < graph.degree(a); ++i) {
            const auto& ends = std::minmax(data.labels[a], data.labels[graph.neighbours(a)[i]]);
            std::get<1>(out).insert({ends.first, ends.second, double{graph.weights(a)[i]}});
        }
        for (const auto& column : data.columns) {
            if (traits && !column.values[a].empty())
                std::get<2>(out).insert(
                    {data.labels[a], column.name, column.values[a], column.numeric});
        }
    }
    return out;
}

Told told(const Collected& all)
{
    Told out;
    std::map<std::string, std::string> names;
    for (const auto& one : all.accounts) {
        names[one.key] = one.name;
        std::get<0>(out).insert(one.name);
    }
    for (const auto& tie : all.givenTies) {
        const auto& ends = std::minmax(names.at(tie.from), names.at(tie.to));
        std::get<1>(out).insert({ends.first, ends.second, tie.weight});
    }
    for (const auto& one : all.traits)
        std::get<2>(out).insert({names.at(one.account), one.trait, one.value, one.numeric});
    return out;
}

}  // namespace

TEST_CASE("what is exported is imported the same", "[graph][property]")
{
    rc::prop("people, ties, weights and traits are the same",
             [](const std::vector<std::tuple<unsigned, unsigned, unsigned>>& ties) {
                 auto one = drawn(2 + ties.size() % 23, ties);
                 one.data.graph = &one.people;
                 for (const auto& way : ways()) {
                     std::ostringstream out;
                     way.write(out, one.data);
                     const auto package = packageOf(way.file, {{way.file, out.str()}});
                     const auto read = collect(way.reader(), *package);
                     RC_TAG(way.file);
                     RC_ASSERT(told(read) == told(one.data, way.traits));
                     RC_ASSERT(read.count(Outcome::Refused) == 0);
                     RC_ASSERT(std::ranges::none_of(read.givenTies, &GivenTie::directed));
                 }
             });
}

TEST_CASE("a GEXF file and a Pajek file look as their formats have it", "[graph]")
{
    auto one = drawn(2, {{0, 1, 11}});
    one.data.graph = &one.people;
    std::ostringstream net;
    writePajek(net, one.data);
    CHECK(net.str() ==
          "% seed: 7\r\n% made by: Kith <1>&#10;*Vertices 9\r\n*Vertices 2\r\n"
          "1 \"Ann &#34;A&#34; <Shaw> &#38; Co no 0\"\r\n2 \"'quoted' no 1\"\r\n*Edges\r\n"
          "1 2 1.5\r\n");
    std::ostringstream gexf;
    writeGexf(gexf, one.data);
    CHECK(gexf.str().find("<edge id=\"e0\" source=\"n0\" target=\"n1\" weight=\"1.5\"/>") !=
          std::string::npos);
    CHECK(gexf.str().find("<attribute id=\"c1\" title=\"age\" type=\"double\"/>") !=
          std::string::npos);
    CHECK(gexf.str().find(
              "<node id=\"n0\" label=\"Ann &quot;A&quot; &lt;Shaw&gt; &amp; Co no 0\">") !=
          std::string::npos);
    CHECK_THROWS_AS(writeGexf(gexf, GraphExport{}), Error);
    CHECK_THROWS_AS(writePajek(net, GraphExport{}), Error);
}
