#include "core/store/writerlock.h"

#include "core/base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith {

WriterLock::WriterLock(const std::filesystem::path& workspace) : path_(workspace.string() + ".lock")
{
    const Place where{workspace.filename().string(), {}, {}, {}};
    // The holder removes the file when it closes; between our open and lock it may have gone.
    for (int attempt = 0; attempt < 100; ++attempt) {
        file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file_ < 0) {
            throw Error(Error::Kind::CannotWrite, "the workspace cannot be changed", where,
                        "Its folder is write-protected; copy it elsewhere first.");
        }
        if (take()) return;
        const bool held = errno == EWOULDBLOCK;
        ::close(file_);
        if (held) break;
    }
    throw Error(Error::Kind::WorkspaceBusy, "the workspace is open for changes elsewhere", where,
                "Close it there and try again.");
}

WriterLock::~WriterLock()
{
    ::unlink(path_.c_str());
    ::close(file_);
}

/// True when the lock is ours and the file is still the one that others would open.
bool WriterLock::take()
{
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) return false;
    struct stat ours {};
    struct stat named {};
    const bool same = ::fstat(file_, &ours) == 0 && ::stat(path_.c_str(), &named) == 0 &&
                      ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
    errno = 0;
    return same;
}

}  // namespace kith
