#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

// Messages that go and come back outside of an import (removals, undo) keep the full-text index in
// step. Message ids are given in rising order. O(words of these messages). Messages that the index
// has not reached yet (textindex.h) are passed over: taking out of it what never was in it would
// damage it.

/// The last message that the full-text index has reached; later ones are not in it.
std::int64_t lastIndexed(const Database& db);

/// Before the rows are deleted: takes their words out of the index.
void dropFromTextIndex(const Database& db, const std::vector<std::int64_t>& messages);

/// After the rows are back: puts their words into it again.
void returnToTextIndex(const Database& db, const std::vector<std::int64_t>& messages);

/// Messages that the full-text index has not reached and that match, as "[1,2,3]". `query` as
/// FTS5's. O(words of these messages): analyses are right while the index is still growing.
std::string matchesBehindTextIndex(const Database& db, const std::string& query);

}  // namespace kith
