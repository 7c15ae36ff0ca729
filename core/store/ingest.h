#pragma once

#include "core/base/task.h"
#include "core/import/catalogue.h"
#include "core/model/ids.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// One message or system line of a flat chat, for working out who answers whom.
struct FlatMessage {
    MessageId id;
    AccountId author;  ///< 0 for a system line
    Time time;
    std::string text;
    bool bot = false;
};

/// A guess that `from` is an answer to `to`, an earlier message by somebody else.
struct InferredAnswer {
    std::size_t from = 0;  ///< index into the conversation
    std::size_t to = 0;
    double probability = 0;  ///< (0, 1]
};

/// Looks at one flat conversation in time order, system lines included; names are the display names
/// of its accounts.
using AnswerFinder = std::function<std::vector<InferredAnswer>(
    const std::vector<FlatMessage>& conversation, const std::map<AccountId, std::string>& names)>;

struct ImportOptions {
    ReadOptions read;
    std::string format;        ///< a format id, or empty to recognise
    bool strict = false;       ///< any refused record fails the whole import
    bool guess = false;        ///< the user saw and accepted a format that is only a guess
    bool raiseLimits = false;  ///< the user allows this file to be larger than a careful limit
    std::string entry{};   ///< of an archive of several chats, the only one to read; empty = all
    AnswerFinder answers;  ///< for flat chats; absent = no adjacent ties
};

/// A message as it will be stored, for the preview.
struct PreviewMessage {
    std::string conversation;
    std::string author;
    Time time{};
    bool timed = true;
    bool system = false;
    std::string text;
};

/// What became of one file (or one member of an archive).
struct ImportReport {
    SourceId source;     ///< 0 for a preview
    std::string file;    ///< as named by the user, plus ", entry" for a member
    std::string format;  ///< id
    std::string formatName;
    std::string reason;  ///< why it was taken for that format
    std::string platform;
    std::string zone;  ///< zone that wall times were read in; empty when none were
    std::uint64_t seen =
        0;  ///< = messages + system + skipped + refused (+ nodes and ties of graphs)
    std::uint64_t messages = 0;
    std::uint64_t newMessages = 0;
    std::uint64_t system = 0;
    std::uint64_t newSystem = 0;
    std::uint64_t skipped = 0;
    std::uint64_t refused = 0;
    std::uint64_t repaired = 0;
    std::uint64_t withheld = 0;  ///< records of erased people, kept out by the suppression list
    std::uint64_t accounts = 0;  ///< distinct accounts that this file speaks of
    std::uint64_t newAccounts = 0;
    std::uint64_t people = 0;  ///< distinct people behind them
    std::map<TieKind, std::uint64_t>
        ties;                       ///< ties this file holds, by kind; without ties to oneself
    std::uint64_t selfReplies = 0;  ///< replies to oneself: no tie, not unresolved
    std::uint64_t unresolvedReplies = 0;  ///< the message replied to is in no source so far
    std::optional<Time> first;
    std::optional<Time> last;
    std::vector<std::string> warnings;  ///< what the user should know of the file as a whole
    std::vector<Problem> problems;      ///< at most 1,000; `problemCount` counts all
    std::uint64_t problemCount = 0;
    std::vector<PreviewMessage> preview;  ///< the first ten, only for a preview
    std::vector<ColumnSample> columns;    ///< of a table, for mapping
    Shows shows;                          ///< what the format keeps
    bool documented = false;              ///< the reader was made from the documentation alone
    std::uint64_t votes = 0;              ///< votes on statements
    bool flat = false;                    ///< who answers whom is inferred
    bool guess = false;                   ///< the format is a guess that a user should confirm
};

/// Recognises and stores all of `files` in one transaction: they are there whole or not at all,
/// whatever happens. Importing the same or an overlapping file again adds only what is new. A file
/// may be an archive or folder with several chats: one report each.
/// @throws Error; Cancelled. Either way the workspace is as it was.
std::vector<ImportReport> importFiles(Workspace& workspace,
                                      const std::vector<std::filesystem::path>& files,
                                      const ImportOptions& options, Task& task);

/// The same for one file.
std::vector<ImportReport> importFile(Workspace& workspace, const std::filesystem::path& file,
                                     const ImportOptions& options, Task& task);

/// Reads as importFile does and reports the same, but keeps nothing; `workspace` may be null.
std::vector<ImportReport> previewFile(const Workspace* workspace, const std::filesystem::path& file,
                                      const ImportOptions& options, Task& task);

}  // namespace kith
