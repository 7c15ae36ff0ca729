#pragma once

#include <filesystem>

namespace kith {

/// SQLite folds a log that lies beside a file ("town.kith-wal") into it without asking whether it
/// is that file's own. Refuses one that cannot be: a log beside a file that was closed cleanly, one
/// with other pages than the file's, or one that would make the file another workspace.
/// @throws Error WorkspaceDamaged
void requireOwnLog(const std::filesystem::path& path);

}  // namespace kith
