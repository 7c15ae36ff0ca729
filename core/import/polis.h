#pragma once

#include "core/import/reader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// The tables of one Polis conversation among the files of a package.
struct PolisFiles {
    std::string prefix;  ///< what stands before "votes.csv" in the names, folders included
    std::optional<std::size_t> summary;
    std::optional<std::size_t> comments;
    std::optional<std::size_t> votes;
    std::optional<std::size_t> participants;
    bool history = false;

    std::size_t count() const;
};

/// Groups the tables by what stands before their names, in the order of the names.
std::vector<PolisFiles> polisFiles(std::span<const Package::Entry> entries);

/// Reads one conversation: statements, then votes, then groups.
/// @return records seen
std::uint64_t readPolis(const Package& package, const PolisFiles& files, const ReadOptions& options,
                        Sink& sink, Task& task);

}  // namespace kith
