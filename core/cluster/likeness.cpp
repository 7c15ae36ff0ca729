#include "core/base/error.h"
#include "core/base/random.h"
#include "core/cluster/homophily.h"
#include "core/cluster/permutation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
#include <span>

namespace kith {
namespace {

constexpr std::size_t fewestPeople = 5;

/// The thresholds of the definition (METHODS d.2).
constexpr double mostConductance = 0.5;
constexpr double leastStability = 0.6;
constexpr double mostQ = 0.05;
constexpr double leastH = 0.10;
constexpr double leastCoverage = 0.6;

/// The known people of one trait in order of their cluster, clusters of five and more first: a
/// permutation of `values` is then a permutation over people, and a cluster is a stretch of it.
template <class Value>
struct Dealt {
    std::vector<Value> values;
    std::vector<std::size_t> starts;  ///< by cluster tested, and the end of the last

    std::span<const Value> of(std::size_t cluster, std::span<const Value> from) const
    {
        return from.subspan(starts[cluster], starts[cluster + 1] - starts[cluster]);
    }
};

/// Clusters are numbered by descending size, so the large ones come first.
std::uint32_t largeClusters(const std::vector<std::size_t>& sizes)
{
    const auto small = std::find_if(sizes.begin(), sizes.end(),
                                    [](std::size_t size) { return size < fewestPeople; });
    return static_cast<std::uint32_t>(small - sizes.begin());
}

template <class Value, class IsKnown>
Dealt<Value> deal(const std::vector<std::vector<Vertex>>& members, std::uint32_t large,
                  const std::vector<Value>& valueOf, IsKnown isKnown)
{
    Dealt<Value> dealt;
    for (std::size_t c = 0; c < members.size(); ++c) {
        if (c <= large) dealt.starts.push_back(dealt.values.size());
        for (const Vertex v : members[c])
            if (isKnown(valueOf[v])) dealt.values.push_back(valueOf[v]);
    }
    if (members.size() <= large) dealt.starts.push_back(dealt.values.size());
    return dealt;
}

/// Counts of values, emptied by what filled them: O(people of the cluster), not O(values).
class Counter {
public:
    explicit Counter(std::size_t values) : counts_(values) {}

    /// Ordered pairs with the same value.
    double pairsAlike(std::span<const std::int32_t> values)
    {
        double pairs = 0;
        for (const std::int32_t value : values) pairs += counts_[static_cast<std::size_t>(value)]++;
        for (const std::int32_t value : values) counts_[static_cast<std::size_t>(value)] = 0;
        return 2 * pairs;
    }

private:
    std::vector<std::uint32_t> counts_;
};

double variance(std::span<const double> values)
{
    if (std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end())
        return 0;  // exactly, whatever rounding makes of the mean
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares / (n - 1);
}

/// Rows of one trait, filled but for the p-values.
Likeness emptyRow(std::uint32_t cluster, std::size_t trait, std::size_t known, std::size_t members)
{
    Likeness row;
    row.cluster = cluster;
    row.trait = trait;
    row.known = known;
    row.coverage = static_cast<double>(known) / static_cast<double>(members);
    return row;
}

/// Names the value that is hardest to explain by chance.
void nameValue(Likeness& row, std::span<const std::int32_t> inside, const NominalValues& nominal,
               const std::vector<std::size_t>& total)
{
    std::vector<std::size_t> count(nominal.names.size());
    for (const std::int32_t value : inside) ++count[static_cast<std::size_t>(value)];
    const auto people = std::accumulate(total.begin(), total.end(), std::size_t{0});
    for (std::size_t k = 0; k < count.size(); ++k) {
        if (count[k] == 0) continue;
        const double p = hypergeometricTail(count[k], inside.size(), total[k], people);
        if (row.count > 0 && p >= row.valueP) continue;
        row.value = nominal.names[k];
        row.count = count[k];
        row.share = static_cast<double>(count[k]) / static_cast<double>(inside.size());
        row.expected = static_cast<double>(total[k]) / static_cast<double>(people);
        row.valueP = p;
    }
}

/// The likeness of all large clusters in one trait. A scheme of permutations is shared by all of
/// its clusters; each permutation of each trait has its own stream.
class TraitTest {
public:
    TraitTest(const std::vector<std::vector<Vertex>>& members, std::uint32_t large,
              std::size_t trait, const PermutationOptions& options)
        : members_(members), large_(large), trait_(trait), options_(options)
    {}

    std::vector<Likeness> nominal(const NominalValues& values, Task& task) const
    {
        const auto dealt =
            deal(members_, large_, values.valueOf, [](std::int32_t value) { return value >= 0; });
        std::vector<std::size_t> total(values.names.size());
        for (const std::int32_t value : dealt.values) ++total[static_cast<std::size_t>(value)];
        const auto alike = [&](std::span<const std::int32_t> some) {
            const auto n = static_cast<double>(some.size());
            return n < 2 ? 0 : Counter(values.names.size()).pairsAlike(some) / (n * (n - 1));
        };
        auto rows = start(dealt, alike, 1.0);
        for (auto& row : rows) nameValue(row, dealt.of(row.cluster, dealt.values), values, total);

        permute(rows, dealt, task, [&](std::span<const std::int32_t> permuted, const auto& each) {
            Counter counter(values.names.size());
            each([&](std::size_t cluster) {
                const auto some = dealt.of(cluster, permuted);
                const auto n = static_cast<double>(some.size());
                return counter.pairsAlike(some) / (n * (n - 1));
            });
        });
        return rows;
    }

    std::vector<Likeness> numeric(const NumericValues& values, Task& task) const
    {
        const auto dealt =
            deal(members_, large_, values, [](double value) { return !std::isnan(value); });
        auto rows = start(
            dealt, [](std::span<const double> some) { return -variance(some); }, 0.0);
        permute(rows, dealt, task, [&](std::span<const double> permuted, const auto& each) {
            each([&](std::size_t cluster) { return -variance(dealt.of(cluster, permuted)); });
        });
        return rows;
    }

private:
    /// @param alike T of some people
    /// @param most  T of people who are all the same
    template <class Value, class Alike>
    std::vector<Likeness> start(const Dealt<Value>& dealt, const Alike& alike, double most) const
    {
        const double everybody = alike(std::span<const Value>(dealt.values));
        std::vector<Likeness> rows;
        for (std::uint32_t c = 0; c < large_; ++c) {
            const auto inside = dealt.of(c, std::span<const Value>(dealt.values));
            auto row = emptyRow(c, trait_, inside.size(), members_[c].size());
            row.pairs = alike(inside);
            row.pairsExpected = everybody;
            if (inside.size() >= fewestPeople && everybody < most)
                row.h = (row.pairs - everybody) / (most - everybody);
            rows.push_back(std::move(row));
        }
        return rows;
    }

    /// @param statistics  statistics(permuted, each): calls each(T) with T(cluster)
    template <class Value, class Statistics>
    void permute(std::vector<Likeness>& rows, const Dealt<Value>& dealt, Task& task,
                 const Statistics& statistics) const
    {
        const auto tested = testedRows(rows);
        const auto reached = [&](std::uint64_t b, std::vector<std::uint8_t>& flags) {
            Random random(options_.seed, (static_cast<std::uint64_t>(trait_) << 32U) + b);
            auto permuted = dealt.values;
            random.shuffle(std::span(permuted));
            statistics(std::span<const Value>(permuted), [&](const auto& likeness) {
                for (std::size_t i = 0; i < tested.size(); ++i) {
                    const Likeness& row = rows[tested[i]];
                    const double rounding = 1e-12 * std::abs(row.pairs);
                    flags[i] = likeness(row.cluster) >= row.pairs - rounding;
                }
            });
        };
        const auto results = PermutationTest(options_).run(tested.size(), reached, task);
        for (std::size_t i = 0; i < tested.size(); ++i) rows[tested[i]].p = results[i].p;
    }

    static std::vector<std::size_t> testedRows(const std::vector<Likeness>& rows);

    const std::vector<std::vector<Vertex>>& members_;
    std::uint32_t large_;
    std::size_t trait_;
    PermutationOptions options_;
};

/// Whether a row has enough values, and the trait enough variety, for a test to make sense.
bool testable(const Likeness& row)
{
    return row.known >= fewestPeople && row.pairsExpected < 1 && row.pairsExpected != 0;
}

std::vector<std::size_t> TraitTest::testedRows(const std::vector<Likeness>& rows)
{
    std::vector<std::size_t> tested;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (testable(rows[i])) tested.push_back(i);
    return tested;
}

void fillQ(std::vector<Likeness>& rows)
{
    std::vector<double> p;
    for (const auto& row : rows)
        if (testable(row)) p.push_back(row.p);
    const auto q = benjaminiHochberg(p);
    std::size_t next = 0;
    for (auto& row : rows)
        if (testable(row)) row.q = q[next++];
}

void check(const Partition& partition, const ClusterTraits& traits)
{
    const std::size_t count = traits.names.size();
    bool wrong = traits.nominal.size() != count || traits.numeric.size() != count;
    for (std::size_t t = 0; t < count && !wrong; ++t) {
        const std::size_t given =
            traits.numeric[t].empty() ? traits.nominal[t].valueOf.size() : traits.numeric[t].size();
        wrong = given != partition.clusterOf.size();
    }
    if (wrong) throw Error(Error::Kind::Usage, "the traits are not those of these clusters");
}

}  // namespace

std::vector<Likeness> testLikeness(const Partition& partition, const ClusterTraits& traits,
                                   const PermutationOptions& options, Task& task)
{
    check(partition, traits);
    task.begin("Testing clusters for likeness", traits.names.size() * options.permutations);
    const auto members = partition.members();
    std::vector<std::size_t> sizes;
    for (const auto& some : members) sizes.push_back(some.size());
    const std::uint32_t large = largeClusters(sizes);

    std::vector<Likeness> rows;
    for (std::size_t t = 0; t < traits.names.size(); ++t) {
        const TraitTest test(members, large, t, options);
        auto found = traits.numeric[t].empty() ? test.nominal(traits.nominal[t], task)
                                               : test.numeric(traits.numeric[t], task);
        std::move(found.begin(), found.end(), std::back_inserter(rows));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Likeness& a, const Likeness& b) { return a.cluster < b.cluster; });
    fillQ(rows);
    return rows;
}

Verdict verdictOf(std::size_t size, double conductance, double stability, bool structureBeatsNull,
                  const std::vector<Likeness>& likeness)
{
    if (size < fewestPeople) return Verdict::TooSmall;
    const bool closeKnit =
        conductance <= mostConductance && stability >= leastStability && structureBeatsNull;
    const bool alike = std::any_of(likeness.begin(), likeness.end(), [](const Likeness& row) {
        return row.q <= mostQ && row.h >= leastH && row.known >= fewestPeople &&
               row.coverage >= leastCoverage;
    });
    if (closeKnit) return alike ? Verdict::Homophilous : Verdict::CloseKnitMixed;
    return alike ? Verdict::AlikeNotClose : Verdict::Neither;
}

std::string_view name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Homophilous: return "homophilous";
    case Verdict::CloseKnitMixed: return "close-knit, mixed";
    case Verdict::AlikeNotClose: return "alike, not close-knit";
    case Verdict::Neither: return "neither";
    case Verdict::TooSmall: return "too small";
    }
    return "";
}

}  // namespace kith
