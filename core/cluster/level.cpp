#include "core/cluster/level.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::level {
namespace {

constexpr std::size_t breathEvery = 4096;

/// Differences below this share of a node's mass are rounding, not gain.
constexpr double rounding = 1e-11;

void shuffledNodes(std::vector<Vertex>& order, std::size_t nodes, Random& random)
{
    order.resize(nodes);
    std::iota(order.begin(), order.end(), Vertex{0});
    random.shuffle(std::span(order));
}

/// Fills scratch.into and scratch.touched with the weight from `node` to each cluster around it.
/// @param near  whether a neighbour counts
template <class Weight, class Near>
void gather(const Level<Weight>& level, Vertex node, std::span<const std::uint32_t> clusterOf,
            Scratch& scratch, Near near)
{
    for (std::uint64_t arc = level.rows[node]; arc < level.rows[node + std::size_t{1}]; ++arc) {
        const Vertex other = level.columns[arc];
        if (!near(other)) continue;
        double& into = scratch.into[clusterOf[other]];
        if (into == 0.0) scratch.touched.push_back(clusterOf[other]);
        into += static_cast<double>(level.weights[arc]);
    }
}

void forget(Scratch& scratch)
{
    for (const std::uint32_t cluster : scratch.touched) scratch.into[cluster] = 0;
    scratch.touched.clear();
}

void countClusters(std::span<const double> mass, std::span<const std::uint32_t> labels,
                   Scratch& scratch)
{
    scratch.clusterMass.assign(mass.size(), 0);
    scratch.clusterSize.assign(mass.size(), 0);
    for (std::size_t v = 0; v < mass.size(); ++v) {
        scratch.clusterMass[labels[v]] += mass[v];
        ++scratch.clusterSize[labels[v]];
    }
}

/// The cluster that gains most; `own` when none gains more than staying.
std::uint32_t bestCluster(const Scratch& scratch, const Rules& rules, std::uint32_t own,
                          double mass)
{
    const double pull = rules.pressure * mass;
    std::uint32_t best = own;
    double bestGain = scratch.into[own] - pull * (scratch.clusterMass[own] - mass);
    const double margin =
        rounding * (std::abs(scratch.into[own]) + pull * scratch.clusterMass[own]);
    bestGain += margin;
    for (const std::uint32_t cluster : scratch.touched) {
        const double gain = scratch.into[cluster] - pull * scratch.clusterMass[cluster];
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
    scratch.clusterMass[from] -= mass;
    scratch.clusterMass[to] += mass;
    ++scratch.clusterSize[to];
    if (--scratch.clusterSize[from] == 0) {
        scratch.clusterMass[from] = 0;
        scratch.empty.push_back(from);
    }
}

/// Nodes that wait their turn, in a ring of the size of the level.
class Turns {
public:
    Turns(Scratch& scratch, std::size_t nodes, Random& random)
        : ring_(scratch.queue), waiting_(scratch.waiting), count_(nodes)
    {
        shuffledNodes(ring_, nodes, random);
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

}  // namespace

template <class Weight>
void moveNodes(const Level<Weight>& level, const Rules& rules, std::vector<std::uint32_t>& labels,
               Scratch& scratch, Random& random, const std::function<void()>& breathe)
{
    countClusters(level.mass, labels, scratch);
    scratch.empty.clear();
    for (std::size_t c = level.nodes(); c > 0; --c)
        if (scratch.clusterSize[c - 1] == 0)
            scratch.empty.push_back(static_cast<std::uint32_t>(c - 1));

    Turns turns(scratch, level.nodes(), random);
    for (std::size_t step = 0; !turns.empty(); ++step) {
        if (step % breathEvery == 0) breathe();
        const Vertex node = turns.take();
        gather(level, node, labels, scratch, [](Vertex) { return true; });
        const std::uint32_t own = labels[node];
        const std::uint32_t best = bestCluster(scratch, rules, own, level.mass[node]);
        forget(scratch);
        if (best == own) continue;

        change(scratch, own, best, level.mass[node]);
        labels[node] = best;
        for (std::uint64_t arc = level.rows[node]; arc < level.rows[node + std::size_t{1}]; ++arc)
            if (labels[level.columns[arc]] != best) turns.add(level.columns[arc]);
    }
}

namespace {

/// The parts of a refinement as they grow. A part is named after the node that began it.
template <class Weight>
class Parts {
public:
    Parts(const Level<Weight>& level, const Rules& rules, std::span<const std::uint32_t> labels,
          Scratch& scratch)
        : level_(level),
          rules_(rules),
          labels_(labels),
          scratch_(scratch),
          partOf_(level.nodes()),
          mass_(level.mass.begin(), level.mass.end()),
          alone_(level.nodes(), 1)
    {
        std::iota(partOf_.begin(), partOf_.end(), 0U);
        countClusters(level.mass, labels, scratch);
        scratch.outward.assign(level.nodes(), 0);
        for (std::size_t v = 0; v < level.nodes(); ++v)
            for (std::uint64_t arc = level.rows[v]; arc < level.rows[v + 1]; ++arc)
                if (labels[level.columns[arc]] == labels[v])
                    scratch.outward[v] += static_cast<double>(level.weights[arc]);
    }

    void join(Vertex node, Random& random)
    {
        if (alone_[node] == 0 || !wellConnected(node)) return;
        gather(level_, node, partOf_, scratch_,
               [&](Vertex other) { return labels_[other] == labels_[node]; });
        const std::uint32_t part = chosen(node, random);
        if (part != node) merge(node, part);
        forget(scratch_);
    }

    std::vector<std::uint32_t> result() && { return std::move(partOf_); }

private:
    /// Whether a part holds on to the rest of its cluster at least as much as chance asks for.
    bool wellConnected(std::uint32_t part) const
    {
        const double rest = scratch_.clusterMass[labels_[part]] - mass_[part];
        const double asked = rules_.pressure * mass_[part] * rest;
        return scratch_.outward[part] >= asked - rounding * (asked + scratch_.outward[part]);
    }

    double gain(Vertex node, std::uint32_t part) const
    {
        return scratch_.into[part] - rules_.pressure * level_.mass[node] * mass_[part];
    }

    /// Staying alone gains nothing and is one of the choices.
    std::uint32_t chosen(Vertex node, Random& random)
    {
        constexpr double negligible = -40;
        auto& chance = scratch_.chance;
        chance.clear();
        double most = 0;
        for (const std::uint32_t part : scratch_.touched) {
            const double value = wellConnected(part) ? gain(node, part) : -1;
            chance.push_back(value);
            most = std::max(most, value);
        }
        double sum = std::exp(-most / rules_.softness);
        for (double& value : chance) {
            const double power = (value - most) / rules_.softness;
            value = value >= 0 && power > negligible ? std::exp(power) : 0;
            sum += value;
        }
        double drawn = random.real() * sum;
        for (std::size_t i = 0; i < chance.size(); ++i) {
            if (drawn < chance[i]) return scratch_.touched[i];
            drawn -= chance[i];
        }
        return node;
    }

    void merge(Vertex node, std::uint32_t part)
    {
        mass_[part] += level_.mass[node];
        scratch_.outward[part] += scratch_.outward[node] - 2 * scratch_.into[part];
        partOf_[node] = part;
        alone_[part] = 0;
    }

    const Level<Weight>& level_;
    const Rules& rules_;
    std::span<const std::uint32_t> labels_;
    Scratch& scratch_;
    std::vector<std::uint32_t> partOf_;
    std::vector<double> mass_;
    std::vector<std::uint8_t> alone_;
};

/// Nodes by part: a counting sort.
std::vector<Vertex> byPart(std::span<const std::uint32_t> parts, std::uint32_t count,
                           std::vector<std::uint64_t>& starts)
{
    starts.assign(count + std::size_t{1}, 0);
    for (const std::uint32_t part : parts) ++starts[part + std::size_t{1}];
    for (std::size_t p = 1; p < starts.size(); ++p) starts[p] += starts[p - 1];
    auto next = starts;
    std::vector<Vertex> nodes(parts.size());
    for (std::size_t v = 0; v < parts.size(); ++v) nodes[next[parts[v]]++] = static_cast<Vertex>(v);
    return nodes;
}

}  // namespace

template <class Weight>
std::vector<std::uint32_t> refine(const Level<Weight>& level, const Rules& rules,
                                  std::span<const std::uint32_t> labels, Scratch& scratch,
                                  Random& random, const std::function<void()>& breathe)
{
    Parts<Weight> parts(level, rules, labels, scratch);
    shuffledNodes(scratch.queue, level.nodes(), random);
    for (std::size_t i = 0; i < level.nodes(); ++i) {
        if (i % breathEvery == 0) breathe();
        parts.join(scratch.queue[i], random);
    }
    return std::move(parts).result();
}

template <class Weight>
Groups aggregate(const Level<Weight>& level, std::span<const std::uint32_t> parts,
                 std::uint32_t count, Scratch& scratch)
{
    std::vector<std::uint64_t> starts;
    const std::vector<Vertex> nodes = byPart(parts, count, starts);
    Groups groups;
    groups.rows.reserve(count + std::size_t{1});
    groups.rows.push_back(0);
    groups.mass.assign(count, 0);
    for (std::uint32_t part = 0; part < count; ++part) {
        for (std::uint64_t i = starts[part]; i < starts[part + std::size_t{1}]; ++i) {
            groups.mass[part] += level.mass[nodes[i]];
            gather(level, nodes[i], parts, scratch,
                   [&](Vertex other) { return parts[other] != part; });
        }
        for (const std::uint32_t other : scratch.touched) {
            groups.columns.push_back(other);
            groups.weights.push_back(scratch.into[other]);
        }
        forget(scratch);
        groups.rows.push_back(groups.columns.size());
    }
    return groups;
}

// People (float weights of the graph) and groups of them (sums in double).
template void moveNodes(const Level<float>&, const Rules&, std::vector<std::uint32_t>&, Scratch&,
                        Random&, const std::function<void()>&);
template void moveNodes(const Level<double>&, const Rules&, std::vector<std::uint32_t>&, Scratch&,
                        Random&, const std::function<void()>&);
template std::vector<std::uint32_t> refine(const Level<float>&, const Rules&,
                                           std::span<const std::uint32_t>, Scratch&, Random&,
                                           const std::function<void()>&);
template std::vector<std::uint32_t> refine(const Level<double>&, const Rules&,
                                           std::span<const std::uint32_t>, Scratch&, Random&,
                                           const std::function<void()>&);
template Groups aggregate(const Level<float>&, std::span<const std::uint32_t>, std::uint32_t,
                          Scratch&);
template Groups aggregate(const Level<double>&, std::span<const std::uint32_t>, std::uint32_t,
                          Scratch&);

}  // namespace kith::level
