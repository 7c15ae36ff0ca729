#pragma once

#include "core/cluster/leiden.h"

#include <functional>

namespace kith {

/// leiden() for a worker thread: instead of a Task, which belongs to one thread, it calls `breathe`
/// every few thousand people; that may throw to end the run.
Partition leidenRun(const Graph& graph, const LeidenOptions& options,
                    const std::function<void()>& breathe, const Partition* start = nullptr);

}  // namespace kith
