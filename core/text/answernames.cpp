#include "core/text/answernames.h"

#include "core/base/text.h"
#include "core/text/tokens.h"

#include <algorithm>
#include <array>
#include <optional>

namespace kith {
namespace {

constexpr std::string_view separators = " ,:;!?()<>@";

// Names, of people or accounts, that are also everyday words; stop words are added to these.
constexpr std::array<std::string_view, 70> everydayWords{
    "angel",  "any",   "april", "art",       "august", "autumn", "bill",    "bob",   "bot",
    "brook",  "carol", "chase", "christian", "clay",   "cliff",  "crystal", "dale",  "dawn",
    "dean",   "dick",  "drew",  "earl",      "eve",    "faith",  "flora",   "frank", "gene",
    "grace",  "grant", "guy",   "harry",     "heath",  "hello",  "help",    "hi",    "hope",
    "iris",   "ivy",   "jack",  "joy",       "june",   "lance",  "linux",   "mark",  "max",
    "may",    "mercy", "miles", "nick",      "ok",     "olive",  "one",     "page",  "pat",
    "pearl",  "rich",  "rob",   "root",      "rose",   "rusty",  "sky",     "sue",   "summer",
    "ubuntu", "user",  "well",  "will",      "yes",    "no",     "me"};

bool isEverydayWord(std::string_view word)
{
    return isStopWord(word) ||
           std::find(everydayWords.begin(), everydayWords.end(), word) != everydayWords.end();
}

/// "ann's" and "ann..." name Ann; nullopt when nothing is to be taken away.
std::optional<std::string_view> withoutEnding(std::string_view word)
{
    const auto whole = word.size();
    const auto mark = [&] {
        return !word.empty() && std::string_view(".'\"*/").find(word.back()) < 5;
    };
    while (mark()) word.remove_suffix(1);
    if (word.ends_with("'s")) word.remove_suffix(2);
    if (word.size() == whole || word.size() < 2) return std::nullopt;
    return word;
}

/// The word in brackets or quotation marks: "Margaret 'Peggy' Shaw", "Shaw (Peggy)". It is taken
/// out of the name.
std::string takeNickname(std::string& name)
{
    for (const auto& [open, close] : {std::pair{'(', ')'}, {'"', '"'}, {'[', ']'}}) {
        const auto begin = name.find(open);
        if (begin == std::string::npos) continue;
        const auto end = name.find(close, begin + 1);
        if (end == std::string::npos) continue;
        const std::string inner(trim(std::string_view(name).substr(begin + 1, end - begin - 1)));
        name.replace(begin, end - begin + 1, " ");
        if (!inner.empty() && inner.find(' ') == std::string::npos) return inner;
    }
    return {};
}

}  // namespace

void nameTokens(std::string_view folded, std::vector<NameToken>& tokens)
{
    tokens.clear();
    std::size_t at = 0;
    while (true) {
        at = folded.find_first_not_of(separators, at);
        if (at == std::string_view::npos) return;
        const auto end = std::min(folded.find_first_of(separators, at), folded.size());
        tokens.push_back({folded.substr(at, end - at), at > 0 && folded[at - 1] == '@'});
        at = end;
    }
}

NameBook::NameBook(const std::map<std::int64_t, std::string>& names)
{
    std::uint32_t author = 0;
    for (const auto& [number, name] : names) enter(foldForMatching(name), author++);
}

void NameBook::enter(const std::string& folded, std::uint32_t author)
{
    if (folded.find(' ') == std::string::npos) return enterWord(folded, author);
    std::string name = folded;
    if (const auto nickname = takeNickname(name); !nickname.empty()) enterWord(nickname, author);

    std::vector<NameToken> tokens;
    nameTokens(name, tokens);
    FullName full{{}, author};
    for (const auto& token : tokens) {
        // WhatsApp puts "~" before names that are not in the address book.
        if (token.text.find_first_not_of("~-_.'\"") != std::string_view::npos) {
            full.parts.emplace_back(token.text);
        }
    }
    if (full.parts.empty()) return;
    enterWord(full.parts.front(), author);
    if (full.parts.size() == 1) return;
    enterWord(join(full.parts, ""), author);
    fullNames_[full.parts.front()].push_back(std::move(full));
}

void NameBook::enterWord(const std::string& word, std::uint32_t author)
{
    if (word.size() < 2) return;
    const auto [at, fresh] = byWord_.try_emplace(word, author);
    if (!fresh && at->second != author) at->second = nobody;
}

NameBook::Named NameBook::at(const std::vector<NameToken>& tokens, std::size_t at) const
{
    if (const auto full = fullNames_.find(tokens[at].text); full != fullNames_.end()) {
        for (const auto& name : full->second) {
            const auto count = name.parts.size();
            if (count > tokens.size() - at) continue;
            const auto fits = [&](std::size_t i) {
                const auto word = tokens[at + i].text;
                return word == name.parts[i] ||
                       (i + 1 == count && withoutEnding(word) == name.parts[i]);
            };
            std::size_t i = 1;
            while (i < count && fits(i)) ++i;
            if (i == count) return {name.author, count};
        }
    }
    return {wordAt(tokens[at], at == 0), 1};
}

std::uint32_t NameBook::wordAt(const NameToken& token, bool first) const
{
    auto word = token.text;
    auto known = byWord_.find(word);
    if (known == byWord_.end()) {
        const auto shorter = withoutEnding(word);
        if (!shorter) return nobody;
        word = *shorter;
        known = byWord_.find(word);
        if (known == byWord_.end()) return nobody;
    }
    return first || token.called || !isEverydayWord(word) ? known->second : nobody;
}

}  // namespace kith
