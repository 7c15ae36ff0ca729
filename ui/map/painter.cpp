#include "ui/map/painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include "ui/map/labels.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace kith {
namespace {

constexpr std::size_t tiesWhileMoving = 400;
constexpr std::size_t fewPeople = 60;  // in view: names, and labels keep off their marks
constexpr double steppedBack = 0.22;   // of full strength, for what the filter leaves out

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int x, int y) {
        return static_cast<int>(std::lround(x * (1 - share) + y * share));
    };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

/// A closed contour drawn through the middles of its sides, so that corners become bends.
void addSmooth(QPainterPath& path, const std::vector<Point>& contour, const MapView& view)
{
    if (contour.size() < 3) return;
    const auto at = [&](std::size_t i) { return view.toSurface(contour[i % contour.size()]); };
    path.moveTo((at(0) + at(1)) / 2);
    for (std::size_t i = 1; i <= contour.size(); ++i) {
        path.quadTo(at(i), (at(i) + at(i + 1)) / 2);
    }
    path.closeSubpath();
}

QPainterPath areaOf(const MapTerritory& territory, const MapView& view)
{
    QPainterPath area;
    area.setFillRule(Qt::OddEvenFill);
    for (const auto& contour : territory.outline) addSmooth(area, contour, view);
    return area;
}

/// Places to try for a territory's label: where it belongs, then a little up, down and aside, but
/// never so far that it seems to belong to another.
std::vector<QRectF> around(QPointF middle, QSizeF size, const QRectF& territory)
{
    constexpr std::array<double, 9> steps{0, -0.5, 0.5, -1.1, 1.1, -1.7, 1.7, -2.4, 2.4};
    std::vector<QRectF> places;
    for (const double down : steps) {
        for (const double aside : {0.0, -0.5, 0.5}) {
            const QPointF at = middle + QPointF(aside * size.width(), down * size.height());
            if (!territory.contains(at)) continue;
            places.emplace_back(at - QPointF(size.width(), size.height()) / 2, size);
        }
    }
    return places;
}

/// Right, left, above and below a mark.
std::vector<QRectF> beside(QPointF mark, double radius, QSizeF size)
{
    const double gap = radius + 3;
    const double w = size.width();
    const double h = size.height();
    return {{mark + QPointF(gap, -h / 2), size},
            {mark + QPointF(-gap - w, -h / 2), size},
            {mark + QPointF(-w / 2, -gap - h), size},
            {mark + QPointF(-w / 2, gap), size}};
}

}  // namespace

double radiusOf(const MapPerson& person, double scale)
{
    const double least = std::clamp(scale / 380, 2.0, 5.0);
    const double most = std::clamp(scale / 65, 6.0, 22.0);
    return least + (most - least) * std::sqrt(std::clamp(person.size, 0.0, 1.0));
}

QColor territoryInk(int colour, const MapColours& colours)
{
    const QColor pure(territoryColour(colour));
    // Okabe-Ito yellow fades on white and its blue on black: both move a step towards the text.
    const double distance = std::abs(pure.lightnessF() - colours.surface.lightnessF());
    return distance < 0.5 ? mixed(pure, colours.text, 0.18) : pure;
}

MapPainter::MapPainter(const MapScene& scene, const MapView& view, QRectF surface,
                       const MapStyle& style)
    : scene_(scene), view_(view), surface_(surface), style_(style)
{}

void MapPainter::paint(QPainter& painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, !style_.quick);
    painter.fillRect(surface_, style_.colours.surface);
    drawRoads(painter);
    drawTerritories(painter);
    drawTies(painter);
    drawGaps(painter);
    drawPeople(painter);
    if (style_.labels != MapLabels::None && !style_.quick) drawLabels(painter);
    painter.restore();
}

void MapPainter::drawLabels(QPainter& painter) const
{
    LabelPlaces places(style_.labelArea.isEmpty() ? surface_ : style_.labelArea);
    const auto visible = visiblePeople();
    const auto block = [&](const MapPerson& person) {
        const double reach = radiusOf(person, view_.scale) + (person.bridge ? 4 : 1);
        const QPointF corner(reach, reach);
        const auto at = view_.toSurface(person.at);
        places.block(QRectF(at - corner, at + corner));
    };
    const bool near = visible.size() < fewPeople;  // marks matter more than labels
    if (near) {
        for (const auto* person : visible) block(*person);
    }
    for (const auto& territory : scene_.territories) {
        drawTerritoryLabel(painter, territory, places);
    }
    for (const auto* person : visible) {
        if (!near && person->bridge) block(*person);
    }
    drawNames(painter, visible, places);
}

QColor MapPainter::inkOf(int colour, bool stepsBack) const
{
    const auto ink = territoryInk(colour, style_.colours);
    return stepsBack ? mixed(style_.colours.surface, ink, steppedBack) : ink;
}

void MapPainter::drawRoads(QPainter& painter) const
{
    std::map<Vertex, int> clusterOf;
    for (const auto& person : scene_.people) clusterOf[person.vertex] = person.cluster;
    std::map<std::pair<int, int>, double> strength;
    for (const auto& tie : scene_.ties) {
        if (!tie.crossing) continue;
        const auto ends = std::minmax(clusterOf[tie.a], clusterOf[tie.b]);
        if (ends.first >= 0 && ends.first != ends.second) strength[ends] += tie.strength;
    }
    std::map<int, const MapTerritory*> territoryOf;
    double strongest = 0;
    for (const auto& territory : scene_.territories) territoryOf[territory.cluster] = &territory;
    for (const auto& [ends, sum] : strength) strongest = std::max(strongest, sum);

    const double widest = std::clamp(view_.scale / 28, 8.0, 26.0);
    for (const auto& [ends, sum] : strength) {
        const auto a = territoryOf.find(ends.first);
        const auto b = territoryOf.find(ends.second);
        if (a == territoryOf.end() || b == territoryOf.end()) continue;
        const bool lit =
            !style_.gaps.shown && style_.isLit(ends.first) && style_.isLit(ends.second);
        const auto ink = mixed(style_.colours.surface, style_.colours.muted, lit ? 0.30 : 0.10);
        const double width = std::max(1.5, widest * sum / strongest);
        painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(view_.toSurface(a->second->labelAt), view_.toSurface(b->second->labelAt));
    }
}

void MapPainter::drawTerritories(QPainter& painter) const
{
    for (const auto& territory : scene_.territories) {
        const auto area = areaOf(territory, view_);
        if (!area.boundingRect().intersects(surface_)) continue;
        const bool back = !style_.isLit(territory.cluster);
        const auto ink = inkOf(territory.colour, back);
        const auto ground = mixed(style_.colours.surface, ink, 0.17);
        painter.fillPath(area, ground);
        if (!style_.quick) hatch(painter, area, territory.colour, mixed(ground, ink, 0.16));
        painter.strokePath(area, QPen(mixed(style_.colours.surface, ink, 0.85), 1.6));
    }
}

void MapPainter::drawTies(QPainter& painter) const
{
    // Batched: weakest, middling and strongest, inside and between groups, bright and stepped back.
    std::array<QVector<QLineF>, 12> batches;
    const std::size_t budget = style_.quick ? tiesWhileMoving : scene_.ties.size();
    const std::size_t first = scene_.ties.size() - std::min(budget, scene_.ties.size());
    for (std::size_t i = first; i < scene_.ties.size(); ++i) {
        const auto& tie = scene_.ties[i];
        if (tie.strength < style_.tiesAtLeast) continue;
        const QLineF line(view_.toSurface(tie.from), view_.toSurface(tie.to));
        const QRectF box = QRectF(line.p1(), line.p2()).normalized().adjusted(-1, -1, 1, 1);
        if (!box.intersects(surface_)) continue;
        const std::size_t step = tie.strength < 0.15 ? 0 : tie.strength < 0.5 ? 1 : 2;
        const bool back = style_.gaps.shown || style_.isDimmed(tie.a) || style_.isDimmed(tie.b);
        batches[step * 4 + (tie.crossing ? 2U : 0U) + (back ? 1U : 0U)].append(line);
    }
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
        if (batches[batch].isEmpty()) continue;
        const auto step = static_cast<double>(batch / 4);
        const bool crossing = (batch & 2U) != 0;
        const bool back = (batch & 1U) != 0;
        const auto& base = crossing ? style_.colours.text : style_.colours.muted;
        const double opacity = (crossing ? 0.30 : 0.16) + 0.14 * step;
        painter.setPen(QPen(faded(base, back ? opacity * 0.2 : opacity), 0.7 + 0.7 * step));
        painter.drawLines(batches[batch]);
    }
}

void MapPainter::drawPeople(QPainter& painter) const
{
    for (const auto& person : scene_.people) drawPerson(painter, person);
}

void MapPainter::drawPerson(QPainter& painter, const MapPerson& person) const
{
    const auto at = view_.toSurface(person.at);
    const double radius = radiusOf(person, view_.scale);
    const double reach = radius + 5;
    if (!surface_.adjusted(-reach, -reach, reach, reach).contains(at)) return;

    const bool back = style_.isDimmed(person.vertex);
    const auto ink = inkOf(person.colour, back);
    painter.setPen(QPen(style_.colours.surface, radius < 3 ? 0.6 : 1.2));
    painter.setBrush(ink);
    if (person.organisation) {
        const double half = radius * 0.886;  // the same area as the circle
        painter.drawRect(QRectF(at - QPointF(half, half), at + QPointF(half, half)));
    } else {
        painter.drawEllipse(at, radius, radius);
    }
    if (!person.bridge) return;
    const auto ring = back ? mixed(style_.colours.surface, style_.colours.text, steppedBack)
                           : style_.colours.text;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ring, 1.5));
    painter.drawEllipse(at, radius + 3, radius + 3);
}

void MapPainter::drawTerritoryLabel(QPainter& painter, const MapTerritory& territory,
                                    LabelPlaces& places) const
{
    const auto box = areaOf(territory, view_).boundingRect();
    if (!box.intersects(surface_) || territory.label.empty()) return;
    QFont font = style_.font;
    const double grown = std::clamp(box.width() / 260, 1.0, 1.5);
    font.setPointSizeF(font.pointSizeF() * grown);
    font.setWeight(QFont::DemiBold);
    const auto label = shown(territory.label);
    auto lines = wrapped(label, font, std::max(90.0, box.width() * 0.8));
    const auto middle = view_.toSurface(territory.labelAt);
    auto place = places.take(around(middle, sizeOf(lines, font), box));
    if (!place && lines.size() > 1) {
        lines = lines.mid(0, 1);
        place = places.take(around(middle, sizeOf(lines, font), box));
    }
    if (!place) return;
    const bool back = !style_.isLit(territory.cluster);
    const auto ink = back ? style_.colours.muted : style_.colours.text;
    drawHaloed(painter, *place, lines, font, ink, faded(style_.colours.surface, 0.85));
}

bool MapPainter::namedAtThisDistance(const MapPerson& person, std::size_t visible) const
{
    if (style_.labels == MapLabels::All) return true;
    if (style_.isDimmed(person.vertex)) return false;
    constexpr double roomy = 4200;  // square pixels a person at which names can be read
    const double room = surface_.width() * surface_.height() /
                        static_cast<double>(std::max<std::size_t>(1, visible));
    return room > roomy || (person.bridge && room > roomy / 12);
}

std::vector<const MapPerson*> MapPainter::visiblePeople() const
{
    const auto& area = style_.labelArea.isEmpty() ? surface_ : style_.labelArea;
    std::vector<const MapPerson*> visible;
    for (const auto& person : scene_.people) {
        if (area.contains(view_.toSurface(person.at))) visible.push_back(&person);
    }
    // Largest first, and those who cross before all others.
    std::stable_sort(visible.begin(), visible.end(), [](const auto* a, const auto* b) {
        return std::pair(a->bridge, a->size) > std::pair(b->bridge, b->size);
    });
    return visible;
}

void MapPainter::drawNames(QPainter& painter, const std::vector<const MapPerson*>& visible,
                           LabelPlaces& places) const
{
    QFont font = style_.font;
    font.setPointSizeF(font.pointSizeF() * 0.9);
    for (const auto* person : visible) {
        if (person->label.empty() || !namedAtThisDistance(*person, visible.size())) continue;
        const QStringList line{shownLine(person->label, 40)};
        const auto at = view_.toSurface(person->at);
        const double radius = radiusOf(*person, view_.scale) + (person->bridge ? 3 : 0);
        const auto place = places.take(beside(at, radius, sizeOf(line, font)));
        if (!place) continue;
        drawHaloed(painter, *place, line, font, style_.colours.text,
                   faded(style_.colours.surface, 0.8));
    }
}

}  // namespace kith
