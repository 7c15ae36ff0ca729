#pragma once

#include "core/base/task.h"
#include "core/import/graphitems.h"

#include <functional>
#include <vector>

namespace kith {

struct GmlVisitor {
    std::function<void(GraphNode)> node;
    std::function<void(GraphEdge, std::size_t graph)> edge;  ///< `directed` is not filled in
};

struct GmlEnd {
    bool cut = false;    ///< the file ends in the middle; what was whole has been visited
    bool latin = false;  ///< some text was not UTF-8 and has been read as Latin-1, as GML has it
    std::uint64_t line = 0;
    std::vector<bool> directed;  ///< of each graph, wherever in it that is said
};

/// Streams through a GML file (Himsolt 1996) in constant memory. Keys in any case; nested lists
/// inside nodes and edges are passed over.
/// @throws Error BadInput, LimitReached; Cancelled
GmlEnd walkGml(const OneFile& file, const GmlVisitor& visitor, Task& task);

/// Whether the text starts like GML: keys with values and soon "graph [".
bool looksLikeGml(std::string_view head);

}  // namespace kith
