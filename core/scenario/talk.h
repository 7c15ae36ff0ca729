#pragma once

#include "core/base/random.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What has been settled in one conversation: once somebody spoke of "the leak under the bath",
/// those who answer speak of it too.
using Bound = std::map<std::string, std::string, std::less<>>;

/// The sentences of one subject, from core/scenario/text/SUBJECT.txt: sections of lines, where
/// {name} stands for a line of another section and {a|b|} for one of the alternatives.
/// What a subject does not have is taken from common.txt.
class Talk {
public:
    explicit Talk(std::string_view subject);

    bool has(std::string_view section) const;
    const std::vector<std::string_view>& lines(std::string_view section) const;

    /// A sentence of the section with its slots filled. Sentences are dealt like cards: none comes
    /// again before all of its section have been used.
    std::string say(std::string_view section, Bound& bound, Random& random);

private:
    using Sections = std::map<std::string, std::vector<std::string_view>, std::less<>>;
    static Sections sectionsOf(std::string_view subject);
    std::string fill(std::string_view frame, Bound& bound, Random& random) const;
    std::string slot(std::string_view name, Bound& bound, Random& random) const;

    Sections own_;
    Sections common_;
    Sections decks_;  ///< what is left to deal, by section
};

/// How one person types.
struct Style {
    bool capitals = true;
    bool fullStops = false;
    bool abbreviates = false;
    bool apostrophes = true;
    double typos = 0;  ///< chance per message
    double emoji = 0;  ///< chance per message
};
Style randomStyle(Random& random);
Style letterStyle();  ///< as people write mail

std::string inStyle(std::string text, const Style& style, const Talk& talk, Random& random);

/// Exponential with mean 1, by von Neumann's method (1951): comparisons only, so that the same
/// stream gives the same number with any mathematics library.
double exponential(Random& random);

template <class T>
const T& pick(const std::vector<T>& items, Random& random)
{
    return items[random.below(items.size())];
}

}  // namespace kith
