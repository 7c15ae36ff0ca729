#pragma once

#include "core/analysis/sentences.h"
#include "core/analysis/traitcolumn.h"

#include <optional>
#include <string>
#include <vector>

namespace kith {

struct HomophilyStudyOptions {
    AnalysisOptions analysis;  ///< selection, seed, threads, permutations
    TraitReading reading = TraitReading::Guess;
    unsigned bootstraps = 500;
    bool clusters = true;  ///< the test of every cluster too
};

/// One trait: over the whole graph, for each of its groups, and inside every cluster (METHODS d).
/// What does not apply is absent.
struct HomophilyStudy {
    TraitColumn column;
    std::size_t people = 0;
    std::uint64_t messages = 0;
    bool directed = false;  ///< every tie of the selection has a direction

    std::optional<HomophilyPanel> groups;            ///< when the values are read as groups
    std::optional<ArcHomophily> arcs;                ///< and ties have directions
    std::optional<ScalarHomophily> amounts;          ///< whenever the values are numbers
    std::optional<double> amountsAlongArcs;          ///< directed correlation, from against to
    std::optional<NeighbourCorrelation> neighbours;  ///< numbers, and ten people with contacts

    std::shared_ptr<const Analysis> analysis;  ///< null without clusters
    std::vector<Likeness> alike;               ///< by cluster of the analysis; q over these alone
    std::vector<Verdict> verdicts;             ///< by cluster
};

/// @throws Error NotFound, Usage (see traitColumn), TooLittleData (see homophily()), Cancelled
HomophilyStudy studyHomophily(const Workspace& workspace, const std::string& trait,
                              const HomophilyStudyOptions& options, Task& task);

/// The whole graph first, then how sure, then the clusters that are alike.
std::vector<EvidenceSentence> homophilySentences(const HomophilyStudy& study,
                                                 const HomophilyStudyOptions& options);

}  // namespace kith
