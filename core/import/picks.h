#pragma once

#include "core/base/task.h"

#include <filesystem>
#include <string>
#include <vector>

namespace kith {

/// One conversation or export that can be imported by itself.
struct Pick {
    std::filesystem::path path;
    std::string entry;  ///< the one entry of the archive at `path`; empty = all of it
    std::string name;   ///< for people: "Downloads/chat.txt", "chats.zip, Damp homes.txt"

    bool operator==(const Pick&) const = default;
};

/// Finds what can be imported in something that was dropped: a folder gives its files, one by one,
/// unless one reader wants all of it; an archive gives its chats. Pictures and hidden files are
/// passed over; files that cannot be read are handed on, so that importing them says why.
/// @throws Cancelled
std::vector<Pick> picksIn(const std::filesystem::path& dropped, Task& task);

}  // namespace kith
