#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3_session;

namespace kith {

/// Watches tables and tells what happened to their rows, as a changeset of SQLite's session
/// extension.
class Recording {
public:
    explicit Recording(const Database& db);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    /// From now on; a table that is watched already stays so.
    void watch(std::string_view table);

    std::string changes() const;

    /// At least as many bytes as changes() will have. O(1).
    std::uint64_t size() const;

private:
    const Database& db_;
    sqlite3_session* session_ = nullptr;
};

}  // namespace kith
