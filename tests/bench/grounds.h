#pragma once

#include "tests/bench/planted.h"

#include <span>
#include <string>

namespace kith::bench {

/// A graph to measure on, by name.
struct Ground {
    std::string name;
    std::size_t people = 0;
    Sample (*make)() = nullptr;
};

std::span<const Ground> grounds();

/// @return null, having said so, when there is none of that name
const Ground* groundCalled(const std::string& name);

/// Writes a graph as files that the command line imports: `ties` an edge list, `traits` a table of
/// every person's group and of two traits (one that goes with the group in half of the people, one
/// that goes with nothing), `posts` ten posts a person, each in answer to somebody the writer has a
/// tie with, in words of their own group and of everybody.
/// @return exit code
int writeGround(const std::string& name, const std::string& what, const std::string& file);

}  // namespace kith::bench
