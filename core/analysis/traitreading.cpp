#include "core/analysis/traitreading.h"

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/people.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace kith {
namespace {

Trait traitCalled(const Workspace& workspace, std::string_view name)
{
    if (const auto known = traitNamed(workspace, name)) return *known;
    std::vector<std::string> names;
    for (const auto& other : traits(workspace)) names.push_back(other.name);
    throw Error(Error::Kind::NotFound, "there is no trait called " + std::string(name), {},
                names.empty() ? "No traits have been added to this workspace yet."
                              : "The traits here are: " + join(names, ", ") + ".");
}

std::vector<std::string> textsOf(const Workspace& workspace, const PeopleGraph& people,
                                 TraitId trait)
{
    const auto values = traitValues(workspace, trait);
    std::vector<std::string> texts(people.people.size());
    for (std::size_t v = 0; v < texts.size(); ++v) {
        const auto known = values.find(people.people[v]);
        if (known != values.end()) texts[v] = known->second;
    }
    return texts;
}

/// Empty when one known value is no number.
NumericValues amountsOf(const std::vector<std::string>& texts)
{
    NumericValues values;
    for (const auto& text : texts) {
        const auto number = parseReal(text);
        if (!text.empty() && !number) return {};
        values.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return values;
}

void refuseWorkedOut(const Trait& trait)
{
    if (!trait.derived && !fromTies(trait.name)) return;
    throw Error(Error::Kind::Usage,
                "the trait " + trait.name +
                    " was worked out from the ties, so a test of ties against it would only find "
                    "itself",
                {}, "Choose a trait that people have without their ties.");
}

}  // namespace

bool fromTies(std::string_view trait)
{
    static constexpr std::array<std::string_view, 24> known{"degree",
                                                            "indegree",
                                                            "outdegree",
                                                            "weighteddegree",
                                                            "weightedindegree",
                                                            "weightedoutdegree",
                                                            "modularityclass",
                                                            "pagerank",
                                                            "pageranks",
                                                            "betweenness",
                                                            "betweennesscentrality",
                                                            "betweenesscentrality",
                                                            "closeness",
                                                            "closenesscentrality",
                                                            "closnesscentrality",
                                                            "harmonicclosnesscentrality",
                                                            "harmonicclosenesscentrality",
                                                            "eigencentrality",
                                                            "eigenvectorcentrality",
                                                            "eccentricity",
                                                            "clusteringcoefficient",
                                                            "componentnumber",
                                                            "strongcompnum",
                                                            "componentid"};
    std::string letters;
    for (const char c : asciiLower(trait))
        if (isLetter(c) || isDigit(c)) letters += c;
    return std::ranges::find(known, letters) != known.end();
}

bool areCodes(const NumericValues& values)
{
    std::set<double> different;
    std::size_t known = 0;
    for (const double value : values) {
        if (std::isnan(value)) continue;
        if (value < 0 || std::floor(value) < value) return false;
        different.insert(value);
        if (different.size() * 4 > values.size()) return false;
        ++known;
    }
    if (different.size() < 2 || different.size() * 4 > known) return false;
    const double first = *different.begin();
    const double span = *different.rbegin() - first + 1;
    return first <= 1 && !(span > static_cast<double>(different.size()));
}

TraitOnGraph traitOnGraph(const Workspace& workspace, const PeopleGraph& people,
                          std::string_view trait, TraitReading reading)
{
    auto found = traitCalled(workspace, trait);
    refuseWorkedOut(found);
    const auto texts = textsOf(workspace, people, found.id);
    auto amounts = amountsOf(texts);
    if (amounts.empty() && reading == TraitReading::Amounts) {
        throw Error(Error::Kind::Usage, "the values of " + found.name + " are no numbers", {},
                    "Read them as groups.");
    }
    const bool numbers =
        found.scale == TraitScale::Numeric && !amounts.empty() && !areCodes(amounts);

    TraitOnGraph column;
    column.trait = std::move(found);
    column.groups = nominalValues(texts);
    column.amounts = std::move(amounts);
    column.known = column.groups.known();
    column.asGroups =
        reading == TraitReading::Groups || (reading == TraitReading::Guess && !numbers);
    return column;
}

}  // namespace kith
