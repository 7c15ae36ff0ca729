#include "core/cluster/evolution.h"

#include "core/base/random.h"
#include "core/cluster/matching.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

using Group = std::vector<std::uint32_t>;

Group people(std::uint32_t first, std::uint32_t last)
{
    Group group(last - first + 1);
    std::iota(group.begin(), group.end(), first);
    return group;
}

WindowGroups window(std::vector<Group> groups)
{
    WindowGroups result;
    for (auto& group : groups) {
        std::sort(group.begin(), group.end());
        result.active.insert(result.active.end(), group.begin(), group.end());
    }
    std::sort(result.active.begin(), result.active.end());
    result.groups = std::move(groups);
    return result;
}

const GroupLink* linkOf(const std::vector<GroupLink>& links, std::size_t from, std::size_t to)
{
    for (const auto& link : links)
        if (link.from == from && link.to == to) return &link;
    return nullptr;
}

std::vector<GroupEvent> events(const Evolution& story, GroupEventKind kind)
{
    std::vector<GroupEvent> found;
    for (const auto& event : story.events)
        if (event.kind == kind) found.push_back(event);
    return found;
}

/// The best total over all one-to-one matchings, by trying them.
double bestTotal(std::size_t lefts, std::size_t rights, const std::vector<MatchCandidate>& all,
                 std::size_t left, std::vector<bool>& taken)
{
    if (left == lefts) return 0;
    double best = bestTotal(lefts, rights, all, left + 1, taken);
    for (const auto& one : all) {
        if (one.left != left || taken[one.right]) continue;
        taken[one.right] = true;
        best = std::max(best, one.worth + bestTotal(lefts, rights, all, left + 1, taken));
        taken[one.right] = false;
    }
    return best;
}

}  // namespace

TEST_CASE("two windows by hand", "[cluster]")
{
    const auto first = window({people(1, 6), people(7, 10), people(11, 13)});
    const auto second = window({people(1, 5), {6, 7, 8, 9, 10, 14}, people(15, 17)});
    const auto story = follow({first, second}, {});
    REQUIRE(story.links.size() == 1);
    const auto& links = story.links[0];
    const auto* ap = linkOf(links, 0, 0);
    const auto* aq = linkOf(links, 0, 1);
    const auto* bq = linkOf(links, 1, 1);
    REQUIRE(ap);
    REQUIRE(aq);
    REQUIRE(bq);
    CHECK(ap->all == Approx(0.833333).margin(1e-6));
    CHECK(aq->all == Approx(0.090909).margin(1e-6));
    CHECK(bq->all == Approx(0.666667).margin(1e-6));
    CHECK(ap->all + bq->all == Approx(1.5));
    CHECK(bq->common == Approx(0.8));  // 14 was not there before
    // Of ten people in both windows 6 and 5 share 4 at most in 97.6 % of shuffles: 4/7.
    CHECK(ap->chance95 == Approx(4.0 / 7));
    CHECK(bq->chance95 == Approx(0.5));
    CHECK(ap->linked);
    CHECK_FALSE(aq->linked);
    CHECK(bq->linked);

    // A continues, B grows by half, C dies, R is born.
    CHECK(story.lineage[1][0] == story.lineage[0][0]);
    CHECK(story.lineage[1][1] == story.lineage[0][1]);
    CHECK(story.lineage[1][2] == 3);
    REQUIRE(story.events.size() == 3);
    CHECK(events(story, GroupEventKind::Growth).at(0).to == std::vector<std::size_t>{1});
    CHECK(events(story, GroupEventKind::Death).at(0).from == std::vector<std::size_t>{2});
    CHECK_FALSE(events(story, GroupEventKind::Death).at(0).looked);
    CHECK(events(story, GroupEventKind::Birth).at(0).to == std::vector<std::size_t>{2});

    if (const auto reference = Reference::load()) {
        reference->check("toy_two_windows", "jaccard", "A (window 1) with P", ap->all);
        reference->check("toy_two_windows", "jaccard", "A (window 1) with Q", aq->all);
        reference->check("toy_two_windows", "jaccard", "B (window 1) with Q", bq->all);
        reference->check("toy_two_windows", "hungarian_total", "", ap->all + bq->all);
    }
}

TEST_CASE("splits, merges, sleep and return", "[cluster]")
{
    const auto one = window({people(0, 19), people(20, 29), people(30, 39), people(40, 49)});
    const auto two = window({people(0, 9), people(10, 19), people(20, 39)});
    const auto three = window({people(0, 9), people(10, 19), people(20, 39), people(40, 49)});
    const auto story = follow({one, two, three}, {});

    const auto splits = events(story, GroupEventKind::Split);
    REQUIRE(splits.size() == 1);
    CHECK(splits[0].from == std::vector<std::size_t>{0});
    CHECK(splits[0].to == std::vector<std::size_t>{0, 1});
    CHECK(splits[0].jaccard == Approx(1));
    const auto merges = events(story, GroupEventKind::Merge);
    REQUIRE(merges.size() == 1);
    CHECK(merges[0].from == std::vector<std::size_t>{1, 2});
    CHECK(merges[0].to == std::vector<std::size_t>{2});
    const auto dormant = events(story, GroupEventKind::Dormant);
    REQUIRE(dormant.size() == 1);
    CHECK(dormant[0].from == std::vector<std::size_t>{3});
    const auto returned = events(story, GroupEventKind::Return);
    REQUIRE(returned.size() == 1);
    CHECK(story.lineage[2][3] == story.lineage[0][3]);
    CHECK(events(story, GroupEventKind::Birth).empty());
    CHECK(events(story, GroupEventKind::Death).empty());
    // One part of the split keeps the name, the other has a new one.
    CHECK((story.lineage[1][0] == 0) != (story.lineage[1][1] == 0));
}

TEST_CASE("a group gone for two windows is dead, and said to be", "[cluster]")
{
    const auto full = window({people(0, 9), people(10, 19)});
    const auto rest = window({people(0, 9)});
    const auto story = follow({full, rest, rest, full}, {});
    const auto deaths = events(story, GroupEventKind::Death);
    REQUIRE(deaths.size() == 1);
    CHECK(deaths[0].window == 1);
    CHECK(deaths[0].looked);
    CHECK(events(story, GroupEventKind::Birth).size() == 1);
    CHECK(story.lineage[3][1] != story.lineage[0][1]);
}

TEST_CASE("nothing happens to groups that stay", "[cluster]")
{
    const auto same = window({people(0, 9), people(10, 19), people(20, 26)});
    const auto story = follow({same, same, same}, {});
    CHECK(story.events.empty());
    CHECK(story.lineage[2] == story.lineage[0]);
    CHECK(follow({}, {}).events.empty());
    CHECK(follow({WindowGroups{}, WindowGroups{}}, {}).events.empty());
}

TEST_CASE("memberships dealt out at random are seldom linked", "[cluster]")
{
    int linked = 0;
    int all = 0;
    for (std::uint64_t run = 0; run < 60; ++run) {
        Random random(77, run);
        Group order = people(0, 59);
        std::vector<Group> groups(4);
        random.shuffle(std::span(order));
        for (std::size_t i = 0; i < order.size(); ++i) groups[i % 4].push_back(order[i]);
        const auto before = window({people(0, 14), people(15, 29), people(30, 44), people(45, 59)});
        EvolutionOptions options;
        options.least = 0;
        const auto story = follow({before, window(groups)}, options);
        for (const auto& link : story.links[0]) {
            ++all;
            linked += link.linked ? 1 : 0;
        }
    }
    INFO(linked << " of " << all);
    CHECK(linked * 100 <= all * 6);
    CHECK(linked > 0);
}

TEST_CASE("noise is no split", "[cluster]")
{
    auto one = window({people(0, 19), people(20, 39)});
    auto two = window({people(0, 13), people(14, 19), people(20, 39)});
    CHECK(events(follow({one, two}, {}), GroupEventKind::Split).size() == 1);
    two.instability = 0.35;  // groups are as unsure as the smaller part is large
    CHECK(events(follow({one, two}, {}), GroupEventKind::Split).empty());
}

TEST_CASE("the matching is the best there is", "[cluster]")
{
    rc::prop("as trying all of them finds", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const std::size_t lefts = 1 + random.below(5);
        const std::size_t rights = 1 + random.below(5);
        std::vector<MatchCandidate> all;
        for (std::size_t l = 0; l < lefts; ++l)
            for (std::size_t r = 0; r < rights; ++r)
                if (random.chance(0.5)) all.push_back({l, r, 0.01 + random.real()});
        const auto matched = bestMatching(lefts, rights, all);
        double total = 0;
        std::vector<bool> used(rights);
        for (std::size_t l = 0; l < lefts; ++l) {
            if (!matched[l]) continue;
            RC_ASSERT(!used[*matched[l]]);
            used[*matched[l]] = true;
            for (const auto& one : all)
                if (one.left == l && one.right == *matched[l]) total += one.worth;
        }
        std::vector<bool> taken(rights);
        RC_ASSERT(std::abs(total - bestTotal(lefts, rights, all, 0, taken)) < 1e-9);
    });
}
