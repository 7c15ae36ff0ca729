#pragma once

#include "core/store/database.h"

#include <span>
#include <string>
#include <string_view>

namespace kith {

/// A table whose rows carry a hash of their other columns.
struct HashedTable {
    std::string_view name;
    std::string_view columns;  ///< all but "hash", in the order of the schema
};

std::span<const HashedTable> hashedTables();

/// Tables that organisers' edits change; the history records exactly these.
std::span<const std::string_view> editedTables();

/// Writes the hash of the row with this id anew; after every INSERT or UPDATE of a hashed table.
void seal(const Database& db, std::string_view table, std::int64_t id);

/// The same for all rows that a condition selects, with the condition's values.
void sealWhere(const Database& db, std::string_view table, std::string_view condition,
               std::int64_t first, std::int64_t second = 0);

/// Makes Workspace::version() a number it never was before.
void bumpVersion(const Database& db);

/// An unused pseudonym number, depending on the workspace's key alone.
std::int64_t freshPseudonym(const Database& db);

/// A person of its own for an account; returns its id.
PersonId addPerson(const Database& db, std::string_view name);

Time now();

}  // namespace kith
