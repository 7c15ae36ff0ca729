#include "core/text/answerfeatures.h"

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/text/tokens.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

using namespace kith;

namespace {

using Feature = AnswerFeature;

const std::map<std::int64_t, std::string> people{{1, "ana"},  {2, "bo7"},  {3, "cyril"},
                                                 {4, "dora"}, {5, "will"}, {6, "eve|off"}};

/// The features once more, each worked out from the whole chat by its definition.
class Twin {
public:
    explicit Twin(const std::vector<ChatLine>& lines) : lines_(lines)
    {
        for (const auto& line : lines) {
            words_.push_back(wordsOf(line.text));
            named_.push_back(line.system ? Named{} : namedIn(line));
        }
    }

    AnswerPair pair(std::size_t q, std::size_t c) const
    {
        AnswerPair pair;
        const auto set = [&](Feature feature, bool present) {
            if (present) pair.bits |= bitOf(feature);
        };
        const auto minute = [&](std::size_t i) { return toMillis(lines_[i].time) / 60'000; };
        const bool system = lines_[q].system;
        if (q == c) {
            const auto before = previousOf(q);
            set(Feature::Opens, true);
            set(Feature::OpensSystem, system);
            set(Feature::OpensQuestion, asks(q));
            set(Feature::OpensGreeting, greets(q));
            set(Feature::OpensNaming, !named_[q].who.empty());
            set(Feature::OpensUnheard, !before);
            set(Feature::OpensThanks, agrees(q));
            set(Feature::OpensWithin5, before && q - *before <= 5);
            set(Feature::OpensWithin2Min, before && minute(q) - minute(*before) <= 2);
            set(Feature::OpensAfterSilence, q > 0 && minute(q) - minute(q - 1) > 5);
            return pair;
        }
        const auto d = q - c;
        const auto m = minute(q) - minute(c);
        pair.lines = static_cast<std::uint32_t>(d);
        pair.minutes = static_cast<std::uint32_t>(std::max<std::int64_t>(m, 0));
        set(Feature::Lines1, d == 1);
        set(Feature::Lines2, d == 2);
        set(Feature::Lines3to5, d >= 3 && d <= 5);
        set(Feature::Lines6to10, d >= 6 && d <= 10);
        set(Feature::Lines11to20, d >= 11 && d <= 20);
        set(Feature::LinesMore, d > 20);
        set(Feature::Minutes0, m <= 0);
        set(Feature::Minutes1, m == 1);
        set(Feature::Minutes2to5, m >= 2 && m <= 5);
        set(Feature::Minutes6to15, m >= 6 && m <= 15);
        set(Feature::MinutesMore, m > 15);
        set(Feature::CSystem, lines_[c].system);
        set(Feature::QSystem, system);
        if (system || lines_[c].system) return pair;
        setAuthors(q, c, set);
        setNames(q, c, set);
        setWords(q, c, set, pair);
        return pair;
    }

private:
    struct Named {
        std::set<std::int64_t> who;
        std::set<std::string> words;
        bool first = false;
    };

    template <class Set>
    void setAuthors(std::size_t q, std::size_t c, const Set& set) const
    {
        const auto before = previousOf(q);
        const bool same = lines_[q].author == lines_[c].author;
        set(Feature::SameAuthor, same);
        set(Feature::SameAuthorNext, same && q - c == 1);
        set(Feature::LastOfAuthor, lastOf(q, c));
        set(Feature::SilentSince, !before || *before < c);
        set(Feature::CBot, lines_[c].bot);
        bool spoken = false;
        bool other = false;
        for (std::size_t i = c + 1; i < q; ++i) {
            spoken = spoken || !lines_[i].system;
            other = other || (!lines_[i].system && lines_[i].author != lines_[q].author);
        }
        set(Feature::LastSpoken, !spoken);
        set(Feature::LastByOther, !same && !other);
        set(Feature::OwnPrevious, before == c);
    }

    template <class Set>
    void setNames(std::size_t q, std::size_t c, const Set& set) const
    {
        const Named& a = named_[q];
        const Named& b = named_[c];
        const auto before = previousOf(q);
        const bool same = lines_[q].author == lines_[c].author;
        const bool names = a.who.contains(lines_[c].author);
        const bool named = b.who.contains(lines_[q].author);
        const bool last = lastOf(q, c);
        std::vector<std::int64_t> both;
        std::set_intersection(a.who.begin(), a.who.end(), b.who.begin(), b.who.end(),
                              std::back_inserter(both));
        set(Feature::NamesC, names);
        set(Feature::NamesCFirst, names && a.first);
        set(Feature::NamedByC, named);
        set(Feature::NamedByCFirst, named && b.first);
        set(Feature::NameEachOther, names && named);
        set(Feature::NameTheSame, !both.empty());
        set(Feature::LastOfNamed, last && names);
        set(Feature::NamesFirstLast, last && names && a.first);
        set(Feature::NamesAnother, !a.who.empty() && !names && !same);
        set(Feature::ThanksNamedByC, agrees(q) && named);
        set(Feature::NamedBefore, before && named_[*before].who.contains(lines_[c].author));
        set(Feature::NamedByCAnswered, named && before && *before > c);
        set(Feature::NeitherNames, a.who.empty() && b.who.empty());
    }

    template <class Set>
    void setWords(std::size_t q, std::size_t c, const Set& set, AnswerPair& pair) const
    {
        const bool same = lines_[q].author == lines_[c].author;
        const auto a = contentOf(q);
        const auto b = contentOf(c);
        std::vector<std::string> both;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        set(Feature::CQuestion, asks(c));
        set(Feature::CQuestionOther, asks(c) && !same);
        set(Feature::CQuestionNear, asks(c) && !same && q - c <= 10);
        set(Feature::CGreeting, greets(c));
        set(Feature::CShort, words_[c].size() <= 2);
        set(Feature::BothQuestions, asks(q) && asks(c));
        set(Feature::Shared1, both.size() == 1);
        set(Feature::SharedMore, both.size() > 1);
        const auto length = [&](const auto& words) {
            double sum = 0;
            for (const auto& word : words) sum += std::pow(idf(word), 2);
            return std::sqrt(sum);
        };
        if (both.empty()) return;
        pair.likeness = static_cast<float>(std::pow(length(both), 2) / (length(a) * length(b)));
    }

    static std::vector<std::string> wordsOf(std::string_view text)
    {
        std::vector<std::string> words(1);
        for (const char c : asciiLower(text)) {
            const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
            if (part) words.back() += c;
            if (!part && !words.back().empty()) words.emplace_back();
        }
        if (words.back().empty()) words.pop_back();
        return words;
    }

    static Named namedIn(const ChatLine& line)
    {
        Named named;
        std::string text = asciiLower(line.text);
        for (char& c : text) {
            if (std::string_view(",:;!?()<>@").find(c) != std::string_view::npos) c = ' ';
        }
        std::size_t position = 0;
        for (const auto token : split(text, ' ')) {
            if (token.empty()) continue;
            const bool first = position++ == 0;
            for (const auto& [author, name] : people) {
                // "Ana's" names Ana.
                const bool names = name == token || name + "'s" == token;
                if (!names || author == line.author) continue;
                if (name == "will" && !first) continue;
                named.who.insert(author);
                named.words.emplace(token);
                named.first = named.first || first;
            }
        }
        return named;
    }

    std::set<std::string> contentOf(std::size_t line) const
    {
        std::set<std::string> content;
        for (const auto& word : words_[line]) {
            if (!isStopWord(word) && !named_[line].words.contains(word)) content.insert(word);
        }
        return content;
    }

    double idf(const std::string& word) const
    {
        int count = 0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const auto& words = words_[i];
            count +=
                !lines_[i].system && std::find(words.begin(), words.end(), word) != words.end();
        }
        return std::log(1 + static_cast<double>(lines_.size()) / (1 + count));
    }

    std::optional<std::size_t> previousOf(std::size_t q) const
    {
        if (lines_[q].system) return std::nullopt;
        for (std::size_t i = q; i-- > 0;) {
            if (!lines_[i].system && lines_[i].author == lines_[q].author) return i;
        }
        return std::nullopt;
    }

    bool lastOf(std::size_t q, std::size_t c) const
    {
        for (std::size_t i = c + 1; i < q; ++i) {
            if (!lines_[i].system && lines_[i].author == lines_[c].author) return false;
        }
        return true;
    }

    bool begins(std::size_t line, std::size_t within, const std::set<std::string>& list) const
    {
        const auto& words = words_[line];
        const auto end =
            words.begin() + static_cast<std::ptrdiff_t>(std::min(within, words.size()));
        return std::any_of(words.begin(), end,
                           [&](const auto& word) { return list.contains(word); });
    }

    bool asks(std::size_t line) const
    {
        return lines_[line].text.find('?') != std::string_view::npos || begins(line, 1, {"how"});
    }
    bool greets(std::size_t line) const { return begins(line, 3, {"hello", "all"}); }
    bool agrees(std::size_t line) const { return begins(line, 2, {"thanks", "ok"}); }

    const std::vector<ChatLine>& lines_;
    std::vector<std::vector<std::string>> words_;
    std::vector<Named> named_;
};

struct Chat {
    std::vector<std::string> texts;
    std::vector<ChatLine> lines;
};

Chat randomChat(Random& random, std::size_t length)
{
    static const std::vector<std::string> pieces{
        "ana",    "bo7:", "@cyril", "dora,",  "will", "eve|off", "Ana's",  "how", "hello", "all",
        "thanks", "ok",   "the",    "boiler", "damp", "repairs", "noise?", "it",  "bins",  "don't"};
    Chat chat;
    std::int64_t millis = 1'700'000'000'000;
    for (std::size_t i = 0; i < length; ++i) {
        std::string text;
        for (auto count = random.below(7); count > 0; --count) {
            text += pieces[random.below(pieces.size())] + " ";
        }
        chat.texts.push_back(text);
        millis += static_cast<std::int64_t>(random.chance(0.1) ? random.below(3'000'000)
                                                               : random.below(90'000));
        chat.lines.push_back({1 + static_cast<std::int64_t>(random.below(6)),
                              fromMillis(millis),
                              {},
                              random.chance(0.1),
                              random.chance(0.05)});
    }
    for (std::size_t i = 0; i < length; ++i) chat.lines[i].text = chat.texts[i];
    return chat;
}

std::string namesOf(std::uint64_t bits)
{
    std::string names;
    for (std::size_t i = 0; i < answerFeatures; ++i) {
        if ((bits >> i & 1U) != 0) names += std::string(answerFeatureNames()[i]) + " ";
    }
    return names;
}

}  // namespace

TEST_CASE("the features of random chats are those of their definitions", "[text]")
{
    std::uint64_t met = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random(seed);
        const Chat chat = randomChat(random, 1 + random.below(160));
        const ChatFeatures features(chat.lines, people);
        const Twin twin(chat.lines);
        std::vector<AnswerPair> pairs;
        for (std::size_t q = 0; q < chat.lines.size(); q += 1 + random.below(4)) {
            features.candidates(q, pairs);
            REQUIRE(pairs.size() == std::min(q, answerWindow) + 1);
            for (std::size_t d = 0; d < pairs.size(); ++d) {
                const auto expected = twin.pair(q, q - d);
                CAPTURE(seed, q, d, chat.texts[q], chat.texts[q - d]);
                met |= expected.bits;
                if (pairs[d].bits != expected.bits) {
                    REQUIRE(namesOf(pairs[d].bits) == namesOf(expected.bits));
                }
                REQUIRE(pairs[d].lines == expected.lines);
                REQUIRE(pairs[d].minutes == expected.minutes);
                REQUIRE(pairs[d].likeness == Approx(expected.likeness).margin(1e-5));
            }
        }
    }
    // Every feature that is 0 or 1 was met: a twin of nothing proves nothing.
    const auto real =
        bitOf(Feature::LogLines) | bitOf(Feature::LogMinutes) | bitOf(Feature::Likeness);
    CHECK(namesOf(~(met | real)).empty());
}

TEST_CASE("words of other scripts are words too", "[text]")
{
    const std::vector<ChatLine> lines{
        {1, fromMillis(0), "Der Schimmel im Flur, größer", false, false},
        {2, fromMillis(0), "GRÖSSER als der schimmel?", false, false},
        {1, fromMillis(0), "今天停电", false, false},
        {2, fromMillis(0), "停电？", false, false}};
    const ChatFeatures chat(lines, {});
    std::vector<AnswerPair> pairs;
    chat.candidates(1, pairs);
    CHECK(pairs[1].has(Feature::SharedMore));
    CHECK(pairs[0].has(Feature::OpensQuestion));
    chat.candidates(3, pairs);
    CHECK(pairs[1].has(Feature::SharedMore));
    CHECK_FALSE(pairs[2].has(Feature::Shared1));
    CHECK(pairs[0].has(Feature::OpensQuestion));
}
