#pragma once

#include "core/store/database.h"
#include "core/store/identitybook.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// Between schema 4 and 5: puts the ties that stand in rows into blocks, and all messages into the
/// postings.
void packRows(const Database& db);

/// After messages came back: puts those into the postings that were never in them.
/// @param messages rising
void returnToPostings(const Database& db, const std::vector<std::int64_t>& messages);

/// Looks whether messages are found by what they can be looked for.
class MissingPostings {
public:
    explicit MissingPostings(const Database& db);

    /// What is wrong with one, as the end of a sentence: "is not found by its account". Empty = all
    /// is well.
    std::string of(std::int64_t message);

private:
    bool lists(Postings& postings, std::int64_t key, std::int64_t message);
    bool isAlone(std::int64_t message);

    Postings identity_;
    Postings account_;
    Postings thread_;
    Postings conversation_;
    std::vector<std::int64_t> found_;
    Statement row_;
    Statement same_;
    std::uint64_t seed_;
};

}  // namespace kith
