#include "core/cluster/level.h"
#include "core/cluster/levelrows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::level {
namespace {

constexpr std::size_t breathEvery = 4096;

/// Refines one cluster after another, since none looks at another: what it needs stays close by in
/// memory. A node's place is its turn, drawn at random inside its cluster; a part is named after
/// the place of the node that began it until its cluster is done, then by its number, which is
/// never above the places of the clusters to come.
class Refinement {
public:
    Refinement(const Level& level, const Rules& rules, Scratch& scratch, Random& random)
        : level_(level), rules_(rules), scratch_(scratch), random_(random)
    {}

    Parts run(std::span<const std::uint32_t> labels, std::uint32_t clusters,
              const std::function<void()>& breathe)
    {
        const auto starts = deal(labels, clusters);
        std::uint32_t most = 0;
        for (std::uint32_t c = 0; c < clusters; ++c)
            most = std::max(most, starts[c + std::size_t{1}] - starts[c]);
        scratch_.pulls.assign(most, {});
        scratch_.outward.resize(most);
        scratch_.waiting.resize(most);
        std::size_t breath = 0;
        for (std::uint32_t c = 0; c < clusters; ++c) {
            first_ = starts[c];
            size_ = starts[c + std::size_t{1}] - first_;
            split(c);
            breath += size_;
            if (breath < breathEvery) continue;
            breathe();
            breath = 0;
        }
        return std::move(parts_);
    }

private:
    /// Nodes by cluster, shuffled inside; their places.
    /// @return where each cluster starts
    std::vector<std::uint32_t> deal(std::span<const std::uint32_t> labels, std::uint32_t clusters)
    {
        std::vector<std::uint32_t> starts(clusters + std::size_t{1}, 0);
        for (const std::uint32_t label : labels) ++starts[label];
        std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), 0U);
        auto& order = scratch_.order;
        order.resize(labels.size());
        for (std::size_t v = 0; v < labels.size(); ++v)
            order[starts[labels[v]]++] = static_cast<Vertex>(v);
        std::shift_right(starts.begin(), starts.end(), 1);
        starts.front() = 0;
        for (std::uint32_t c = 0; c < clusters; ++c)
            random_.shuffle(
                std::span(order).subspan(starts[c], starts[c + std::size_t{1}] - starts[c]));
        parts_.partOf.resize(labels.size());
        for (std::size_t at = 0; at < order.size(); ++at)
            parts_.partOf[order[at]] = static_cast<std::uint32_t>(at);
        return starts;
    }

    void split(std::uint32_t cluster)
    {
        const std::span<const Vertex> nodes = std::span(scratch_.order).subspan(first_, size_);
        mass_ = 0;
        for (std::uint32_t i = 0; i < size_; ++i) {
            const auto later = [&](std::uint32_t turns) {
                return nodes[std::min(i + turns, size_ - 1)];
            };
            askStart(level_, later(8));
            askRow(level_, later(4));
            askBelongs(level_, later(2), parts_.partOf);
            scratch_.pulls[i] = {level_.mass[nodes[i]], 0};
            mass_ += level_.mass[nodes[i]];
            scratch_.outward[i] = insideWeight(nodes[i]);
            scratch_.waiting[i] = 1;
        }
        for (std::uint32_t i = 0; i < size_; ++i)
            if (scratch_.waiting[i] != 0 && wellConnected(i)) join(nodes[i], i);
        number(nodes, cluster);
    }

    double insideWeight(Vertex node) const
    {
        double sum = 0;
        for (std::uint64_t arc = level_.rows[node]; arc < level_.rows[node + std::size_t{1}]; ++arc)
            if (parts_.partOf[level_.columns[arc]] - first_ < size_)
                sum += static_cast<double>(level_.weights[arc]);
        return sum;
    }

    /// Whether a part holds on to the rest of its cluster at least as much as chance asks for.
    bool wellConnected(std::uint32_t part) const
    {
        const double mass = scratch_.pulls[part].mass;
        const double asked = rules_.pressure * mass * (mass_ - mass);
        const double outward = scratch_.outward[part];
        return outward >= asked - level_.rounding * (asked + outward);
    }

    void join(Vertex node, std::uint32_t place)
    {
        std::size_t met = 0;
        if (scratch_.touched.size() < size_) scratch_.touched.resize(size_);
        for (std::uint64_t arc = level_.rows[node]; arc < level_.rows[node + std::size_t{1}];
             ++arc) {
            const std::uint32_t part = parts_.partOf[level_.columns[arc]] - first_;
            if (part >= size_) continue;
            double& into = scratch_.pulls[part].into;
            if (into == 0.0) scratch_.touched[met++] = part;
            into += static_cast<double>(level_.weights[arc]);
        }
        const std::uint32_t part = chosen(place, level_.mass[node], met);
        if (part != place) {
            scratch_.pulls[part].mass += level_.mass[node];
            scratch_.outward[part] += scratch_.outward[place] - 2 * scratch_.pulls[part].into;
            scratch_.waiting[part] = scratch_.waiting[place] = 0;
            parts_.partOf[node] = first_ + part;
        }
        for (std::size_t i = 0; i < met; ++i) scratch_.pulls[scratch_.touched[i]].into = 0;
    }

    /// Staying alone gains nothing and is one of the choices.
    std::uint32_t chosen(std::uint32_t place, double mass, std::size_t met)
    {
        constexpr double negligible = -40;
        auto& chance = scratch_.chance;
        chance.resize(std::max(chance.size(), met));
        double most = 0;
        for (std::size_t i = 0; i < met; ++i) {
            const std::uint32_t part = scratch_.touched[i];
            const Pull& pull = scratch_.pulls[part];
            chance[i] = wellConnected(part) ? pull.into - rules_.pressure * mass * pull.mass : -1;
            most = std::max(most, chance[i]);
        }
        double sum = std::exp(-most / rules_.softness);
        for (std::size_t i = 0; i < met; ++i) {
            const double power = (chance[i] - most) / rules_.softness;
            chance[i] = chance[i] >= 0 && power > negligible ? std::exp(power) : 0;
            sum += chance[i];
        }
        double drawn = random_.real() * sum;
        for (std::size_t i = 0; i < met; ++i) {
            if (drawn < chance[i]) return scratch_.touched[i];
            drawn -= chance[i];
        }
        return place;
    }

    /// Numbers the parts of a cluster that is done. A part's number is never above the place of
    /// the node that began it, so that no later cluster takes it for a place of its own.
    void number(std::span<const Vertex> nodes, std::uint32_t cluster)
    {
        auto& numberOf = scratch_.touched;
        if (numberOf.size() < size_) numberOf.resize(size_);
        constexpr std::uint32_t none = 0xffffffffU;
        std::fill_n(numberOf.begin(), size_, none);
        for (const Vertex node : nodes) {
            std::uint32_t& number = numberOf[parts_.partOf[node] - first_];
            if (number == none) {
                number = static_cast<std::uint32_t>(parts_.clusterOf.size());
                parts_.clusterOf.push_back(cluster);
            }
            parts_.partOf[node] = number;
        }
    }

    const Level& level_;
    const Rules& rules_;
    Scratch& scratch_;
    Random& random_;
    Parts parts_;
    std::uint32_t first_ = 0;  ///< place of the cluster's first node
    std::uint32_t size_ = 0;
    double mass_ = 0;
};

}  // namespace

Parts refine(const Level& level, const Rules& rules, std::span<const std::uint32_t> labels,
             std::uint32_t clusters, Scratch& scratch, Random& random,
             const std::function<void()>& breathe)
{
    return Refinement(level, rules, scratch, random).run(labels, clusters, breathe);
}

}  // namespace kith::level
