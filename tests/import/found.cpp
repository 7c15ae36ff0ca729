#include "core/import/catalogue.h"
#include "tests/fuzz/once.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

using namespace kith;
namespace fs = std::filesystem;

// What the fuzzing once found (tests/fuzz/found) is read again: a promise that is broken ends the
// program, with words that say which.
TEST_CASE("inputs that once broke a promise of a reader are read as they should be")
{
    constexpr std::string_view front = "reader_";
    const auto found = fs::path(KITH_SOURCE_DIR) / "tests" / "fuzz" / "found";
    int read = 0;
    for (const auto& folder : fs::directory_iterator(found)) {
        const auto name = folder.path().filename().string();
        if (!name.starts_with(front)) continue;
        const auto* reader = readerNamed(name.substr(front.size()));
        INFO(name);
        REQUIRE(reader != nullptr);
        for (const auto& file : fs::directory_iterator(folder)) {
            fuzz::readOnce(*reader, tests::readFile(file.path()));
            ++read;
        }
    }
    CHECK(read >= 44);
}
