#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/threads.h"
#include "core/store/tieblocks.h"

#include <array>
#include <nlohmann/json.hpp>

namespace kith {

namespace {

std::uint64_t count(const Statement& row, int column)
{
    return static_cast<std::uint64_t>(row.integer(column));
}

std::optional<std::uint64_t> numberIn(const Statement& row, int column)
{
    if (row.null(column)) return std::nullopt;
    return count(row, column);
}

std::vector<std::string> listIn(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    std::vector<std::string> list;
    if (!json.is_array()) return list;
    for (const auto& item : json) {
        if (item.is_string()) list.push_back(item.get<std::string>());
    }
    return list;
}

std::map<TieKind, std::uint64_t> tieCounts(const Database& db)
{
    std::map<TieKind, std::uint64_t> ties;
    std::array<std::uint64_t, 16> byKind{};
    eachStoredTie(db,
                  [&](const StoredTie& tie) { ++byKind.at(static_cast<std::size_t>(tie.kind)); });
    for (std::size_t kind = 0; kind < byKind.size(); ++kind) {
        if (byKind.at(kind) > 0) ties[static_cast<TieKind>(kind)] = byKind.at(kind);
    }
    Statement given(db, "SELECT count(*) FROM given");
    given.next();
    if (count(given, 0) > 0) ties[TieKind::Given] = count(given, 0);
    if (const auto spoken = countThreadTies(db); spoken > 0) ties[TieKind::Thread] = spoken;
    return ties;
}

}  // namespace

std::vector<SourceInfo> sources(const Workspace& workspace)
{
    std::vector<SourceInfo> list;
    Statement rows(workspace.database(),
                   "SELECT id, file, format, format_name, platform, zone, imported, messages, "
                   "system, skipped, refused, flat, first, last, warnings FROM source ORDER BY id");
    while (rows.next()) {
        SourceInfo source;
        source.id = SourceId{rows.integer(0)};
        source.file = rows.text(1);
        source.format = rows.text(2);
        source.formatName = rows.text(3);
        source.platform = rows.text(4);
        source.zone = rows.text(5);
        source.imported = fromMillis(rows.integer(6));
        source.messages = count(rows, 7);
        source.system = count(rows, 8);
        source.skipped = count(rows, 9);
        source.refused = count(rows, 10);
        source.flat = rows.integer(11) != 0;
        source.first = rows.time(12);
        source.last = rows.time(13);
        source.warnings = listIn(rows.text(14));
        list.push_back(std::move(source));
    }
    return list;
}

std::vector<Problem> problemsOf(const Workspace& workspace, SourceId source)
{
    std::vector<Problem> problems;
    Statement rows(
        workspace.database(),
        "SELECT p.outcome, s.file, p.entry, p.line, p.byte, p.what FROM source_problem p "
        "JOIN source s ON s.id = p.source WHERE p.source = ?1 ORDER BY p.ordinal");
    for (rows.bind(source); rows.next();) {
        problems.push_back({static_cast<Outcome>(rows.integer(0)),
                            {rows.text(1), rows.text(2), numberIn(rows, 3), numberIn(rows, 4)},
                            rows.text(5)});
    }
    return problems;
}

WorkspaceInfo info(const Workspace& workspace)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    WorkspaceInfo info;
    Statement row(db,
                  "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM person), "
                  "(SELECT count(*) FROM account), (SELECT count(*) FROM community), "
                  "(SELECT min(first) FROM source), (SELECT max(last) FROM source)");
    row.next();
    info.sources = count(row, 0);
    info.people = count(row, 1);
    info.accounts = count(row, 2);
    info.communities = count(row, 3);
    info.first = row.time(4);
    info.last = row.time(5);

    Statement messages(db, "SELECT flags & 1, count(*) FROM message GROUP BY 1");
    while (messages.next()) {
        (messages.integer(0) == 0 ? info.messages : info.system) = count(messages, 1);
    }
    info.ties = tieCounts(db);
    Statement size(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    size.next();
    info.bytes = count(size, 0);
    return info;
}

}  // namespace kith
