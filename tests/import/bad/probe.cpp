// Imports one file into a fresh workspace, as kith-cli does, and prints what became of it as one
// JSON document: the answer, its place, the counts, what was stored. For run.py.
//
//   import_probe import WORKSPACE FILE [--dates dmy] [--zone Z] [--encoding E] [--chat C]...
//                [--column role=header]... [--format F] [--guess] [--raise-limits] [--private]
//   import_probe open WORKSPACE

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/question.h"
#include "core/store/ingest.h"
#include "core/store/messages.h"
#include "core/store/people.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace kith;
using nlohmann::ordered_json;

const char* nameOf(Error::Kind kind)
{
    static constexpr std::array names{"FileUnreadable",  "FormatUnknown", "BadInput",
                                      "LimitReached",    "NeedsAnswer",   "WorkspaceDamaged",
                                      "WorkspaceTooNew", "WorkspaceBusy", "NotFound",
                                      "TooLittleData",   "CannotWrite",   "Usage"};
    return names.at(static_cast<std::size_t>(kind));
}

const char* nameOf(Question::About about)
{
    static constexpr std::array names{"dates",  "columns", "encoding", "chats",
                                      "format", "members", "limits"};
    return names.at(static_cast<std::size_t>(about));
}

ordered_json placeObject(const Place& place)
{
    ordered_json object = ordered_json::object();
    if (!place.file.empty()) object["file"] = place.file;
    if (!place.entry.empty()) object["entry"] = place.entry;
    if (place.line) object["line"] = *place.line;
    if (place.byte) object["byte"] = *place.byte;
    return object;
}

ordered_json reportObject(const ImportReport& report)
{
    static constexpr std::array outcomes{"skipped", "refused", "repaired", "noted"};
    ordered_json object{{"file", report.file},         {"format", report.format},
                        {"seen", report.seen},         {"messages", report.messages},
                        {"system", report.system},     {"votes", report.votes},
                        {"skipped", report.skipped},   {"refused", report.refused},
                        {"repaired", report.repaired}, {"accounts", report.accounts},
                        {"people", report.people},     {"unresolved", report.unresolvedReplies},
                        {"warnings", report.warnings}, {"problems", ordered_json::array()}};
    std::uint64_t ties = 0;
    for (const auto& [kind, count] : report.ties) {
        object["ties"][std::string(name(kind))] = count;
        ties += count;
    }
    object["all_ties"] = ties;
    for (const Problem& problem : report.problems) {
        auto one = placeObject(problem.place);
        one["outcome"] = outcomes.at(static_cast<std::size_t>(problem.outcome));
        one["what"] = problem.what;
        object["problems"].push_back(std::move(one));
    }
    return object;
}

ordered_json errorObject(const Error& error)
{
    const auto* question = dynamic_cast<const AnswerNeeded*>(&error);
    const bool ask = error.kind() == Error::Kind::NeedsAnswer;
    ordered_json object{{"answer", ask ? "ask" : "refuse"},
                        {"kind", nameOf(error.kind())},
                        {"text", error.what()},
                        {"what", error.cause()},
                        {"remedy", error.remedy()},
                        {"place", placeObject(error.where())}};
    if (question == nullptr) return object;
    object["about"] = nameOf(question->question().about);
    object["as_written"] = question->question().asWritten;
    object["choices"] = ordered_json::array();
    for (const auto& choice : question->question().choices) {
        object["choices"].push_back({choice.value, choice.meaning});
    }
    return object;
}

ImportOptions optionsFrom(const std::vector<std::string>& words)
{
    ImportOptions options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word == "--guess") {
            options.guess = true;
        } else if (word == "--raise-limits") {
            options.raiseLimits = true;
        } else if (word == "--private") {
            options.read.privateToo = true;
        } else {
            const auto& value = words.at(++i);
            if (word == "--format") options.format = value;
            if (word == "--encoding") options.read.encoding = value;
            if (word == "--member") options.read.members.insert(value);
            if (word == "--chat") options.read.chats.insert(value);
            if (word == "--leave-out") options.read.leaveOut.insert(value);
            if (word == "--zone") options.read.zone = Zone::find(value).value();
            if (word == "--column") {
                options.read.columns[value.substr(0, value.find('='))] =
                    value.substr(value.find('=') + 1);
            }
            if (word == "--dates") {
                options.read.dates = value == "dmy"   ? DateOrder::DayMonthYear
                                     : value == "mdy" ? DateOrder::MonthDayYear
                                                      : DateOrder::YearMonthDay;
            }
        }
    }
    return options;
}

/// What people said, as it stands in the workspace; the beginning of long texts and their size.
ordered_json storedMessages(const Workspace& workspace, Task& task)
{
    constexpr std::size_t most = 200;
    constexpr std::size_t longest = 300;
    auto all = ordered_json::array();
    std::vector<MessageId> ids;
    eachMessage(
        workspace, {}, [&](const MessageRow& row) { ids.push_back(row.id); }, task);
    for (const MessageId id : ids) {
        if (all.size() == most) break;
        const auto one = message(workspace, id).value();
        all.push_back(
            {{"author", one.authorName},
             {"conversation", one.conversation},
             {"text", shorten(repairUtf8(one.text), longest)},
             {"bytes", one.text.size()},
             {"time", one.time ? ordered_json(isoText(*one.time)) : ordered_json(nullptr)},
             {"utf8", !firstBadUtf8(one.text)}});
    }
    return all;
}

std::vector<std::string> namesOf(const Workspace& workspace)
{
    std::vector<std::string> names;
    for (const auto& one : people(workspace)) names.push_back(one.name);
    return names;
}

std::uint64_t importAgain(Workspace& workspace, const std::filesystem::path& file,
                          const ImportOptions& options, Task& task)
{
    std::uint64_t fresh = 0;
    for (const auto& report : importFile(workspace, file, options, task)) {
        fresh += report.newMessages + report.newSystem + report.newAccounts;
    }
    return fresh;
}

/// What is said before anything is stored.
std::vector<std::string> previewWarnings(const std::filesystem::path& file,
                                         const ImportOptions& options, Task& task)
{
    std::vector<std::string> all;
    for (const auto& report : previewFile(nullptr, file, options, task)) {
        all.insert(all.end(), report.warnings.begin(), report.warnings.end());
    }
    return all;
}

ordered_json imported(const std::filesystem::path& path, const std::filesystem::path& file,
                      const ImportOptions& options)
{
    Task task;
    auto workspace = Workspace::create(path);
    ordered_json object;
    try {
        const auto reports = importFile(workspace, file, options, task);
        object["answer"] = "accept";
        for (const auto& report : reports) object["reports"].push_back(reportObject(report));
        object["stored"] = storedMessages(workspace, task);
        object["before"] = previewWarnings(file, options, task);
        object["again"] = importAgain(workspace, file, options, task);
        object["names"] = namesOf(workspace);
        object["findings"] = verify(workspace, task);
    } catch (const Error& error) {
        object = errorObject(error);
        object["left"] = storedMessages(workspace, task).size();
    }
    return object;
}

ordered_json opened(const std::filesystem::path& path)
{
    try {
        Task task;
        const auto workspace = Workspace::open(path);
        return {{"answer", "accept"},
                {"stored", storedMessages(workspace, task)},
                {"findings", verify(workspace, task)}};
    } catch (const Error& error) {
        return errorObject(error);
    }
}

bool sanitized()
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#else
    return false;
#endif
}

}  // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 2) return 2;
    try {
        auto object = words[0] == "open" ? opened(words[1])
                                         : imported(words[1], words.at(2),
                                                    optionsFrom({words.begin() + 3, words.end()}));
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        object["peak_kb"] = used.ru_maxrss;
        object["sanitized"] = sanitized();
        std::cout << object.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "not an error of ours: %s\n", bug.what());
        return 3;
    }
    return 0;
}
