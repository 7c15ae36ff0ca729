#include "core/store/namewarnings.h"

#include "core/base/lookalike.h"
#include "core/base/text.h"
#include "core/import/hashtable.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t shown = 3;
constexpr std::size_t longest = 60;

bool isPlain(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isAsciiLetter(char32_t one)
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
}

/// What no keyboard puts into a name. Joiners and direction marks belong to some scripts and to
/// emoji: they are odd between two letters of the alphabet of this sentence alone.
bool hides(char32_t before, char32_t one, char32_t after)
{
    if (one >= 0x200c && one <= 0x200f) return isAsciiLetter(before) && isAsciiLetter(after);
    return one < 0x20 || one == 0x7f || one == 0xad || one == 0x200b ||
           (one >= 0x202a && one <= 0x202e) || (one >= 0x2060 && one <= 0x2069) || one == 0xfeff;
}

/// With what hides written out, "An<U+200B>na"; the name itself when nothing does.
std::string withHiddenShown(std::string_view name)
{
    std::vector<char32_t> all;
    for (std::size_t at = 0; at < name.size();) all.push_back(nextCodePoint(name, at));
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char32_t before = i > 0 ? all[i - 1] : 0;
        const char32_t after = i + 1 < all.size() ? all[i + 1] : 0;
        if (hides(before, all[i], after)) {
            out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(all[i]));
        } else {
            appendUtf8(out, all[i]);
        }
    }
    return out;
}

std::string inQuotes(std::string_view name)
{
    return "“" + shorten(withoutInvisible(name), longest) + "”";
}

struct Named {
    std::string name;
    std::int64_t person = 0;
    bool fresh = false;  ///< the source at hand speaks of it
};

/// Names in plain letters alone neither hide anything nor look like others: mostly that is all.
/// Looked through here, in a quarter of the time of GLOB '*[^ -~]*'.
bool anyOdd(const Database& db)
{
    Statement names(db, "SELECT name FROM account");
    while (names.next()) {
        const auto odd = [](char c) { return c < ' ' || c > '~'; };  // also of signed bytes
        if (std::ranges::any_of(names.view(0), odd)) return true;
    }
    return false;
}

using Shapes = std::map<std::string, std::vector<Named>>;

/// Of one shape as many are compared: a name that everybody has is no disguise.
constexpr std::size_t mostOfShape = 50;
constexpr std::size_t mostNames = 200'000;  ///< that are held to be compared

/// All names with their shapes, those that are not in plain letters first.
template <class Each>
void eachName(const Database& db, SourceId source, bool plain, const Each& each)
{
    const std::string which = plain ? "NOT GLOB" : "GLOB";
    Statement rows(db,
                   "SELECT name, person, EXISTS (SELECT 1 FROM account_source s WHERE s.account = "
                   "a.id AND s.source = ?1) FROM account a WHERE name " +
                       which + " '*[^ -~]*' ORDER BY id");
    for (rows.bind(source); rows.next();) {
        auto name = rows.text(0);
        auto shape = shapeOf(name);
        if (shape.empty()) continue;
        each(std::move(shape), Named{std::move(name), rows.integer(1), rows.integer(2) != 0});
    }
}

/// How many names there are of each shape that a name in other letters has, by a hash of it.
struct ShapeCounts {
    HashTable<std::uint32_t> odd;
    bool looksPlain = false;  ///< a plain name may have one of these
};

ShapeCounts countShapes(const Database& db, SourceId source)
{
    ShapeCounts counts;
    eachName(db, source, false, [&](const std::string& shape, const Named&) {
        counts.looksPlain = counts.looksPlain || isPlain(shape);
        if (auto* count = counts.odd.add(tableKey(shape)).first) ++*count;
    });
    if (!counts.looksPlain) return counts;
    eachName(db, source, true, [&](const std::string& shape, const Named&) {
        if (auto* count = counts.odd.find(tableKey(shape))) ++*count;
    });
    return counts;
}

/// The names that share their shape with another, and one of them is in other letters.
Shapes sharedShapes(const Database& db, SourceId source)
{
    Shapes shapes;
    const auto counts = countShapes(db, source);
    std::size_t held = 0;
    const auto keep = [&](std::string shape, Named named) {
        const auto* count = counts.odd.find(tableKey(shape));
        if (count == nullptr || *count < 2 || held >= mostNames) return;
        auto& all = shapes[std::move(shape)];
        if (all.size() >= mostOfShape) return;
        ++held;
        all.push_back(std::move(named));
    };
    eachName(db, source, false, keep);
    if (counts.looksPlain) eachName(db, source, true, keep);
    return shapes;
}

bool isWarned(const Named& a, const Named& b)
{
    return (a.fresh || b.fresh) && a.person != b.person && a.name != b.name &&
           looksAlikeInOtherLetters(a.name, b.name);
}

std::vector<std::string> lookAlikes(const Database& db, SourceId source)
{
    std::set<std::string> pairs;
    for (const auto& [shape, all] : sharedShapes(db, source)) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                if (!isWarned(all[i], all[j])) continue;
                const auto [first, second] = std::minmax(all[i].name, all[j].name);
                pairs.insert(inQuotes(first) + " and " + inQuotes(second));
            }
        }
    }
    return {pairs.begin(), pairs.end()};
}

std::vector<std::string> hiding(const Database& db, SourceId source)
{
    std::set<std::string> names;
    Statement all(db,
                  "SELECT name FROM account a JOIN account_source s ON s.account = a.id "
                  "WHERE s.source = ?1 AND name GLOB '*[^ -~]*'");
    for (all.bind(source); all.next();) {
        const auto name = all.text(0);
        auto written = withHiddenShown(name);
        if (written != name) names.insert("“" + shorten(written, longest) + "”");
    }
    return {names.begin(), names.end()};
}

std::string listed(const std::vector<std::string>& all)
{
    const std::vector<std::string> first(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), shown)));
    auto text = join(first, "; ");
    if (all.size() > shown) text += fmt::format("; and {} more", all.size() - shown);
    return text;
}

}  // namespace

std::vector<std::string> nameWarnings(const Database& db, SourceId source)
{
    std::vector<std::string> warnings;
    if (!anyOdd(db)) return warnings;
    if (const auto pairs = lookAlikes(db, source); !pairs.empty()) {
        warnings.push_back(
            "names look alike but are written in letters of different alphabets, so that one "
            "person may pass for another: " +
            listed(pairs));
    }
    if (const auto names = hiding(db, source); !names.empty()) {
        warnings.push_back("names hold characters that cannot be seen: " + listed(names));
    }
    return warnings;
}

}  // namespace kith
