#include "core/cluster/homophily.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/cluster/permutation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t fewestKnown = 5;

/// Above this many ties permutations take too long, and the normal approximation is good.
constexpr std::size_t mostTiesToPermute = 1'000'000;
constexpr unsigned permutationsOfMany = 99;

/// A tie between two people with known values; ends are numbers among the known people.
struct KnownTie {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double weight = 1;
};

/// The part of the graph that a trait is known for.
struct Known {
    std::vector<std::int32_t> values;  ///< by known person
    std::vector<std::size_t> sizes;    ///< by value
    std::vector<KnownTie> ties;

    bool same(const KnownTie& tie) const { return values[tie.a] == values[tie.b]; }
};

Known knownPart(const Graph& graph, const NominalValues& values)
{
    if (values.valueOf.size() != graph.people())
        throw Error(Error::Kind::Usage, "the values are not those of this graph");
    Known known;
    known.sizes.resize(values.names.size());
    std::vector<std::uint32_t> numberOf(graph.people());
    for (std::size_t v = 0; v < graph.people(); ++v) {
        if (values.valueOf[v] < 0) continue;
        numberOf[v] = static_cast<std::uint32_t>(known.values.size());
        known.values.push_back(values.valueOf[v]);
        ++known.sizes[static_cast<std::size_t>(values.valueOf[v])];
    }
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        if (values.valueOf[v] < 0) continue;
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j)
            if (v < row[j] && values.valueOf[row[j]] >= 0)
                known.ties.push_back(
                    {numberOf[v], numberOf[row[j]], static_cast<double>(graph.weights(v)[j])});
    }
    return known;
}

void refuseTooLittle(const Known& known)
{
    const auto refuse = [](const char* why) {
        throw Error(Error::Kind::TooLittleData, why, {},
                    "Give more people a value for this trait.");
    };
    if (known.values.size() < fewestKnown) refuse("fewer than five people have a value");
    if (known.ties.empty()) refuse("no ties join people who have a value");
    const auto largest = *std::max_element(known.sizes.begin(), known.sizes.end());
    if (largest == known.values.size()) refuse("everybody has the same value");
}

/// Weight of ties by value: ends in all, ends that stay inside (twice the weight of ties inside).
struct Mixing {
    std::vector<double> ends;
    std::vector<double> inside;
    double allEnds = 0;
    double allInside = 0;
    double squares = 0;  ///< sum over values of ends^2

    /// 0 where it is not defined: when every tie ends in one and the same value. Rounding must not
    /// make 0/0 look like a finding.
    double assortativity() const
    {
        constexpr double rounding = 1e-12;
        const double chance = squares / (allEnds * allEnds);
        return 1 - chance > rounding ? (allInside / allEnds - chance) / (1 - chance) : 0;
    }
};

Mixing mixingOf(const Known& known)
{
    Mixing mixing{std::vector<double>(known.sizes.size()), std::vector<double>(known.sizes.size())};
    for (const auto& tie : known.ties) {
        const auto a = static_cast<std::size_t>(known.values[tie.a]);
        const auto b = static_cast<std::size_t>(known.values[tie.b]);
        mixing.ends[a] += tie.weight;
        mixing.ends[b] += tie.weight;
        mixing.allEnds += 2 * tie.weight;
        if (a != b) continue;
        mixing.inside[a] += 2 * tie.weight;
        mixing.allInside += 2 * tie.weight;
    }
    for (const double ends : mixing.ends) mixing.squares += ends * ends;
    return mixing;
}

double withoutTie(const Mixing& mixing, const Known& known, const KnownTie& tie)
{
    const double endsA = mixing.ends[static_cast<std::size_t>(known.values[tie.a])];
    const double endsB = mixing.ends[static_cast<std::size_t>(known.values[tie.b])];
    const double w = tie.weight;
    Mixing less;
    less.allEnds = mixing.allEnds - 2 * w;
    if (known.same(tie)) {
        less.allInside = mixing.allInside - 2 * w;
        less.squares = mixing.squares - 4 * w * endsA + 4 * w * w;
    } else {
        less.allInside = mixing.allInside;
        less.squares = mixing.squares - 2 * w * (endsA + endsB) + 2 * w * w;
    }
    return less.allEnds > 0 ? less.assortativity() : 0;
}

/// Edge jackknife (Newman, Physical Review E 67:026126, 2003).
double jackknife(const Mixing& mixing, const Known& known)
{
    const double r = mixing.assortativity();
    double sum = 0;
    for (const auto& tie : known.ties) {
        const double difference = withoutTie(mixing, known, tie) - r;
        sum += difference * difference;
    }
    return std::sqrt(sum);
}

std::size_t tiesInside(const std::vector<KnownTie>& ties, std::span<const std::int32_t> values)
{
    std::size_t inside = 0;
    for (const auto& tie : ties) inside += values[tie.a] == values[tie.b];
    return inside;
}

double pairsOf(std::size_t n)
{
    return static_cast<double>(n) * (static_cast<double>(n) - 1) / 2;
}

void fillCounts(Homophily& result, const Known& known)
{
    const auto ties = static_cast<double>(known.ties.size());
    const auto inside = static_cast<double>(tiesInside(known.ties, known.values));
    const double outside = ties - inside;
    double samePairs = 0;
    for (const std::size_t size : known.sizes) samePairs += pairsOf(size);
    const double allPairs = pairsOf(known.values.size());
    const double chance = samePairs / allPairs;

    result.eiIndex = (outside - inside) / ties;
    result.eiExpected = 1 - 2 * chance;
    result.freeman = 1 - outside / ties / (1 - chance);

    const double sameUntied = samePairs - inside;
    const double differentUntied = allPairs - samePairs - outside;
    const bool gap = inside <= 0 || outside <= 0 || sameUntied <= 0 || differentUntied <= 0;
    const double add = gap ? 0.5 : 0;  // Haldane
    result.oddsRatio =
        (inside + add) * (differentUntied + add) / ((sameUntied + add) * (outside + add));
}

/// Coleman's index with the person left out of their own group.
double colemanOf(double within, std::size_t size, std::size_t known)
{
    const double share = (static_cast<double>(size) - 1) / (static_cast<double>(known) - 1);
    if (within < share) return (within - share) / share;
    return (within - share) / (1 - share);
}

void fillGroups(Homophily& result, const Known& known, const Mixing& mixing,
                const NominalValues& values)
{
    for (std::size_t k = 0; k < known.sizes.size(); ++k) {
        if (known.sizes[k] == 0) continue;
        GroupHomophily group{values.names[k], known.sizes[k], 0, 0};
        if (mixing.ends[k] > 0) {
            group.within = mixing.inside[k] / mixing.ends[k];
            group.coleman = colemanOf(group.within, group.size, known.values.size());
        }
        result.groups.push_back(std::move(group));
    }
    std::stable_sort(result.groups.begin(), result.groups.end(),
                     [](const auto& a, const auto& b) { return a.size > b.size; });
}

/// Ties inside when values are dealt out again; its own stream for every permutation.
std::size_t permutedInside(const Known& known, std::uint64_t seed, std::uint64_t permutation)
{
    Random random(seed, permutation);
    auto values = known.values;
    random.shuffle(std::span(values));
    return tiesInside(known.ties, values);
}

void fillP(Homophily& result, const Known& known, const PermutationOptions& options, Task& task)
{
    const std::size_t observed = tiesInside(known.ties, known.values);
    const auto outcome = PermutationTest(options).run(
        1,
        [&](std::uint64_t b, std::vector<std::uint8_t>& flags) {
            flags[0] = permutedInside(known, options.seed, b) >= observed;
        },
        task);
    result.p = outcome.front().p;
    result.permutations = outcome.front().permutations;
}

void fillApproximateP(Homophily& result, const Known& known, const PermutationOptions& options,
                      Task& task)
{
    const auto ties = static_cast<double>(known.ties.size());
    const double mean = ties * (1 - result.eiExpected) / 2;
    std::vector<double> differences(std::min(options.permutations, permutationsOfMany));
    parallelFor(differences.size(), options.threads, [&](std::size_t b) {
        if (task.cancelled()) throw Cancelled{};
        differences[b] = static_cast<double>(permutedInside(known, options.seed, b)) - mean;
    });
    task.advance(options.permutations);
    double squares = 0;
    for (const double difference : differences) squares += difference * difference;
    const double sd = std::sqrt(squares / static_cast<double>(differences.size()));
    const double observed = static_cast<double>(tiesInside(known.ties, known.values)) - mean;
    result.permutations = static_cast<unsigned>(differences.size());
    constexpr double least = 1e-300;  // never print p = 0
    if (sd > 0) result.p = std::max(least, 0.5 * std::erfc(observed / sd / std::numbers::sqrt2));
}

}  // namespace

std::size_t NominalValues::known() const
{
    return static_cast<std::size_t>(std::count_if(valueOf.begin(), valueOf.end(),
                                                  [](std::int32_t value) { return value >= 0; }));
}

NominalValues nominalValues(const std::vector<std::string>& texts)
{
    NominalValues values;
    for (const auto& text : texts)
        if (!text.empty()) values.names.push_back(text);
    std::sort(values.names.begin(), values.names.end());
    values.names.erase(std::unique(values.names.begin(), values.names.end()), values.names.end());
    values.valueOf.reserve(texts.size());
    for (const auto& text : texts) {
        const auto found = std::lower_bound(values.names.begin(), values.names.end(), text);
        const auto index = static_cast<std::int32_t>(found - values.names.begin());
        values.valueOf.push_back(text.empty() ? -1 : index);
    }
    return values;
}

Homophily homophily(const Graph& graph, const NominalValues& values,
                    const PermutationOptions& options, Task& task)
{
    task.begin("Testing homophily", options.permutations);
    const Known known = knownPart(graph, values);
    refuseTooLittle(known);

    Homophily result;
    result.people = graph.people();
    result.known = known.values.size();
    const Mixing mixing = mixingOf(known);
    result.assortativity = mixing.assortativity();
    result.assortativitySe = jackknife(mixing, known);
    fillCounts(result, known);
    fillGroups(result, known, mixing, values);
    if (options.permutations > 0 && known.ties.size() > mostTiesToPermute)
        fillApproximateP(result, known, options, task);
    else
        fillP(result, known, options, task);
    return result;
}

}  // namespace kith
