#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/text/answerfeatures.h"
#include "core/text/answernames.h"
#include "core/text/tokens.h"

#include <algorithm>
#include <cmath>
#include <unicode/uchar.h>

namespace kith {
namespace {

constexpr std::size_t mostNameTokens = 60;  // of one line; a list of names addresses nobody

constexpr std::array<std::string_view, 11> questionWords{
    "how", "what", "why", "where", "when", "who", "which", "does", "is", "can", "anyone"};
constexpr std::array<std::string_view, 23> greetings{
    "hi",     "hello",   "hey",   "hiya", "morning",     "evening",    "yo",         "all",
    "anyone", "anybody", "folks", "guys", "hallo",       "moin",       "bonjour",    "salut",
    "hola",   "buenos",  "ciao",  "olá",  "goedemorgen", "buongiorno", "goedenavond"};
constexpr std::array<std::string_view, 31> thanks{
    "thanks",  "thx",    "ty",       "thank",    "cheers",  "ok",    "okay",  "yes",
    "no",      "yeah",   "yep",      "nope",     "yea",     "sure",  "right", "cool",
    "great",   "ah",     "oh",       "lol",      "haha",    "ta",    "danke", "merci",
    "gracias", "grazie", "obrigado", "obrigada", "bedankt", "genau", "oui"};
// Short forms of chats that the stop-word lists leave out.
constexpr std::array<std::string_view, 8> chatStopWords{"u",  "r",   "im",   "dont",
                                                        "ur", "its", "just", "like"};

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& list, std::string_view word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The next word at or behind `at`, which moves behind it: letters, digits and apostrophes; an
/// ideograph is a word of its own. Empty at the end.
std::string_view nextWord(std::string_view text, std::size_t& at)
{
    std::size_t begin = text.size();
    while (at < text.size()) {
        const std::size_t here = at;
        const char c = text[at];
        bool part = isLetter(c) || isDigit(c) || c == '\'';
        bool whole = false;
        if (static_cast<unsigned char>(c) < 0x80) {
            ++at;
        } else {
            const auto wide = static_cast<UChar32>(nextCodePoint(text, at));
            part = u_isalnum(wide) != 0 || u_charType(wide) == U_NON_SPACING_MARK;
            whole = u_hasBinaryProperty(wide, UCHAR_IDEOGRAPHIC) != 0;
        }
        if (part && whole && begin < here) {
            at = here;
            break;
        }
        if (part && begin > here) begin = here;
        if (part && whole) return text.substr(begin, at - begin);
        if (!part && begin < here) return text.substr(begin, here - begin);
    }
    return begin < at ? text.substr(begin, at - begin) : std::string_view();
}

/// An apostrophe may be typed as U+2019; a question mark in other scripts.
std::string foldedLine(std::string_view text)
{
    if (isAscii(text)) return asciiLower(text);
    auto folded = replaceAll(foldForMatching(text), "\u2019", "'");
    folded = replaceAll(std::move(folded), "\uff1f", "?");
    return replaceAll(std::move(folded), "\u061f", "?");
}

}  // namespace

/// Reads the lines once, filling the chat.
class ChatFeatures::Reading {
public:
    Reading(ChatFeatures& chat, const std::map<std::int64_t, std::string>& names)
        : chat_(chat), book_(names)
    {
        std::uint32_t author = 0;
        for (const auto& [number, name] : names) authors_.emplace(number, author++);
        lastBy_.assign(authors_.size(), none);
    }

    void add(const ChatLine& said)
    {
        at_ = static_cast<std::uint32_t>(chat_.lines_.size());
        Line& line = chat_.lines_.emplace_back();
        line.minute =
            std::chrono::floor<std::chrono::minutes>(said.time.time_since_epoch()).count();
        line.words = static_cast<std::uint32_t>(chat_.uses_.size());
        line.named = static_cast<std::uint32_t>(chat_.named_.size());
        if (said.bot) line.flags |= botFlag;
        if (!said.system) enterAuthor(line, said.author);

        folded_ = foldedLine(said.text);
        nameWords_.clear();
        if (!said.system) findNames(line);
        readWords(line);
    }

    void finish()
    {
        Line& end = chat_.lines_.emplace_back();
        end.words = static_cast<std::uint32_t>(chat_.uses_.size());
        end.named = static_cast<std::uint32_t>(chat_.named_.size());
        weigh();
    }

private:
    struct Word {
        std::uint32_t number = 0;
        bool stop = false;
    };

    void enterAuthor(Line& line, std::int64_t number)
    {
        const auto [author, fresh] =
            authors_.try_emplace(number, static_cast<std::uint32_t>(authors_.size()));
        if (fresh) lastBy_.push_back(none);
        line.author = author->second;
        line.previous = lastBy_[line.author];
        if (line.previous != none) chat_.lines_[line.previous].next = at_;
        lastBy_[line.author] = at_;
    }

    void findNames(Line& line)
    {
        nameTokens(folded_, tokens_);
        if (tokens_.size() > mostNameTokens) tokens_.resize(mostNameTokens);
        for (std::size_t i = 0; i < tokens_.size();) {
            const auto found = book_.at(tokens_, i);
            if (found.author != NameBook::nobody && found.author != line.author) {
                const auto begin = chat_.named_.begin() + line.named;
                if (std::find(begin, chat_.named_.end(), found.author) == chat_.named_.end()) {
                    chat_.named_.push_back(found.author);
                }
                if (i == 0) line.flags |= nameFirstFlag;
                for (std::size_t k = 0; k < found.tokens; ++k) {
                    nameWords_.push_back(tokens_[i + k].text);
                }
            }
            i += found.tokens;
        }
    }

    void readWords(Line& line)
    {
        const bool system = line.author == none;
        std::size_t count = 0;
        std::size_t at = 0;
        if (folded_.find('?') != std::string::npos) line.flags |= questionFlag;
        for (auto word = nextWord(folded_, at); !word.empty(); word = nextWord(folded_, at)) {
            if (count == 0 && holds(questionWords, word)) line.flags |= questionFlag;
            if (count < 3 && holds(greetings, word)) line.flags |= greetingFlag;
            if (count < 2 && holds(thanks, word)) line.flags |= thanksFlag;
            ++count;
            if (!system) enterWord(word);
        }
        if (count <= 2) line.flags |= shortFlag;
    }

    void enterWord(std::string_view text)
    {
        auto word = words_.find(text);
        if (word == words_.end()) {
            const bool stop = isStopWord(text) || holds(chatStopWords, text);
            const auto number = static_cast<std::uint32_t>(lines_.size());
            word = words_.emplace(text, Word{number, stop}).first;
            lines_.push_back(0);
            lastUse_.push_back(none);
            lastLine_.push_back(none);
        }
        const auto number = word->second.number;
        if (lastLine_[number] == at_) return;
        lastLine_[number] = at_;
        ++lines_[number];
        if (word->second.stop) return;
        if (std::find(nameWords_.begin(), nameWords_.end(), text) != nameWords_.end()) return;
        const auto use = static_cast<std::uint32_t>(chat_.uses_.size());
        chat_.uses_.push_back({number, at_, lastUse_[number]});
        lastUse_[number] = use;
    }

    /// Inverse document frequency, and with it the lengths of the lines' vectors.
    void weigh()
    {
        const auto count = static_cast<double>(chat_.lines_.size() - 1);
        chat_.weight_.reserve(lines_.size());
        for (const auto lines : lines_) {
            const double idf = std::log(1 + count / (1 + static_cast<double>(lines)));
            chat_.weight_.push_back(static_cast<float>(idf * idf));
        }
        for (std::size_t i = 0; i + 1 < chat_.lines_.size(); ++i) {
            double sum = 0;
            for (auto use = chat_.lines_[i].words; use < chat_.lines_[i + 1].words; ++use) {
                sum += static_cast<double>(chat_.weight_[chat_.uses_[use].word]);
            }
            if (sum > 0) chat_.lines_[i].length = static_cast<float>(std::sqrt(sum));
        }
    }

    ChatFeatures& chat_;
    NameBook book_;
    std::unordered_map<std::int64_t, std::uint32_t> authors_;
    std::vector<std::uint32_t> lastBy_;  // by author
    TextMap<Word> words_;
    std::vector<std::uint32_t> lines_;     // by word: lines that hold it
    std::vector<std::uint32_t> lastUse_;   // by word
    std::vector<std::uint32_t> lastLine_;  // by word
    std::vector<std::string_view> nameWords_;
    std::vector<NameToken> tokens_;
    std::string folded_;
    std::uint32_t at_ = 0;
};

ChatFeatures::ChatFeatures(const std::vector<ChatLine>& lines,
                           const std::map<std::int64_t, std::string>& names)
{
    lines_.reserve(lines.size() + 1);
    Reading reading(*this, names);
    for (const auto& line : lines) reading.add(line);
    reading.finish();
}

}  // namespace kith
