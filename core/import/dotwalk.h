#pragma once

#include "core/base/task.h"
#include "core/import/onefile.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kith {

using DotAttributes = std::vector<std::pair<std::string, std::string>>;

/// Who is told what stands in a DOT file.
struct DotVisitor {
    /// Somebody is named, with the attributes of the statement; may come many times for one.
    std::function<void(const std::string& id, const DotAttributes&, std::uint64_t line)> node;
    std::function<void(const std::string& from, const std::string& to, const DotAttributes&,
                       std::uint64_t line)>
        edge;
};

/// What a walk over a DOT file found beside people and ties.
struct DotEnd {
    bool directed = false;
    std::uint64_t graphs = 0;
    std::uint64_t tooMany = 0;  ///< statements that tie too many to too many, passed over
    /// Where it is no DOT any more, and why; what stands before was told.
    std::optional<std::pair<std::uint64_t, std::string>> broken;
};

/// Walks over a graph in the DOT language of Graphviz (its language reference): quoted, numeral and
/// HTML names, comments, chains of ties, subgraphs as ends of ties, attributes that hold for all
/// ties of a subgraph. Memory: the names in the subgraphs that are open.
/// @throws Error LimitReached: subgraphs deeper than 64, a name over 1 MB; Cancelled
DotEnd walkDot(const OneFile& file, const DotVisitor& visitor, Task& task);

}  // namespace kith
