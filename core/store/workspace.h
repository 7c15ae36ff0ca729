#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace kith {

class Database;

/// One `.kith` file: all of the user's data. A connection belongs to one thread; other threads
/// open their own with another Workspace on the same path. While open for writing the file is in
/// WAL mode; a clean close leaves one file in rollback mode.
class Workspace {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Makes a new, empty workspace.
    /// @throws Error CannotWrite when the file exists or cannot be written
    static Workspace create(const std::filesystem::path& path);

    /// Opens with the defences of RELIABILITY.md (application id, version, exact schema, no
    /// triggers or views of others, limits), and brings an older schema up to date after keeping a
    /// copy beside it.
    /// @throws Error FileUnreadable, WorkspaceDamaged, WorkspaceTooNew, WorkspaceBusy
    static Workspace open(const std::filesystem::path& path, Mode mode = Mode::ReadWrite);

    static Workspace openOrCreate(const std::filesystem::path& path);

    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

    const std::filesystem::path& path() const;
    Mode mode() const;

    /// Changes whenever anything that an analysis could see is changed: imports, merges, traits,
    /// concerns, communities, undo. Never repeats in the life of a workspace.
    std::int64_t version() const;

    /// For the other files of this room only.
    Database& database() const;

private:
    Workspace();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kith
