#pragma once

#include <cstddef>
#include <string>

namespace kith::bench {

/// Betweenness from drawn paths against igraph's from `sources` people drawn at random to
/// everybody, on graphs where all sources would take hours: how many of the 100 most between both
/// name, and how far apart values are, beside the error that is said and beside igraph's own, as
/// its two halves of the sources tell.
/// @return exit code
int compareBetweenness(const std::string& ground, std::size_t sources);

}  // namespace kith::bench
