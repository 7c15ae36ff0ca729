#pragma once

#include "core/store/workspace.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kith {

/// Small settings of the workspace (purpose, last selection ...). Not part of the history.
std::optional<std::string> setting(const Workspace& workspace, std::string_view name);
void setSetting(Workspace& workspace, std::string_view name, std::string_view value);

/// Results that were slow to work out, kept for a workspace version and thrown away with it: every
/// change of the workspace drops them all. `key` must hold everything the result depends on besides
/// the version. The bytes may come from a stranger's file: whoever reads them checks them.
std::optional<std::string> kept(const Workspace& workspace, std::string_view key);

/// A result and what it is kept as.
struct KeptRow {
    std::string key;
    std::string bytes;
};

/// Keeps results, also for whoever only reads: opens the file for changes for as long as that
/// takes. Of all that is kept, what came first goes where it would be more than `mostKept` bytes.
/// Keeps nothing, without a word, where the version is no longer `version`, where somebody else has
/// the workspace open for changes or reads it at this moment, where it may not be written, or where
/// the disk is full.
/// @return whether all rows are kept
bool keep(const Workspace& workspace, std::int64_t version, std::span<const KeptRow> rows);

inline constexpr std::int64_t mostKept = 64 << 20;

}  // namespace kith
