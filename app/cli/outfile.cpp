#include "app/cli/outfile.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fstream>
#include <unistd.h>

namespace kith::cli {

namespace fs = std::filesystem;

std::uintmax_t writeWhole(const fs::path& path, const std::function<void(std::ostream&)>& write)
{
    const fs::path part = path.string() + ".part" + std::to_string(getpid());
    const auto failed = [&](const std::string& why) {
        std::error_code ignored;  // the file may never have been made
        fs::remove(part, ignored);
        return Error(Error::Kind::CannotWrite, "the file could not be written: " + why,
                     {path.string(), {}, {}, {}}, "Check the folder and the free space.");
    };
    try {
        std::ofstream out(part, std::ios::binary);
        if (!out) throw failed("the folder is missing or may not be written to");
        write(out);
        out.flush();
        if (!out) throw failed("the disk may be full");
    } catch (...) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw;
    }
    std::error_code error;
    fs::rename(part, path, error);
    if (error) throw failed(error.message());
    return fs::file_size(path);
}

std::string extensionOf(const fs::path& path)
{
    return asciiLower(path.extension().string());
}

}  // namespace kith::cli
