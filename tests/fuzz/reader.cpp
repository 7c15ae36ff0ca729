// Any bytes through one reader, which must keep every promise of reader.h and records.h. Which one
// is told by KITH_FORMAT; without it the program lists the formats, one a line.

#include "core/import/catalogue.h"
#include "tests/fuzz/once.h"
#include "tests/fuzz/stretch.h"

#ifdef KITH_PLANTED_BUGS
#include "tests/fuzz/planted.h"
#endif

#include <cstdio>
#include <cstdlib>

using namespace kith;
using namespace kith::fuzz;

namespace {

const Reader& target()
{
    static const Reader* const reader = [] {
        const char* const format = std::getenv("KITH_FORMAT");
        const Reader* const named = readerNamed(format == nullptr ? "" : format);
        require(named != nullptr, "there is no such format", format == nullptr ? "" : format);
#ifdef KITH_PLANTED_BUGS
        static const planted::PlantedReader planted(*named);
        return static_cast<const Reader*>(&planted);
#else
        return named;
#endif
    }();
    return *reader;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    if (std::getenv("KITH_FORMAT") != nullptr) return 0;
    for (const auto* reader : readers()) {
        std::printf("%.*s%s\n", static_cast<int>(reader->info().id.size()),
                    reader->info().id.data(), reader->wantsCollection() ? " folder" : "");
    }
    std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    readOnce(target(), {reinterpret_cast<const char*>(data), size});
    return 0;
}
