#pragma once

#include "core/base/random.h"
#include "core/text/lexicon.h"
#include "core/text/nmf.h"

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// What people talk about, as vectors of words: METHODS j and d.2.
///
/// A person's vector is the sum over places (threads; in flat chats a day) of (1 + ln c) ln(N/n) a
/// word: c of the person's messages in that place hold it, n of the N authors used it at all. Words
/// of fewer than three authors and of more than 60 % of the authors are left out. People with fewer
/// than `fewestWords` different words have no vector: too little to say.
///
/// People in one place use its words. So the likeness of two people is the cosine of their vectors
/// *after the mean of every place that both were in has been taken away*: in such a place only
/// counts what they say more alike than its people do on average. With x_ut the part of person u
/// in place t, a_ut its sum, m_t = (sum of x_ut)/(sum of a_ut), d_ut = x_ut.m_t, this is
///
///     s(u,v) = [ x_u.x_v - sum over common t of (a_vt d_ut + a_ut d_vt - a_ut a_vt M_t) ]
///              / (|x_u| |x_v|),
///     M_t    = |m_t|^2 + (sum_u |x_ut - a_ut m_t|^2) / ((sum_u a_ut)^2 - sum_u a_ut^2),
///
/// whose second part makes the mean over the pairs of a place exactly 0. The mean is not taken from
/// people who were not there: two threads about damp would lose the damp that they have in common.
struct TalkProfiles {
    static constexpr std::size_t fewestWords = 5;

    /// One person's share of a place that others of the profiled were in too.
    struct Part {
        std::uint32_t place = 0;
        float amount = 0;    ///< a_ut / |x_u|
        float likeMean = 0;  ///< d_ut / |x_u|
    };

    std::vector<std::string> words;      ///< the vocabulary
    std::vector<std::uint32_t> authors;  ///< by word: people who used it
    std::vector<std::uint64_t> rowStart{0};
    std::vector<std::uint32_t> word;  ///< of each entry; ascending in a row
    std::vector<float> weight;        ///< of each entry, > 0; a row has length 1
    std::vector<std::uint64_t> partStart{0};
    std::vector<Part> parts;       ///< by person, then place
    std::vector<float> placeMean;  ///< M_t, by place

    std::size_t people() const { return rowStart.size() - 1; }
    bool has(std::size_t person) const { return rowStart[person] != rowStart[person + 1]; }
    std::size_t profiled() const;

    std::span<const std::uint32_t> wordsOf(std::size_t person) const
    {
        return {word.data() + rowStart[person], rowStart[person + 1] - rowStart[person]};
    }
    std::span<const float> weightsOf(std::size_t person) const
    {
        return {weight.data() + rowStart[person], rowStart[person + 1] - rowStart[person]};
    }
    std::span<const Part> partsOf(std::size_t person) const
    {
        return {parts.data() + partStart[person], partStart[person + 1] - partStart[person]};
    }

    /// s(u,v), in [-1, 1]; 0 when one has no vector. O(words and places of both).
    double likeness(std::size_t u, std::size_t v) const;

    /// The same before it is held to [-1, 1]: what sums over pairs are made of.
    double product(std::size_t u, std::size_t v) const;

    /// The words that make two people alike, by their part in the cosine.
    std::vector<std::string> sharedWords(std::size_t u, std::size_t v, std::size_t most) const;

    /// What a common place takes off the cosine.
    double taken(const Part& u, const Part& v) const
    {
        const auto a = static_cast<double>(u.amount);
        const auto b = static_cast<double>(v.amount);
        return b * static_cast<double>(u.likeMean) + a * static_cast<double>(v.likeMean) -
               a * b * static_cast<double>(placeMean[u.place]);
    }
};

struct WeighedTalk;

/// Texts put together by place, as a table of words for topics.
struct TalkPools {
    std::vector<std::string> words;               ///< by column
    std::vector<std::vector<std::string>> forms;  ///< by column: full words, commonest first
    SparseRows table;                             ///< a row a pool of length 1: (1 + ln c) ln(N/n)
    std::vector<std::uint32_t> place;             ///< by row: the caller's number
    std::vector<std::vector<std::uint32_t>> people;  ///< by row: who wrote in it, ascending
    std::vector<std::uint32_t> messages;             ///< by row
};

/// Collects messages for TalkProfiles. Memory 12 bytes a message and different word in it.
class TalkCounter {
public:
    /// @param people how many there are; they are numbered from 0
    /// @param names every display name; their parts are not counted as words
    TalkCounter(std::size_t people, const std::vector<std::string>& names);

    /// @param place any number; equal for messages of one thread
    void add(std::uint32_t person, std::uint32_t place, std::string_view text);

    /// O(uses log uses). Leaves the counter empty.
    TalkProfiles profiles();

    /// The profiles that there would be if it did not matter who speaks: all that one person said
    /// in one place is dealt out anew over the people, each of whom keeps the number of places. For
    /// several threads at once, once nothing is added any more. O(uses log uses), and a copy of
    /// them.
    TalkProfiles dealtProfiles(Random& random) const;

    /// The places as texts; those with fewer than three words of the vocabulary are left out, and
    /// so are words of fewer than three authors or places, and of more than 60 % of the places; at
    /// most the 8,000 words of most places. c of the place's messages hold a word, n of the N
    /// places. O(uses log uses). Leaves the counter empty.
    TalkPools pools();

private:
    static constexpr std::uint32_t leastAuthors = 3;
    static constexpr double tooCommon = 0.6;  ///< share of all authors, or of all places

    struct Use {
        std::uint32_t person = 0;
        std::uint32_t place = 0;
        std::uint32_t word = 0;
        friend auto operator<=>(const Use&, const Use&) = default;
    };
    struct Vocabulary {
        std::vector<std::uint32_t> numberOf;  ///< by word of the lexicon; none = left out
        std::vector<double> rarity;           ///< ln(N/n) by number
    };

    TalkProfiles profilesOf(std::vector<Use> uses) const;
    Vocabulary chooseWords(const std::vector<Use>& uses, TalkProfiles& out) const;
    static WeighedTalk weigh(const std::vector<Use>& uses, const Vocabulary& vocabulary);
    std::vector<std::uint32_t> authorsByWord(const std::vector<Use>& uses) const;
    Vocabulary choosePoolWords(TalkPools& out);

    std::size_t people_;
    Lexicon lexicon_;
    std::vector<Use> uses_;
    std::vector<std::uint32_t> message_;   ///< words of one message
    std::vector<bool> spoke_;              ///< by person
    std::vector<std::uint32_t> messages_;  ///< by place
};

}  // namespace kith
