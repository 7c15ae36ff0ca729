#pragma once

#include "core/base/task.h"
#include "core/import/graphitems.h"

#include <functional>
#include <string>
#include <string_view>

namespace kith {

/// What walking through a GEXF file finds, in document order (a node after those inside it).
struct GexfVisitor {
    std::function<void(GraphNode)> node;
    std::function<void(GraphEdge, const std::string& when)> edge;  ///< `time` is not filled in
    std::function<void(std::string_view text, std::uint64_t line)> time;  ///< of nodes and ties
};

struct GexfEnd {
    bool cut = false;  ///< the file ends in the middle; what was whole has been visited
    std::uint64_t line = 0;
    std::size_t graphs = 0;
    std::string zone;               ///< IANA name, where the file gives one
    std::uint64_t changing = 0;     ///< ties of several weights over time; the mean is taken
    std::uint64_t overwritten = 0;  ///< people's values over time; the last is taken
};

/// Streams through a GEXF file in constant memory: 1.1draft, 1.2draft and 1.3, whichever namespace
/// (https://gexf.net). No document type, no entities, no more than 64 elements inside each other.
/// @throws Error BadInput, LimitReached; Cancelled
GexfEnd walkGexf(const OneFile& file, const GexfVisitor& visitor, Task& task);

}  // namespace kith
