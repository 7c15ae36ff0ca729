#include "core/text/answerfeatures.h"

#include "core/base/text.h"
#include "core/text/answernames.h"
#include "core/text/tokens.h"

#include <algorithm>
#include <cmath>
#include <unicode/uchar.h>

namespace kith {
namespace {

using Feature = AnswerFeature;

// Lines::flags.
constexpr std::uint8_t questionFlag = 1;
constexpr std::uint8_t greetingFlag = 2;
constexpr std::uint8_t thanksFlag = 4;
constexpr std::uint8_t shortFlag = 8;
constexpr std::uint8_t botFlag = 16;
constexpr std::uint8_t nameFirstFlag = 32;

constexpr std::size_t mostNameTokens = 60;  // of one line; a list of names addresses nobody

constexpr std::array<std::string_view, answerFeatures> featureNames{"opens",
                                                                    "opens_system",
                                                                    "opens_question",
                                                                    "opens_greeting",
                                                                    "opens_naming",
                                                                    "opens_unheard",
                                                                    "opens_thanks",
                                                                    "opens_within_5",
                                                                    "opens_within_2_min",
                                                                    "opens_after_silence",
                                                                    "lines_1",
                                                                    "lines_2",
                                                                    "lines_3_5",
                                                                    "lines_6_10",
                                                                    "lines_11_20",
                                                                    "lines_more",
                                                                    "log_lines",
                                                                    "minutes_0",
                                                                    "minutes_1",
                                                                    "minutes_2_5",
                                                                    "minutes_6_15",
                                                                    "minutes_more",
                                                                    "log_minutes",
                                                                    "same_author",
                                                                    "same_author_next",
                                                                    "names_c",
                                                                    "names_c_first",
                                                                    "named_by_c",
                                                                    "named_by_c_first",
                                                                    "name_each_other",
                                                                    "name_the_same",
                                                                    "last_of_author",
                                                                    "last_of_named",
                                                                    "silent_since",
                                                                    "c_system",
                                                                    "c_bot",
                                                                    "c_question",
                                                                    "c_question_other",
                                                                    "names_another",
                                                                    "thanks_named_by_c",
                                                                    "c_greeting",
                                                                    "shared_1",
                                                                    "shared_more",
                                                                    "likeness",
                                                                    "c_short",
                                                                    "both_questions",
                                                                    "last_spoken",
                                                                    "last_by_other",
                                                                    "named_before",
                                                                    "own_previous",
                                                                    "named_by_c_answered",
                                                                    "q_system",
                                                                    "neither_names",
                                                                    "names_first_last",
                                                                    "c_question_near"};

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
        bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
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

Feature minuteBucketOf(std::uint32_t minutes)
{
    if (minutes == 0) return Feature::Minutes0;
    if (minutes == 1) return Feature::Minutes1;
    if (minutes <= 5) return Feature::Minutes2to5;
    return minutes <= 15 ? Feature::Minutes6to15 : Feature::MinutesMore;
}

std::uint64_t when(Feature feature, bool present)
{
    return present ? bitOf(feature) : 0;
}

}  // namespace

std::span<const std::string_view> answerFeatureNames()
{
    return featureNames;
}

bool needsNames(AnswerFeature feature)
{
    constexpr std::uint64_t bits = bitOf(Feature::OpensNaming) | bitOf(Feature::NamesC) |
                                   bitOf(Feature::NamesCFirst) | bitOf(Feature::NamedByC) |
                                   bitOf(Feature::NamedByCFirst) | bitOf(Feature::NameEachOther) |
                                   bitOf(Feature::NameTheSame) | bitOf(Feature::LastOfNamed) |
                                   bitOf(Feature::NamesAnother) | bitOf(Feature::ThanksNamedByC) |
                                   bitOf(Feature::NamedBefore) | bitOf(Feature::NamedByCAnswered) |
                                   bitOf(Feature::NeitherNames) | bitOf(Feature::NamesFirstLast);
    return (bits & bitOf(feature)) != 0;
}

AnswerFeature lineFeature(std::uint32_t lines)
{
    if (lines <= 1) return Feature::Lines1;
    if (lines == 2) return Feature::Lines2;
    if (lines <= 5) return Feature::Lines3to5;
    if (lines <= 10) return Feature::Lines6to10;
    return lines <= 20 ? Feature::Lines11to20 : Feature::LinesMore;
}

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

std::span<const std::uint32_t> ChatFeatures::namedBy(std::size_t line) const
{
    return std::span(named_).subspan(lines_[line].named,
                                     lines_[line + 1].named - lines_[line].named);
}

/// How many words each line of the window shares with q, and their weight; by distance.
void ChatFeatures::share(std::size_t q, Shared& shared) const
{
    for (auto use = lines_[q].words; use < lines_[q + 1].words; ++use) {
        for (auto at = uses_[use].before; at != none; at = uses_[at].before) {
            const auto distance = q - uses_[at].line;
            if (distance > answerWindow) break;
            ++shared.words[distance];
            shared.weight[distance] += weight_[uses_[at].word];
        }
    }
}

AnswerPair ChatFeatures::opening(std::size_t q) const
{
    const Line& line = lines_[q];
    AnswerPair pair;
    const bool heard = line.previous != none;
    pair.bits =
        bitOf(Feature::Opens) | when(Feature::OpensSystem, line.author == none) |
        when(Feature::OpensQuestion, (line.flags & questionFlag) != 0) |
        when(Feature::OpensGreeting, (line.flags & greetingFlag) != 0) |
        when(Feature::OpensNaming, names(q)) | when(Feature::OpensUnheard, !heard) |
        when(Feature::OpensThanks, (line.flags & thanksFlag) != 0) |
        when(Feature::OpensWithin5, heard && q - line.previous <= 5) |
        when(Feature::OpensWithin2Min, heard && line.minute - lines_[line.previous].minute <= 2) |
        when(Feature::OpensAfterSilence, q > 0 && line.minute - lines_[q - 1].minute > 5);
    return pair;
}

/// Distance in lines and minutes: all that counts where a system line is involved.
AnswerPair ChatFeatures::nearness(std::size_t q, std::size_t c) const
{
    AnswerPair pair;
    pair.lines = static_cast<std::uint32_t>(q - c);
    const auto apart = lines_[q].minute - lines_[c].minute;
    pair.minutes = static_cast<std::uint32_t>(std::clamp<std::int64_t>(apart, 0, UINT32_MAX));
    pair.bits = bitOf(lineFeature(pair.lines)) | bitOf(minuteBucketOf(pair.minutes)) |
                when(Feature::CSystem, lines_[c].author == none) |
                when(Feature::QSystem, lines_[q].author == none);
    return pair;
}

std::uint64_t ChatFeatures::nameBits(std::size_t q, std::size_t c, bool last) const
{
    const auto named = namedBy(q);
    const auto namedByC = namedBy(c);
    const Line& answer = lines_[q];
    const Line& said = lines_[c];
    const auto in = [](std::span<const std::uint32_t> list, std::uint32_t author) {
        return std::find(list.begin(), list.end(), author) != list.end();
    };
    std::uint64_t bits = 0;
    if (!named.empty()) {
        const bool namesC = in(named, said.author);
        const bool first = (answer.flags & nameFirstFlag) != 0;
        bits |= when(Feature::NamesC, namesC) | when(Feature::NamesCFirst, namesC && first) |
                when(Feature::LastOfNamed, namesC && last) |
                when(Feature::NamesFirstLast, namesC && last && first) |
                when(Feature::NamesAnother, !namesC && said.author != answer.author);
        const auto same = [&](std::uint32_t author) { return in(namedByC, author); };
        bits |= when(Feature::NameTheSame, std::any_of(named.begin(), named.end(), same));
    }
    if (in(namedByC, answer.author)) {
        const bool spoken = answer.previous != none && answer.previous > c;
        bits |= bitOf(Feature::NamedByC) |
                when(Feature::NamedByCFirst, (said.flags & nameFirstFlag) != 0) |
                when(Feature::NameEachOther, (bits & bitOf(Feature::NamesC)) != 0) |
                when(Feature::ThanksNamedByC, (answer.flags & thanksFlag) != 0) |
                when(Feature::NamedByCAnswered, spoken);
    }
    if (answer.previous != none) {
        bits |= when(Feature::NamedBefore, in(namedBy(answer.previous), said.author));
    }
    return bits | when(Feature::NeitherNames, named.empty() && namedByC.empty());
}

std::uint64_t ChatFeatures::wordBits(std::size_t q, std::size_t c, std::uint32_t shared) const
{
    const Line& said = lines_[c];
    const bool other = said.author != lines_[q].author;
    const bool question = (said.flags & questionFlag) != 0;
    return when(Feature::CBot, (said.flags & botFlag) != 0) | when(Feature::CQuestion, question) |
           when(Feature::CQuestionOther, question && other) |
           when(Feature::CQuestionNear, question && other && q - c <= 10) |
           when(Feature::CGreeting, (said.flags & greetingFlag) != 0) |
           when(Feature::Shared1, shared == 1) | when(Feature::SharedMore, shared > 1) |
           when(Feature::CShort, (said.flags & shortFlag) != 0) |
           when(Feature::BothQuestions, question && (lines_[q].flags & questionFlag) != 0);
}

void ChatFeatures::candidates(std::size_t q, std::vector<AnswerPair>& pairs) const
{
    const Line& answer = lines_[q];
    const auto reach = std::min(q, answerWindow);
    pairs.resize(reach + 1);
    pairs[0] = opening(q);
    Shared shared;
    if (answer.author != none) share(q, shared);
    bool anySpoken = false;
    bool anyOther = false;
    for (std::size_t distance = 1; distance <= reach; ++distance) {
        const std::size_t c = q - distance;
        const Line& said = lines_[c];
        AnswerPair& pair = pairs[distance] = nearness(q, c);
        if (answer.author == none || said.author == none) continue;
        const bool same = said.author == answer.author;
        const bool last = said.next == none || said.next >= q;
        pair.bits |=
            nameBits(q, c, last) | wordBits(q, c, shared.words[distance]) |
            when(Feature::SameAuthor, same) | when(Feature::SameAuthorNext, same && distance == 1) |
            when(Feature::LastOfAuthor, last) |
            when(Feature::SilentSince, answer.previous == none || answer.previous < c) |
            when(Feature::LastSpoken, !anySpoken) | when(Feature::LastByOther, !same && !anyOther) |
            when(Feature::OwnPrevious, answer.previous == c);
        if (shared.words[distance] > 0) {
            pair.likeness = shared.weight[distance] / (answer.length * said.length);
        }
        anySpoken = true;
        anyOther = anyOther || !same;
    }
}

}  // namespace kith
