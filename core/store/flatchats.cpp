#include "core/store/flatchats.h"

#include "core/base/error.h"

#include <set>

namespace kith {

namespace {

/// Everything in one conversation, in time order: system lines too, for they part what is said.
std::vector<FlatMessage> messagesOf(const Database& db, std::int64_t conversation)
{
    std::vector<FlatMessage> messages;
    Statement rows(db,
                   "SELECT id, iif(flags & 1, 0, ifnull(account, 0)), time, text, flags & 8 "
                   "FROM message WHERE conversation = ?1 AND time IS NOT NULL ORDER BY time, id");
    for (rows.bind(conversation); rows.next();) {
        messages.push_back({MessageId{rows.integer(0)}, AccountId{rows.integer(1)},
                            fromMillis(rows.integer(2)), rows.text(3), rows.integer(4) != 0});
    }
    return messages;
}

std::map<AccountId, std::string> namesOf(const Database& db,
                                         const std::vector<FlatMessage>& messages)
{
    std::map<AccountId, std::string> names;
    for (const FlatMessage& message : messages) {
        if (message.author) names.try_emplace(message.author);
    }
    Statement row(db, "SELECT name FROM account WHERE id = ?1");
    for (auto& [id, name] : names) {
        row.bind(id).next();
        name = row.text(0);
    }
    return names;
}

/// Messages whose file says what they answer: nothing is to be inferred about them.
std::set<MessageId> answeredIn(const Database& db, std::int64_t conversation)
{
    std::set<MessageId> answered;
    Statement rows(db,
                   "SELECT t.message FROM tie t JOIN message m ON m.id = t.message "
                   "WHERE m.conversation = ?1 AND t.kind = 1 "
                   "UNION SELECT message FROM unresolved WHERE conversation = ?1 AND kind = 1");
    for (rows.bind(conversation); rows.next();) answered.insert(MessageId{rows.integer(0)});
    return answered;
}

std::uint64_t inferIn(const Database& db, std::int64_t conversation, const AnswerFinder& finder)
{
    Statement(db,
              "DELETE FROM tie WHERE kind = 7 AND message IN "
              "(SELECT id FROM message WHERE conversation = ?1)")
        .run(conversation);
    const auto messages = messagesOf(db, conversation);
    const auto answers = finder(messages, namesOf(db, messages));
    const auto answered = answeredIn(db, conversation);

    Statement insert(db,
                     "INSERT INTO tie (message, kind, from_account, to_account, time, weight, "
                     "target) VALUES (?1, 7, ?2, ?3, ?4, ?5, ?6)");
    std::uint64_t count = 0;
    for (const InferredAnswer& answer : answers) {
        const FlatMessage& from = messages.at(answer.from);
        const FlatMessage& to = messages.at(answer.to);
        if (!from.author || !to.author || from.author == to.author) continue;
        if (answer.probability <= 0 || answered.contains(from.id)) continue;
        insert.run(from.id, from.author, to.author, from.time, answer.probability, to.id);
        ++count;
    }
    return count;
}

}  // namespace

std::uint64_t inferAnswers(const Database& db, const std::vector<std::int64_t>& conversations,
                           const AnswerFinder& finder, Task& task)
{
    task.begin("Working out who answers whom", conversations.size());
    Statement mark(db, "UPDATE conversation SET flat = 1 WHERE id = ?1");
    std::uint64_t count = 0;
    for (const auto conversation : conversations) {
        mark.run(conversation);
        if (finder) count += inferIn(db, conversation, finder);
        task.advance();
    }
    return count;
}

}  // namespace kith
