// Any bytes, as a file and as a folder, through the catalogue.

#include "core/import/catalogue.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/package.h"
#include "tests/fuzz/stretch.h"

using namespace kith;
using namespace kith::fuzz;

namespace {

void recogniseAll(std::shared_ptr<const Package> package)
{
    try {
        const auto found = recognise(std::move(package));
        require(!found.empty(), "nothing is recognised, and no word of it");
        for (const auto& one : found) {
            require(one.reader != nullptr && one.package != nullptr,
                    "a recognition without a reader");
            require(one.recognition.confidence > 0, "a recognition without confidence");
            requireText("a reason that is no UTF-8", one.recognition.reason);
        }
    } catch (const Error& error) {
        requireError(error);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Stopwatch watch;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    recogniseAll(packageOf("file", {{"file", std::string(bytes)}}));
    const auto files = entriesIn(bytes);
    if (files.size() > 1) recogniseAll(packageOf("folder", files));
    watch.requireFast(size);
    return 0;
}
