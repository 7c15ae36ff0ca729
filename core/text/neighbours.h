#pragma once

#include "core/base/task.h"
#include "core/text/talk.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace kith {

/// Somebody who talks about the same things.
struct Likeminded {
    std::uint32_t person = 0;
    float likeness = 0;  ///< TalkProfiles::likeness

    friend bool operator==(const Likeminded&, const Likeminded&) = default;
};

struct NeighbourOptions {
    std::size_t most = 15;           ///< neighbours a person
    double least = 0.1;              ///< likeness below is none
    std::size_t exactUpTo = 20'000;  ///< people; beyond, the search is approximate
    std::uint64_t seed = 1;          ///< which people the recall is measured on
    unsigned threads = 0;

    /// Appends people who are not to be found for a person; called from several threads. Empty =
    /// nobody but the person.
    std::function<void(std::uint32_t person, std::vector<std::uint32_t>& leftOut)> leaveOut;
};

struct Neighbours {
    std::vector<std::vector<Likeminded>> of;  ///< by person; most alike first, then by number
    bool exact = true;
    double recall = 1;             ///< share of the true neighbours found, on a sample
    std::size_t recallSample = 0;  ///< people it was measured on; 0 when exact
};

/// The people most alike to each, by TalkProfiles::likeness. Exact up to options.exactUpTo people:
/// O(sum over words of authors^2 + sum over places of people^2). Beyond, candidates are the people
/// with the greatest weight in a person's heaviest words, then neighbours of neighbours in two
/// rounds (after Dong, Moses and Li, "Efficient k-nearest neighbor graph construction", WWW 2011);
/// linear in people; the recall is measured against the exact answer for 200 of them.
/// Deterministic for any number of threads.
/// @throws Cancelled
Neighbours findNeighbours(const TalkProfiles& profiles, const NeighbourOptions& options,
                          Task& task);

}  // namespace kith
