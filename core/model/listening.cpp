#include "core/model/listening.h"

#include "core/base/text.h"

#include <algorithm>

namespace kith {

std::string_view name(Question question)
{
    static constexpr std::array names{"", "wrong", "right", "would", "want", "doing", "matters"};
    return names.at(static_cast<std::size_t>(question));
}

std::optional<Question> questionNamed(std::string_view name)
{
    for (const Question question : allQuestions) {
        if (asciiEqual(kith::name(question), name)) return question;
    }
    return std::nullopt;
}

std::string_view title(Question question)
{
    static constexpr std::array titles{"",
                                       "What's wrong?",
                                       "What's right?",
                                       "What would you do?",
                                       "What do you want to do?",
                                       "What are you doing?",
                                       "What matters to you?"};
    return titles.at(static_cast<std::size_t>(question));
}

bool Coding::has(Question question) const
{
    return std::ranges::any_of(marks, [&](const Mark& mark) { return mark.question == question; });
}

}  // namespace kith
