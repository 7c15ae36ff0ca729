#include "core/text/answerfeatures.h"

#include <algorithm>

namespace kith {
namespace {

using Feature = AnswerFeature;

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
