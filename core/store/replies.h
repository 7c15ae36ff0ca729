#pragma once

#include "core/base/task.h"
#include "core/base/time.h"
#include "core/model/ids.h"
#include "core/store/workspace.h"

#include <functional>
#include <optional>

namespace kith {

/// Somebody answered a message of somebody else.
struct ReplyRow {
    MessageId question;  ///< the message that was answered
    PersonId asker;      ///< its author
    PersonId answerer;
    std::optional<Time> time;  ///< of the answer
    bool inferred = false;     ///< worked out in a flat chat
};

/// Every answer whose question is in the workspace, by question, then time: replies and quotes as
/// the platform kept them, and in flat chats those inferred with a probability of at least one
/// half. Answers to oneself and by programs are left out.
void eachReply(const Workspace& workspace, const std::function<void(const ReplyRow&)>& each,
               Task& task);

}  // namespace kith
