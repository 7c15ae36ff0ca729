#pragma once

#include "core/base/task.h"
#include "core/text/talk.h"

#include <string>
#include <vector>

namespace kith {

struct TopicWord {
    std::string word;
    double weight = 0;  ///< of the topic's strongest word; at most 1
};

/// What some texts are about, as the words that go together in them. People name topics.
struct Topic {
    std::vector<TopicWord> words;  ///< ten, strongest first
    double weight = 0;             ///< share of all that was factorised
    std::size_t pools = 0;         ///< texts in which it is the strongest
    std::uint64_t messages = 0;    ///< in those texts
    std::size_t people = 0;        ///< who wrote them
    double stability = 0;          ///< mean cosine with its twin in half of the texts, 0..1
    double npmi = 0;               ///< mean over pairs of its words, -1..1
    std::string query;             ///< a suggested concern: "damp OR mould OR moulds"
};

/// A number of topics that was tried.
struct TopicTrial {
    std::size_t k = 0;
    double stability = 0;  ///< mean over ten halves of the texts
    double sd = 0;         ///< of the ten
    double npmi = 0;
};

struct TopicModel {
    std::vector<Topic> topics;       ///< by weight
    std::vector<TopicTrial> trials;  ///< one when k was given
    std::size_t pools = 0;           ///< texts of three or more different words
    std::size_t fitted = 0;          ///< of them the topics were made from
    double error = 0;                ///< share of the table's size that is not explained, 0..1
};

struct TopicOptions {
    std::size_t k = 0;  ///< 0 = by stability, from 5 to 40
    std::uint64_t seed = 1;
    unsigned threads = 0;
    std::size_t mostFitted = 4'000;  ///< texts; the others are only assigned
    std::size_t mostTried = 2'000;   ///< texts for choosing k
};

inline constexpr std::size_t fewestPools = 30;
inline constexpr std::size_t mostTopics = 40;

/// Topics by non-negative matrix factorisation of texts (METHODS j). As many as come out the same
/// from ten random halves of the texts (Greene, O'Callaghan and Cunningham 2014, topics matched
/// one to one by cosine); among numbers within a standard deviation of the most stable (0.02 at
/// least) the one of greatest coherence, among equals the smallest. Deterministic for any number of
/// threads.
/// @throws Error Usage when k is not 0 or from 2 to 40 or above a third of the texts; TooLittleData
///         when there are fewer than fewestPools texts; Cancelled
TopicModel findTopics(const TalkPools& pools, const TopicOptions& options, Task& task);

/// Normalised pointwise mutual information of two words, -1..1: ln(p_xy/(p_x p_y)) / -ln p_xy; -1
/// when they never meet, 1 when one is never without the other and both are in every text.
double npmi(double texts, double withX, double withY, double withBoth);

}  // namespace kith
