#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A word that sets a group apart.
struct DistinctiveWord {
    std::string word;            ///< the commonest full word of its stem
    double z = 0;                ///< log-odds with informative Dirichlet prior over its deviation
    double delta = 0;            ///< log-odds against the others; 0.7 = twice the odds
    std::uint32_t authors = 0;   ///< people of the group who used it
    std::uint32_t messages = 0;  ///< of the group that contain it
};

/// A word that every group uses.
struct SharedWord {
    std::string word;
    std::vector<double> reach;  ///< share of each group's authors who used it, by group
};

struct GroupWords {
    std::vector<std::vector<DistinctiveWord>> distinctive;  ///< by group; z >= 2.58, best first
    std::vector<SharedWord> shared;  ///< least reach >= 5 %, by geometric mean of reach
};

/// Collects who said what, then compares groups. Groups are numbered from 0; messages of people in
/// no group count for the background only. Memory grows with distinct words, not with messages.
class WordCounter {
public:
    /// @param names every display name; their parts are not counted as words
    WordCounter(std::size_t groups, const std::vector<std::string>& names);
    ~WordCounter();
    WordCounter(WordCounter&&) noexcept;
    WordCounter& operator=(WordCounter&&) noexcept;

    /// @param group negative = no group
    void add(int group, std::int64_t author, std::string_view text);

    /// Source: Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4), 2008; the
    /// choices of METHODS j (authors counted first, three authors at least, messages not tokens).
    GroupWords compare(std::size_t most = 30) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The z of one word (for tests and for other callers with counts of their own).
/// @param y messages with the word in group i and in the others j; n all counted words of each
/// @param a prior count of the word; a0 of all words
double logOddsZ(double yi, double ni, double yj, double nj, double a, double a0);
double logOddsDelta(double yi, double ni, double yj, double nj, double a, double a0);

}  // namespace kith
