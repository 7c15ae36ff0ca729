#include "core/graph/export.h"
#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <rapidcheck/catch.h>
#include <set>
#include <sstream>
#include <tuple>

using namespace kith;
using namespace kith::tests;

namespace {

/// A graph of people with labels that are hard on writers, and wards for some of them.
struct Town {
    PeopleGraph people;
    GraphExport data;
};

std::unique_ptr<Town> anyTown(bool plainLabels)
{
    static const std::vector<std::string> hard{"Ann \"A\" <Shaw> & Co",
                                               "=SUM(A1)",
                                               "Zoë, M.",
                                               "🦊",
                                               "قمر",
                                               "'; --",
                                               "a;b\tc",
                                               "  blank  ",
                                               "]]>",
                                               "n0",
                                               "12",
                                               "-"};
    const auto size = *rc::gen::inRange<std::size_t>(1, hard.size() + 1);
    auto town = std::make_unique<Town>();
    ExportColumn ward{"ward", false, {}};
    for (std::size_t i = 0; i < size; ++i) {
        town->data.labels.push_back(plainLabels ? "Person " + std::to_string(i) : hard[i]);
        ward.values.push_back(*rc::gen::element<std::string>("", "East & West", "Mill"));
    }
    std::map<std::pair<Vertex, Vertex>, float> ties;
    for (const auto& [a, b] :
         *rc::gen::container<std::vector<std::pair<std::size_t, std::size_t>>>(rc::gen::pair(
             rc::gen::inRange<std::size_t>(0, size), rc::gen::inRange<std::size_t>(0, size)))) {
        const auto weight = static_cast<float>(*rc::gen::inRange(1, 1'000'000)) / 1000.0F;
        if (a != b) ties[std::minmax(static_cast<Vertex>(a), static_cast<Vertex>(b))] = weight;
    }
    std::vector<WeightedTie> list;
    for (const auto& [pair, weight] : ties) list.push_back({pair.first, pair.second, weight});
    town->people.graph = buildGraph(size, list);
    town->data.columns = {std::move(ward)};
    town->data.graph = &town->people;
    return town;
}

using Tie = std::tuple<std::string, std::string, float>;

std::set<Tie> tiesOf(const Town& town)
{
    std::set<Tie> all;
    const auto& graph = town.people.graph;
    for (Vertex from = 0; from < graph.people(); ++from) {
        for (std::size_t i = 0; i < graph.degree(from); ++i) {
            const auto ends =
                std::minmax(town.data.labels[from], town.data.labels[graph.neighbours(from)[i]]);
            all.emplace(ends.first, ends.second, graph.weights(from)[i]);
        }
    }
    return all;
}

/// What a reader makes of a written graph, by the labels of its people.
struct Reread {
    std::multiset<std::string> labels;
    std::set<Tie> ties;
    std::map<std::string, std::string> wards;
};

Reread reread(const Reader& reader, void (*write)(std::ostream&, const GraphExport&),
              const GraphExport& data, const std::string& file)
{
    std::ostringstream out;
    write(out, data);
    const auto read = collect(reader, out.str(), {}, file);
    std::map<std::string, std::string> names;
    Reread all;
    for (const auto& one : read.accounts) names[one.key] = one.name.empty() ? one.key : one.name;
    const auto named = [&](const std::string& key) {
        return names.contains(key) ? names[key] : key;
    };
    for (const auto& [key, name] : names) all.labels.insert(name);
    for (const auto& tie : read.givenTies) {
        const auto from = named(tie.from);
        const auto to = named(tie.to);
        const auto ends = std::minmax(from, to);
        all.ties.emplace(ends.first, ends.second, static_cast<float>(tie.weight));
    }
    for (const auto& trait : read.traits) {
        if (trait.trait == "ward") all.wards[named(trait.account)] = trait.value;
    }
    return all;
}

}  // namespace

TEST_CASE("a graph written as GraphML is read as it was", "[graph][properties]")
{
    rc::prop("people, ties, weights and columns are the same", [] {
        const auto town = anyTown(false);
        const auto& labels = town->data.labels;
        const auto read = reread(graphmlReader(), writeGraphml, town->data, "map.graphml");
        RC_ASSERT(read.labels == std::multiset<std::string>(labels.begin(), labels.end()));
        RC_ASSERT(read.ties == tiesOf(*town));
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto& ward = town->data.columns.front().values[i];
            RC_ASSERT(read.wards.contains(labels[i]) == !ward.empty());
            if (!ward.empty()) RC_ASSERT(read.wards.at(labels[i]) == ward);
        }
    });
}

TEST_CASE("a graph written as a table of ties is read as it was", "[graph][properties]")
{
    rc::prop("ties and weights are the same", [] {
        const auto town = anyTown(true);
        RC_PRE(town->people.graph.ties() > 0);
        const auto read = reread(edgeListReader(), writeEdgeCsv, town->data, "map.csv");
        RC_ASSERT(read.ties == tiesOf(*town));
    });
}
