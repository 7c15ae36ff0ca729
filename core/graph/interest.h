#pragma once

#include "core/base/error.h"
#include "core/graph/interaction.h"
#include "core/text/neighbours.h"

namespace kith {

struct InterestOptions {
    std::size_t neighbours = 15;     ///< k: ties that a person makes
    double least = 0.1;              ///< cosine below makes no tie
    std::size_t exactUpTo = 20'000;  ///< people; beyond, neighbours are searched approximately
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// Fewer people who say enough to be compared are refused.
inline constexpr std::size_t fewestTalkers = 10;
Error tooFewTalkers(std::size_t some, std::size_t people);

/// Who talks about the same things, as a graph: its vertices are those who wrote in the selection
/// (bots left out), ascending by id. An arc leads from everybody to the `neighbours` people most
/// alike, with the cosine as weight; two people are tied when either stands in the other's list.
struct InterestLayer {
    PeopleGraph people;
    TalkProfiles profiles;  ///< by vertex
    bool exact = true;      ///< else recall says how many of the true neighbours were found
    double recall = 1;
    std::size_t recallSample = 0;
};

/// Every name of a person or an account: words that are no words.
std::vector<std::string> allNames(const Workspace& workspace);

/// What some people talk about in a selection, by their order. Places are threads, where the
/// messages have none the UTC day in their conversation.
/// @param people ascending
TalkProfiles talkOf(const Workspace& workspace, const Selection& selection,
                    const std::vector<PersonId>& people, Task& task);

/// What is said in a selection as texts to find topics in: threads, where the messages have none
/// all that one person said in a conversation on a UTC day. Bots are left out.
TalkPools poolsOf(const Workspace& workspace, const Selection& selection, Task& task);

/// What interactionGraph() gives for a selection of the layer interest (with default options), so
/// that whoever asks for a selection's graph gets the layer that was chosen. Ties weaker than
/// Selection::minWeight are left out.
/// @throws Error Usage when the selection names kinds of ties, of which interest has none;
///         TooLittleData when fewer than `fewestTalkers` people say enough to be compared
InterestLayer interestLayer(const Workspace& workspace, const Selection& selection,
                            const InterestOptions& options, Task& task);

/// What the layer would look like if it did not matter who speaks: whose likes are tied have groups
/// even then, since two who are like a third are like each other. So what is held against chance
/// here is not how ties are dealt out but who said what (TalkCounter::dealtProfiles()).
class DealtInterest {
public:
    /// @param people those of the layer's graph
    DealtInterest(const Workspace& workspace, const Selection& selection,
                  const std::vector<PersonId>& people, const InterestOptions& options, Task& task);

    /// A graph of the same people. Depends on the seed and the number alone; for several threads at
    /// once. Time of findNeighbours() on one thread.
    Graph graph(std::uint64_t number) const;

private:
    InterestOptions options_;
    double minWeight_ = 0;
    TalkCounter said_;
};

}  // namespace kith
