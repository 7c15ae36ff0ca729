#include "core/text/talk.h"

#include "core/base/random.h"
#include "core/text/grouptalk.h"
#include "core/text/neighbours.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <set>

using namespace kith;

namespace {

struct Line {
    std::uint32_t person = 0;
    std::uint32_t place = 0;
    std::vector<int> words;
};

std::string wordCalled(int number)
{
    // No stop words, no common stems.
    static const std::array<std::string, 14> names{"damp",  "mould", "bus",    "fare",  "choir",
                                                   "piano", "heron", "canal",  "loaf",  "oven",
                                                   "spade", "beet",  "violin", "kettle"};
    return names.at(static_cast<std::size_t>(number));
}

std::string textOf(const Line& line)
{
    std::string text;
    for (const int word : line.words) text += wordCalled(word) + ' ';
    return text;
}

TalkProfiles profilesOf(std::size_t people, const std::vector<Line>& lines)
{
    TalkCounter counter(people, {});
    for (const auto& line : lines) counter.add(line.person, line.place, textOf(line));
    return counter.profiles();
}

/// The definition, word by word and pair by pair, with dense vectors.
class Slowly {
public:
    Slowly(std::size_t people, const std::vector<Line>& lines)
    {
        std::map<int, std::set<std::uint32_t>> authors;
        std::set<std::uint32_t> speakers;
        for (const auto& line : lines) {
            speakers.insert(line.person);
            for (const int word : std::set<int>(line.words.begin(), line.words.end())) {
                authors[word].insert(line.person);
                counts_[{line.person, line.place}][word] += 1;
            }
        }
        const auto n = static_cast<double>(speakers.size());
        for (auto& [key, row] : counts_) {
            for (auto& [word, count] : row) {
                const auto who = static_cast<double>(authors[word].size());
                count = who < 3 || who > 0.6 * n ? 0 : (1 + std::log(count)) * std::log(n / who);
            }
            std::erase_if(row, [](const auto& cell) { return cell.second == 0; });
            for (const auto& [word, weight] : row) whole_[key.first][word] += weight;
        }
        for (std::uint32_t person = 0; person < people; ++person)
            if (whole_[person].size() < TalkProfiles::fewestWords) whole_[person].clear();
    }

    double likeness(std::uint32_t u, std::uint32_t v)
    {
        if (whole_[u].empty() || whole_[v].empty()) return 0;
        double sum = dot(whole_[u], whole_[v]);
        for (const auto& [key, row] : counts_) {
            if (key.first != u || row.empty()) continue;
            const auto other = counts_.find({v, key.second});
            if (other == counts_.end() || other->second.empty()) continue;
            sum -= dot(row, other->second);
            sum += beyondMean(key.second, row, other->second);
        }
        return std::clamp(sum / std::sqrt(dot(whole_[u], whole_[u]) * dot(whole_[v], whole_[v])),
                          -1.0, 1.0);
    }

private:
    using Row = std::map<int, double>;

    static double dot(const Row& a, const Row& b)
    {
        double sum = 0;
        for (const auto& [word, weight] : a)
            if (b.contains(word)) sum += weight * b.at(word);
        return sum;
    }
    static double amount(const Row& row)
    {
        double sum = 0;
        for (const auto& [word, weight] : row) sum += weight;
        return sum;
    }
    static Row minus(const Row& row, const Row& mean, double times)
    {
        Row out = row;
        for (const auto& [word, weight] : mean) out[word] -= times * weight;
        return out;
    }

    /// Product of the two departures from the mean, less its mean over all pairs of the place in
    /// proportion to what they said.
    double beyondMean(std::uint32_t place, const Row& u, const Row& v)
    {
        std::vector<const Row*> here;
        Row mean;
        double amounts = 0;
        for (const auto& [key, row] : counts_) {
            if (key.second != place || row.empty() || whole_[key.first].empty()) continue;
            here.push_back(&row);
            amounts += amount(row);
            for (const auto& [word, weight] : row) mean[word] += weight;
        }
        for (auto& [word, weight] : mean) weight /= amounts;
        double products = 0;
        double shares = 0;
        for (const Row* a : here) {
            for (const Row* b : here) {
                if (a == b) continue;
                products += dot(minus(*a, mean, amount(*a)), minus(*b, mean, amount(*b)));
                shares += amount(*a) * amount(*b);
            }
        }
        return dot(minus(u, mean, amount(u)), minus(v, mean, amount(v))) -
               products / shares * amount(u) * amount(v);
    }

    std::map<std::pair<std::uint32_t, std::uint32_t>, Row> counts_;
    std::map<std::uint32_t, Row> whole_;
};

std::vector<Line> someLines(Random& random, std::uint32_t people, std::size_t count)
{
    std::vector<Line> lines;
    for (std::size_t i = 0; i < count; ++i) {
        Line line{static_cast<std::uint32_t>(random.below(people)),
                  static_cast<std::uint32_t>(random.below(4)),
                  {}};
        const auto length = 1 + random.below(5);
        for (std::uint64_t w = 0; w < length; ++w)
            line.words.push_back(static_cast<int>(random.below(14)));
        lines.push_back(line);
    }
    return lines;
}

}  // namespace

TEST_CASE("likeness of talk equals its definition", "[text][talk]")
{
    rc::prop("on random talk", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto lines = someLines(random, 12, 10 + random.below(80));
        const auto profiles = profilesOf(12, lines);
        Slowly slowly(12, lines);
        for (std::uint32_t u = 0; u < 12; ++u)
            for (std::uint32_t v = 0; v < 12; ++v)
                if (u != v)
                    RC_ASSERT(std::abs(profiles.likeness(u, v) - slowly.likeness(u, v)) < 1e-5);
    });
}

TEST_CASE("likeness of talk, by hand", "[text][talk]")
{
    // Ten people; 0, 1 and 2 say the same five words in places of their own, 3 others.
    std::vector<Line> lines;
    for (std::uint32_t person = 0; person < 3; ++person)
        lines.push_back({person, person, {0, 1, 2, 3, 4}});
    for (std::uint32_t person = 3; person < 6; ++person)
        lines.push_back({person, person, {5, 6, 7, 8, 9}});
    lines[5].words[0] = 0;  // person 5 says "damp" instead of "piano", which two are too few for
    for (std::uint32_t person = 6; person < 10; ++person) lines.push_back({person, 9, {13}});
    const auto profiles = profilesOf(10, lines);
    CHECK(profiles.people() == 10);
    CHECK(profiles.profiled() == 4);  // 3 and 4 have four words, 6 to 9 one
    CHECK(profiles.likeness(0, 1) == Approx(1).margin(1e-6));
    // Weights: damp ln(10/4), every other ln(10/3); of 0 and 5 only damp is common.
    const double damp = std::log(10.0 / 4) * std::log(10.0 / 4);
    const double other = std::log(10.0 / 3) * std::log(10.0 / 3);
    CHECK(profiles.likeness(0, 5) == Approx(damp / (damp + 4 * other)).margin(1e-6));
    CHECK(profiles.sharedWords(0, 5, 5) == std::vector<std::string>{"damp"});
    CHECK(profiles.likeness(0, 3) == 0);
}

TEST_CASE("words of a place that two people share make nobody alike", "[text][talk]")
{
    // Two of each say the same words; but 0 and 1 in one thread, 2 and 3 in threads of their own.
    std::vector<Line> lines{{0, 0, {0, 1, 2, 3, 4}},
                            {1, 0, {0, 1, 2, 3, 4}},
                            {2, 1, {0, 1, 2, 3, 4}},
                            {3, 2, {0, 1, 2, 3, 4}}};
    for (std::uint32_t person = 4; person < 10; ++person) lines.push_back({person, 9, {13}});
    const auto profiles = profilesOf(10, lines);
    CHECK(profiles.likeness(2, 3) == Approx(1).margin(1e-6));
    CHECK(profiles.likeness(0, 2) == Approx(1).margin(1e-6));
    CHECK(profiles.likeness(0, 1) == Approx(0).margin(1e-6));
}

TEST_CASE("nearest neighbours equal those of all pairs", "[text][talk]")
{
    rc::prop("exactly", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto profiles = profilesOf(15, someLines(random, 15, 60));
        NeighbourOptions options;
        options.most = 3;
        options.least = 0.05;
        options.leaveOut = [](std::uint32_t person, std::vector<std::uint32_t>& out) {
            out.push_back((person + 1) % 15);
        };
        Task task;
        const auto found = findNeighbours(profiles, options, task);
        RC_ASSERT(found.exact);
        for (std::uint32_t u = 0; u < 15; ++u) {
            std::vector<double> all;
            for (std::uint32_t v = 0; v < 15; ++v)
                if (v != u && v != (u + 1) % 15 && profiles.likeness(u, v) >= 0.05)
                    all.push_back(profiles.likeness(u, v));
            std::sort(all.rbegin(), all.rend());
            if (all.size() > 3) all.resize(3);
            RC_ASSERT(found.of[u].size() == all.size());
            for (std::size_t i = 0; i < all.size(); ++i)
                RC_ASSERT(std::abs(static_cast<double>(found.of[u][i].likeness) - all[i]) < 1e-5);
        }
    });
}

TEST_CASE("the likeness of groups equals the mean over their pairs", "[text][talk]")
{
    rc::prop("within and between", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto profiles = profilesOf(24, someLines(random, 24, 160));
        std::vector<int> groupOf(24);
        for (auto& group : groupOf) group = static_cast<int>(random.below(4)) - 1;
        GroupTalkOptions options;
        options.permutations = 30;
        Task task;
        for (const auto kind : {GroupPairs::Within, GroupPairs::Between}) {
            for (const auto& row : compareTalk(profiles, groupOf, kind, options, task)) {
                double sum = 0;
                double pairs = 0;
                for (std::uint32_t u = 0; u < 24; ++u) {
                    for (std::uint32_t v = 0; v < 24; ++v) {
                        if (u == v || !profiles.has(u) || !profiles.has(v)) continue;
                        if (groupOf[u] != static_cast<int>(row.a)) continue;
                        if (groupOf[v] != static_cast<int>(row.b)) continue;
                        sum += profiles.product(u, v);
                        ++pairs;
                    }
                }
                RC_ASSERT(std::abs(row.likeness - sum / pairs) < 1e-4);
                RC_ASSERT(row.p > 0);
                RC_ASSERT(row.p <= 1);
            }
        }
    });
}
