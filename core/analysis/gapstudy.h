#pragma once

#include "core/analysis/sentences.h"
#include "core/text/talk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct GapOptions {
    std::size_t top = 20;         ///< pairs of people; at most 1,000
    std::size_t mostAPerson = 3;  ///< pairs that one person may stand in
    double least = 0.1;           ///< cosine below is not close
    std::size_t exactUpTo = 20'000;
    unsigned permutations = 999;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// Two people who talk about the same and have neither a tie nor a contact in common.
struct GapPair {
    Vertex a = 0;
    Vertex b = 0;
    double likeness = 0;                ///< cosine, TalkProfiles::likeness
    double rarity = 0;                  ///< share of random pairs at least as alike
    std::optional<unsigned> distance;   ///< steps along ties, 3 or more; absent = no way at all
    std::vector<std::string> words;     ///< what makes them alike, three or more
    std::vector<std::string> concerns;  ///< saved ones that both spoke of
};

/// Two clusters of the interaction layer. A gap lies between them when they talk more alike than
/// people dealt out at random (q <= 0.05) and have at most half of the tie weight that their
/// activity would have them share.
struct GapGroups {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::size_t peopleA = 0;  ///< with a profile
    std::size_t peopleB = 0;
    double likeness = 0;  ///< mean over the pairs of people
    double expected = 0;  ///< mean over all pairs of people
    double sd = 0;        ///< of shuffled groups
    double p = 1;
    double q = 1;  ///< Benjamini-Hochberg over all pairs of clusters
    unsigned permutations = 0;
    double ties = 0;          ///< share of all tie weight that runs between them
    double tiesExpected = 0;  ///< K_a K_b / (2 m^2): the same if ties were dealt out by activity
    std::vector<std::string> words;
    bool gap = false;

    double ratio() const { return tiesExpected > 0 ? ties / tiesExpected : 0; }
};

/// Close in interest, far apart in interaction.
struct GapStudy {
    std::size_t profiled = 0;        ///< people who say enough to be compared
    std::vector<GapPair> pairs;      ///< most alike first
    std::vector<GapGroups> groups;   ///< gaps first; in each the widest first
    std::size_t groupsCompared = 0;  ///< pairs of clusters with five or more profiled people each
    bool exact = true;               ///< else recall says how many neighbours were found
    double recall = 1;
    std::size_t recallSample = 0;
    GapOptions options;
};

/// @param analysis of the layer interaction
/// @throws Error Usage when it is of the layer interest; TooLittleData when fewer than
///         fewestTalkers people say enough to be compared
/// Time linear in messages and ties for groups; for pairs as findNeighbours().
GapStudy studyGap(const Workspace& workspace, const Analysis& analysis, const GapOptions& options,
                  Task& task);

EvidenceSentence gapSentence(const Analysis& analysis, const GapGroups& groups);
/// @param names by vertex
EvidenceSentence gapSentence(const GapStudy& study, const GapPair& pair,
                             const std::vector<std::string>& names);

/// What the study says: of the clusters with a gap the widest three, of the pairs the first five.
/// @param names by vertex
std::vector<EvidenceSentence> gapSentences(const Analysis& analysis, const GapStudy& study,
                                           const std::vector<std::string>& names);

}  // namespace kith
