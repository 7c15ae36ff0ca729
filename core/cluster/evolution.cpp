#include "core/cluster/evolution.h"

#include "core/cluster/combinatorics.h"
#include "core/cluster/matching.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace kith {
namespace {

/// One window's groups against a later one's.
class Pairing {
public:
    Pairing(const WindowGroups& before, const WindowGroups& after, const EvolutionOptions& options)
        : before_(before), after_(after), options_(options)
    {
        const auto both = [&](const std::vector<std::uint32_t>& some,
                              const std::vector<std::uint32_t>& active) {
            std::size_t count = 0;
            for (const auto person : some)
                count += std::binary_search(active.begin(), active.end(), person) ? 1U : 0U;
            return count;
        };
        for (const auto& group : before.groups) common_[0].push_back(both(group, after.active));
        for (const auto& group : after.groups) common_[1].push_back(both(group, before.active));
        people_ = both(before.active, after.active);
        link();
    }

    const std::vector<GroupLink>& links() const { return links_; }

    /// Share of a group's common people that a link holds.
    double partOfBefore(const GroupLink& link) const
    {
        return static_cast<double>(link.shared) / static_cast<double>(common_[0][link.from]);
    }
    double partOfAfter(const GroupLink& link) const
    {
        return static_cast<double>(link.shared) / static_cast<double>(common_[1][link.to]);
    }

    /// Jaccard of several groups put together.
    double together(const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                    bool common) const
    {
        double shared = 0;
        double size = 0;
        for (const auto& link : links_)
            if (std::ranges::find(from, link.from) != from.end() &&
                std::ranges::find(to, link.to) != to.end())
                shared += static_cast<double>(link.shared);
        for (const auto a : from)
            size += static_cast<double>(common ? common_[0][a] : before_.groups[a].size());
        for (const auto b : to)
            size += static_cast<double>(common ? common_[1][b] : after_.groups[b].size());
        return size - shared > 0 ? shared / (size - shared) : 0;
    }

private:
    static double jaccard(double shared, double a, double b) { return shared / (a + b - shared); }

    void link()
    {
        std::unordered_map<std::uint32_t, std::size_t> groupAfter;
        for (std::size_t g = 0; g < after_.groups.size(); ++g)
            for (const auto person : after_.groups[g]) groupAfter[person] = g;
        for (std::size_t a = 0; a < before_.groups.size(); ++a) {
            std::map<std::size_t, std::size_t> shared;
            for (const auto person : before_.groups[a]) {
                const auto found = groupAfter.find(person);
                if (found != groupAfter.end()) ++shared[found->second];
            }
            for (const auto& [b, count] : shared) links_.push_back(linkOf(a, b, count));
        }
    }

    GroupLink linkOf(std::size_t a, std::size_t b, std::size_t count) const
    {
        GroupLink link;
        link.from = a;
        link.to = b;
        link.shared = count;
        const auto shared = static_cast<double>(count);
        link.common =
            jaccard(shared, static_cast<double>(common_[0][a]), static_cast<double>(common_[1][b]));
        link.all = jaccard(shared, static_cast<double>(before_.groups[a].size()),
                           static_cast<double>(after_.groups[b].size()));
        link.chance95 = chanceOf(common_[0][a], common_[1][b]);
        link.linked = link.common >= options_.least && link.common > link.chance95;
        return link;
    }

    /// The Jaccard that 95 of 100 shuffles do not pass.
    double chanceOf(std::size_t a, std::size_t b) const
    {
        const std::size_t most = std::min(a, b);
        std::size_t shared = a + b > people_ ? a + b - people_ : 0;
        double below = 0;
        for (; shared < most; ++shared) {
            below += std::exp(logHypergeometric(shared, a, b, people_));
            if (below >= 0.95) break;
        }
        return jaccard(static_cast<double>(shared), static_cast<double>(a), static_cast<double>(b));
    }

    const WindowGroups& before_;
    const WindowGroups& after_;
    const EvolutionOptions& options_;
    std::vector<std::size_t> common_[2];  ///< by group: people active in both windows
    std::size_t people_ = 0;              ///< active in both windows
    std::vector<GroupLink> links_;
};

/// Tells the story of the windows one by one.
class Follower {
public:
    Follower(const std::vector<WindowGroups>& windows, const EvolutionOptions& options)
        : windows_(windows), options_(options)
    {}

    Evolution run()
    {
        for (std::size_t w = 0; w < windows_.size(); ++w) step(w);
        std::stable_sort(story_.events.begin(), story_.events.end(),
                         [](const GroupEvent& a, const GroupEvent& b) {
                             return std::pair(a.window, a.kind) < std::pair(b.window, b.kind);
                         });
        return std::move(story_);
    }

private:
    using Matched = std::vector<std::optional<std::size_t>>;

    /// @param free which links may be matched
    template <class Free>
    static Matched matched(const Pairing& pairing, std::size_t before, std::size_t after,
                           const Free& free)
    {
        std::vector<MatchCandidate> candidates;
        for (const auto& link : pairing.links())
            if (link.linked && free(link)) candidates.push_back({link.from, link.to, link.common});
        return bestMatching(before, after, std::move(candidates));
    }

    void step(std::size_t w)
    {
        const std::size_t groups = windows_[w].groups.size();
        story_.lineage.emplace_back(groups, none);
        if (w == 0) {
            for (auto& number : story_.lineage[0]) number = next_++;
            return;
        }
        const Pairing pairing(windows_[w - 1], windows_[w], options_);
        const std::size_t before = windows_[w - 1].groups.size();
        const auto kept = matched(pairing, before, groups, [](const GroupLink&) { return true; });
        std::set<std::size_t> explained;  // groups of w that come from somewhere
        std::set<std::size_t> gone;       // groups of w - 1 that go somewhere
        for (std::size_t a = 0; a < before; ++a) {
            if (!kept[a]) continue;
            story_.lineage[w][*kept[a]] = story_.lineage[w - 1][a];
            explained.insert(*kept[a]);
            gone.insert(a);
        }
        for (const auto& link : pairing.links()) {  // linked, but the name went elsewhere
            if (!link.linked) continue;
            explained.insert(link.to);
            gone.insert(link.from);
        }
        splitsAndMerges(pairing, w, explained, gone);
        sizes(pairing, kept, w);
        returns(w, explained);
        std::vector<std::size_t> asleep;
        for (std::size_t a = 0; a < before; ++a)
            if (!gone.contains(a)) end(w, a, asleep);
        for (std::size_t b = 0; b < groups; ++b) {
            if (!explained.contains(b))
                story_.events.push_back({GroupEventKind::Birth, w, {}, {b}, 0, 0, true});
            if (story_.lineage[w][b] == none) story_.lineage[w][b] = next_++;
        }
        story_.links.push_back(pairing.links());
        sleeping_ = std::move(asleep);
    }

    /// Parts must beat chance, be a fifth of the whole, and more than the groups' own instability.
    bool isPart(const GroupLink& link, double share, std::size_t w) const
    {
        const double noise = std::max(windows_[w - 1].instability, windows_[w].instability);
        return link.common > link.chance95 && share >= options_.part && share > noise;
    }

    void splitsAndMerges(const Pairing& pairing, std::size_t w, std::set<std::size_t>& explained,
                         std::set<std::size_t>& gone)
    {
        // The group that most of a group's common people came from, and went to.
        std::map<std::size_t, const GroupLink*> source;
        std::map<std::size_t, const GroupLink*> destination;
        for (const auto& link : pairing.links()) {
            auto& best = source[link.to];
            if (best == nullptr || link.shared > best->shared) best = &link;
            auto& most = destination[link.from];
            if (most == nullptr || link.shared > most->shared) most = &link;
        }
        std::map<std::size_t, std::vector<std::size_t>> parts;
        std::map<std::size_t, std::vector<std::size_t>> sources;
        for (const auto& link : pairing.links()) {
            if (source[link.to] == &link && isPart(link, pairing.partOfBefore(link), w))
                parts[link.from].push_back(link.to);
            if (destination[link.from] == &link && isPart(link, pairing.partOfAfter(link), w))
                sources[link.to].push_back(link.from);
        }
        for (const auto& [from, to] : parts)
            if (to.size() > 1) tell(GroupEventKind::Split, pairing, w, {from}, to, explained, gone);
        for (const auto& [to, from] : sources)
            if (from.size() > 1)
                tell(GroupEventKind::Merge, pairing, w, from, {to}, explained, gone);
    }

    void tell(GroupEventKind kind, const Pairing& pairing, std::size_t w,
              const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
              std::set<std::size_t>& explained, std::set<std::size_t>& gone)
    {
        explained.insert(to.begin(), to.end());
        gone.insert(from.begin(), from.end());
        story_.events.push_back({kind, w, from, to, pairing.together(from, to, true),
                                 pairing.together(from, to, false), true});
    }

    void sizes(const Pairing& pairing, const Matched& kept, std::size_t w)
    {
        for (std::size_t a = 0; a < kept.size(); ++a) {
            if (!kept[a]) continue;
            const double ratio = static_cast<double>(windows_[w].groups[*kept[a]].size()) /
                                 static_cast<double>(windows_[w - 1].groups[a].size());
            if (ratio <= options_.grown && ratio >= options_.shrunk) continue;
            story_.events.push_back(
                {ratio > 1 ? GroupEventKind::Growth : GroupEventKind::Contraction,
                 w,
                 {a},
                 {*kept[a]},
                 pairing.together({a}, {*kept[a]}, true),
                 pairing.together({a}, {*kept[a]}, false),
                 true});
        }
    }

    /// Groups that slept through the window before.
    void returns(std::size_t w, std::set<std::size_t>& explained)
    {
        if (w < 2 || sleeping_.empty()) return;
        const Pairing pairing(windows_[w - 2], windows_[w], options_);
        const auto free = [&](const GroupLink& link) {
            return !explained.contains(link.to) &&
                   std::ranges::find(sleeping_, link.from) != sleeping_.end();
        };
        const auto kept =
            matched(pairing, windows_[w - 2].groups.size(), windows_[w].groups.size(), free);
        for (const std::size_t a : sleeping_) {
            if (!kept[a]) continue;
            story_.lineage[w][*kept[a]] = story_.lineage[w - 2][a];
            explained.insert(*kept[a]);
            story_.events.push_back({GroupEventKind::Return,
                                     w,
                                     {a},
                                     {*kept[a]},
                                     pairing.together({a}, {*kept[a]}, true),
                                     pairing.together({a}, {*kept[a]}, false),
                                     true});
        }
    }

    /// No link to this window: does the next one have it again?
    void end(std::size_t w, std::size_t a, std::vector<std::size_t>& asleep)
    {
        const bool more = w + 1 < windows_.size();
        bool again = false;
        if (more) {
            const Pairing later(windows_[w - 1], windows_[w + 1], options_);
            again = std::ranges::any_of(later.links(), [&](const GroupLink& link) {
                return link.from == a && link.linked;
            });
        }
        if (again) asleep.push_back(a);
        story_.events.push_back(
            {again ? GroupEventKind::Dormant : GroupEventKind::Death, w, {a}, {}, 0, 0, more});
    }

    static constexpr std::size_t none = ~std::size_t{0};

    const std::vector<WindowGroups>& windows_;
    const EvolutionOptions& options_;
    Evolution story_;
    std::size_t next_ = 0;
    std::vector<std::size_t> sleeping_;  ///< groups of the window before the last
};

}  // namespace

std::string_view name(GroupEventKind kind)
{
    switch (kind) {
    case GroupEventKind::Birth: return "birth";
    case GroupEventKind::Death: return "death";
    case GroupEventKind::Dormant: return "dormant";
    case GroupEventKind::Return: return "return";
    case GroupEventKind::Split: return "split";
    case GroupEventKind::Merge: return "merge";
    case GroupEventKind::Growth: return "growth";
    case GroupEventKind::Contraction: return "contraction";
    }
    return "";
}

Evolution follow(const std::vector<WindowGroups>& windows, const EvolutionOptions& options)
{
    return Follower(windows, options).run();
}

}  // namespace kith
