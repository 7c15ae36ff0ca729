#include "core/layout/scene.h"

#include "core/base/error.h"
#include "core/layout/contour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t leastPeople = 3;
constexpr double edgeLevel = 0.3;        // of the density in the middle of a territory
constexpr double rivalry = 1.06;         // above the density of others, so that lines do not touch
constexpr double smallestIsland = 0.25;  // of a territory's largest part

constexpr std::array<const char*, territoryColours> palette{
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"};
constexpr const char* mapGrey = "#8a8d91";

/// Draws the outlines of all clusters from the density of their people.
class Territories {
public:
    Territories(const SceneInput& input, std::vector<std::vector<Vertex>> members)
        : input_(input), members_(std::move(members))
    {
        const std::size_t people = input.positions.size();
        side_ = people < 5'000 ? 240 : 400;
        step_ = 1.2 / static_cast<double>(side_ - 1);
        spacing_ = typicalSpacing();
        sigma_ = std::clamp(1.6 * spacing_, 1.5 * step_, 0.06);
        best_.assign(side_ * side_, {});
    }

    std::vector<std::vector<std::vector<Point>>> outlines()
    {
        for (std::size_t c = 0; c < members_.size(); ++c) {
            const Field density = densityOf(c);
            eachCell(density, [&](std::size_t cell, double value) { enter(cell, c, value); });
        }
        std::vector<std::vector<std::vector<Point>>> out(members_.size());
        for (std::size_t c = 0; c < members_.size(); ++c) {
            if (members_[c].size() < leastPeople) continue;
            Field density = densityOf(c);
            const double level = edgeLevel * 2 * sigma_ * sigma_ / (spacing_ * spacing_);
            // Where people stand thin on the ground the level follows the cluster's own density.
            const double own = *std::max_element(density.value.begin(), density.value.end());
            const double threshold = std::min(level, 0.55 * own);
            eachCell(density, [&](std::size_t cell, double& value) {
                value -= std::max(threshold, rivalry * rivalOf(cell, c));
            });
            out[c] = mainParts(contours(density));
        }
        return out;
    }

private:
    struct Best {
        std::size_t cluster = SIZE_MAX;
        double first = 0;
        double second = 0;
    };

    /// Side of the room that one person takes, by the median person's cluster: a uniform disc of n
    /// people and root mean square radius r has spacing r sqrt(2/n).
    double typicalSpacing() const
    {
        std::vector<double> all;
        for (const auto& members : members_) {
            if (members.size() < leastPeople) continue;
            Point mean;
            for (const Vertex v : members) {
                mean.x += input_.positions[v].x;
                mean.y += input_.positions[v].y;
            }
            const auto count = static_cast<double>(members.size());
            double squares = 0;
            for (const Vertex v : members) {
                const double dx = input_.positions[v].x - mean.x / count;
                const double dy = input_.positions[v].y - mean.y / count;
                squares += dx * dx + dy * dy;
            }
            all.insert(all.end(), members.size(), std::sqrt(2 * squares) / count);
        }
        if (all.empty()) return 0.02;
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        std::nth_element(all.begin(), middle, all.end());
        return std::max(*middle, 1e-4);
    }

    /// Sum of Gaussian bumps over the cluster's bounding box, on the common grid.
    Field densityOf(std::size_t cluster) const
    {
        const auto reach = static_cast<std::int64_t>(std::ceil(3 * sigma_ / step_));
        const auto last = static_cast<std::int64_t>(side_) - 1;
        std::int64_t left = last, right = 0, top = last, bottom = 0;
        for (const Vertex v : members_[cluster]) {
            const auto [column, row] = cellAt(input_.positions[v]);
            left = std::clamp<std::int64_t>(column - reach, 0, left);
            right = std::clamp<std::int64_t>(column + reach, right, last);
            top = std::clamp<std::int64_t>(row - reach, 0, top);
            bottom = std::clamp<std::int64_t>(row + reach, bottom, last);
        }
        Field field;
        field.step = step_;
        if (members_[cluster].empty()) return field;
        field.origin = {static_cast<double>(left) * step_ - 0.1,
                        static_cast<double>(top) * step_ - 0.1};
        field.columns = static_cast<std::size_t>(right - left + 1);
        field.rows = static_cast<std::size_t>(bottom - top + 1);
        field.value.assign(field.columns * field.rows, 0);
        for (const Vertex v : members_[cluster]) stamp(field, input_.positions[v], reach);
        return field;
    }

    void stamp(Field& field, Point at, std::int64_t reach) const
    {
        const auto column = static_cast<std::int64_t>((at.x - field.origin.x) / step_);
        const auto row = static_cast<std::int64_t>((at.y - field.origin.y) / step_);
        const auto columns = static_cast<std::int64_t>(field.columns);
        const auto rows = static_cast<std::int64_t>(field.rows);
        for (auto r = std::max<std::int64_t>(0, row - reach); r < std::min(rows, row + reach + 1);
             ++r) {
            const double dy = field.origin.y + static_cast<double>(r) * step_ - at.y;
            for (auto c = std::max<std::int64_t>(0, column - reach);
                 c < std::min(columns, column + reach + 1); ++c) {
                const double dx = field.origin.x + static_cast<double>(c) * step_ - at.x;
                field.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r)) +=
                    std::exp(-(dx * dx + dy * dy) / (2 * sigma_ * sigma_));
            }
        }
    }

    std::pair<std::int64_t, std::int64_t> cellAt(Point at) const
    {
        const auto cell = [&](double x) {
            return std::clamp<std::int64_t>(static_cast<std::int64_t>((x + 0.1) / step_), 0,
                                            static_cast<std::int64_t>(side_) - 1);
        };
        return {cell(at.x), cell(at.y)};
    }

    /// each(index in the common grid, value) for every sample of a field.
    template <class AnyField, class Each>
    void eachCell(AnyField& field, const Each& each) const
    {
        if (field.value.empty()) return;
        const auto left = static_cast<std::size_t>(std::lround((field.origin.x + 0.1) / step_));
        const auto top = static_cast<std::size_t>(std::lround((field.origin.y + 0.1) / step_));
        for (std::size_t row = 0; row < field.rows; ++row) {
            for (std::size_t column = 0; column < field.columns; ++column) {
                each((top + row) * side_ + left + column, field.at(column, row));
            }
        }
    }

    void enter(std::size_t cell, std::size_t cluster, double value)
    {
        Best& best = best_[cell];
        if (value > best.first) {
            best.second = best.first;
            best.first = value;
            best.cluster = cluster;
        } else {
            best.second = std::max(best.second, value);
        }
    }

    double rivalOf(std::size_t cell, std::size_t cluster) const
    {
        const Best& best = best_[cell];
        return best.cluster == cluster ? best.second : best.first;
    }

    /// Without holes and small islands, rounded, the largest first.
    static std::vector<std::vector<Point>> mainParts(std::vector<std::vector<Point>> lines)
    {
        double largest = 0;
        for (const auto& line : lines) largest = std::max(largest, signedArea(line));
        std::vector<std::vector<Point>> out;
        for (auto& line : lines) {
            if (signedArea(line) < smallestIsland * largest || signedArea(line) <= 0) continue;
            out.push_back(rounded(std::move(line), 2));
        }
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
            return signedArea(a) > signedArea(b);
        });
        return out;
    }

    const SceneInput& input_;
    std::vector<std::vector<Vertex>> members_;
    std::size_t side_ = 0;
    double step_ = 0;
    double spacing_ = 0;
    double sigma_ = 0;
    std::vector<Best> best_;
};

/// The middle of a territory: of its people who stand inside, or the person nearest to that.
Point labelPlace(const std::vector<Point>& outline, const std::vector<Vertex>& members,
                 const std::vector<Point>& positions)
{
    Point sum;
    double count = 0;
    for (const Vertex v : members) {
        if (!contains(outline, positions[v])) continue;
        sum = {sum.x + positions[v].x, sum.y + positions[v].y};
        ++count;
    }
    if (count <= 0) return positions[members.front()];
    const Point middle{sum.x / count, sum.y / count};
    if (contains(outline, middle)) return middle;
    const auto far = [&](Vertex v) {
        return std::hypot(positions[v].x - middle.x, positions[v].y - middle.y);
    };
    return positions[*std::min_element(members.begin(), members.end(),
                                       [&](Vertex a, Vertex b) { return far(a) < far(b); })];
}

int colourOf(const SceneInput& input, int cluster)
{
    const auto c = static_cast<std::size_t>(cluster);
    return cluster >= 0 && c < input.clusterColour.size() ? input.clusterColour[c] : -1;
}

std::vector<MapTerritory> territoriesOf(const SceneInput& input)
{
    std::vector<std::vector<Vertex>> members;
    for (Vertex v = 0; v < input.clusterOf.size(); ++v) {
        if (input.clusterOf[v] < 0) continue;
        const auto c = static_cast<std::size_t>(input.clusterOf[v]);
        if (c >= members.size()) members.resize(c + 1);
        members[c].push_back(v);
    }
    auto outlines = Territories(input, members).outlines();
    std::vector<MapTerritory> out;
    for (std::size_t c = 0; c < members.size(); ++c) {
        if (outlines[c].empty()) continue;
        MapTerritory territory;
        territory.cluster = static_cast<int>(c);
        territory.colour = colourOf(input, territory.cluster);
        if (c < input.clusterLabel.size()) territory.label = input.clusterLabel[c];
        territory.people = members[c].size();
        territory.labelAt = labelPlace(outlines[c].front(), members[c], input.positions);
        territory.outline = std::move(outlines[c]);
        out.push_back(std::move(territory));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.people > b.people; });
    return out;
}

std::vector<MapTie> strongestTies(const Graph& graph, const SceneInput& input)
{
    std::vector<WeightedTie> all;
    for (Vertex v = 0; v < graph.people(); ++v) {
        for (std::size_t i = 0; i < graph.degree(v); ++i) {
            if (v < graph.neighbours(v)[i])
                all.push_back({v, graph.neighbours(v)[i], graph.weights(v)[i]});
        }
    }
    const auto stronger = [](const WeightedTie& a, const WeightedTie& b) {
        if (a.weight != b.weight) return a.weight > b.weight;
        return std::pair(a.a, a.b) < std::pair(b.a, b.b);
    };
    const std::size_t kept = std::min(input.tieBudget, all.size());
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                     stronger);
    all.resize(kept);
    std::sort(all.begin(), all.end(), stronger);
    std::vector<MapTie> out;
    for (auto tie = all.rbegin(); tie != all.rend(); ++tie) {
        MapTie drawn;
        drawn.a = tie->a;
        drawn.b = tie->b;
        drawn.from = input.positions[tie->a];
        drawn.to = input.positions[tie->b];
        drawn.strength = static_cast<double>(tie->weight) / static_cast<double>(all.front().weight);
        drawn.crossing = input.clusterOf[tie->a] != input.clusterOf[tie->b];
        out.push_back(drawn);
    }
    return out;
}

std::vector<MapPerson> peopleOf(const SceneInput& input)
{
    const auto& sizes = input.personSize;
    const double largest = sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
    std::vector<MapPerson> out;
    for (Vertex v = 0; v < input.positions.size(); ++v) {
        MapPerson person;
        person.vertex = v;
        person.cluster = input.clusterOf[v];
        person.colour = colourOf(input, person.cluster);
        person.at = input.positions[v];
        person.size = largest > 0 ? sizes[v] / largest : 0;
        person.bridge = v < input.bridge.size() && input.bridge[v];
        person.organisation = v < input.organisation.size() && input.organisation[v];
        if (v < input.personLabel.size()) person.label = input.personLabel[v];
        out.push_back(std::move(person));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.size < b.size; });
    return out;
}

}  // namespace

MapScene mapScene(const Graph& graph, const SceneInput& input)
{
    const std::size_t people = graph.people();
    if (input.positions.size() != people || input.clusterOf.size() != people ||
        (!input.personSize.empty() && input.personSize.size() != people)) {
        throw Error(Error::Kind::Usage,
                    "the map needs a place, a cluster and a size for each person");
    }
    MapScene scene;
    scene.territories = territoriesOf(input);
    scene.ties = strongestTies(graph, input);
    scene.people = peopleOf(input);
    scene.peopleInAll = people;
    scene.tiesInAll = graph.ties();
    return scene;
}

const char* territoryColour(int colour)
{
    const auto index = static_cast<std::size_t>(colour);
    return colour >= 0 && index < palette.size() ? palette[index] : mapGrey;
}

}  // namespace kith
