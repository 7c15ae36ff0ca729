#include "core/import/polis.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/readers.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace kith {
namespace {

using namespace std::string_view_literals;

// The longer name first: it ends like the shorter one.
constexpr std::array tables{"participants-votes.csv"sv,
                            "participant-votes.csv"sv,
                            "summary.csv"sv,
                            "comments.csv"sv,
                            "votes.csv"sv,
                            "stats-history.csv"sv};

std::string_view tableOf(std::string_view name)
{
    const auto found = std::ranges::find_if(tables, [&](auto one) { return name.ends_with(one); });
    if (found == tables.end()) return {};
    const auto front = name.substr(0, name.size() - found->size());
    const bool apart = front.empty() || "/.-_ "sv.find(front.back()) != std::string_view::npos;
    return apart ? *found : std::string_view();
}

const FormatInfo& polisInfo()
{
    static const FormatInfo info{"polis",
                                 "Polis conversation (votes on statements)",
                                 {"polis"},
                                 {".zip", ".csv"},
                                 {.votes = true}};
    return info;
}

class PolisReader final : public Reader {
public:
    const FormatInfo& info() const override { return polisInfo(); }
    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        int best = 0;
        for (const auto& files : polisFiles(probe.entries)) {
            if (!files.votes || !files.comments) continue;
            best = std::max(best, files.count() >= 3 ? 95 : 60);
        }
        if (best == 0) return {};
        return {best, "holds a Polis conversation's tables of statements and votes"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        ReadReport report;
        report.platform = "polis";
        std::size_t used = 0;
        const auto all = polisFiles(package.entries());
        std::uint64_t bytes = 0;
        for (const auto& entry : package.entries()) bytes += entry.size;
        task.begin("Reading " + package.name(), bytes);
        for (const auto& files : all) {
            used += files.count();
            if (files.votes || files.comments) {
                report.seen += readPolis(package, files, options, sink, task);
            }
        }
        if (report.seen == 0) {
            throw Error(Error::Kind::BadInput, "there are no statements and no votes in it",
                        {package.name(), {}, {}, {}},
                        "Download the conversation's data from Polis again.");
        }
        if (used < package.entries().size()) {
            sink.problem({Outcome::Noted,
                          {package.name(), {}, {}, {}},
                          fmt::format("{} other files beside the Polis tables were left out",
                                      package.entries().size() - used)});
        }
        return report;
    }
};

/// One of the tables alone.
class PolisTableReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"polis-table",
                                     "One table of a Polis conversation",
                                     {"polis"},
                                     {".csv"},
                                     {.votes = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto rows = firstRows(probe.head.substr(0, probe.head.find('\n') + 1), true, 1,
                                    CsvDialect{',', false});
        if (rows.empty()) return {};
        const auto has = [&](std::string_view name) {
            return std::ranges::any_of(rows.front().fields, [&](const std::string& one) {
                return asciiEqual(trim(one), name);
            });
        };
        if (has("comment-id") && has("voter-id") && has("vote")) {
            return {95, "a table with the columns of Polis votes"};
        }
        if (has("comment-id") && has("author-id") && has("comment-body")) {
            return {95, "a table with the columns of Polis statements"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto& entry = package.entries().front();
        task.begin("Reading " + package.name(), entry.size);
        auto files = polisFiles(package.entries());
        if (files.empty()) files.push_back({});
        auto& one = files.front();
        if (!one.votes && !one.comments) one.comments = 0;
        const auto seen = readPolis(package, one, options, sink, task);
        sink.problem({Outcome::Noted, placeIn(package, 0),
                      one.votes ? "these are votes without their statements: open the folder or "
                                  "zip that holds both"
                                : "these are statements without their votes: open the folder or "
                                  "zip that holds both"});
        ReadReport report;
        report.seen = seen;
        report.platform = "polis";
        return report;
    }
};

}  // namespace

std::size_t PolisFiles::count() const
{
    return std::size_t{summary.has_value()} + std::size_t{comments.has_value()} +
           std::size_t{votes.has_value()} + std::size_t{participants.has_value()} +
           std::size_t{history};
}

std::vector<PolisFiles> polisFiles(std::span<const Package::Entry> entries)
{
    std::map<std::string, PolisFiles> byPrefix;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view name = entries[i].name;
        const auto table = tableOf(name);
        if (table.empty()) continue;
        const std::string prefix(name.substr(0, name.size() - table.size()));
        auto& files = byPrefix[prefix];
        files.prefix = prefix;
        if (table == "summary.csv") files.summary = i;
        if (table == "comments.csv") files.comments = i;
        if (table == "votes.csv") files.votes = i;
        if (table.starts_with("participant")) files.participants = i;
        if (table == "stats-history.csv") files.history = true;
    }
    std::vector<PolisFiles> all;
    for (auto& [prefix, files] : byPrefix) {
        // A lone "summary.csv" somewhere is nobody's conversation.
        if (files.votes || files.comments) all.push_back(std::move(files));
    }
    return all;
}

const Reader& polisReader()
{
    static const PolisReader reader;
    return reader;
}

const Reader& polisTableReader()
{
    static const PolisTableReader reader;
    return reader;
}

}  // namespace kith
