#pragma once

#include "core/store/database.h"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// schema/0001_*.sql, 0002_*.sql ... as (name, text). A released script never changes.
extern const std::vector<std::pair<std::string_view, std::string_view>> schemaScripts;

inline constexpr std::int64_t applicationId = 0x4B495448;  ///< "KITH"

std::int64_t schemaVersion(const Database& db);

/// Brings an empty or older workspace up to the newest schema, in one transaction.
/// @throws Error WorkspaceTooNew
void migrate(const Database& db);

/// Checks that the file's tables, indexes, triggers and views are exactly those of its version.
/// @throws Error WorkspaceDamaged naming the object that is strange or missing
void requireKnownSchema(const Database& db);

}  // namespace kith
