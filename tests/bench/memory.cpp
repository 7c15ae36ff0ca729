#include "tests/bench/memory.h"

#include "core/analysis/answers.h"
#include "core/import/catalogue.h"
#include "core/import/silentsink.h"
#include "core/store/ingest.h"
#include "tests/bench/measured.h"
#include "tests/bench/memoryinputs.h"

#include <fmt/format.h>
#include <iostream>

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

/// What the import had to say, for seeing that the input was read as it was meant.
void say(const ImportReport& report)
{
    std::uint64_t ties = 0;
    for (const auto& [kind, count] : report.ties) ties += count;
    std::cout << fmt::format(
        "  {}: {} seen, {} messages, {} people, {} ties, {} replies unresolved, {} skipped, {} "
        "refused\n",
        report.format, report.seen, report.messages, report.people, ties, report.unresolvedReplies,
        report.skipped, report.refused);
    for (const auto& warning : report.warnings) std::cout << "    " << warning << "\n";
}

void importOne(const fs::path& file, const Shape& shape, const fs::path& target)
{
    auto workspace = Workspace::create(target);
    ImportOptions options;
    options.format = shape.pack.empty() ? shape.format : "";
    options.raiseLimits = true;
    options.answers = answerFinder();
    options.read.chats = {"*"};
    options.read.dates = DateOrder::DayMonthYear;
    options.read.zone = Zone();
    Task task;
    for (const auto& report : importFile(workspace, file, options, task)) say(report);
}

/// The reader alone, without a store.
void readOne(const fs::path& file, const Shape& shape)
{
    ReadOptions options;
    options.chats = {"*"};
    options.dates = DateOrder::DayMonthYear;
    SilentSink sink;
    Task task;
    for (const auto& part : recognise(file, shape.format, Limits::raised()))
        part.reader->read(*part.package, options, sink, task);
}

}  // namespace

void memoryTable(std::uint64_t bytes, const std::string& only, const fs::path& folder, bool alone)
{
    for (const Shape& shape : memoryShapes()) {
        const bool wanted = shape.name.starts_with(only) || shape.format.starts_with(only);
        if (!wanted) continue;
        const auto file = writeShape(shape, folder, bytes);
        const auto target = folder / "memory.kith";
        fs::remove(target);
        const auto cost = measured([&] {
            if (alone) return readOne(file, shape);
            importOne(file, shape, target);
        });
        const auto how =
            shape.pack.empty() ? "" : ", " + shape.pack.substr(0, shape.pack.find('{'));
        show(fmt::format("{} of {:.2f} GB{}", shape.format, static_cast<double>(bytes) / 1e9, how),
             cost, 1);
        fs::remove_all(file);
        fs::remove(target);
    }
}

}  // namespace kith::bench
