#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kith {

/// Where in the user's data something was found, as exactly as is known.
struct Place {
    std::string file;   ///< as the user named it; never an absolute path that was not typed
    std::string entry;  ///< the file inside an archive or folder, if any
    std::optional<std::uint64_t> line;  ///< counted from 1
    std::optional<std::uint64_t> byte;  ///< offset from the start of the file or entry

    /// "members.csv, line 12" or "export.zip, general/2016-01-14.json, byte 310".
    std::string text() const;
};

}  // namespace kith
