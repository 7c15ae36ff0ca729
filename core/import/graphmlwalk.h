#pragma once

#include "core/base/task.h"
#include "core/import/graphitems.h"

#include <functional>
#include <string>

namespace kith {

/// What walking through a GraphML file finds, in document order (a node after those inside it).
struct GraphmlVisitor {
    std::function<void(GraphNode)> node;
    std::function<void(GraphEdge)> edge;
    std::function<void(std::uint64_t line, std::string what)> refused;
};

struct GraphmlEnd {
    bool cut = false;  ///< the file ends in the middle; what was whole has been visited
    std::uint64_t line = 0;
    std::size_t graphs = 0;
};

/// Streams through the file in constant memory. No document type, no entities, no more than 64
/// elements inside each other.
/// @throws Error BadInput, LimitReached; Cancelled
GraphmlEnd walkGraphml(const OneFile& file, const GraphmlVisitor& visitor, Task& task);

}  // namespace kith
