#pragma once

#include "core/base/task.h"
#include "core/model/ids.h"
#include "core/model/selection.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// A conversation in which people voted on statements.
struct VotedConversation {
    std::int64_t id = 0;
    std::string name;
    std::uint64_t votes = 0;
};

/// Those with votes in the selection's time and sources, most votes first, then by number.
std::vector<VotedConversation> votedConversations(const Workspace& workspace,
                                                  const Selection& selection);

struct VotedStatement {
    MessageId id;
    std::string number;  ///< the platform's own
    std::string text;
    bool moderatedOut = false;
};

/// Who voted how in one conversation.
struct StoredVotes {
    struct Vote {
        PersonId person;
        std::uint32_t statement = 0;  ///< index into statements
        int value = 0;                ///< -1 disagrees, 0 passes, 1 agrees
    };
    std::vector<VotedStatement> statements;  ///< all of the conversation, by number
    std::vector<Vote> votes;                 ///< by person, then statement, each pair once
};

/// Votes within the selection's time, sources and community. Where two accounts of one person voted
/// on a statement, the later vote counts. Time O(votes log votes).
StoredVotes votesIn(const Workspace& workspace, const Selection& selection,
                    std::int64_t conversation, Task& task);

}  // namespace kith
