#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kith::tests {

/// The folder of public data that is never committed: $KITH_DATA, or ../shared/data beside the
/// checkout. nullopt when it is absent; the test then says so with WARN and returns.
std::optional<std::filesystem::path> publicData();

/// tests/ROOM/data/NAME in the source tree.
std::filesystem::path fixture(const std::string& relative);

std::string readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, const std::string& text);

/// A folder of its own for one test, removed at the end.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace kith::tests
