#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The six questions that listening asks. Values are stored: never renumber.
enum class Question : std::uint8_t {
    Wrong = 1,
    Right = 2,
    Would = 3,
    Want = 4,
    Doing = 5,
    Matters = 6
};

inline constexpr std::array allQuestions{Question::Wrong, Question::Right, Question::Would,
                                         Question::Want,  Question::Doing, Question::Matters};

/// "wrong", "right", "would", "want", "doing", "matters": as on the command line.
std::string_view name(Question question);
std::optional<Question> questionNamed(std::string_view name);  ///< ignoring ASCII case

/// "What's wrong?" ...
std::string_view title(Question question);

/// Whom what was said is about, where the coder says so; stored as text.
inline constexpr std::array<std::string_view, 5> allAbout{"", "self", "us", "them", "place"};

/// What one person put on one message. No questions: read, and none of the six answered, which
/// counts when coders are compared.
struct Coding {
    struct Mark {
        Question question = Question::Wrong;
        std::string about;  ///< one of allAbout

        friend auto operator<=>(const Mark&, const Mark&) = default;
    };

    MessageId message;
    std::string coder;
    std::vector<Mark> marks;  ///< by question, then about
    Time added{};

    bool has(Question question) const;
};

}  // namespace kith
