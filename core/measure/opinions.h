#pragma once

#include "core/base/task.h"
#include "core/cluster/partition.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kith {

// Groups of people who vote alike (METHODS n, after the published steps of Polis: Small,
// Bjorkegren, Erkkilae, Shaw and Megill 2021).

struct CastVote {
    std::uint32_t statement = 0;
    std::int8_t value = 0;  ///< -1 disagrees, 0 passes, 1 agrees
};

/// Who voted how. A statement that somebody has not seen is simply not there.
struct VoteTable {
    std::uint32_t statements = 0;
    std::vector<std::vector<CastVote>> cast;  ///< by person, ascending statement, each once
};

/// The two directions in which votes differ most.
struct OpinionSpace {
    std::vector<double> mean;                      ///< by statement
    std::array<std::vector<double>, 2> component;  ///< by statement, length 1; the largest is > 0
    std::array<double, 2> singular{};
    std::array<double, 2> explained{};         ///< share of all variance
    std::vector<std::array<double, 2>> place;  ///< by person
};

/// Principal components with missing votes at their statement's mean, which leaves them 0: the
/// matrix stays sparse. People are placed by the votes they cast, times sqrt(statements / votes).
/// Time O(votes) a step of subspace iteration.
/// @throws Error TooLittleData with fewer than two statements or votes that do not differ
OpinionSpace opinionSpace(const VoteTable& votes);

/// One statement's votes in one group against the rest.
struct Representative {
    std::uint32_t group = 0;
    std::uint32_t statement = 0;
    bool agree = true;  ///< what the group says of it more than the rest
    double p = 0;       ///< (agrees + 1) / (votes + 2) in the group, of its side
    double zP = 0;
    double r = 0;  ///< p over the same in the rest
    double zR = 0;
    double metric = 0;  ///< r zR p zP
    std::uint64_t votes = 0;
};

/// Statements by how much they stand for a group, best first; those with zP and zR above 1.2816.
std::vector<Representative> representatives(const VoteTable& votes,
                                            std::span<const std::int32_t> groupOf,
                                            std::uint32_t group);

/// One statement on one side for one group, whether it passes or not.
Representative representative(const VoteTable& votes, std::span<const std::int32_t> groupOf,
                              std::uint32_t group, std::uint32_t statement, bool agree);

struct Consensual {
    std::uint32_t statement = 0;
    double value = 0;        ///< product over groups of (agrees + 1) / (votes + 2)
    double lowestGroup = 0;  ///< the least of them
};

/// Every statement that was voted on, most consensual first. `groupOf` by person, -1 = in none.
std::vector<Consensual> groupInformedConsensus(const VoteTable& votes,
                                               std::span<const std::int32_t> groupOf,
                                               std::uint32_t groups);

struct KMeans {
    std::vector<std::uint32_t> groupOf;  ///< by point; groups by descending size
    double inertia = 0;
    double silhouette = 0;  ///< mean over points; exact up to 5,000 points, beyond over a sample
};

/// @param starts k-means++ starts (Arthur and Vassilvitskii 2007), the best is kept
KMeans kMeans(std::span<const std::array<double, 2>> points, std::uint32_t k, unsigned starts,
              std::uint64_t seed, std::uint64_t stream);

struct OpinionOptions {
    unsigned minVotes = 7;
    unsigned starts = 50;
    unsigned shuffles = 200;
    unsigned reruns = 20;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

struct OpinionGroups {
    OpinionSpace space;
    std::vector<std::int32_t> groupOf;  ///< by person; -1 = too few votes
    std::uint32_t groups = 0;           ///< k
    std::vector<std::size_t> sizes;
    std::vector<double> silhouettes;  ///< for k = 2, 3 ...
    std::vector<double> inertias;
    std::size_t used = 0;    ///< people in groups
    double shuffledP95 = 0;  ///< 95th percentile of the best silhouette of shuffled votes
    double p = 1;            ///< (1 + shuffled at least as high) / (1 + shuffles)
    double stability = 0;    ///< mean AMI with groups from 80 % of the statements
    std::vector<Consensual> consensus;
    std::vector<Representative> representative;  ///< by group, then best first, five each
};

/// @throws Error TooLittleData with fewer than 8 people or 2 statements
OpinionGroups opinionGroups(const VoteTable& votes, const OpinionOptions& options, Task& task);

}  // namespace kith
