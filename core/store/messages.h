#pragma once

#include "core/base/task.h"
#include "core/base/time.h"
#include "core/import/records.h"
#include "core/model/ids.h"
#include "core/model/selection.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// One tie between two people as stored (accounts of the same person make none).
struct TieRow {
    PersonId from;
    PersonId to;
    TieKind kind = TieKind::Mention;
    std::optional<Time> time;  ///< absent for given ties without one
    double weight = 1;     ///< Given: the file's; Adjacent: probability; Mention: 1/k for k named
    MessageId message;     ///< 0 for given ties
    bool directed = true;  ///< false: Thread, and given ties of an undirected graph; once a pair
};

/// All ties of a selection (its kinds, sources, time, concern, community), in stored order.
/// Time O(ties). `each` must not change the workspace.
void eachTie(const Workspace& workspace, const Selection& selection,
             const std::function<void(const TieRow&)>& each, Task& task);

/// One message somebody said. System lines are never handed out here.
struct MessageRow {
    MessageId id;
    PersonId author;                ///< 0 = unknown or deleted
    SourceId source;                ///< the first source that held it
    std::int64_t conversation = 0;  ///< number of the conversation, see conversationNames()
    std::int64_t thread = 0;        ///< equal for messages of one thread; 0 in flat chats
    std::optional<Time> time;
    std::string_view text;  ///< valid during the call only
};

/// All messages of a selection, by conversation, then time, then stored order. Messages have no tie
/// kind: Selection::kinds and minWeight are ignored.
void eachMessage(const Workspace& workspace, const Selection& selection,
                 const std::function<void(const MessageRow&)>& each, Task& task);

std::map<std::int64_t, std::string> conversationNames(const Workspace& workspace);

/// A message to read.
struct MessageView {
    MessageId id;
    PersonId author;
    std::string authorName;
    std::string conversation;
    std::string source;
    std::optional<Time> time;
    std::string text;
};

std::optional<MessageView> message(const Workspace& workspace, MessageId id);

/// Messages by some people, newest first, at most `limit`.
std::vector<MessageView> messagesBy(const Workspace& workspace,
                                    const std::vector<PersonId>& authors, std::size_t limit);

/// Messages that made ties between two people, newest first.
std::vector<MessageView> messagesBetween(const Workspace& workspace, PersonId a, PersonId b,
                                         std::size_t limit);

/// Full-text search. The query is plain words (all must occur), "quoted phrases", OR, and word*;
/// anything else is taken literally, so that no input is an error. Best matches first.
struct SearchHit {
    MessageView message;
    std::string snippet;  ///< with the matched words between U+2068 and U+2069
};
std::vector<SearchHit> search(const Workspace& workspace, std::string_view query,
                              std::size_t limit);

/// How many messages each person wrote in the selection.
std::map<PersonId, std::uint64_t> messageCounts(const Workspace& workspace,
                                                const Selection& selection);

struct SourceInfo {
    SourceId id;
    std::string file;
    std::string format;
    std::string formatName;
    std::string platform;
    std::string zone;
    Time imported{};
    std::uint64_t messages = 0;  ///< that this source holds, also when another held them before
    std::uint64_t system = 0;
    std::uint64_t skipped = 0;
    std::uint64_t refused = 0;
    bool flat = false;
    std::optional<Time> first;
    std::optional<Time> last;
    std::vector<std::string> warnings;
};
std::vector<SourceInfo> sources(const Workspace& workspace);
std::vector<Problem> problemsOf(const Workspace& workspace, SourceId source);

enum class Removal {
    Undoable,  ///< one step of the history, which keeps what was removed until it is dropped
    ForGood    ///< nothing of it is kept, and undo() cannot bring it back
};

/// Takes a source away with what no other source held: messages, ties, votes, people. It can be
/// imported again from its file.
/// @return how many messages went with it
/// @throws Error LimitReached when the step would take more than mostUndoableBytes; nothing is done
std::uint64_t removeSource(Workspace& workspace, SourceId source, Task& task,
                           Removal how = Removal::Undoable);

/// A step of the history is one row of the file, and rows are at most 256 MiB.
inline constexpr std::uint64_t mostUndoableBytes = 240ULL << 20U;

/// What removing a source would take away.
struct RemovalForecast {
    std::uint64_t messages = 0;  ///< that no other source holds
    std::uint64_t bytes = 0;     ///< about as many as the step of the history would take
    bool undoable() const { return bytes <= mostUndoableBytes; }
};

/// O(messages of the source).
RemovalForecast forecastRemoval(const Workspace& workspace, SourceId source);

struct WorkspaceInfo {
    std::uint64_t sources = 0;
    std::uint64_t people = 0;
    std::uint64_t accounts = 0;
    std::uint64_t messages = 0;
    std::uint64_t system = 0;
    std::map<TieKind, std::uint64_t> ties;
    std::uint64_t communities = 0;
    std::optional<Time> first;
    std::optional<Time> last;
    std::uint64_t bytes = 0;  ///< of the file
};
WorkspaceInfo info(const Workspace& workspace);

/// Checks the file, the search index (only when open for changes) and every row's own hash.
/// Empty = all is well.
std::vector<std::string> verify(const Workspace& workspace, Task& task);

}  // namespace kith
