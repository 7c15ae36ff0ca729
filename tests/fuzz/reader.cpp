// Any bytes through one reader, which must keep every promise of reader.h and records.h. Which one
// is told by KITH_FORMAT; without it the program lists the formats, one a line.

#include "core/import/catalogue.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/package.h"
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

std::shared_ptr<const Package> packageFrom(std::string_view bytes)
{
    if (target().wantsCollection()) return packageOf("export.zip", entriesIn(bytes));
    const auto& extensions = target().info().extensions;
    const std::string name = "chat" + std::string(extensions.empty() ? ".txt" : extensions.front());
    return packageOf(name, {{name, std::string(bytes)}});
}

/// Answers to what only a user could decide, by the length of the input: all are met.
ReadOptions optionsFor(std::size_t size)
{
    ReadOptions options;
    if (size % 2 == 0)
        options.dates = size % 4 == 0 ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
    if (size % 3 == 0) options.zone = Zone::find("Europe/London");
    if (size % 5 == 0) options.encoding = size % 10 == 0 ? "utf-8" : "windows-1252";
    if (size % 7 != 0) options.chats = {"*"};
    options.privateToo = size % 11 == 0;
    return options;
}

/// A digest of all that was handed on, or of the sentence that refused it.
Hash outcome(const Package& package, const ReadOptions& options)
{
    CheckingSink sink;
    Task task;
    try {
        sink.finish(target().read(package, options, sink, task));
        return sink.digest();
    } catch (const Error& error) {
        requireError(error);
        return hashOf(std::string_view(error.what()));
    }
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
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto package = packageFrom(bytes);
    if (package->entries().empty()) return 0;
    const auto options = optionsFor(size);
    const Stopwatch watch;
    const auto whole = outcome(*package, options);
    watch.requireFast(size);
    constexpr std::size_t small = 4096;
    if (size <= small) {
        const auto pieces = outcome(PiecedPackage(package, 1 + size % 13), options);
        require(whole == pieces, "bytes that arrive in pieces are read otherwise");
    }
    return 0;
}
