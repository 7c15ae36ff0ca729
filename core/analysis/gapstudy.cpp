#include "core/analysis/gapstudy.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/graph/interest.h"
#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/text/grouptalk.h"
#include "core/text/neighbours.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kith {
namespace {

constexpr std::size_t neighboursAPerson = 5;
constexpr std::size_t fewestWordsShared = 3;
constexpr std::size_t wordsShown = 6;
constexpr std::size_t randomPairs = 10'000;
constexpr double mostQ = 0.05;
constexpr double mostTies = 0.5;  ///< of those expected, for a gap

/// Everybody whom a person knows or could be introduced to by a contact.
void withinTwoSteps(const Graph& graph, Vertex person, std::vector<std::uint32_t>& found)
{
    for (const auto contact : graph.neighbours(person)) {
        found.push_back(contact);
        const auto next = graph.neighbours(contact);
        found.insert(found.end(), next.begin(), next.end());
    }
}

/// Steps from one person to another; nullopt when there is no way.
std::optional<unsigned> distanceBetween(const Graph& graph, Vertex from, Vertex to)
{
    std::vector<char> seen(graph.people(), 0);
    std::vector<Vertex> ring{from};
    seen[from] = 1;
    for (unsigned steps = 0; !ring.empty(); ++steps) {
        std::vector<Vertex> next;
        for (const auto v : ring) {
            if (v == to) return steps;
            for (const auto w : graph.neighbours(v)) {
                if (seen[w] != 0) continue;
                seen[w] = 1;
                next.push_back(w);
            }
        }
        ring = std::move(next);
    }
    return std::nullopt;
}

/// Likeness of people taken at random, ascending.
std::vector<double> chanceLikeness(const TalkProfiles& talk, std::uint64_t seed)
{
    std::vector<std::uint32_t> people;
    for (std::uint32_t v = 0; v < talk.people(); ++v)
        if (talk.has(v)) people.push_back(v);
    Random random(seed, 1);
    std::vector<double> found;
    for (std::size_t i = 0; i < randomPairs; ++i) {
        const auto u = people[random.below(people.size())];
        const auto v = people[random.below(people.size())];
        if (u != v) found.push_back(talk.likeness(u, v));
    }
    std::sort(found.begin(), found.end());
    return found;
}

double shareAbove(const std::vector<double>& sorted, double value)
{
    const auto above = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), value);
    return (1.0 + static_cast<double>(above)) / (1.0 + static_cast<double>(sorted.size()));
}

/// All pairs that were found, each once, most alike first.
std::vector<GapPair> candidates(const Neighbours& found)
{
    std::vector<GapPair> pairs;
    for (Vertex v = 0; v < found.of.size(); ++v) {
        for (const auto& one : found.of[v]) {
            GapPair pair;
            pair.a = std::min(v, one.person);
            pair.b = std::max(v, one.person);
            pair.likeness = static_cast<double>(one.likeness);
            pairs.push_back(std::move(pair));
        }
    }
    const auto ends = [](const GapPair& pair) { return std::pair(pair.a, pair.b); };
    std::stable_sort(pairs.begin(), pairs.end(),
                     [&](const auto& x, const auto& y) { return ends(x) < ends(y); });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [&](const auto& x, const auto& y) { return ends(x) == ends(y); }),
                pairs.end());
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& x, const auto& y) { return x.likeness > y.likeness; });
    return pairs;
}

void findPairs(const Analysis& analysis, const TalkProfiles& talk, GapStudy& study, Task& task)
{
    const auto& graph = analysis.people.graph;
    NeighbourOptions search;
    search.most = neighboursAPerson;
    search.least = study.options.least;
    search.exactUpTo = study.options.exactUpTo;
    search.seed = study.options.seed;
    search.threads = study.options.threads;
    search.leaveOut = [&](std::uint32_t person, std::vector<std::uint32_t>& leftOut) {
        withinTwoSteps(graph, person, leftOut);
    };
    const auto found = findNeighbours(talk, search, task);
    study.exact = found.exact;
    study.recall = found.recall;
    study.recallSample = found.recallSample;
    const auto chance = chanceLikeness(talk, study.options.seed);
    std::vector<std::size_t> times(talk.people(), 0);
    for (auto& pair : candidates(found)) {
        if (study.pairs.size() == study.options.top) break;
        if (times[pair.a] == study.options.mostAPerson ||
            times[pair.b] == study.options.mostAPerson)
            continue;
        pair.words = talk.sharedWords(pair.a, pair.b, wordsShown);
        if (pair.words.size() < fewestWordsShared) continue;
        ++times[pair.a];
        ++times[pair.b];
        pair.rarity = shareAbove(chance, pair.likeness);
        pair.distance = distanceBetween(graph, pair.a, pair.b);
        study.pairs.push_back(std::move(pair));
    }
}

void addConcerns(const Workspace& workspace, const Analysis& analysis, GapStudy& study)
{
    if (study.pairs.empty()) return;
    for (const auto& concern : concerns(workspace)) {
        auto selection = analysis.options.selection;
        selection.concern = concern.id;
        const auto spoke = messageCounts(workspace, selection);
        for (auto& pair : study.pairs) {
            if (spoke.contains(analysis.people.people[pair.a]) &&
                spoke.contains(analysis.people.people[pair.b]))
                pair.concerns.push_back(concern.name);
        }
    }
}

/// Tie weight between clusters, as shares of all; by pair of clusters, the lower first.
std::map<std::pair<std::uint32_t, std::uint32_t>, double> tieShares(const Analysis& analysis)
{
    const auto& graph = analysis.people.graph;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> shares;
    for (Vertex v = 0; v < graph.people(); ++v) {
        if (analysis.clusterOf[v] < 0) continue;
        const auto own = static_cast<std::uint32_t>(analysis.clusterOf[v]);
        const auto others = graph.neighbours(v);
        for (std::size_t i = 0; i < others.size(); ++i) {
            const auto other = analysis.clusterOf[others[i]];
            if (other > analysis.clusterOf[v])
                shares[{own, static_cast<std::uint32_t>(other)}] +=
                    static_cast<double>(graph.weights(v)[i]) / graph.total;
        }
    }
    return shares;
}

void findGroups(const Analysis& analysis, const TalkProfiles& talk, GapStudy& study, Task& task)
{
    GroupTalkOptions options{study.options.permutations, study.options.seed, study.options.threads};
    const auto& graph = analysis.people.graph;
    std::vector<double> activity;
    for (const auto& cluster : analysis.clusters) {
        double sum = 0;
        for (const auto member : cluster.members) sum += graph.strength[member];
        activity.push_back(graph.total > 0 ? sum / (2 * graph.total) : 0);
    }
    const auto shares = tieShares(analysis);
    std::vector<double> p;
    for (const auto& row :
         compareTalk(talk, analysis.clusterOf, GroupPairs::Between, options, task)) {
        GapGroups one;
        one.a = row.a;
        one.b = row.b;
        one.peopleA = row.peopleA;
        one.peopleB = row.peopleB;
        one.likeness = row.likeness;
        one.expected = row.expected;
        one.sd = row.sd;
        one.p = row.p;
        one.permutations = row.permutations;
        const auto share = shares.find({row.a, row.b});
        one.ties = share == shares.end() ? 0 : share->second;
        one.tiesExpected = 2 * activity[row.a] * activity[row.b];
        p.push_back(row.p);
        study.groups.push_back(std::move(one));
    }
    const auto q = benjaminiHochberg(p);
    for (std::size_t i = 0; i < q.size(); ++i) {
        auto& one = study.groups[i];
        one.q = q[i];
        one.gap = one.q <= mostQ && one.likeness > one.expected && one.ratio() <= mostTies;
    }
    study.groupsCompared = study.groups.size();
}

/// Gaps first, then by how much closer in talk than in ties.
void orderGroups(const Analysis& analysis, const TalkProfiles& talk, GapStudy& study)
{
    const auto width = [](const GapGroups& one) {
        return (one.likeness - one.expected) * (1 - std::min(1.0, one.ratio()));
    };
    std::stable_sort(study.groups.begin(), study.groups.end(),
                     [&](const GapGroups& x, const GapGroups& y) {
                         return x.gap != y.gap ? x.gap : width(x) > width(y);
                     });
    if (study.groups.size() > study.options.top) study.groups.resize(study.options.top);
    for (auto& one : study.groups)
        one.words = wordsInCommon(talk, analysis.clusters[one.a].members,
                                  analysis.clusters[one.b].members, wordsShown);
}

}  // namespace

GapStudy studyGap(const Workspace& workspace, const Analysis& analysis, const GapOptions& options,
                  Task& task)
{
    const auto& selection = analysis.options.selection;
    if (selection.layer != Layer::Interaction)
        throw Error(Error::Kind::Usage, "the gap lies between both layers", {},
                    "Leave --layer out.");
    GapStudy study;
    study.options = options;
    study.options.top = std::min<std::size_t>(options.top, 1'000);
    const auto talk = talkOf(workspace, selection, analysis.people.people, task);
    study.profiled = talk.profiled();
    if (study.profiled < fewestTalkers) throw tooFewTalkers(study.profiled, talk.people());
    findPairs(analysis, talk, study, task);
    addConcerns(workspace, analysis, study);
    findGroups(analysis, talk, study, task);
    orderGroups(analysis, talk, study);
    return study;
}

}  // namespace kith
