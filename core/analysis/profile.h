#pragma once

#include "core/base/task.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// What a place is made of in one trait, by the census for instance: the categories of a reference
/// and how many people, or which share, each has.
struct ReferenceProfile {
    std::string file;                 ///< its own name
    std::vector<std::string> values;  ///< at least two, all different
    std::vector<double> shares;       ///< by value, sum 1, each at least 0
    std::vector<double> distances;    ///< row by row, values squared; empty = not given

    std::size_t size() const { return values.size(); }

    /// The category of a trait's value: by name as foldForMatching() compares; for a number also by
    /// a category written "18-29", "65+" or "under 18" (bounds belong to it, except under's).
    std::optional<std::size_t> categoryOf(const std::string& value) const;
};

/// Reads a table with the columns value and share (or count, people, percent). How different
/// categories are may stand in a column called position (a number; distance = difference over the
/// widest one), or in one column for every value, named like it.
/// @throws Error FileUnreadable; BadInput with the line
ReferenceProfile readProfile(const std::filesystem::path& file);

}  // namespace kith
