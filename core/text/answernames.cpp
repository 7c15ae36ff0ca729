#include "core/text/answernames.h"

#include "core/base/text.h"
#include "core/text/tokens.h"

#include <algorithm>
#include <array>
#include <functional>
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
    std::vector<std::string> parts;
    for (const auto& token : tokens) {
        // WhatsApp puts "~" before names that are not in the address book.
        if (token.text.find_first_not_of("~-_.'\"") != std::string_view::npos) {
            parts.emplace_back(token.text);
        }
    }
    if (parts.empty()) return;
    enterWord(parts.front(), author);
    if (parts.size() == 1) return;
    enterWord(join(parts, ""), author);
    enterFullName(parts, author);
}

void NameBook::enterFullName(const std::vector<std::string>& parts, std::uint32_t author)
{
    byFullName_.try_emplace(join(parts, " "), author);
    auto& lengths = lengths_[parts.front()];
    const auto place = std::ranges::lower_bound(lengths, parts.size(), std::greater{});
    if (place == lengths.end() || *place != parts.size()) lengths.insert(place, parts.size());
}

void NameBook::enterWord(const std::string& word, std::uint32_t author)
{
    if (word.size() < 2) return;
    const auto [at, fresh] = byWord_.try_emplace(word, author);
    if (!fresh && at->second != author) at->second = nobody;
}

NameBook::Named NameBook::at(const std::vector<NameToken>& tokens, std::size_t at) const
{
    if (const auto known = lengths_.find(tokens[at].text); known != lengths_.end()) {
        for (const auto length : known->second) {
            if (length > tokens.size() - at) continue;
            const auto author = fullNameAt(tokens, at, length);
            if (author != nobody) return {author, length};
        }
    }
    return {wordAt(tokens[at], at == 0), 1};
}

std::uint32_t NameBook::fullNameAt(const std::vector<NameToken>& tokens, std::size_t at,
                                   std::size_t length) const
{
    std::string name;
    for (std::size_t i = at; i + 1 < at + length; ++i) name.append(tokens[i].text) += ' ';
    const auto called = [&](std::string_view last) {
        const auto found = byFullName_.find(name + std::string(last));
        return found == byFullName_.end() ? nobody : found->second;
    };
    const auto last = tokens[at + length - 1].text;
    const auto author = called(last);
    const auto shorter = withoutEnding(last);
    return author == nobody && shorter ? called(*shorter) : author;
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
