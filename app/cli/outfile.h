#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

namespace kith::cli {

/// Writes a file whole or not at all: into a temporary file beside it, then renames.
/// @return its size in bytes
/// @throws Error CannotWrite; the old file, if any, is then as it was
std::uintmax_t writeWhole(const std::filesystem::path& path,
                          const std::function<void(std::ostream&)>& write);

/// The extension in lower case, ".html".
std::string extensionOf(const std::filesystem::path& path);

}  // namespace kith::cli
