#include "core/text/grouptalk.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t mostGroups = 50;
constexpr unsigned batch = 50;   ///< shuffles between two looks at who may stop
constexpr unsigned enough = 20;  ///< as extreme: the answer will not change
constexpr std::size_t largest = 20'000;
constexpr unsigned fewShuffles = 99;

/// The people with a profile and the groups they are dealt into, renumbered from 0.
struct Deal {
    std::vector<std::uint32_t> people;
    std::vector<std::int32_t> slot;     ///< by position in people: group, -1 = none
    std::vector<std::uint32_t> groups;  ///< the caller's number by ours
    std::vector<std::size_t> size;      ///< by group
};

Deal dealOf(const TalkProfiles& profiles, const std::vector<int>& groupOf, bool onlyLargest)
{
    const int last = groupOf.empty() ? -1 : *std::max_element(groupOf.begin(), groupOf.end());
    std::vector<std::size_t> sizes(static_cast<std::size_t>(last + 1), 0);
    Deal deal;
    for (std::uint32_t v = 0; v < groupOf.size(); ++v) {
        if (!profiles.has(v)) continue;
        deal.people.push_back(v);
        if (groupOf[v] >= 0) ++sizes[static_cast<std::size_t>(groupOf[v])];
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t g = 0; g < sizes.size(); ++g)
        if (sizes[g] >= fewestInGroup) order.push_back(g);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return sizes[a] > sizes[b]; });
    if (onlyLargest && order.size() > mostGroups) order.resize(mostGroups);
    std::sort(order.begin(), order.end());
    std::vector<std::int32_t> numberOf(sizes.size(), -1);
    for (const auto g : order) {
        numberOf[g] = static_cast<std::int32_t>(deal.groups.size());
        deal.groups.push_back(g);
        deal.size.push_back(sizes[g]);
    }
    for (const auto v : deal.people)
        deal.slot.push_back(groupOf[v] < 0 ? -1 : numberOf[static_cast<std::size_t>(groupOf[v])]);
    return deal;
}

/// Sums over the people of each group, of words and of what they have in each place. Between groups
/// a row of words a group is kept; within groups one row serves all.
class Sums {
public:
    Sums(const TalkProfiles& profiles, std::size_t groups, bool between)
        : profiles_(profiles),
          words_(profiles.words.size()),
          groups_(groups),
          between_(between),
          talk_((between ? groups : 1) * words_, 0),
          square_(between ? 0 : groups, 0),
          taken_(between ? groups * groups : groups, 0),
          shares_(groups)
    {
        std::vector<std::uint64_t> next(profiles.placeMean.size() + 1, 0);
        for (const auto& part : profiles.parts) ++next[part.place + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        start_ = next;
        present_.resize(profiles.parts.size());
        for (std::uint32_t v = 0; v < profiles.people(); ++v)
            for (const auto& part : profiles.partsOf(v)) present_[next[part.place]++] = {v, part};
    }

    /// @param groupOf by person; -1 = counts for no group
    void measure(const std::vector<std::int32_t>& groupOf)
    {
        std::fill(talk_.begin(), talk_.end(), 0);
        std::fill(taken_.begin(), taken_.end(), 0);
        if (between_) {
            for (std::uint32_t v = 0; v < groupOf.size(); ++v)
                if (groupOf[v] >= 0) add(v, static_cast<std::size_t>(groupOf[v]) * words_);
        } else {
            square(groupOf);
        }
        for (std::size_t place = 0; place + 1 < start_.size(); ++place) take(place, groupOf);
    }

    /// Sum of the products over all pairs of people, in a group both ways round.
    double product(std::size_t a, std::size_t b, std::size_t sizeA) const
    {
        if (!between_) return square_[a] - taken_[a] - static_cast<double>(sizeA);
        double sum = -taken_[a * groups_ + b];
        const double* x = talk_.data() + a * words_;
        const double* y = talk_.data() + b * words_;
        for (std::size_t w = 0; w < words_; ++w) sum += x[w] * y[w];
        return sum;
    }

private:
    struct Present {
        std::uint32_t person = 0;
        TalkProfiles::Part part;
    };
    /// What a group has of one place.
    struct Share {
        double amount = 0;
        double likeMean = 0;
        double squares = 0;
        double products = 0;
    };

    void add(std::uint32_t person, std::size_t row)
    {
        const auto words = profiles_.wordsOf(person);
        const auto weights = profiles_.weightsOf(person);
        for (std::size_t i = 0; i < words.size(); ++i)
            talk_[row + words[i]] += static_cast<double>(weights[i]);
    }

    /// |sum of the vectors|^2, group by group.
    void square(const std::vector<std::int32_t>& groupOf)
    {
        std::vector<std::vector<std::uint32_t>> members(groups_);
        for (std::uint32_t v = 0; v < groupOf.size(); ++v)
            if (groupOf[v] >= 0) members[static_cast<std::size_t>(groupOf[v])].push_back(v);
        for (std::size_t g = 0; g < groups_; ++g) {
            for (const auto person : members[g]) add(person, 0);
            double sum = 0;
            for (const auto person : members[g]) {
                for (const auto word : profiles_.wordsOf(person)) {
                    sum += talk_[word] * talk_[word];
                    talk_[word] = 0;
                }
            }
            square_[g] = sum;
        }
    }

    void take(std::size_t place, const std::vector<std::int32_t>& groupOf)
    {
        here_.clear();
        for (auto i = start_[place]; i < start_[place + 1]; ++i) {
            const auto& [person, part] = present_[i];
            if (groupOf[person] < 0) continue;
            const auto g = static_cast<std::size_t>(groupOf[person]);
            const auto a = static_cast<double>(part.amount);
            const auto d = static_cast<double>(part.likeMean);
            auto& share = shares_[g];
            if (share.amount == 0) here_.push_back(g);
            share.amount += a;
            share.likeMean += d;
            share.squares += a * a;
            share.products += a * d;
        }
        const auto mean = static_cast<double>(profiles_.placeMean[place]);
        for (const auto g : here_) {
            const auto& s = shares_[g];
            if (!between_) {
                taken_[g] += 2 * (s.amount * s.likeMean - s.products) -
                             mean * (s.amount * s.amount - s.squares);
                continue;
            }
            for (const auto h : here_) {
                if (h == g) continue;
                const auto& t = shares_[h];
                taken_[g * groups_ + h] +=
                    t.amount * s.likeMean + s.amount * t.likeMean - mean * s.amount * t.amount;
            }
        }
        for (const auto g : here_) shares_[g] = {};
    }

    const TalkProfiles& profiles_;
    std::size_t words_;
    std::size_t groups_;
    bool between_;
    std::vector<double> talk_;    ///< by group, then word; within groups one row
    std::vector<double> square_;  ///< by group; within groups only
    std::vector<double> taken_;   ///< by group and group; within groups by group
    std::vector<std::uint64_t> start_;
    std::vector<Present> present_;  ///< by place
    std::vector<Share> shares_;     ///< by group, of the place at hand
    std::vector<std::size_t> here_;
};

/// The comparisons of one call, and how they stand against shuffles so far.
class Trial {
public:
    Trial(const TalkProfiles& profiles, Deal deal, GroupPairs pairs,
          const GroupTalkOptions& options)
        : profiles_(profiles),
          deal_(std::move(deal)),
          between_(pairs == GroupPairs::Between),
          options_(options)
    {
        for (std::uint32_t a = 0; a < deal_.groups.size(); ++a) {
            for (std::uint32_t b = between_ ? a + 1 : a;
                 b < (between_ ? deal_.groups.size() : a + 1); ++b) {
                GroupTalk one;
                one.a = deal_.groups[a];
                one.b = deal_.groups[b];
                one.peopleA = deal_.size[a];
                one.peopleB = deal_.size[b];
                rows_.push_back(one);
                cells_.emplace_back(a, b);
            }
        }
    }

    std::vector<GroupTalk> run(Task& task)
    {
        observe();
        const bool approximate = deal_.people.size() > largest;
        const unsigned all =
            approximate ? std::min(fewShuffles, options_.permutations) : options_.permutations;
        std::vector<std::size_t> active(rows_.size());
        std::iota(active.begin(), active.end(), std::size_t{0});
        task.begin("Comparing what groups talk about", all);
        for (unsigned done = 0; done < all && !active.empty(); done += batch) {
            const unsigned now = std::min(batch, all - done);
            shuffled(done, now, active, task);
            if (!approximate)
                std::erase_if(active, [&](std::size_t i) { return count_[i].extreme >= enough; });
            task.advance(now);
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) conclude(i, approximate);
        return rows_;
    }

private:
    struct Count {
        unsigned shuffles = 0;
        unsigned extreme = 0;
        double sum = 0;
        double squares = 0;
    };

    double meanOf(const Sums& sums, std::size_t row) const
    {
        const auto [a, b] = cells_[row];
        const auto x = static_cast<double>(deal_.size[a]);
        const auto y = static_cast<double>(deal_.size[b]);
        return sums.product(a, b, deal_.size[a]) / (a == b ? x * (x - 1) : x * y);
    }

    std::vector<std::int32_t> placed(const std::vector<std::uint32_t>& people) const
    {
        std::vector<std::int32_t> groupOf(profiles_.people(), -1);
        for (std::size_t i = 0; i < people.size(); ++i) groupOf[people[i]] = deal_.slot[i];
        return groupOf;
    }

    void observe()
    {
        count_.resize(rows_.size());
        Sums sums(profiles_, deal_.groups.size(), between_);
        sums.measure(placed(deal_.people));
        for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].likeness = meanOf(sums, i);
        Sums everybody(profiles_, 1, false);
        std::vector<std::int32_t> one(profiles_.people(), -1);
        for (const auto person : deal_.people) one[person] = 0;
        everybody.measure(one);
        const auto n = static_cast<double>(deal_.people.size());
        const double expected = everybody.product(0, 0, deal_.people.size()) / (n * (n - 1));
        for (auto& row : rows_) row.expected = expected;
    }

    /// Shuffles `from` to `from + count`, a stream each.
    void shuffled(unsigned from, unsigned count, const std::vector<std::size_t>& active,
                  const Task& task)
    {
        std::vector<double> values(count * active.size(), 0);
        constexpr std::size_t together = 5;  // shuffles that share one desk
        parallelFor((count + together - 1) / together, options_.threads, [&](std::size_t block) {
            Sums sums(profiles_, deal_.groups.size(), between_);
            for (std::size_t s = block * together;
                 s < std::min<std::size_t>(count, (block + 1) * together); ++s) {
                if (task.cancelled()) return;
                auto people = deal_.people;
                Random(options_.seed, 1 + from + s).shuffle(std::span(people));
                sums.measure(placed(people));
                for (std::size_t i = 0; i < active.size(); ++i)
                    values[s * active.size() + i] = meanOf(sums, active[i]);
            }
        });
        for (std::size_t s = 0; s < count; ++s) {
            for (std::size_t i = 0; i < active.size(); ++i) {
                auto& tally = count_[active[i]];
                const double value = values[s * active.size() + i];
                ++tally.shuffles;
                if (value >= rows_[active[i]].likeness) ++tally.extreme;
                const double from0 = value - rows_[active[i]].expected;
                tally.sum += from0;
                tally.squares += from0 * from0;
            }
        }
    }

    void conclude(std::size_t i, bool approximate)
    {
        auto& row = rows_[i];
        const auto& tally = count_[i];
        if (tally.shuffles == 0) return;
        const double n = tally.shuffles;
        row.permutations = tally.shuffles;
        row.sd =
            n > 1 ? std::sqrt(std::max(0.0, (tally.squares - tally.sum * tally.sum / n) / (n - 1)))
                  : 0;
        row.p = (1.0 + tally.extreme) / (n + 1);
        if (approximate && row.sd > 0)
            row.p = std::erfc((row.likeness - row.expected) / row.sd / std::sqrt(2.0)) / 2;
    }

    const TalkProfiles& profiles_;
    Deal deal_;
    bool between_;
    GroupTalkOptions options_;
    std::vector<GroupTalk> rows_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> cells_;  ///< our numbers, by row
    std::vector<Count> count_;
};

}  // namespace

std::vector<GroupTalk> compareTalk(const TalkProfiles& profiles, const std::vector<int>& groupOf,
                                   GroupPairs pairs, const GroupTalkOptions& options, Task& task)
{
    auto deal = dealOf(profiles, groupOf, pairs == GroupPairs::Between);
    if (deal.groups.empty()) return {};
    return Trial(profiles, std::move(deal), pairs, options).run(task);
}

std::vector<std::string> wordsInCommon(const TalkProfiles& profiles,
                                       const std::vector<std::uint32_t>& groupA,
                                       const std::vector<std::uint32_t>& groupB, std::size_t most)
{
    const auto summed = [&](const std::vector<std::uint32_t>& group) {
        std::vector<double> sum(profiles.words.size(), 0);
        for (const auto person : group) {
            const auto words = profiles.wordsOf(person);
            for (std::size_t i = 0; i < words.size(); ++i)
                sum[words[i]] += static_cast<double>(profiles.weightsOf(person)[i]);
        }
        return sum;
    };
    const auto a = summed(groupA);
    const auto b = summed(groupB);
    std::vector<std::uint32_t> order;
    for (std::uint32_t w = 0; w < a.size(); ++w)
        if (a[w] * b[w] > 0) order.push_back(w);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto x, auto y) { return a[x] * b[x] > a[y] * b[y]; });
    std::vector<std::string> words;
    for (const auto w : order) {
        if (words.size() == most) break;
        words.push_back(profiles.words[w]);
    }
    return words;
}

}  // namespace kith
