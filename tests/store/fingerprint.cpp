#include "core/store/fingerprint.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kith;

namespace {

std::string bytesOf(std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>('a' + i * i % 23);
    return bytes;
}

/// Reads up to `most` bytes of the only entry, `step` at a time.
void readSome(const Package& package, std::size_t step, std::size_t most)
{
    const auto source = package.open(0);
    std::vector<char> buffer(step);
    for (std::size_t met = 0; met < most;) {
        const auto count = source->read(buffer);
        if (count == 0) return;
        met += count;
    }
}

}  // namespace

TEST_CASE("a fingerprint taken while a file is read is that of reading it by itself", "[store]")
{
    Task task;
    for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U, 200'001U}) {
        const auto file = packageOf("chat.txt", {{"chat.txt", bytesOf(size)}});
        const auto expected = fingerprintOf(*file, task);
        CHECK(expected.bytes == size);
        for (const std::size_t step : {7'001U, 65'536U, 300'000U}) {
            for (const std::size_t most : {std::size_t{0}, std::size_t{1}, size / 2, size + 1}) {
                Fingerprinted listening(*file);
                CHECK(listening.name() == file->name());
                readSome(listening, 100, 250);  // a look at the head, as readers take it
                readSome(listening, step, most);
                const auto found = listening.finish(task);
                CHECK(found.hash == expected.hash);
                CHECK(found.bytes == expected.bytes);
            }
        }
    }
}
