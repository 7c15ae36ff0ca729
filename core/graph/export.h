#pragma once

#include "core/graph/interaction.h"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace kith {

/// A column of the people or ties of an exported graph.
struct ExportColumn {
    std::string name;
    bool numeric = false;
    std::vector<std::string> values;  ///< by vertex; empty = no value
};

/// What goes out. Labels are already pseudonyms or names: the writer adds nothing of its own.
struct GraphExport {
    std::vector<std::string> labels;  ///< by vertex
    std::vector<ExportColumn> columns;
    const PeopleGraph* graph = nullptr;
    std::vector<std::pair<std::string, std::string>> provenance;  ///< version, parameters, seed
};

// Each writes valid UTF-8 with characters that the format forbids replaced by U+FFFD, numbers with
// '.' in every locale, people as n0, n1, ..., ties undirected with their weight.
void writeGraphml(std::ostream& out, const GraphExport& data);
void writeEdgeCsv(std::ostream& out, const GraphExport& data);  ///< source,target,weight
void writeNodeLinkJson(std::ostream& out, const GraphExport& data);
void writeGexf(std::ostream& out, const GraphExport& data);  ///< GEXF 1.3 (https://gexf.net)

/// A Pajek network: people and ties. The format has no place for traits and provenance stands in
/// comments. A quote in a name is written &#34;, as Pajek has it for signs beyond its own.
void writePajek(std::ostream& out, const GraphExport& data);

}  // namespace kith
