#include "core/analysis/introductionstudy.h"

#include "core/analysis/activity.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace kith {
namespace {

constexpr std::size_t considered = 2000;  ///< pairs whose chance is worked out
constexpr double activeDays = 30;
constexpr unsigned mostOpen = 3;  ///< introductions a person may be in before it counts against
constexpr std::size_t introducersNamed = 3;

/// How many pairs are worked out exactly: each is a linear solve.
std::size_t refinedFor(std::size_t people)
{
    if (people <= 2'000) return 200;
    return people <= 20'000 ? 50 : 20;
}

bool asksToBeLeftOut(const std::string& value)
{
    const auto folded = foldForMatching(value);
    return !folded.empty() && folded != "no" && folded != "false" && folded != "0";
}

std::vector<bool> whoIsLeftOut(const Workspace& workspace, const PeopleGraph& people,
                               const std::vector<std::string>& names)
{
    std::vector<bool> out(people.people.size());
    for (const auto& trait : traits(workspace)) {
        if (replaceAll(replaceAll(foldForMatching(trait.name), "-", " "), "_", " ") != "leave out")
            continue;
        for (const auto& [person, value] : traitValues(workspace, trait.id)) {
            const auto v = people.vertexOf(person);
            if (v && asksToBeLeftOut(value)) out[*v] = true;
        }
    }
    for (const auto& name : names) {
        const auto called = peopleCalled(workspace, name);
        if (called.empty())
            throw Error(Error::Kind::NotFound, "there is nobody called " + name, {},
                        "Write the name as it stands in the list of people.");
        for (const auto person : called)
            if (const auto v = people.vertexOf(person)) out[*v] = true;
    }
    return out;
}

/// Days since everybody last spoke, counted from the selection's last message; people who never
/// spoke are as silent as the first message is old. Empty when nothing has a time.
std::vector<double> daysSilent(const Workspace& workspace, const Selection& selection,
                               const PeopleGraph& people, Task& task)
{
    const auto activity = activityOf(workspace, selection, task);
    if (activity.events.empty()) return {};
    const Time end = activity.events.back().time;
    std::vector<Time> last(people.people.size(), activity.events.front().time);
    for (const auto& event : activity.events)
        if (const auto v = people.vertexOf(event.person)) last[*v] = event.time;
    std::vector<double> days;
    for (const Time time : last)
        days.push_back(std::chrono::duration<double, std::ratio<86'400>>(end - time).count());
    return days;
}

/// Saved concerns and who speaks of them how often.
class Concerns {
public:
    Concerns(const Workspace& workspace, const Selection& selection, const PeopleGraph& people)
    {
        for (const auto& concern : concerns(workspace)) {
            auto about = selection;
            about.concern = concern.id;
            names_.push_back(concern.name);
            auto& counts = counts_.emplace_back(people.people.size());
            for (const auto& [person, count] : messageCounts(workspace, about))
                if (const auto v = people.vertexOf(person)) counts[*v] = static_cast<double>(count);
        }
    }

    std::vector<std::string> shared(Vertex a, Vertex b) const
    {
        std::vector<std::string> both;
        for (std::size_t c = 0; c < names_.size(); ++c)
            if (counts_[c][a] > 0 && counts_[c][b] > 0) both.push_back(names_[c]);
        return both;
    }

    /// Cosine of how often each speaks of each, 0..1.
    double likeness(Vertex a, Vertex b) const
    {
        double ab = 0, aa = 0, bb = 0;
        for (const auto& counts : counts_) {
            ab += counts[a] * counts[b];
            aa += counts[a] * counts[a];
            bb += counts[b] * counts[b];
        }
        return ab > 0 ? ab / std::sqrt(aa * bb) : 0;
    }

private:
    std::vector<std::string> names_;
    std::vector<std::vector<double>> counts_;  ///< by concern and vertex
};

std::vector<Vertex> contactsOfBoth(const Graph& graph, Vertex a, Vertex b)
{
    std::vector<Vertex> both;
    std::ranges::set_intersection(graph.neighbours(a), graph.neighbours(b),
                                  std::back_inserter(both));
    return both;
}

/// Chooses introductions one after the other, each on the graph with those before already made.
/// Vertices of the part of the graph are numbers of their own; `whole` leads back.
class Planner {
public:
    Planner(const Graph& graph, IntroductionStudy& study, const IntroductionStudyOptions& options,
            const Concerns& concerns, const std::vector<double>& silent,
            const std::vector<bool>& leftOut)
        : graph_(graph),
          study_(study),
          options_(options),
          concerns_(concerns),
          silent_(silent),
          part_(sidedPart(graph, study.two.sides)),
          open_(graph.people())
    {
        for (const Vertex v : part_.whole) without_.push_back(leftOut[v]);
    }

    void plan(Task& task)
    {
        requireEnough();
        auto now = walks(part_.graph, part_.sides, study_.hubs);
        study_.before = study_.after = now.rwc;
        task.begin("Choosing introductions", options_.top);
        for (std::size_t i = 0; i < options_.top; ++i) {
            const Introductions measure(part_.graph, part_.sides, now);
            if (i == 0) findLargest(measure);
            auto best = choose(measure, now.rwc, task);
            if (!best) break;
            ++open_[best->first];
            ++open_[best->second];
            addTie(best->first, best->second);
            now = walksTo(part_.graph, part_.sides, now.hubs);
            study_.after = best->after;
            study_.pairs.push_back(std::move(*best));
            task.advance();
        }
    }

private:
    void requireEnough()
    {
        const auto first = static_cast<std::size_t>(std::ranges::count(part_.sides, Side::First));
        const auto smaller = std::min(first, part_.sides.size() - first);
        study_.hubs = options_.hubs > 0 ? options_.hubs : usualHubs(part_.sides);
        if (smaller >= 10 && smaller > study_.hubs) return;
        throw Error(Error::Kind::TooLittleData,
                    "one side has " + std::to_string(smaller) +
                        " people who are connected with the rest, and ten, and more than the " +
                        std::to_string(study_.hubs) + " hubs, are needed",
                    {}, "Choose larger groups, more sources or a longer time.");
    }

    void findLargest(const Introductions& measure)
    {
        auto rough = measure.promising(refinedFor(part_.whole.size()), without_);
        refine(measure, rough);
        for (const auto& one : rough)
            if (!study_.largestDrop || one.after < study_.largestDrop->after)
                study_.largestDrop = one;
        if (!study_.largestDrop) return;
        study_.largestDrop->first = part_.whole[study_.largestDrop->first];
        study_.largestDrop->second = part_.whole[study_.largestDrop->second];
    }

    void refine(const Introductions& measure, std::vector<Introduction>& some) const
    {
        parallelFor(some.size(), options_.analysis.threads, [&](std::size_t i) {
            some[i].after = measure.after(some[i].first, some[i].second);
        });
    }

    ProposedIntroduction judged(const Introduction& one, double before) const
    {
        ProposedIntroduction proposal;
        proposal.first = part_.whole[one.first];
        proposal.second = part_.whole[one.second];
        proposal.before = before;
        proposal.after = one.after;
        proposal.sharedContact = !contactsOfBoth(graph_, proposal.first, proposal.second).empty();
        proposal.topics = concerns_.likeness(proposal.first, proposal.second);
        proposal.bothActive = !silent_.empty() && silent_[proposal.first] <= activeDays &&
                              silent_[proposal.second] <= activeDays;
        proposal.notAsked = open_[proposal.first] < mostOpen && open_[proposal.second] < mostOpen;
        proposal.chance = options_.chance(proposal.sharedContact, proposal.topics,
                                          proposal.bothActive, proposal.notAsked);
        return proposal;
    }

    static double worth(const ProposedIntroduction& one)
    {
        return (one.before - one.after) * one.chance;
    }

    std::optional<ProposedIntroduction> choose(const Introductions& measure, double before,
                                               const Task& task) const
    {
        auto rough = measure.promising(considered, without_);
        const auto better = [](const auto& a, const auto& b) {
            if (a.first != b.first) return a.first > b.first;
            return std::pair(a.second.first, a.second.second) <
                   std::pair(b.second.first, b.second.second);
        };
        std::vector<std::pair<double, Introduction>> byWorth;
        for (const auto& one : rough) byWorth.emplace_back(worth(judged(one, before)), one);
        std::ranges::sort(byWorth, better);
        byWorth.resize(std::min(byWorth.size(), refinedFor(part_.whole.size())));
        std::vector<Introduction> exact;
        for (const auto& [value, one] : byWorth) exact.push_back(one);
        if (task.cancelled()) throw Cancelled{};
        refine(measure, exact);
        byWorth.clear();
        for (const auto& one : exact) byWorth.emplace_back(worth(judged(one, before)), one);
        std::ranges::sort(byWorth, better);
        if (byWorth.empty() || !(byWorth.front().first > 0)) return std::nullopt;
        return judged(byWorth.front().second, before);
    }

    void addTie(Vertex first, Vertex second)
    {
        const auto at = [&](Vertex v) {
            return static_cast<Vertex>(std::ranges::lower_bound(part_.whole, v) -
                                       part_.whole.begin());
        };
        std::vector<WeightedTie> ties{{at(first), at(second), 1}};
        for (std::size_t i = 0; i < part_.graph.people(); ++i) {
            const auto v = static_cast<Vertex>(i);
            const auto row = part_.graph.neighbours(v);
            for (std::size_t j = 0; j < row.size(); ++j)
                if (v < row[j]) ties.push_back({v, row[j], part_.graph.weights(v)[j]});
        }
        part_.graph = buildGraph(part_.graph.people(), std::move(ties));
    }

    const Graph& graph_;
    IntroductionStudy& study_;
    const IntroductionStudyOptions& options_;
    const Concerns& concerns_;
    const std::vector<double>& silent_;
    SidedPart part_;
    std::vector<bool> without_;   ///< by vertex of the part
    std::vector<unsigned> open_;  ///< by vertex: introductions proposed here
};

/// Who could introduce two people: whoever knows both, by the weaker of the two ties and how lately
/// they spoke; where nobody does, the introducers of the sides.
std::vector<Vertex> introducersOf(const ProposedIntroduction& pair, const IntroductionStudy& study,
                                  const std::vector<double>& silent,
                                  const std::vector<bool>& leftOut)
{
    const Graph& graph = study.two.analysis->people.graph;
    const auto score = [&](Vertex v) {
        const auto weaker = static_cast<double>(
            std::min(graph.between(v, pair.first), graph.between(v, pair.second)));
        return silent.empty() ? weaker : weaker * std::exp2(-silent[v] / 30);
    };
    auto known = contactsOfBoth(graph, pair.first, pair.second);
    if (known.empty())
        for (const auto& one : study.introducers.people) known.push_back(one.person);
    else
        std::ranges::stable_sort(known, [&](Vertex a, Vertex b) { return score(a) > score(b); });
    std::erase_if(known,
                  [&](Vertex v) { return leftOut[v] || v == pair.first || v == pair.second; });
    known.resize(std::min(known.size(), introducersNamed));
    return known;
}

}  // namespace

double ChanceFormula::operator()(bool contact, double topics, bool active, bool free) const
{
    const double x = base + (contact ? sharedContact : 0) + sharedTopics * topics +
                     (active ? bothActive : 0) + (free ? notAsked : 0);
    return 1 / (1 + std::exp(-x));
}

IntroductionStudy studyIntroductions(const Workspace& workspace,
                                     const IntroductionStudyOptions& options, Task& task)
{
    IntroductionStudy study;
    study.two = twoSides(workspace, options.analysis, options.trait, options.sides, task);
    const auto& people = study.two.analysis->people;
    const auto& selection = options.analysis.selection;
    const auto leftOut = whoIsLeftOut(workspace, people, options.leftOut);
    for (std::size_t v = 0; v < leftOut.size(); ++v)
        if (leftOut[v]) study.leftOut.push_back(static_cast<Vertex>(v));
    const auto silent = daysSilent(workspace, selection, people, task);
    const Concerns concerns(workspace, selection, people);

    study.introducers = introducers(people, study.two.sides, silent, {});
    std::erase_if(study.introducers.people,
                  [&](const Introducer& one) { return leftOut[one.person]; });
    std::erase_if(study.introducers.pairs, [&](const IntroducerPair& pair) {
        return leftOut[pair.first] || leftOut[pair.second];
    });
    Planner(people.graph, study, options, concerns, silent, leftOut).plan(task);
    for (auto& pair : study.pairs) {
        pair.sharedConcerns = concerns.shared(pair.first, pair.second);
        pair.introducers = introducersOf(pair, study, silent, leftOut);
    }
    return study;
}

}  // namespace kith
