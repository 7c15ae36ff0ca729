#include "core/layout/packing.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace kith {
namespace {

constexpr unsigned rounds = 240;
constexpr std::size_t repelUpTo = 800;  // discs that may repel in pairs

class Packing {
public:
    Packing(const std::vector<double>& radii, const std::vector<DiscTie>& ties, std::uint64_t seed)
        : ties_(ties), discs_(radii.size()), move_(radii.size()), strength_(radii.size(), 0)
    {
        for (std::size_t i = 0; i < radii.size(); ++i) area_ += radii[i] * radii[i];
        gap_ = 0.06 * std::sqrt(area_) / std::sqrt(static_cast<double>(radii.size()) + 1) + 0.8;
        for (const DiscTie& tie : ties_) {
            strength_[tie.a] += tie.weight;
            strength_[tie.b] += tie.weight;
        }
        // Largest first on a spiral: nothing overlaps much at the start, the large stand inside.
        std::vector<std::size_t> order(radii.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return radii[a] > radii[b]; });
        Random random(seed, 0x7061636b);
        double angle = random.real() * 2 * std::numbers::pi;
        double covered = 0;
        for (const std::size_t i : order) {
            covered += radii[i] * radii[i];
            const double away = 1.6 * std::sqrt(covered);
            discs_[i] = {{away * std::cos(angle), away * std::sin(angle)}, radii[i]};
            angle += std::numbers::pi * (3 - std::sqrt(5.0));
        }
    }

    std::vector<Disc> run(Task& task)
    {
        for (unsigned round = 0; round < rounds; ++round) {
            task.advance();
            const double heat = 1 - static_cast<double>(round) / rounds;
            std::fill(move_.begin(), move_.end(), Point{});
            attract();
            if (discs_.size() <= repelUpTo) repel(heat);
            const double gravity = 0.02 + 0.05 * (1 - heat);
            for (std::size_t i = 0; i < discs_.size(); ++i) {
                discs_[i].centre.x += 0.35 * heat * move_[i].x - gravity * discs_[i].centre.x;
                discs_[i].centre.y += 0.35 * heat * move_[i].y - gravity * discs_[i].centre.y;
            }
            pushApart(round * 2 > rounds ? 4 : 1);
        }
        for (unsigned i = 0; i < 400 && pushApart(1); ++i) task.advance();
        return discs_;
    }

private:
    /// Towards the weighted mean of the discs it has ties with.
    void attract()
    {
        for (const DiscTie& tie : ties_) {
            const double dx = discs_[tie.b].centre.x - discs_[tie.a].centre.x;
            const double dy = discs_[tie.b].centre.y - discs_[tie.a].centre.y;
            const double atA = tie.weight / strength_[tie.a];
            const double atB = tie.weight / strength_[tie.b];
            move_[tie.a].x += dx * atA;
            move_[tie.a].y += dy * atA;
            move_[tie.b].x -= dx * atB;
            move_[tie.b].y -= dy * atB;
        }
    }

    /// While hot, discs keep away from all others, so that the order round about can change.
    void repel(double heat)
    {
        const double charge = 2 * heat * heat;
        for (std::size_t i = 0; i < discs_.size(); ++i) {
            for (std::size_t j = i + 1; j < discs_.size(); ++j) {
                const double dx = discs_[i].centre.x - discs_[j].centre.x;
                const double dy = discs_[i].centre.y - discs_[j].centre.y;
                const double both = discs_[i].radius * discs_[j].radius;
                const double force = charge * both / (dx * dx + dy * dy + both * 0.1);
                move_[i].x += dx * force;
                move_[i].y += dy * force;
                move_[j].x -= dx * force;
                move_[j].y -= dy * force;
            }
        }
    }

    /// Moves overlapping discs apart along their centres, the smaller more. Sweeps from left to
    /// right, so that only near pairs are looked at.
    bool pushApart(unsigned times)
    {
        bool moved = false;
        for (unsigned t = 0; t < times; ++t) {
            std::vector<std::uint32_t> order(discs_.size());
            std::iota(order.begin(), order.end(), 0U);
            std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
                return discs_[a].centre.x < discs_[b].centre.x;
            });
            double widest = 0;
            for (const Disc& disc : discs_) widest = std::max(widest, disc.radius);
            for (std::size_t i = 0; i < order.size(); ++i) {
                for (std::size_t j = i + 1; j < order.size(); ++j) {
                    const double reach = discs_[order[i]].radius + widest + gap_;
                    if (discs_[order[j]].centre.x - discs_[order[i]].centre.x > reach) break;
                    moved |= separate(discs_[order[i]], discs_[order[j]]);
                }
            }
            if (!moved) break;
        }
        return moved;
    }

    bool separate(Disc& a, Disc& b) const
    {
        double dx = b.centre.x - a.centre.x;
        double dy = b.centre.y - a.centre.y;
        const double wanted = a.radius + b.radius + gap_;
        double distance = std::sqrt(dx * dx + dy * dy);
        if (distance >= wanted * 0.999) return false;
        if (distance < 1e-9) {
            dx = distance = 1e-9;
            dy = 0;
        }
        const double share = b.radius * b.radius / (a.radius * a.radius + b.radius * b.radius);
        const double push = (wanted - distance) / distance;
        a.centre.x -= dx * push * share;
        a.centre.y -= dy * push * share;
        b.centre.x += dx * push * (1 - share);
        b.centre.y += dy * push * (1 - share);
        return true;
    }

    const std::vector<DiscTie>& ties_;
    std::vector<Disc> discs_;
    std::vector<Point> move_;
    std::vector<double> strength_;
    double area_ = 0;
    double gap_ = 0;
};

}  // namespace

std::vector<Disc> packDiscs(const std::vector<double>& radii, const std::vector<DiscTie>& ties,
                            std::uint64_t seed, Task& task)
{
    if (radii.empty()) return {};
    if (radii.size() == 1) return {{{0, 0}, radii[0]}};
    return Packing(radii, ties, seed).run(task);
}

}  // namespace kith
