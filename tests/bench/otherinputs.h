#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace kith::bench {

/// A format and a file of about so many bytes in it.
struct Input {
    std::string name;  ///< of the file
    void (*write)(const std::filesystem::path& path, std::uint64_t bytes);
};

/// One of each kind of reading beside those of inputs.h: lists in JSON, tables, logs, graphs.
std::span<const Input> otherInputs();

}  // namespace kith::bench
