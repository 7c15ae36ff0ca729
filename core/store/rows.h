#pragma once

#include "core/base/hash.h"
#include "core/store/database.h"
#include "core/store/rowbatch.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace kith {

/// A table whose rows carry a hash of their other columns.
struct HashedTable {
    std::string_view name;
    std::string_view columns;  ///< all but "hash", in the order of the schema
    std::string_view function = "row_hash";
    /// What wrote the hashes of older rows, where that was another function. They stay as they are,
    /// since edits that can still be taken back name them.
    std::string_view former = function;
};

std::span<const HashedTable> hashedTables();

/// Tables that organisers' edits change; the history records exactly these.
std::span<const std::string_view> editedTables();

/// The statement that writes the hash of the rows that meet a condition anew.
std::string sealing(std::string_view table, std::string_view condition);

/// Writes the hash of the row with this id anew; after every INSERT or UPDATE of a hashed table.
void seal(const Database& db, std::string_view table, std::int64_t id);

/// The same for all rows that a condition selects, with the condition's values.
void sealWhere(const Database& db, std::string_view table, std::string_view condition,
               std::int64_t first, std::int64_t second = 0);

/// Makes Workspace::version() a number it never was before, and drops the results that were kept.
void bumpVersion(const Database& db);

/// A person of its own for an account; returns its id.
PersonId addPerson(const Database& db, std::string_view name);

/// addPerson() for many: they wait in memory, with their numbers, until flush().
class PersonMaker {
public:
    explicit PersonMaker(const Database& db);

    PersonId add(std::string_view name);

    /// Gives somebody who still waits another name.
    void rename(PersonId id, std::string_view name);

    /// Writes everybody who waits, and how far the pseudonyms have come. To be called before
    /// anybody else makes people.
    void flush();

private:
    struct Waiting {
        std::string name;
        std::int64_t pseudonym = 0;
    };

    std::int64_t freshPseudonym();  ///< unused, depending on the workspace's key alone
    bool taken(std::int64_t pseudonym);
    void loadTaken();

    const Database& db_;
    std::string key_;
    std::int64_t turn_ = 0;
    std::optional<Hash> fourDraws_;  ///< of turn_ and its neighbours
    std::int64_t next_ = 0;          ///< number of the first of waiting_
    std::vector<Waiting> waiting_;
    RowBatch rows_;
    std::vector<bool> short_;  ///< taken pseudonyms of six digits, once many were drawn
    std::unordered_set<std::int64_t> drawn_;
    Statement taken_;
    Statement insert_;
    Statement store_;
};

/// Whether a table has any row.
bool holdsAny(const Database& db, std::string_view table);

/// The number that the next row of an AUTOINCREMENT table gets.
std::int64_t nextNumber(const Database& db, std::string_view table);

Time now();

}  // namespace kith
