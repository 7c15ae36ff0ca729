#include "core/base/error.h"
#include "core/base/text.h"
#include "core/graph/xml.h"
#include "core/report/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace kith {
namespace {

constexpr const char* paper = "#f7f3ea";
constexpr const char* ink = "#2b2a27";
constexpr const char* muted = "#6f6a60";
constexpr const char* line = "#b9b1a1";
constexpr const char* serif = "Georgia, 'Times New Roman', serif";
constexpr const char* sans = "'Noto Sans', 'Segoe UI', Helvetica, Arial, sans-serif";
constexpr std::size_t mostNamedBridges = 8;
constexpr std::size_t mostLegendRows = 8;

struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;

    bool meets(const Box& other) const
    {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

/// `text` in `colour`, mixed into the paper.
std::string tint(const char* colour, double share)
{
    std::string out = "#";
    for (std::size_t i = 1; i < 7; i += 2) {
        const auto channel = [i](const char* hex) {
            int value = 0;
            for (std::size_t k = i; k < i + 2; ++k) {
                value = value * 16 + (hex[k] <= '9' ? hex[k] - '0' : hex[k] - 'a' + 10);
            }
            return value;
        };
        const auto mixed = static_cast<unsigned>(
            std::lround(share * channel(colour) + (1 - share) * channel(paper)));
        out += "0123456789abcdef"[mixed / 16];
        out += "0123456789abcdef"[mixed % 16];
    }
    return out;
}

/// Rough width of a text in units of its font size; good enough to keep labels apart.
double widthOf(std::string_view text)
{
    double width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        width += c > 0x2e80 ? 1.0 : (c == 'i' || c == 'l' || c == ' ' || c == ',') ? 0.32 : 0.56;
    }
    return width;
}

/// Lines of about `most` characters, three at most.
std::vector<std::string> wrapped(const std::string& text, double most)
{
    std::vector<std::string> lines;
    for (const auto word : split(text, ' ')) {
        if (word.empty()) continue;
        const std::string piece = shorten(word, 48);
        if (!lines.empty() && widthOf(lines.back()) + widthOf(piece) + 0.3 <= most) {
            lines.back() += " " + piece;
        } else if (lines.size() < 3) {
            lines.push_back(piece);
        } else {
            lines.back() += "…";
            break;
        }
    }
    return lines;
}

class MapPainter {
public:
    MapPainter(std::ostream& out, const MapScene& scene, int width, int height)
        : out_(out), scene_(scene), width_(width), height_(height)
    {
        legendBeside_ = width > height * 5 / 4;
        const double forLegend = legendBeside_ ? 0 : 0.16 * height;
        side_ = std::min(width_, height_ - forLegend);
        unit_ = side_ / 1000;
        const double free =
            legendBeside_ ? std::max(0.0, width_ - side_ - 250 * unit_) : width_ - side_;
        origin_ = {free / 2, (height_ - forLegend - side_) / 2};
    }

    void paint()
    {
        open();
        patterns();
        territories();
        roads();
        ties();
        people();
        labels();
        legend();
        out_ << "</svg>\n";
    }

private:
    std::string number(double value) const { return numberText(value, 2); }
    Point onPaper(Point at) const { return {origin_.x + at.x * side_, origin_.y + at.y * side_}; }
    std::string place(Point at) const { return number(at.x) + " " + number(at.y); }

    void open()
    {
        out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << number(width_)
             << "\" height=\"" << number(height_) << "\" viewBox=\"0 0 " << number(width_) << ' '
             << number(height_) << "\" role=\"img\" aria-labelledby=\"map-title map-desc\">\n"
             << "<title id=\"map-title\">Map of who talks to whom</title>\n"
             << "<desc id=\"map-desc\">" << xmlText(description()) << "</desc>\n"
             << "<rect width=\"100%\" height=\"100%\" fill=\"" << paper << "\"/>\n";
    }

    std::string description() const
    {
        std::string text = withSeparators(count(scene_.peopleInAll)) + " people and " +
                           withSeparators(count(scene_.tiesInAll)) + " ties in " +
                           withSeparators(count(scene_.territories.size())) + " territories.";
        for (const auto& territory : scene_.territories) {
            text += " " + (territory.label.empty() ? "Unnamed" : territory.label) + ": " +
                    withSeparators(count(territory.people)) + " people.";
        }
        return text;
    }

    static std::int64_t count(std::size_t number) { return static_cast<std::int64_t>(number); }

    /// One hatch a colour, so that territories differ without colour, too.
    void patterns()
    {
        constexpr std::array<int, 8> angle{0, 45, -45, 90, 20, -20, 70, -70};
        out_ << "<defs>\n";
        for (int colour = -1; colour < static_cast<int>(territoryColours); ++colour) {
            const auto turn = angle[static_cast<std::size_t>(colour + 1)];
            const double gap = (colour % 2 == 0 ? 7 : 10) * unit_;
            out_ << "<pattern id=\"hatch" << colour + 1 << "\" width=\"" << number(gap)
                 << "\" height=\"" << number(gap)
                 << "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(" << turn
                 << ")\"><path d=\"M0 0H" << number(gap) << "\" stroke=\""
                 << territoryColour(colour) << "\" stroke-width=\"" << number(1.1 * unit_)
                 << "\" stroke-opacity=\"0.28\"/></pattern>\n";
        }
        out_ << "</defs>\n";
    }

    /// Ties between territories summed, from middle to middle, below the people.
    void roads()
    {
        std::map<int, Point> centre;
        for (const auto& territory : scene_.territories)
            centre[territory.cluster] = territory.labelAt;
        std::map<Vertex, int> clusterOf;
        for (const auto& person : scene_.people) clusterOf[person.vertex] = person.cluster;
        std::map<std::pair<int, int>, double> sum;
        double most = 0;
        for (const auto& tie : scene_.ties) {
            const auto ends = std::minmax({clusterOf[tie.a], clusterOf[tie.b]});
            if (!tie.crossing || !centre.contains(ends.first) || !centre.contains(ends.second))
                continue;
            most = std::max(most, sum[ends] += tie.strength);
        }
        out_ << "<g fill=\"none\" stroke-linecap=\"round\" opacity=\"0.75\">\n";
        for (const bool casing : {true, false}) {
            for (const auto& [ends, strength] : sum) {
                const double wide = (2 + 11 * std::sqrt(strength / most)) * unit_;
                if (strength < 0.02 * most) continue;
                road(centre[ends.first], centre[ends.second], casing ? wide + 2.4 * unit_ : wide,
                     casing ? "#cfc5b0" : "#ece4d2");
            }
        }
        out_ << "</g>\n";
    }

    void road(Point from, Point to, double wide, const char* colour)
    {
        const Point a = onPaper(from);
        const Point b = onPaper(to);
        const Point bend{(a.x + b.x) / 2 - 0.08 * (b.y - a.y),
                         (a.y + b.y) / 2 + 0.08 * (b.x - a.x)};
        out_ << "<path d=\"M" << place(a) << 'Q' << place(bend) << ' ' << place(b) << "\" stroke=\""
             << colour << "\" stroke-width=\"" << number(wide) << "\"/>\n";
    }

    void territories()
    {
        out_ << "<g stroke-linejoin=\"round\">\n";
        for (const auto& territory : scene_.territories) {
            std::string path;
            for (const auto& outline : territory.outline) {
                char step = 'M';
                for (const Point& point : outline) {
                    path += step + place(onPaper(point));
                    step = 'L';
                }
                path += 'Z';
            }
            const char* colour = territoryColour(territory.colour);
            out_ << "<path d=\"" << path << "\" fill=\"" << tint(colour, 0.2) << "\"/>\n<path d=\""
                 << path << "\" fill=\"url(#hatch" << hatch(territory.colour)
                 << ")\" fill-rule=\"evenodd\" stroke=\"" << colour << "\" stroke-opacity=\"0.75\""
                 << " stroke-width=\"" << number(1.6 * unit_) << "\"/>\n";
        }
        out_ << "</g>\n";
    }

    static int hatch(int colour)
    {
        return colour >= 0 && colour < static_cast<int>(territoryColours) ? colour + 1 : 0;
    }

    void ties()
    {
        const double thin = scene_.ties.size() > 2000 ? 0.5 : 0.8;
        out_ << "<g stroke-linecap=\"round\">\n";
        for (const auto& tie : scene_.ties) {
            out_ << "<path d=\"M" << place(onPaper(tie.from)) << 'L' << place(onPaper(tie.to))
                 << "\" stroke=\"" << (tie.crossing ? ink : muted) << "\" stroke-opacity=\""
                 << number((tie.crossing ? 0.22 : 0.13) + 0.25 * tie.strength)
                 << "\" stroke-width=\"" << number((thin + 1.6 * tie.strength) * unit_) << "\"/>\n";
        }
        out_ << "</g>\n";
    }

    double radiusOf(const MapPerson& person) const
    {
        const auto people = static_cast<double>(scene_.people.size());
        const double most = std::clamp(220 / std::sqrt(people + 1), 2.5, 14.0);
        return unit_ * most * (0.3 + 0.7 * std::sqrt(person.size));
    }

    void people()
    {
        out_ << "<g stroke=\"" << paper << "\" stroke-width=\"" << number(0.9 * unit_) << "\">\n";
        for (const auto& person : scene_.people) {
            const Point at = onPaper(person.at);
            const double radius = radiusOf(person);
            if (person.bridge) {
                out_ << "<circle cx=\"" << number(at.x) << "\" cy=\"" << number(at.y) << "\" r=\""
                     << number(radius + 2.6 * unit_) << "\" fill=\"none\" stroke=\"" << ink
                     << "\" stroke-width=\"" << number(1.5 * unit_) << "\"/>\n";
            }
            if (person.organisation) {
                out_ << "<rect x=\"" << number(at.x - radius) << "\" y=\"" << number(at.y - radius)
                     << "\" width=\"" << number(2 * radius) << "\" height=\"" << number(2 * radius);
            } else {
                out_ << "<circle cx=\"" << number(at.x) << "\" cy=\"" << number(at.y) << "\" r=\""
                     << number(radius);
            }
            out_ << "\" fill=\"" << territoryColour(person.colour) << "\"/>\n";
        }
        out_ << "</g>\n";
    }

    /// Territories first, by size, then the largest bridges; a label that would lie on another
    /// moves a little or, in the end, is left to the legend.
    void labels()
    {
        out_ << "<g text-anchor=\"middle\" fill=\"" << ink << "\" stroke=\"" << paper
             << "\" stroke-linejoin=\"round\" paint-order=\"stroke\">\n";
        for (const auto& territory : scene_.territories) {
            const auto lines = wrapped(territory.label, 9);
            label(onPaper(territory.labelAt), lines, labelSize(territory, lines), serif);
        }
        std::size_t named = 0;
        for (auto person = scene_.people.rbegin(); person != scene_.people.rend(); ++person) {
            if (!person->bridge || person->label.empty() || named == mostNamedBridges) continue;
            Point at = onPaper(person->at);
            at.y -= radiusOf(*person) + 11 * unit_;
            if (label(at, {shorten(person->label, 40)}, 11.5 * unit_, sans)) ++named;
        }
        out_ << "</g>\n";
    }

    /// Larger for more people, but so that the lines fit across the territory.
    double labelSize(const MapTerritory& territory, const std::vector<std::string>& lines) const
    {
        const double share = static_cast<double>(territory.people) /
                             static_cast<double>(std::max<std::size_t>(1, scene_.peopleInAll));
        double longest = 1;
        for (const auto& text : lines) longest = std::max(longest, widthOf(text));
        double left = 1;
        double right = 0;
        for (const Point& point :
             territory.outline.empty() ? std::vector<Point>{} : territory.outline.front()) {
            left = std::min(left, point.x);
            right = std::max(right, point.x);
        }
        const double fitting = 0.9 * std::max(0.0, right - left) * side_ / longest;
        return std::max(9 * unit_,
                        std::min((14 + 22 * std::sqrt(std::min(1.0, share))) * unit_, fitting));
    }

    bool label(Point at, const std::vector<std::string>& lines, double size, const char* font)
    {
        double wide = 0;
        for (const auto& text : lines) wide = std::max(wide, widthOf(text) * size);
        const double tall = 1.15 * size * static_cast<double>(lines.size());
        for (const double shift : {0.0, -0.6, 0.6, -1.2, 1.2, -1.9, 1.9}) {
            const double middle = at.y + shift * size;
            const Box box{at.x - wide / 2, middle - tall / 2, at.x + wide / 2, middle + tall / 2};
            const bool free = box.left > 0 && box.right < width_ && box.top > 0 &&
                              std::none_of(taken_.begin(), taken_.end(),
                                           [&](const Box& other) { return box.meets(other); });
            if (!free) continue;
            taken_.push_back(box);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const double base = box.top + size * (0.85 + 1.15 * static_cast<double>(i));
                text({at.x, base}, lines[i], size, font);
            }
            return !lines.empty();
        }
        return false;
    }

    void text(Point at, const std::string& words, double size, const char* font)
    {
        out_ << "<text x=\"" << number(at.x) << "\" y=\"" << number(at.y) << "\" font-family=\""
             << font << "\" font-size=\"" << number(size) << "\" stroke-width=\""
             << number(size * 0.24) << "\" stroke-opacity=\"0.85\">" << xmlText(words)
             << "</text>\n";
    }

    void legend()
    {
        const double size = 12.5 * unit_;
        Point at = legendBeside_ ? Point{origin_.x + side_ + 10 * unit_, 60 * unit_}
                                 : Point{origin_.x + 30 * unit_, origin_.y + side_ + 18 * unit_};
        out_ << "<g fill=\"" << ink << "\" stroke=\"none\">\n";
        const std::size_t rows = std::min(mostLegendRows, scene_.territories.size());
        const double column = legendBeside_ ? 0 : 230 * unit_;
        const std::size_t perColumn = legendBeside_ ? mostLegendRows : 3;
        for (std::size_t i = 0; i < rows; ++i) {
            const Point row{at.x + column * static_cast<double>(i / perColumn),
                            at.y + 1.75 * size * static_cast<double>(i % perColumn)};
            territoryRow(row, scene_.territories[i], size);
        }
        const double below =
            static_cast<double>(std::min(rows, perColumn)) + (legendBeside_ ? 0.6 : 0.2);
        signs({at.x, at.y + 1.75 * size * below}, size);
        out_ << "</g>\n";
    }

    void territoryRow(Point at, const MapTerritory& territory, double size)
    {
        const char* colour = territoryColour(territory.colour);
        for (const std::string& fill :
             {tint(colour, 0.2), "url(#hatch" + std::to_string(hatch(territory.colour)) + ")"}) {
            out_ << "<rect x=\"" << number(at.x) << "\" y=\"" << number(at.y - size)
                 << "\" width=\"" << number(1.6 * size) << "\" height=\"" << number(1.2 * size)
                 << "\" rx=\"" << number(0.25 * size) << "\" fill=\"" << fill << "\" stroke=\""
                 << colour << "\"/>\n";
        }
        const std::size_t longest = legendBeside_ ? 30 : 22;  // bytes that fit the column
        const std::string name =
            shorten(territory.label.empty() ? "Unnamed" : territory.label, longest);
        out_ << "<text x=\"" << number(at.x + 2.2 * size) << "\" y=\"" << number(at.y)
             << "\" font-family=\"" << sans << "\" font-size=\"" << number(size) << "\" fill=\""
             << ink << "\">" << xmlText(name) << "<tspan dx=\"" << number(0.6 * size)
             << "\" fill=\"" << muted << "\">" << withSeparators(count(territory.people))
             << "</tspan></text>\n";
    }

    /// The signs that need a word, in one row or below each other.
    void signs(Point at, double size)
    {
        const double dot = 0.3 * size;
        const Point step = legendBeside_ ? Point{0, 1.75 * size} : Point{15.5 * size, 0};
        out_ << "<circle cx=\"" << number(at.x + 0.8 * size) << "\" cy=\""
             << number(at.y - 0.35 * size) << "\" r=\"" << number(dot) << "\" fill=\"" << muted
             << "\"/>\n"
             << "<circle cx=\"" << number(at.x + 0.8 * size) << "\" cy=\""
             << number(at.y - 0.35 * size) << "\" r=\"" << number(2 * dot)
             << "\" fill=\"none\" stroke=\"" << ink << "\"/>\n";
        plainText({at.x + 2.2 * size, at.y}, "bridge between groups", size, ink);
        at = {at.x + step.x, at.y + step.y};
        out_ << "<path d=\"M" << place({at.x, at.y - 0.35 * size}) << 'h' << number(1.6 * size)
             << "\" stroke=\"#cfc5b0\" stroke-width=\"" << number(0.55 * size) << "\"/>\n";
        plainText({at.x + 2.2 * size, at.y}, "ties between groups", size, ink);
        at = {at.x + step.x, at.y + step.y};
        const std::size_t drawn = scene_.ties.size();
        const std::string shown = drawn < scene_.tiesInAll
                                      ? "the " + withSeparators(count(drawn)) + " strongest of " +
                                            withSeparators(count(scene_.tiesInAll)) + " ties"
                                      : withSeparators(count(drawn)) + " ties";
        plainText({at.x + 2.2 * size, at.y}, withSeparators(count(scene_.peopleInAll)) + " people",
                  size, muted);
        plainText({at.x + 2.2 * size, at.y + 1.4 * size}, shown, size, muted);
    }

    void plainText(Point at, const std::string& words, double size, const char* colour)
    {
        out_ << "<text x=\"" << number(at.x) << "\" y=\"" << number(at.y) << "\" font-family=\""
             << sans << "\" font-size=\"" << number(size) << "\" fill=\"" << colour << "\">"
             << xmlText(words) << "</text>\n";
    }

    std::ostream& out_;
    const MapScene& scene_;
    double width_;
    double height_;
    double side_ = 0;
    double unit_ = 1;  // a thousandth of the map's side
    Point origin_;
    bool legendBeside_ = false;
    std::vector<Box> taken_;
};

}  // namespace

void writeMapSvg(std::ostream& out, const MapScene& scene, int width, int height)
{
    if (width < 100 || height < 100) {
        throw Error(Error::Kind::Usage, "a map needs at least 100 by 100 points");
    }
    out.imbue(std::locale::classic());
    MapPainter(out, scene, width, height).paint();
    if (!out) throw Error(Error::Kind::CannotWrite, "the map could not be written in full");
}

}  // namespace kith
