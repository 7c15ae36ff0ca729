#pragma once

#include <filesystem>

namespace kith {

/// Holds "NAME.lock" beside a workspace while it is open for writing, so that a second writer is
/// told at once. The system lets go of the lock when the program ends, however it ends; a file left
/// by a crash is taken over. (The workspace file itself must not be locked or even opened here:
/// closing it would drop SQLite's own locks, which POSIX ties to the process.)
class WriterLock {
public:
    /// @throws Error WorkspaceBusy; CannotWrite when the folder is write-protected
    explicit WriterLock(const std::filesystem::path& workspace);
    ~WriterLock();
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

private:
    bool take();

    std::filesystem::path path_;
    int file_ = -1;
};

}  // namespace kith
