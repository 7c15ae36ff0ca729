#pragma once

#include "core/base/time.h"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What is looked at to tell who answers whom in a flat chat: METHODS b, after Elsner and Charniak
/// (2008) and Kummerfeld et al. (2019).
namespace kith {

/// A message of a flat chat, in time order.
struct ChatLine {
    std::int64_t author = 0;  ///< any number; of no meaning for a system line
    Time time{};
    std::string_view text;
    bool system = false;  ///< "Ann joined": nobody said it and nobody answers it
    bool bot = false;
};

/// How far back an answer is looked for, in lines.
inline constexpr std::size_t answerWindow = 100;

/// The features of "line q answers line c"; those that begin with Opens are features of "line q
/// opens a conversation". All are 0 or 1 but the three named Log... and Likeness. q's people and
/// c's people are those named in the text.
enum class AnswerFeature : std::uint8_t {
    Opens,
    OpensSystem,
    OpensQuestion,
    OpensGreeting,
    OpensNaming,
    OpensUnheard,  ///< nothing by q's author so far
    OpensThanks,
    OpensWithin5,       ///< q's author last spoke at most 5 lines ago
    OpensWithin2Min,    ///< ... at most 2 minutes ago
    OpensAfterSilence,  ///< nobody said anything for more than 5 minutes
    Lines1,
    Lines2,
    Lines3to5,
    Lines6to10,
    Lines11to20,
    LinesMore,
    LogLines,
    Minutes0,
    Minutes1,
    Minutes2to5,
    Minutes6to15,
    MinutesMore,
    LogMinutes,  ///< ln(1 + minutes)
    SameAuthor,
    SameAuthorNext,  ///< and c is the line before
    NamesC,          ///< q names c's author
    NamesCFirst,     ///< and q's first word is a name
    NamedByC,        ///< c names q's author
    NamedByCFirst,   ///< and c's first word is a name
    NameEachOther,
    NameTheSame,   ///< both name the same person
    LastOfAuthor,  ///< c is the last line of its author
    LastOfNamed,   ///< and q names that author
    SilentSince,   ///< q's author said nothing after c
    CSystem,
    CBot,
    CQuestion,
    CQuestionOther,  ///< by somebody else
    NamesAnother,    ///< q names people, c's author is none of them nor q's author
    ThanksNamedByC,
    CGreeting,
    Shared1,  ///< one content word in common
    SharedMore,
    Likeness,  ///< tf-idf cosine of the content words
    CShort,    ///< at most two words
    BothQuestions,
    LastSpoken,        ///< c is the last line that is no system line
    LastByOther,       ///< ... and not by q's author
    NamedBefore,       ///< the line before of q's author names c's author
    OwnPrevious,       ///< c is the line before of q's author
    NamedByCAnswered,  ///< c names q's author, who has spoken since
    QSystem,           ///< q is a system line
    NeitherNames,
    NamesFirstLast,  ///< LastOfNamed, and q's first word is a name
    CQuestionNear    ///< c is somebody else's question at most ten lines before
};
inline constexpr std::size_t answerFeatures = 55;

/// As in the files of weights: "opens", "opens_system", ...
std::span<const std::string_view> answerFeatureNames();

/// True for features that need names in the text; the weights for chats without do not use them.
bool needsNames(AnswerFeature feature);

/// Which of Lines1 to LinesMore a distance is.
AnswerFeature lineFeature(std::uint32_t lines);

constexpr std::uint64_t bitOf(AnswerFeature feature)
{
    return std::uint64_t{1} << static_cast<unsigned>(feature);
}

/// The features of one candidate.
struct AnswerPair {
    std::uint64_t bits = 0;     ///< of the features that are 0 or 1
    std::uint32_t lines = 0;    ///< q - c; 0 for "q opens a conversation"
    std::uint32_t minutes = 0;  ///< on the clock: 12:00:59 and 12:01:00 are one apart
    float likeness = 0;

    bool has(AnswerFeature feature) const { return (bits & bitOf(feature)) != 0; }
    bool operator==(const AnswerPair&) const = default;
};

/// A chat, read once: words, names and links between lines, so that the features of any line are
/// found without looking at the text again. O(bytes) time to make; about 60 bytes a line and 12 a
/// content word. The lines' text is not needed afterwards. May be asked by several threads.
class ChatFeatures {
public:
    /// @param names display names by author, to find who is named
    ChatFeatures(const std::vector<ChatLine>& lines,
                 const std::map<std::int64_t, std::string>& names);

    std::size_t size() const { return lines_.size(); }

    /// Replaces `pairs` by the candidates of line q: [0] is "opens", [i] is line q - i, for the
    /// window. Allocates nothing once `pairs` has room. O(window + repeats of q's words in it).
    void candidates(std::size_t q, std::vector<AnswerPair>& pairs) const;

    /// Whether a line names somebody of the chat.
    bool names(std::size_t line) const { return lines_[line].named != lines_[line + 1].named; }

private:
    class Reading;

    static constexpr std::uint32_t none = UINT32_MAX;

    // Line::flags
    static constexpr std::uint8_t questionFlag = 1;
    static constexpr std::uint8_t greetingFlag = 2;
    static constexpr std::uint8_t thanksFlag = 4;
    static constexpr std::uint8_t shortFlag = 8;
    static constexpr std::uint8_t botFlag = 16;
    static constexpr std::uint8_t nameFirstFlag = 32;

    struct Line {
        std::int64_t minute = 0;
        std::uint32_t author = none;    ///< none for a system line
        std::uint32_t words = 0;        ///< where its content words begin in words_
        std::uint32_t named = 0;        ///< where the people it names begin in named_
        std::uint32_t previous = none;  ///< line before by the same author
        std::uint32_t next = none;      ///< line after by the same author
        float length = 1;               ///< of its tf-idf vector
        std::uint8_t flags = 0;
    };

    /// A content word of a line, linked with the line before that holds it too.
    struct Use {
        std::uint32_t word = 0;
        std::uint32_t line = 0;
        std::uint32_t before = none;  ///< position in uses_
    };

    struct Shared {
        std::array<std::uint32_t, answerWindow + 1> words{};
        std::array<float, answerWindow + 1> weight{};
    };

    std::span<const std::uint32_t> namedBy(std::size_t line) const;
    void share(std::size_t q, Shared& shared) const;
    AnswerPair opening(std::size_t q) const;
    AnswerPair nearness(std::size_t q, std::size_t c) const;
    std::uint64_t nameBits(std::size_t q, std::size_t c, bool last) const;
    std::uint64_t wordBits(std::size_t q, std::size_t c, std::uint32_t shared) const;

    std::vector<Line> lines_;  ///< one more than there are lines: it ends the last
    std::vector<Use> uses_;
    std::vector<std::uint32_t> named_;
    std::vector<float> weight_;  ///< of a word: its squared inverse document frequency
};

}  // namespace kith
