#include "core/analysis/diversitystudy.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/cluster/homophily.h"
#include "core/store/people.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace kith {

namespace {

constexpr double weakCoverage = 0.6;

/// By vertex: the category, -1 = not known.
struct Categories {
    std::vector<std::string> names;
    std::vector<std::string> unlisted;
    std::vector<std::int32_t> of;
};

Categories categoriesOf(const NominalValues& values, const std::optional<ReferenceProfile>& profile)
{
    Categories found;
    if (profile) found.names = profile->values;
    std::vector<std::int32_t> number;
    for (const auto& value : values.names) {
        const auto listed = profile ? profile->categoryOf(value) : std::nullopt;
        number.push_back(static_cast<std::int32_t>(listed.value_or(found.names.size())));
        if (listed) continue;
        found.names.push_back(value);
        if (profile) found.unlisted.push_back(value);
    }
    for (const auto value : values.valueOf) {
        found.of.push_back(value < 0 ? -1 : number[static_cast<std::size_t>(value)]);
    }
    return found;
}

void requireCategories(const Workspace& workspace, const std::string& trait,
                       const Categories& categories, const std::optional<ReferenceProfile>& profile)
{
    const auto known = traitNamed(workspace, trait);
    const bool numeric = known && known->scale == TraitScale::Numeric;
    if (profile && !categories.names.empty() &&
        categories.unlisted.size() + profile->size() == categories.names.size() &&
        std::ranges::none_of(categories.of, [&](std::int32_t one) {
            return one >= 0 && static_cast<std::size_t>(one) < profile->size();
        })) {
        throw Error(Error::Kind::BadInput,
                    "none of the values of " + trait + " stands in the profile",
                    {profile->file, {}, {}, {}},
                    "Write the categories as they are written in the workspace, for instance " +
                        (categories.unlisted.empty() ? trait : categories.unlisted.front()) + ".");
    }
    if (numeric && !profile) {
        throw Error(Error::Kind::Usage, trait + " is a number: it has no categories to count", {},
                    "Pass --profile with a table of bands such as 18-29 and 65+.");
    }
}

Range blauIfKnown(const GroupDiversity& found)
{
    auto alike = found.counts;
    auto apart = found.counts;
    const auto unknown = found.group.members.size() - found.known;
    *std::ranges::max_element(alike) += unknown;
    apart.insert(apart.end(), unknown, 1);
    return {diversity(alike).blau, diversity(apart).blau};
}

/// The group's counts against the profile's shares; values that it does not list have none.
void compare(const DiversityStudy& study, const DrawOptions& options, GroupDiversity& found,
             Task& task)
{
    const auto& profile = *study.profile;
    auto reference = profile.shares;
    reference.resize(study.categories.size());
    found.distance = distanceFrom(found.counts, reference, options, task);
    std::size_t listed = 0;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < profile.size(); ++i) {
        listed += profile.shares[i] > 0 ? 1U : 0U;
        seen += profile.shares[i] > 0 && found.counts[i] > 0 ? 1U : 0U;
    }
    found.seenShare = static_cast<double>(seen) / static_cast<double>(listed);
    std::vector<double> amounts;
    for (std::size_t i = 0; i < profile.size(); ++i)
        amounts.push_back(static_cast<double>(found.counts[i]));
    const bool some = std::ranges::any_of(amounts, [](double one) { return one > 0; });
    if (!profile.distances.empty() && some) {
        found.raoStirling = raoStirling(amounts, profile.distances);
    }
}

/// A trait that is different for nearly everybody (a card's number) sorts nobody.
bool sorts(const NominalValues& values)
{
    return values.names.size() > 1 && values.names.size() * 2 <= values.known();
}

std::optional<Combination> commonest(const Workspace& workspace, const PeopleGraph& people)
{
    Combination found;
    std::vector<NominalValues> sorting;
    for (const auto& trait : traits(workspace)) {
        if (trait.scale == TraitScale::Numeric) continue;
        auto values = nominalTrait(workspace, people, trait.name);
        if (!sorts(values)) continue;
        found.traits.push_back(trait.name);
        sorting.push_back(std::move(values));
    }
    std::map<std::vector<std::int32_t>, std::size_t> alike;
    for (std::size_t v = 0; v < people.people.size(); ++v) {
        std::vector<std::int32_t> combination;
        for (const auto& values : sorting) combination.push_back(values.valueOf[v]);
        if (std::ranges::find(combination, -1) != combination.end()) continue;
        ++found.known;
        found.alike = std::max(found.alike, ++alike[combination]);
    }
    if (sorting.size() < 2 || found.known < smallestGroup) return std::nullopt;
    return found;
}

}  // namespace

bool GroupDiversity::weak() const
{
    return static_cast<double>(known) < weakCoverage * static_cast<double>(group.members.size());
}

DiversityStudy studyDiversity(const Workspace& workspace, const Analysis& analysis,
                              const std::string& trait,
                              const std::optional<ReferenceProfile>& profile, Task& task)
{
    auto categories = categoriesOf(nominalTrait(workspace, analysis.people, trait), profile);
    requireCategories(workspace, trait, categories, profile);
    DrawOptions options;
    options.seed = analysis.options.seed;
    options.threads = analysis.options.threads;
    auto few = options;
    few.draws = 1000;  // at each of many steps
    DiversityStudy study;
    study.trait = trait;
    study.profile = profile;
    study.categories = std::move(categories.names);
    study.unlisted = std::move(categories.unlisted);
    study.draws = options.draws;
    study.seed = options.seed;
    study.combination = commonest(workspace, analysis.people);
    std::vector<double> p;
    for (auto& group : studyGroups(workspace, analysis)) {
        GroupDiversity found;
        found.group = std::move(group);
        found.counts.resize(study.categories.size());
        for (const auto member : found.group.members) {
            if (categories.of[member] < 0) continue;
            ++found.counts[static_cast<std::size_t>(categories.of[member])];
            ++found.known;
        }
        if (found.known < smallestGroup) {
            found.refused = fmt::format("fewer than {} people of this group have a known {}",
                                        smallestGroup, trait);
        } else {
            found.figures = diversity(found.counts);
            found.ranges = hillRanges(found.counts, few, task);
            found.blauIfKnown = blauIfKnown(found);
            if (profile) compare(study, options, found, task);
            if (found.distance) p.push_back(found.distance->p);
        }
        study.groups.push_back(std::move(found));
    }
    const auto q = benjaminiHochberg(p);
    std::size_t next = 0;
    for (auto& found : study.groups) {
        if (found.distance) found.q = q[next++];
    }
    return study;
}

}  // namespace kith
