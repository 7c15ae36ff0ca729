#pragma once

#include "core/base/task.h"
#include "core/store/database.h"
#include "core/store/ingest.h"

#include <cstdint>
#include <vector>

namespace kith {

/// Marks these conversations as flat and, when there is a finder, replaces all their Adjacent ties
/// by what it finds, each conversation looked at as a whole; a message that has a
/// reply of its own gets none.
/// @return how many ties were written
std::uint64_t inferAnswers(const Database& db, const std::vector<std::int64_t>& conversations,
                           const AnswerFinder& finder, Task& task);

}  // namespace kith
