#pragma once

#include "core/cluster/leiden.h"

#include <functional>

namespace kith {

/// leiden() for a worker thread: instead of a Task, which belongs to one thread, it calls `breathe`
/// every few thousand people; that may throw to end the run.
Partition leidenRun(const Graph& graph, const LeidenOptions& options,
                    const std::function<void()>& breathe, const Partition* start = nullptr);

/// For one of many runs: above 10^4 people two rounds instead of as many as it takes. They reach
/// all but about 0.0001 of the modularity in a fifth of the time.
LeidenOptions samplingOptions(const Graph& graph, LeidenOptions options);

}  // namespace kith
