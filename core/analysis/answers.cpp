#include "core/analysis/answers.h"

#include "core/text/answers.h"

namespace kith {

AnswerFinder answerFinder()
{
    return [](const std::vector<FlatMessage>& conversation,
              const std::map<AccountId, std::string>& names) {
        std::vector<ChatLine> lines;
        lines.reserve(conversation.size());
        for (const auto& message : conversation) {
            lines.push_back(
                {message.author.value, message.time, message.text, !message.author, message.bot});
        }
        std::map<std::int64_t, std::string> byNumber;
        for (const auto& [account, name] : names) byNumber.emplace(account.value, name);

        std::vector<InferredAnswer> answers;
        for (const auto& answer : answersIn(lines, byNumber)) {
            answers.push_back({answer.from, answer.to, answer.probability});
        }
        return answers;
    };
}

}  // namespace kith
