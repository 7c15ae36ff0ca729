#pragma once

#include "core/analysis/sentences.h"
#include "core/measure/opinions.h"
#include "core/store/votes.h"

#include <optional>
#include <string>
#include <vector>

namespace kith {

struct OpinionStudyOptions {
    OpinionOptions opinions;
    std::string conversation;   ///< its name; empty = the one with the most votes
    bool exportGroups = false;  ///< take the groups that came with the votes, instead of finding
};

/// Opinion groups of one conversation with votes (METHODS n).
struct OpinionStudy {
    std::vector<VotedConversation> conversations;  ///< all there are
    std::string conversation;
    std::vector<VotedStatement> statements;  ///< those voted on and not moderated out
    std::size_t people = 0;                  ///< who voted
    std::size_t votes = 0;                   ///< on these statements
    std::size_t moderatedOut = 0;            ///< statements left out
    std::size_t withoutVotes = 0;

    bool fromExport = false;
    std::vector<std::string> labels;  ///< of groups: "0", "1" or the export's own
    OpinionGroups found;              ///< with exportGroups: groups, sizes, consensus and
                                      ///< representatives are the export's
    /// Adjusted Rand index of the groups found with the export's; absent without any.
    std::optional<double> likenessToExport;

    bool supported() const { return found.p <= 0.05; }  ///< shuffled votes rarely group as clearly
};

/// @throws Error NotFound when there is no such conversation or no exported groups; TooLittleData
OpinionStudy studyOpinions(const Workspace& workspace, const Selection& selection,
                           const OpinionStudyOptions& options, Task& task);

/// Whether there are groups; what everybody agrees on; what each group says more than others.
std::vector<EvidenceSentence> opinionSentences(const OpinionStudy& study,
                                               const OpinionStudyOptions& options);

}  // namespace kith
