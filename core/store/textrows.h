#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <vector>

namespace kith {

// Messages that go and come back outside of an import (removals, undo) keep the full-text index in
// step. Message ids are given in rising order. O(words of these messages).

/// Before the rows are deleted: takes their words out of the index.
void dropFromTextIndex(const Database& db, const std::vector<std::int64_t>& messages);

/// After the rows are back: puts their words into it again.
void returnToTextIndex(const Database& db, const std::vector<std::int64_t>& messages);

}  // namespace kith
