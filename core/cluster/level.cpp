#include "core/cluster/level.h"

#include "core/base/largepages.h"
#include "core/cluster/levelrows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::level {
namespace {

constexpr std::size_t breathEvery = 4096;

void countClusters(const Level& level, std::span<const std::uint32_t> labels, Scratch& scratch)
{
    if (scratch.pulls.capacity() < level.nodes()) reserveLarge(scratch.pulls, level.nodes());
    scratch.pulls.assign(level.nodes(), {});
    scratch.clusterSize.assign(level.nodes(), 0);
    for (std::size_t v = 0; v < level.nodes(); ++v) {
        scratch.pulls[labels[v]].mass += level.mass[v];
        ++scratch.clusterSize[labels[v]];
    }
    scratch.empty.clear();
    for (std::size_t c = level.nodes(); c > 0; --c)
        if (scratch.clusterSize[c - 1] == 0)
            scratch.empty.push_back(static_cast<std::uint32_t>(c - 1));
}

/// The cluster that gains most; `own` when none gains more than staying. Puts the pulls of the
/// `met` clusters back to 0.
std::uint32_t bestCluster(const Level& level, const Rules& rules, Scratch& scratch, Vertex node,
                          std::uint32_t own, std::size_t met)
{
    const double mass = level.mass[node];
    const double pull = rules.pressure * mass;
    const Pull here = scratch.pulls[own];
    std::uint32_t best = own;
    double bestGain = here.into - pull * (here.mass - mass);
    bestGain += level.rounding * (std::abs(here.into) + pull * here.mass);
    for (std::size_t i = 0; i < met; ++i) {
        const std::uint32_t cluster = scratch.touched[i];
        Pull& there = scratch.pulls[cluster];
        const double gain = there.into - pull * there.mass;
        there.into = 0;
        if (cluster != own && gain > bestGain) {
            best = cluster;
            bestGain = gain;
        }
    }
    if (bestGain < 0 && scratch.clusterSize[own] > 1) best = scratch.empty.back();
    return best;
}

void change(Scratch& scratch, std::uint32_t from, std::uint32_t to, double mass)
{
    if (scratch.clusterSize[to] == 0) scratch.empty.pop_back();
    scratch.pulls[from].mass -= mass;
    scratch.pulls[to].mass += mass;
    ++scratch.clusterSize[to];
    if (--scratch.clusterSize[from] == 0) {
        scratch.pulls[from].mass = 0;
        scratch.empty.push_back(from);
    }
}

/// Nodes that wait their turn, in a ring of the size of the level.
class Turns {
public:
    Turns(Scratch& scratch, std::size_t nodes, Random& random)
        : ring_(scratch.order), waiting_(scratch.waiting), count_(nodes)
    {
        ring_.resize(nodes);
        std::iota(ring_.begin(), ring_.end(), Vertex{0});
        random.shuffle(std::span(ring_));
        waiting_.assign(nodes, 1);
    }

    bool empty() const { return count_ == 0; }

    Vertex take()
    {
        const Vertex node = ring_[head_];
        head_ = head_ + 1 == ring_.size() ? 0 : head_ + 1;
        --count_;
        waiting_[node] = 0;
        return node;
    }

    /// Whose turn is likely to come after some more: a guess at the end of the ring and when fewer
    /// wait.
    Vertex later(std::size_t turns) const
    {
        const std::size_t at = head_ + turns;
        return ring_[at < ring_.size() ? at : head_];
    }

    void add(Vertex node)
    {
        if (waiting_[node] != 0) return;
        waiting_[node] = 1;
        std::size_t at = head_ + count_++;
        if (at >= ring_.size()) at -= ring_.size();
        ring_[at] = node;
    }

private:
    std::vector<Vertex>& ring_;
    std::vector<std::uint8_t>& waiting_;
    std::size_t head_ = 0;
    std::size_t count_;
};

/// Nodes by part: a counting sort.
std::vector<Vertex> byPart(std::span<const std::uint32_t> parts, std::uint32_t count,
                           std::vector<std::uint32_t>& starts)
{
    starts.assign(count + std::size_t{1}, 0);
    for (const std::uint32_t part : parts) ++starts[part];
    std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), 0U);
    std::vector<Vertex> nodes(parts.size());
    for (std::size_t v = 0; v < parts.size(); ++v)
        nodes[starts[parts[v]]++] = static_cast<Vertex>(v);
    std::shift_right(starts.begin(), starts.end(), 1);
    starts.front() = 0;
    return nodes;
}

}  // namespace

std::size_t moveNodes(const Level& level, const Rules& rules, std::vector<std::uint32_t>& labels,
                      Scratch& scratch, Random& random, const std::function<void()>& breathe)
{
    std::size_t moves = 0;
    countClusters(level, labels, scratch);
    Turns turns(scratch, level.nodes(), random);
    const std::size_t most = rules.looks * level.nodes();
    for (std::size_t step = 0; !turns.empty() && (most == 0 || step < most); ++step) {
        if (step % breathEvery == 0) breathe();
        const Vertex node = turns.take();
        askStart(level, turns.later(8));
        askRow(level, turns.later(4));
        askBelongs(level, turns.later(2), labels);
        askPulls(level, turns.later(0), labels, scratch);
        const std::size_t met = gather(level, node, scratch, labels);
        const std::uint32_t own = labels[node];
        const std::uint32_t best = bestCluster(level, rules, scratch, node, own, met);
        if (best == own) continue;

        ++moves;
        change(scratch, own, best, level.mass[node]);
        labels[node] = best;
        for (std::uint64_t arc = level.rows[node]; arc < level.rows[node + std::size_t{1}]; ++arc)
            if (labels[level.columns[arc]] != best) turns.add(level.columns[arc]);
    }
    return moves;
}

Groups aggregate(const Level& level, std::span<const std::uint32_t> parts, std::uint32_t count,
                 Scratch& scratch)
{
    std::vector<std::uint32_t> starts;
    const std::vector<Vertex> nodes = byPart(parts, count, starts);
    scratch.pulls.assign(count, {});
    Groups groups;
    groups.rows.reserve(count + std::size_t{1});
    groups.rows.push_back(0);
    groups.mass.assign(count, 0);
    // Only what is written to takes memory: asking for too much is cheaper than growing.
    reserveLarge(groups.columns, level.columns.size());
    reserveLarge(groups.weights, level.columns.size());
    for (std::uint32_t part = 0; part < count; ++part) {
        std::size_t met = 0;
        for (std::uint32_t i = starts[part]; i < starts[part + std::size_t{1}]; ++i) {
            const auto later = [&](std::size_t turns) {
                return nodes[std::min(i + turns, nodes.size() - 1)];
            };
            askStart(level, later(8));
            askRow(level, later(4));
            askBelongs(level, later(2), parts);
            askPulls(level, later(1), parts, scratch);
            groups.mass[part] += level.mass[nodes[i]];
            met = gather(level, nodes[i], scratch, parts, met);
        }
        for (std::size_t i = 0; i < met; ++i) {
            const std::uint32_t other = scratch.touched[i];
            if (other != part) {
                groups.columns.push_back(other);
                groups.weights.push_back(static_cast<float>(scratch.pulls[other].into));
            }
            scratch.pulls[other].into = 0;
        }
        groups.rows.push_back(groups.columns.size());
    }
    return groups;
}

}  // namespace kith::level
