#include "tests/support/data.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <unistd.h>

namespace kith::tests {

namespace fs = std::filesystem;

std::optional<fs::path> publicData()
{
    const char* named = std::getenv("KITH_DATA");
    const fs::path folder = named != nullptr
                                ? fs::path(named)
                                : fs::path(KITH_SOURCE_DIR).parent_path() / "shared/data";
    if (!fs::is_directory(folder)) return std::nullopt;
    return folder;
}

fs::path fixture(const std::string& relative)
{
    return fs::path(KITH_SOURCE_DIR) / "tests" / relative;
}

std::string readFile(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeFile(const fs::path& path, const std::string& text)
{
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out) throw std::runtime_error("cannot write " + path.string());
}

TempFolder::TempFolder()
{
    std::string name = (fs::temp_directory_path() / "kith-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
}

TempFolder::~TempFolder()
{
    std::error_code ignored;  // a test that failed may leave files open; the system cleans /tmp
    fs::remove_all(path_, ignored);
}

}  // namespace kith::tests
