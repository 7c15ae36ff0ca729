#pragma once

#include "core/cluster/consensus.h"

namespace kith {

/// consensusClusters() whose runs all begin from clusters that are there already, those of the
/// window of time before: groups that did not change keep their people (METHODS k).
/// @param start of the same people
Consensus consensusFrom(const Graph& graph, const Partition& start, const ConsensusOptions& options,
                        Task& task);

}  // namespace kith
