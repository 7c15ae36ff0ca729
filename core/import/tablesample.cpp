#include "core/import/tablesample.h"

#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/tablecolumns.h"

#include <algorithm>

namespace kith {

namespace {

constexpr std::size_t headBytes = 64U << 10U;
constexpr std::size_t rowsLookedAt = 30;
constexpr std::size_t mostSamples = 5;

/// The first bytes of a file, cut behind the last whole line unless they are all of it.
std::string headOf(const Package& package, std::size_t entry, bool& whole)
{
    const auto source = package.open(entry);
    std::vector<char> buffer(headBytes);
    std::string head;
    whole = false;
    while (head.size() < headBytes && !whole) {
        const auto got = source->read({buffer.data(), headBytes - head.size()});
        whole = got == 0;
        head.append(buffer.data(), got);
    }
    if (!whole) head.resize(std::min(head.size(), head.rfind('\n') + 1));
    if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
    return head;
}

}  // namespace

std::vector<ColumnSample> columnSamples(const std::filesystem::path& path, const std::string& entry)
{
    const auto package = Package::open(path);
    const auto& entries = package->entries();
    const auto found =
        entry.empty() ? entries.begin() : std::ranges::find(entries, entry, &Package::Entry::name);
    if (found == entries.end() || (entry.empty() && entries.size() != 1)) return {};

    bool whole = false;
    const auto head =
        repairUtf8(headOf(*package, static_cast<std::size_t>(found - entries.begin()), whole));
    const auto rows = firstRows(head, whole, rowsLookedAt);
    if (rows.empty() || rows.front().fields.size() < 2) return {};
    std::vector<ColumnSample> columns;
    const TableColumns guess(rows.front().fields);
    for (const auto& header : guess.headers()) columns.push_back({header, {}, {}});
    for (std::size_t role = 0; role < tableRoles; ++role) {
        const auto at = guess[static_cast<TableRole>(role)];
        if (at) columns[*at].role = name(static_cast<TableRole>(role));
    }
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const auto& fields = rows[row].fields;
        for (std::size_t at = 0; at < std::min(fields.size(), columns.size()); ++at) {
            auto& samples = columns[at].samples;
            if (samples.size() < mostSamples && !trim(fields[at]).empty())
                samples.push_back(fields[at]);
        }
    }
    return columns;
}

}  // namespace kith
