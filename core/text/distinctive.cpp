#include "core/text/distinctive.h"

#include "core/text/lexicon.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

constexpr double leastZ = 2.58;  // two-sided 1 %
constexpr std::uint32_t leastAuthors = 3;
constexpr double tooCommon = 0.6;  // share of all authors
constexpr double leastReach = 0.05;

/// Numbers, each once. Kept as a sorted part and a short unsorted tail, so that adding is cheap and
/// memory stays within about twice what the numbers need.
class NumberSet {
public:
    void insert(std::uint32_t number)
    {
        if (!numbers_.empty() && numbers_.back() == number) return;
        numbers_.push_back(number);
        if (numbers_.size() > 2 * sorted_ + 16) settle();
    }
    const std::vector<std::uint32_t>& settled()
    {
        settle();
        return numbers_;
    }

private:
    void settle()
    {
        if (sorted_ == numbers_.size()) return;
        std::sort(numbers_.begin(), numbers_.end());
        numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
        sorted_ = numbers_.size();
    }

    std::vector<std::uint32_t> numbers_;
    std::size_t sorted_ = 0;
};

struct Stem {
    std::vector<std::pair<int, std::uint32_t>> messages;  // by group, only groups that used it
    NumberSet speakers;
    std::uint64_t lastMessage = 0;  // counted from 1
};

struct PairHash {
    std::size_t operator()(const std::pair<std::int64_t, int>& key) const
    {
        return std::hash<std::int64_t>()(key.first * 1'000'003 + key.second);
    }
};

/// What one group makes of a word.
struct Use {
    std::uint32_t group = 0;
    std::uint32_t messages = 0;
    std::uint32_t authors = 0;
};

/// One stem, ready to be compared. Only groups that used it are there: most words are known to few.
struct Word {
    std::string shown;
    std::vector<Use> uses;  // by group, ascending
    double inGroups = 0;    // messages
    double everywhere = 0;  // messages, those of no group included
};

}  // namespace

struct WordCounter::State {
    std::size_t groups = 0;
    Lexicon lexicon;
    std::vector<Stem> stems;  // by number of the lexicon
    std::unordered_map<std::pair<std::int64_t, int>, std::uint32_t, PairHash> speakerNumber;
    std::vector<int> speakerGroup;  // an author is one speaker in each group he spoke for
    std::uint64_t messages = 0;

    std::uint32_t speaker(std::int64_t author, int group)
    {
        const auto next = static_cast<std::uint32_t>(speakerGroup.size());
        const auto [at, fresh] = speakerNumber.try_emplace({author, group}, next);
        if (fresh) speakerGroup.push_back(group);
        return at->second;
    }

    std::vector<Word> words();
    std::vector<std::uint32_t> authorsByGroup() const;
};

WordCounter::WordCounter(std::size_t groups, const std::vector<std::string>& names)
    : state_(std::make_unique<State>(State{groups, Lexicon(names), {}, {}, {}, 0}))
{}

WordCounter::~WordCounter() = default;
WordCounter::WordCounter(WordCounter&&) noexcept = default;
WordCounter& WordCounter::operator=(WordCounter&&) noexcept = default;

void WordCounter::add(int group, std::int64_t author, std::string_view text)
{
    State& state = *state_;
    if (group < 0 || static_cast<std::size_t>(group) >= state.groups) group = -1;
    const std::uint32_t speaker = state.speaker(author, group);
    ++state.messages;
    state.lexicon.read(text, [&](std::uint32_t word) {
        if (word == state.stems.size()) state.stems.emplace_back();
        Stem& stem = state.stems[word];
        if (stem.lastMessage == state.messages) return;
        stem.lastMessage = state.messages;
        stem.speakers.insert(speaker);
        for (auto& [g, count] : stem.messages) {
            if (g != group) continue;
            ++count;
            return;
        }
        stem.messages.emplace_back(group, 1U);
    });
}

std::vector<std::uint32_t> WordCounter::State::authorsByGroup() const
{
    std::vector<std::uint32_t> authors(groups, 0);
    for (const int group : speakerGroup) {
        if (group >= 0) ++authors[static_cast<std::size_t>(group)];
    }
    return authors;
}

/// All stems that are no stop words of this export, by the word that is shown.
std::vector<Word> WordCounter::State::words()
{
    const auto shown = lexicon.shown();
    std::vector<std::uint32_t> authors(groups, 0);  // of the word at hand
    std::vector<Word> all;
    for (std::size_t s = 0; s < stems.size(); ++s) {
        const auto& speakers = stems[s].speakers.settled();
        if (static_cast<double>(speakers.size()) >
            tooCommon * static_cast<double>(speakerGroup.size())) {
            continue;
        }
        Word word;
        word.shown = shown[s];
        for (const std::uint32_t speaker : speakers) {
            const int group = speakerGroup[speaker];
            if (group >= 0) ++authors[static_cast<std::size_t>(group)];
        }
        for (const auto& [group, count] : stems[s].messages) {
            word.everywhere += count;
            if (group < 0) continue;
            word.inGroups += count;
            const auto g = static_cast<std::uint32_t>(group);
            word.uses.push_back({g, count, std::exchange(authors[g], 0)});
        }
        word.uses.shrink_to_fit();
        std::ranges::sort(word.uses, {}, &Use::group);
        all.push_back(std::move(word));
    }
    std::sort(all.begin(), all.end(),
              [](const Word& a, const Word& b) { return a.shown < b.shown; });
    return all;
}

namespace {

/// How sure it is that a word is a group's own, for every group that uses it enough.
void compareUses(const Word& word, const std::vector<double>& totals, double inGroups,
                 double everything, std::vector<std::vector<DistinctiveWord>>& found)
{
    for (const Use& use : word.uses) {
        const double own = totals[use.group];
        const double others = inGroups - own;
        if (use.authors < leastAuthors || own <= 0 || others <= 0) continue;
        const double a0 = std::max(100.0, 0.1 * std::min(own, others));
        const double a = a0 * word.everywhere / everything;
        const double elsewhere = word.inGroups - use.messages;
        const double z = logOddsZ(use.messages, own, elsewhere, others, a, a0);
        if (z < leastZ) continue;
        const double delta = logOddsDelta(use.messages, own, elsewhere, others, a, a0);
        found[use.group].push_back({word.shown, z, delta, use.authors, use.messages});
    }
}

/// The share of each group's authors who used a word; empty where one group hardly knows it. A
/// group in which nobody spoke says nothing about the word.
std::vector<double> reachOf(const Word& word, const std::vector<std::uint32_t>& authors)
{
    std::vector<double> reach(authors.size(), 0);
    for (const Use& use : word.uses)
        if (authors[use.group] > 0)
            reach[use.group] = static_cast<double>(use.authors) / authors[use.group];
    for (std::size_t g = 0; g < authors.size(); ++g)
        if (authors[g] > 0 && reach[g] < leastReach) return {};
    return reach;
}

std::vector<SharedWord> sharedOf(const std::vector<Word>& words,
                                 const std::vector<std::uint32_t>& authors)
{
    const auto speaking = static_cast<std::size_t>(
        std::ranges::count_if(authors, [](std::uint32_t count) { return count > 0; }));
    std::vector<std::pair<double, SharedWord>> ranked;
    for (const Word& word : words) {
        if (word.uses.size() < speaking) continue;
        SharedWord shared{word.shown, reachOf(word, authors)};
        if (shared.reach.empty()) continue;
        double logReach = 0;
        for (std::size_t g = 0; g < authors.size(); ++g)
            if (authors[g] > 0) logReach += std::log(shared.reach[g]);
        ranked.emplace_back(logReach, std::move(shared));
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<SharedWord> out;
    for (auto& [logReach, word] : ranked) out.push_back(std::move(word));
    return out;
}

}  // namespace

GroupWords WordCounter::compare(std::size_t most) const
{
    const auto words = state_->words();
    std::vector<double> totals(state_->groups, 0);
    double inGroups = 0;
    double everything = 0;
    for (const Word& word : words) {
        everything += word.everywhere;
        inGroups += word.inGroups;
        for (const Use& use : word.uses) totals[use.group] += use.messages;
    }
    GroupWords out;
    out.distinctive.resize(totals.size());
    for (const Word& word : words) compareUses(word, totals, inGroups, everything, out.distinctive);
    for (auto& found : out.distinctive) {
        std::ranges::stable_sort(found, std::ranges::greater(), &DistinctiveWord::z);
        if (found.size() > most) found.resize(most);
    }
    if (state_->groups > 0) out.shared = sharedOf(words, state_->authorsByGroup());
    if (out.shared.size() > most) out.shared.resize(most);
    return out;
}

double logOddsDelta(double yi, double ni, double yj, double nj, double a, double a0)
{
    return std::log((yi + a) / (ni + a0 - yi - a)) - std::log((yj + a) / (nj + a0 - yj - a));
}

double logOddsZ(double yi, double ni, double yj, double nj, double a, double a0)
{
    return logOddsDelta(yi, ni, yj, nj, a, a0) / std::sqrt(1 / (yi + a) + 1 / (yj + a));
}

}  // namespace kith
