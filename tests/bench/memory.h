#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace kith::bench {

/// Imports a file of about so many bytes of every format, or of the named ones alone, each in a
/// process of its own, and prints the most memory that was resident.
/// @param alone the reader alone, without a store
/// @param only an input's name or format, or the beginning of one; empty = all
void memoryTable(std::uint64_t bytes, const std::string& only, const std::filesystem::path& folder,
                 bool alone);

}  // namespace kith::bench
