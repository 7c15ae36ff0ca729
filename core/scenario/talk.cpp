#include "core/scenario/talk.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <array>
#include <utility>

namespace kith {

extern const std::vector<std::pair<std::string_view, std::string_view>> scenarioTexts;

namespace {

/// Slots that keep their value within a conversation.
constexpr std::array<std::string_view, 3> kept = {"thing", "place", "who"};

std::vector<std::string_view> alternatives(std::string_view inside)
{
    std::vector<std::string_view> out;
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '{') ++depth;
        if (inside[i] == '}') --depth;
        if (inside[i] != '|' || depth != 0) continue;
        out.push_back(inside.substr(from, i - from));
        from = i + 1;
    }
    out.push_back(inside.substr(from));
    return out;
}

std::size_t closingBrace(std::string_view frame, std::size_t open)
{
    int depth = 0;
    for (std::size_t i = open; i < frame.size(); ++i) {
        if (frame[i] == '{') ++depth;
        if (frame[i] == '}' && --depth == 0) return i;
    }
    throw Error(Error::Kind::BadInput,
                "a scenario sentence has an open brace: " + std::string(frame));
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void capitalise(std::string& text)
{
    bool start = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (start && text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 32);
        if (text[i] != ' ' && text[i] != '\n') start = false;
        const bool ends = text[i] == '.' || text[i] == '?' || text[i] == '!' || text[i] == '\n';
        if (ends && i + 1 < text.size() && (text[i] == '\n' || text[i + 1] == ' ')) start = true;
    }
}

/// Swaps two neighbouring letters inside a word of five or more.
void mistype(std::string& text, Random& random)
{
    std::vector<std::size_t> spots;
    std::size_t run = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        run = isLetter(text[i]) ? run + 1 : 0;
        if (run >= 4 && i + 1 < text.size() && isLetter(text[i + 1])) spots.push_back(i);
    }
    if (spots.empty()) return;
    const std::size_t at = pick(spots, random);
    std::swap(text[at - 1], text[at]);
}

std::string abbreviated(const std::string& text, const Talk& talk)
{
    std::string padded = " " + text + " ";
    for (const std::string_view line : talk.lines("abbreviations")) {
        const auto equals = line.find('=');
        padded = replaceAll(std::move(padded), " " + std::string(line.substr(0, equals)) + " ",
                            " " + std::string(line.substr(equals + 1)) + " ");
    }
    return padded.substr(1, padded.size() - 2);
}

/// Alternatives may be empty: closes the gaps they leave.
std::string closedUp(std::string text)
{
    for (const char* mark : {"?", ",", ".", "!"})
        text = replaceAll(std::move(text), std::string(" ") + mark, mark);
    while (text.find("  ") != std::string::npos) text = replaceAll(std::move(text), "  ", " ");
    return std::string(trim(replaceAll(std::move(text), " \n", "\n")));
}

}  // namespace

Talk::Talk(std::string_view subject) : own_(sectionsOf(subject)), common_(sectionsOf("common")) {}

Talk::Sections Talk::sectionsOf(std::string_view subject)
{
    const std::string name = std::string(subject) + ".txt";
    Sections sections;
    for (const auto& [file, text] : scenarioTexts) {
        if (file != name) continue;
        std::vector<std::string_view>* section = nullptr;
        for (const std::string_view raw : split(text, '\n')) {
            const std::string_view line = trim(raw);
            if (line.empty() || line.front() == '#') continue;
            if (line.front() == '[' && line.back() == ']')
                section = &sections[std::string(line.substr(1, line.size() - 2))];
            else if (section != nullptr)
                section->push_back(line);
        }
        return sections;
    }
    throw Error(Error::Kind::NotFound, "there is no scenario text named " + name);
}

bool Talk::has(std::string_view section) const
{
    return own_.find(section) != own_.end() || common_.find(section) != common_.end();
}

const std::vector<std::string_view>& Talk::lines(std::string_view section) const
{
    if (const auto own = own_.find(section); own != own_.end()) return own->second;
    if (const auto shared = common_.find(section); shared != common_.end()) return shared->second;
    throw Error(Error::Kind::NotFound,
                "the scenario's texts have no section named " + std::string(section));
}

std::string Talk::say(std::string_view section, Bound& bound, Random& random)
{
    std::vector<std::string_view>& deck = decks_[std::string(section)];
    if (deck.empty()) {
        deck = lines(section);
        random.shuffle(std::span(deck));
    }
    const std::string_view frame = deck.back();
    deck.pop_back();
    return closedUp(fill(frame, bound, random));
}

std::string Talk::fill(std::string_view frame, Bound& bound, Random& random) const
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t open = frame.find('{'); open != std::string_view::npos;
         open = frame.find('{', at)) {
        out += frame.substr(at, open - at);
        const std::size_t close = closingBrace(frame, open);
        const auto choices = alternatives(frame.substr(open + 1, close - open - 1));
        out += choices.size() == 1 ? slot(choices.front(), bound, random)
                                   : fill(pick(choices, random), bound, random);
        at = close + 1;
    }
    out += frame.substr(at);
    return out;
}

std::string Talk::slot(std::string_view name, Bound& bound, Random& random) const
{
    if (const auto known = bound.find(name); known != bound.end()) return known->second;
    std::string value = fill(pick(lines(name), random), bound, random);
    for (const std::string_view slot : kept)
        if (slot == name) bound.emplace(std::string(name), value);
    return value;
}

Style randomStyle(Random& random)
{
    Style style;
    style.capitals = random.chance(0.55);
    style.fullStops = random.chance(0.3);
    style.abbreviates = random.chance(0.2);
    style.apostrophes = random.chance(0.75);
    style.typos = random.chance(0.3) ? 0.2 : 0.03;
    style.emoji = random.chance(0.35) ? 0.25 : 0.02;
    return style;
}

Style letterStyle()
{
    Style style;
    style.fullStops = true;
    style.typos = 0.02;
    return style;
}

std::string inStyle(std::string text, const Style& style, const Talk& talk, Random& random)
{
    if (style.abbreviates && random.chance(0.7)) text = abbreviated(text, talk);
    if (!style.apostrophes) text = replaceAll(std::move(text), "'", "");
    if (random.chance(style.typos)) mistype(text, random);
    if (style.capitals) capitalise(text);
    if (style.fullStops && isLetter(text.back())) text += '.';
    if (random.chance(style.emoji)) text += " " + std::string(pick(talk.lines("emoji"), random));
    return text;
}

double exponential(Random& random)
{
    for (double whole = 0;; whole += 1) {
        const double first = random.real();
        double last = first;
        unsigned run = 1;
        for (double next = random.real(); next < last; next = random.real()) {
            last = next;
            ++run;
        }
        if (run % 2 == 1) return whole + first;
    }
}

}  // namespace kith
