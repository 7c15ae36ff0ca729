#include "core/analysis/answers.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/shows.h"
#include "core/store/ingest.h"
#include "core/store/textindex.h"

#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json problemObject(const Problem& problem)
{
    static constexpr const char* names[] = {"skipped", "refused", "repaired", "noted"};
    return {{"where", problem.place.text()},
            {"what", problem.what},
            {"outcome", names[static_cast<int>(problem.outcome)]}};
}

ordered_json showsObject(const Shows& shows)
{
    return {{"replies", shows.replies},
            {"mentions", shows.mentions},
            {"reposts", shows.reposts},
            {"reactions", shows.reactions},
            {"votes", shows.votes},
            {"text", shows.text},
            {"one_persons_view", shows.onePersonsView}};
}

ordered_json columnsArray(const std::vector<ColumnSample>& columns)
{
    auto array = ordered_json::array();
    for (const auto& column : columns) {
        array.push_back(
            {{"header", column.header}, {"role", column.role}, {"samples", column.samples}});
    }
    return array;
}

ordered_json reportObject(const ImportReport& report, bool preview)
{
    ordered_json object{
        {"file", report.file},
        {"format", report.format},
        {"format_name", report.formatName},
        {"reason", report.reason},
        {"platform", report.platform},
        {"zone", report.zone.empty() ? ordered_json(nullptr) : ordered_json(report.zone)},
        {"seen", report.seen},
        {"messages", report.messages},
        {"new_messages", report.newMessages},
        {"system", report.system},
        {"new_system", report.newSystem},
        {"skipped", report.skipped},
        {"refused", report.refused},
        {"repaired", report.repaired},
        {"withheld", report.withheld},
        {"accounts", report.accounts},
        {"new_accounts", report.newAccounts},
        {"people", report.people},
        {"ties", tiesObject(report.ties)},
        {"self_replies", report.selfReplies},
        {"unresolved_replies", report.unresolvedReplies},
        {"votes", report.votes},
        {"shows", showsObject(report.shows)},
        {"first", timeOrNull(report.first)},
        {"last", timeOrNull(report.last)},
        {"warnings", report.warnings},
        {"problem_count", report.problemCount},
        {"problems", ordered_json::array()},
    };
    for (const auto& problem : report.problems)
        object["problems"].push_back(problemObject(problem));
    if (!preview) return object;
    object["columns"] = columnsArray(report.columns);
    object["preview"] = ordered_json::array();
    for (const auto& message : report.preview) {
        object["preview"].push_back(
            {{"conversation", message.conversation},
             {"author", message.author},
             {"time", message.timed ? ordered_json(isoText(message.time)) : ordered_json(nullptr)},
             {"system", message.system},
             {"text", message.text}});
    }
    return object;
}

std::string counted(std::uint64_t number)
{
    return withSeparators(static_cast<std::int64_t>(number));
}

std::string contents(const ImportReport& report, bool preview)
{
    const auto left = counted(report.skipped + report.refused);
    const auto given = report.ties.find(TieKind::Given);
    if (report.messages == 0 && given != report.ties.end()) {
        return fmt::format("{} people, {} ties, {} left out", counted(report.people),
                           counted(given->second), left);
    }
    const auto fresh = preview ? std::string(" would be read")
                               : fmt::format(" ({} new)", counted(report.newMessages));
    return fmt::format("{} messages{}, {} system lines, {} left out, {} people",
                       counted(report.messages), fresh, counted(report.system), left,
                       counted(report.people));
}

std::vector<std::string> reportLines(const ImportReport& report, bool preview)
{
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{}: {} ({})", report.file, report.formatName, report.reason));
    lines.push_back("  " + contents(report, preview));
    if (report.first && report.last) {
        lines.push_back(
            fmt::format("  from {} to {}", dateText(*report.first), dateText(*report.last)));
    }
    if (preview) {
        for (const auto& sentence : showsInWords(report.format, report.flat))
            lines.push_back("  " + sentence);
    }
    for (const auto& warning : report.warnings) lines.push_back("  note: " + warning);
    constexpr std::size_t mostShown = 20;
    std::size_t records = 0;  // what is noted of the whole file stands among the warnings
    for (const auto& problem : report.problems) {
        if (problem.outcome == Outcome::Noted || ++records > mostShown) continue;
        lines.push_back("  " + problem.place.text() + ": " + problem.what);
    }
    if (records > mostShown) {
        lines.push_back(
            fmt::format("  and {} more; --json lists them", counted(records - mostShown)));
    }
    return lines;
}

class Import final : public Verb {
public:
    std::string_view name() const override { return "import"; }
    std::string_view about() const override
    {
        return "Reads conversation exports and graph files into a workspace";
    }

    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file; made when missing");
        arguments.rest("files", files_, "exports: files, archives or folders");
        arguments.option("--format", format_,
                         "read as this format (see `formats`) instead of recognising it");
        arguments.option("--zone", zone_, "time zone of wall times, such as Europe/London");
        arguments.option("--dates", dates_, "dmy, mdy or ymd, where a file does not decide it");
        arguments.option("--name", conversation_,
                         "name of the conversation, where a file gives none");
        arguments.option("--column", columns_, "role=header for tables; may be repeated");
        arguments.option("--leave-out", leaveOut_,
                         "header of a column that is not to be read; may be repeated");
        arguments.option("--chat", chats_,
                         "of an export of many chats, one that is wanted; may be repeated");
        arguments.option("--member", members_,
                         "name of somebody as written, where it may hold a colon; may be repeated");
        arguments.option("--encoding", encoding_,
                         "of a text that is not UTF-8, such as windows-1252");
        arguments.flag("--private", privateToo_,
                       "also direct and followers-only posts, addresses and other private fields");
        arguments.flag("--raise-limits", raiseLimits_,
                       "read a file that is larger than a careful limit");
        arguments.flag("--strict", strict_, "fail when any record must be refused");
        arguments.flag("--no-index", noIndex_,
                       "leave the full-text index for later; the next import goes on");
        arguments.flag("--preview", preview_, "say what would be read and store nothing");
    }

    void run(const Console& console) override
    {
        if (files_.empty()) {
            throw Error(Error::Kind::Usage, "import needs at least one file");
        }
        const auto options = importOptions();
        ordered_json document = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& report :
             preview_ ? previewAll(options, console.task) : importAll(options, console.task)) {
            document.push_back(reportObject(report, preview_));
            const auto more = reportLines(report, preview_);
            lines.insert(lines.end(), more.begin(), more.end());
        }
        console.answer({{"files", document}}, lines);
    }

private:
    ImportOptions importOptions() const
    {
        ImportOptions options;
        options.format = format_;
        options.strict = strict_;
        options.read.conversation = conversation_;
        options.read.leaveOut = {leaveOut_.begin(), leaveOut_.end()};
        options.read.chats = {chats_.begin(), chats_.end()};
        options.read.members = {members_.begin(), members_.end()};
        options.read.encoding = encoding_;
        options.read.privateToo = privateToo_;
        options.raiseLimits = raiseLimits_;
        options.answers = answerFinder();
        if (!zone_.empty()) {
            options.read.zone = Zone::find(zone_);
            if (!options.read.zone) {
                throw Error(Error::Kind::Usage, "there is no time zone called " + zone_, {},
                            "Use a name such as Europe/London or UTC.");
            }
        }
        if (!dates_.empty()) options.read.dates = dateOrder();
        for (const auto& column : columns_) {
            const auto equals = column.find('=');
            if (equals == std::string::npos) {
                throw Error(Error::Kind::Usage, "--column " + column + " has no =", {},
                            "Write role=header, for instance author=Name.");
            }
            options.read.columns[column.substr(0, equals)] = column.substr(equals + 1);
        }
        return options;
    }

    DateOrder dateOrder() const
    {
        if (dates_ == "dmy") return DateOrder::DayMonthYear;
        if (dates_ == "mdy") return DateOrder::MonthDayYear;
        if (dates_ == "ymd") return DateOrder::YearMonthDay;
        throw Error(Error::Kind::Usage, "--dates " + dates_ + " makes no sense", {},
                    "Choose dmy, mdy or ymd.");
    }

    std::vector<ImportReport> previewAll(const ImportOptions& options, Task& task) const
    {
        std::optional<Workspace> workspace;
        if (std::filesystem::exists(workspace_)) workspace = Workspace::open(workspace_);
        std::vector<ImportReport> reports;
        for (const auto& file : files_) {
            for (auto& report :
                 previewFile(workspace ? &*workspace : nullptr, file, options, task)) {
                reports.push_back(std::move(report));
            }
        }
        return reports;
    }

    std::vector<ImportReport> importAll(const ImportOptions& options, Task& task) const
    {
        const bool there = std::filesystem::exists(workspace_);
        std::optional<Workspace> opened;
        std::vector<ImportReport> reports;
        try {
            opened.emplace(Workspace::openOrCreate(workspace_));
            reports = importFiles(*opened, {files_.begin(), files_.end()}, options, task);
        } catch (...) {
            // A workspace that this very import made, and that holds nothing, is not left behind.
            opened.reset();
            if (!there) std::filesystem::remove(workspace_);
            throw;
        }
        if (!noIndex_) buildTextIndex(*opened, task);
        return reports;
    }

    std::string workspace_;
    std::vector<std::string> files_;
    std::string format_;
    std::string zone_;
    std::string dates_;
    std::string conversation_;
    std::vector<std::string> columns_;
    std::vector<std::string> leaveOut_;
    std::vector<std::string> chats_;
    std::vector<std::string> members_;
    std::string encoding_;
    bool privateToo_ = false;
    bool raiseLimits_ = false;
    bool strict_ = false;
    bool preview_ = false;
    bool noIndex_ = false;
};

}  // namespace

std::unique_ptr<Verb> importVerb()
{
    return std::make_unique<Import>();
}

}  // namespace kith::cli
