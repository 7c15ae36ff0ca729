#pragma once

#include "core/base/task.h"
#include "core/import/reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// A chat of an export of many.
struct ListedChat {
    std::string name;  ///< as ReadOptions::chats takes it
    std::uint64_t messages = 0;
};

/// A whole account's chats are not imported unasked: somebody's private ones are among them. One
/// chat is no choice, and neither is "*".
/// @throws AnswerNeeded About::Chats when there are several and none was chosen; Error Usage when
///         one was chosen that is not there
void requireChoice(const std::vector<ListedChat>& chats, const ReadOptions& options,
                   const Place& place);

/// The same without asking, for exports that are not of one person's chats: all, unless some were
/// chosen.
/// @throws Error Usage when one was chosen that is not there
void requireKnown(const std::vector<ListedChat>& chats, const ReadOptions& options,
                  const Place& place);

/// How many chats were not wanted, for the list of what happened.
void noteLeftOut(std::uint64_t chats, const Place& place, Sink& sink);

/// Elements of the arrays at these paths (as for JsonElements) of one entry, none of them parsed.
/// What is broken is counted up to there.
std::uint64_t countElements(const Package& package, std::size_t entry,
                            std::vector<std::string> paths, Task& task);

}  // namespace kith
