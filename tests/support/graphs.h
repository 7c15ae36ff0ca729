#pragma once

#include "core/cluster/partition.h"
#include "core/graph/graph.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kith::tests {

/// A graph from NAME.nodes.tsv and NAME.edges.tsv in one folder.
struct GraphFile {
    std::size_t people = 0;
    std::vector<WeightedTie> ties;
    std::vector<std::string> attribute;  ///< by vertex: the column after the id; empty without one

    // In the header, so that only programs that link the graph room need it.
    Graph weighted() const { return buildGraph(people, ties); }
    Graph unweighted() const
    {
        auto plain = ties;
        for (auto& tie : plain) tie.weight = 1;
        return buildGraph(people, std::move(plain));
    }
};

/// nullopt when a file is missing.
std::optional<GraphFile> loadGraph(const std::filesystem::path& folder, const std::string& name);

/// Rows of a tab-separated file without its header row.
std::vector<std::vector<std::string>> loadTable(const std::filesystem::path& path);

/// The second column of a table as labels, in the order of the first, which are ids from 0.
std::vector<std::uint32_t> loadLabels(const std::filesystem::path& path);

/// Texts as labels in order of first appearance.
std::vector<std::uint32_t> labelsOf(const std::vector<std::string>& texts);

/// One row of reference_values.csv.
struct ReferenceValue {
    std::string dataset;
    std::string measure;
    std::string parameters;
    std::string value;
    std::string tolerance;
};
std::vector<ReferenceValue> loadReferenceValues(const std::filesystem::path& csv);

/// `blocks` groups of `size` people; ties inside with chance `inside`, across with chance `across`.
GraphFile plantedGraph(std::size_t blocks, std::size_t size, double inside, double across,
                       std::uint64_t seed);

/// Each pair is tied with chance `density`; weights 1 to `heaviest`.
GraphFile randomGraph(std::size_t people, double density, unsigned heaviest, std::uint64_t seed);

}  // namespace kith::tests
