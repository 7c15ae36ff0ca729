#pragma once

#include "core/base/task.h"
#include "core/store/database.h"

#include <cstddef>
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

/// Messages that are not found by what they can be looked for, and such as stand there twice:
/// "message 7 is not found by its account"; at most `most`. Empty = all is well. O(messages log
/// messages); memory 24 bytes a message.
std::vector<std::string> missingPostings(const Database& db, std::size_t most, Task& task);

}  // namespace kith
