// Any bytes as an archive: its list, and every entry to its end.

#include "core/import/source.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/stretch.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

using namespace kith;
using namespace kith::fuzz;

namespace {

/// A file that is nowhere on the disk.
class MemoryFile {
public:
    MemoryFile() : file_(memfd_create("archive", MFD_CLOEXEC))
    {
        require(file_ >= 0, "no file in memory");
        path_ = "/proc/self/fd/" + std::to_string(file_);
    }

    void fill(const std::uint8_t* data, std::size_t size) const
    {
        require(ftruncate(file_, 0) == 0, "ftruncate");
        require(pwrite(file_, data, size, 0) == static_cast<ssize_t>(size), "pwrite");
    }

    const std::filesystem::path& path() const { return path_; }

private:
    int file_;
    std::filesystem::path path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const MemoryFile file;
    file.fill(data, size);
    const Stopwatch watch;
    constexpr std::uint64_t far = 8U << 20U;  // beyond this only time passes
    try {
        const auto package = Package::open(file.path());
        for (std::size_t i = 0; i < package->entries().size(); ++i) {
            requireText("a name that is no UTF-8", package->entries()[i].name);
            require(!package->entries()[i].name.empty(), "an entry without a name");
            try {
                const auto source = package->open(i);
                std::vector<char> buffer(1U << 16U);
                std::uint64_t total = 0;
                for (auto count = source->read(buffer); count > 0 && total < far;
                     count = source->read(buffer)) {
                    total += count;
                }
            } catch (const Error& error) {
                requireError(error);
            }
        }
    } catch (const Error& error) {
        requireError(error);
    }
    watch.requireFast(size);
    return 0;
}
