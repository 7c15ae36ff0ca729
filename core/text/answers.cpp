#include "core/text/answers.h"

#include "core/base/text.h"
#include "core/text/tokens.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace kith {
namespace {

constexpr std::size_t window = 100;  // lines looked back
constexpr std::size_t dialogueWindow = 15;
constexpr auto soon = std::chrono::minutes(15);
constexpr auto stillHeard = std::chrono::hours(2);

// Chance that a line found by each rule is by the person who is answered; see answers.h.
constexpr double byName = 0.86;
constexpr double byBeingNamed = 0.6;
constexpr double byDialogue = 0.5;
constexpr double byPreviousSoon = 0.35;
constexpr double byPreviousLater = 0.2;

// Given names that are also everyday words: they count only as the first word or after '@'.
constexpr std::array<std::string_view, 52> wordsAsNames{
    "angel", "april",     "art",   "august", "autumn",  "bill",   "bob",   "brook", "carol",
    "chase", "christian", "clay",  "cliff",  "crystal", "dale",   "dawn",  "dean",  "dick",
    "drew",  "earl",      "eve",   "faith",  "flora",   "frank",  "gene",  "grace", "grant",
    "guy",   "harry",     "heath", "hope",   "iris",    "ivy",    "jack",  "joy",   "june",
    "lance", "mark",      "max",   "mercy",  "miles",   "nick",   "olive", "page",  "pat",
    "pearl", "rich",      "rob",   "rose",   "sky",     "summer", "sue"};

bool isEverydayWord(std::string_view token)
{
    return token.size() < 3 || isStopWord(token) ||
           std::find(wordsAsNames.begin(), wordsAsNames.end(), token) != wordsAsNames.end();
}

/// Everything a person may be called by one word. A word that fits two people fits nobody.
class NameBook {
public:
    NameBook(const std::map<std::int64_t, std::string>& names, Tokenizer& tokenizer)
    {
        for (const auto& [author, name] : names) {
            const auto parts = tokenizer.tokens(name);
            if (parts.empty()) continue;
            enter(parts.front(), author);
            std::string joined;
            for (const auto& part : parts) joined += part;
            enter(joined, author);  // "@AnnSmith"
            enter(handleOf(name), author);
            for (const auto& nickname : nicknamesIn(name, tokenizer)) enter(nickname, author);
            if (parts.size() > 1) fullNames_[parts.front()].push_back({parts, author});
        }
    }

    /// The author whom a line names, when it names exactly one way first: the first word, then
    /// @names, then names inside the line.
    std::optional<std::int64_t> addressee(const std::vector<std::string>& tokens,
                                          std::int64_t speaker) const
    {
        std::optional<std::int64_t> inside;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const bool sure = i == 0 || tokens[i].front() == '@';
            const auto named = authorAt(tokens, i, sure);
            if (!named || *named == speaker) continue;
            if (sure) return named;
            if (!inside) inside = named;
        }
        return inside;
    }

private:
    struct FullName {
        std::vector<std::string> parts;
        std::int64_t author;
    };

    /// A display name without spaces, as it is written after '@'.
    static std::string handleOf(const std::string& name)
    {
        const std::string folded = foldForMatching(name);
        return folded.find(' ') == std::string::npos ? folded : std::string();
    }

    /// The words in quotation marks or brackets: "Margaret 'Peggy' Shaw", "Shaw (Peggy)".
    static std::vector<std::string> nicknamesIn(const std::string& name, Tokenizer& tokenizer)
    {
        std::vector<std::string> found;
        for (const auto& [open, close] : {std::pair{'(', ')'}, {'"', '"'}, {'[', ']'}}) {
            const auto begin = name.find(open);
            if (begin == std::string::npos) continue;
            const auto end = name.find(close, begin + 1);
            if (end == std::string::npos) continue;
            auto inner =
                tokenizer.tokens(std::string_view(name).substr(begin + 1, end - begin - 1));
            if (inner.size() == 1) found.push_back(std::move(inner.front()));
        }
        return found;
    }

    void enter(const std::string& word, std::int64_t author)
    {
        if (word.empty() || word == "#0") return;
        const auto [at, fresh] = byWord_.try_emplace(word, author);
        if (!fresh && at->second != author) at->second = nobody;
    }

    std::optional<std::int64_t> authorAt(const std::vector<std::string>& tokens, std::size_t at,
                                         bool sure) const
    {
        std::string word = tokens[at];
        if (word.front() == '@') word.erase(0, 1);
        if (const auto full = fullNames_.find(word); full != fullNames_.end()) {
            for (const auto& name : full->second) {
                if (name.parts.size() <= tokens.size() - at &&
                    std::equal(name.parts.begin() + 1, name.parts.end(),
                               tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1)) {
                    return name.author;
                }
            }
        }
        const auto known = byWord_.find(word);
        if (known == byWord_.end() || known->second == nobody) return std::nullopt;
        if (!sure && isEverydayWord(word)) return std::nullopt;
        return known->second;
    }

    static constexpr std::int64_t nobody = INT64_MIN;
    std::unordered_map<std::string, std::int64_t> byWord_;
    std::unordered_map<std::string, std::vector<FullName>> fullNames_;
};

/// What is remembered of a line while it is in the window.
struct Heard {
    std::optional<std::int64_t> named;     // whom it names
    std::optional<std::int64_t> answered;  // whom it was found to answer
    bool opens = false;                    // asks or greets
};

bool opensConversation(const ChatLine& line, const std::vector<std::string>& tokens)
{
    constexpr std::array<std::string_view, 9> greetings{
        "hi", "hello", "hey", "hiya", "morning", "evening", "hallo", "hola", "salut"};
    if (!tokens.empty() &&
        std::find(greetings.begin(), greetings.end(), tokens.front()) != greetings.end()) {
        return true;
    }
    return line.text.find('?') != std::string_view::npos;
}

class AddresseeRule {
public:
    AddresseeRule(const std::vector<ChatLine>& lines,
                  const std::map<std::int64_t, std::string>& names)
        : lines_(lines), book_(names, tokenizer_), heard_(lines.size())
    {}

    std::vector<Answer> run()
    {
        std::vector<Answer> answers;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const auto tokens = tokenizer_.tokens(lines_[i].text);
            heard_[i].named = book_.addressee(tokens, lines_[i].author);
            heard_[i].opens = opensConversation(lines_[i], tokens);
            const auto answer = answerOf(i);
            if (!answer) continue;
            heard_[i].answered = lines_[answer->to].author;
            answers.push_back(*answer);
        }
        return answers;
    }

private:
    std::size_t windowStart(std::size_t at, std::size_t length) const
    {
        return at > length ? at - length : 0;
    }

    std::optional<std::size_t> lastBy(std::int64_t author, std::size_t before,
                                      std::size_t length) const
    {
        for (std::size_t i = before; i-- > windowStart(before, length);) {
            if (lines_[i].author == author) return i;
        }
        return std::nullopt;
    }

    /// The last line that named the author of `at` since that author last spoke.
    std::optional<std::size_t> lastNaming(std::size_t at) const
    {
        for (std::size_t i = at; i-- > windowStart(at, window);) {
            if (lines_[i].author == lines_[at].author) return std::nullopt;
            if (heard_[i].named == lines_[at].author) return i;
        }
        return std::nullopt;
    }

    std::optional<Answer> answerOf(std::size_t at) const
    {
        if (at == 0) return std::nullopt;
        const std::int64_t author = lines_[at].author;
        if (heard_[at].named) {
            // A person who is named but was not heard opens a conversation with nobody here.
            if (const auto to = lastBy(*heard_[at].named, at, window))
                return Answer{at, *to, byName};
            return std::nullopt;
        }
        if (const auto to = lastNaming(at)) return Answer{at, *to, byBeingNamed};
        if (lines_[at - 1].author == author) return std::nullopt;  // goes on speaking
        const auto own = lastBy(author, at, window);
        if (own && at - *own <= dialogueWindow && heard_[*own].answered) {
            const auto to = lastBy(*heard_[*own].answered, at, at - *own);
            if (to && *to > *own) return Answer{at, *to, byDialogue};
        }
        if (!own && heard_[at].opens) return std::nullopt;
        return previous(at);
    }

    std::optional<Answer> previous(std::size_t at) const
    {
        const auto silence = lines_[at].time - lines_[at - 1].time;
        if (silence <= soon) return Answer{at, at - 1, byPreviousSoon};
        if (silence <= stillHeard) return Answer{at, at - 1, byPreviousLater};
        return std::nullopt;
    }

    const std::vector<ChatLine>& lines_;
    Tokenizer tokenizer_;
    NameBook book_;
    std::vector<Heard> heard_;
};

}  // namespace

std::vector<Answer> answersIn(const std::vector<ChatLine>& lines,
                              const std::map<std::int64_t, std::string>& names)
{
    return AddresseeRule(lines, names).run();
}

}  // namespace kith
