#include "core/store/flatchats.h"

#include "core/base/error.h"
#include "core/store/postings.h"
#include "core/store/tieblocks.h"

#include <algorithm>
#include <set>

namespace kith {

namespace {

/// Everything in one conversation, in time order: system lines too, for they part what is said.
std::vector<FlatMessage> messagesOf(const Database& db, std::int64_t conversation)
{
    std::vector<FlatMessage> messages;
    std::vector<std::int64_t> numbers;
    Postings(db, PostingList::Conversation).find(conversation, numbers);
    Statement row(db,
                  "SELECT id, iif(flags & 1, 0, ifnull(account, 0)), time, text, flags & 8 "
                  "FROM message WHERE id = ?1 AND conversation = ?2 AND time IS NOT NULL");
    for (const auto number : numbers) {
        if (!row.bind(number, conversation).next()) continue;
        messages.push_back({MessageId{row.integer(0)}, AccountId{row.integer(1)},
                            fromMillis(row.integer(2)), row.text(3), row.integer(4) != 0});
    }
    std::ranges::stable_sort(messages, {}, &FlatMessage::time);
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
std::set<MessageId> answeredIn(const Database& db, std::int64_t conversation,
                               const std::vector<FlatMessage>& messages)
{
    std::set<MessageId> answered;
    TiesOfMessages stored(db);
    std::vector<StoredTie> ties;
    for (const FlatMessage& message : messages) {
        stored.of(message.id.value, ties);
        if (std::ranges::find(ties, TieKind::Reply, &StoredTie::kind) != ties.end())
            answered.insert(message.id);
    }
    Statement rows(db, "SELECT message FROM unresolved WHERE conversation = ?1 AND kind = 1");
    for (rows.bind(conversation); rows.next();) answered.insert(MessageId{rows.integer(0)});
    return answered;
}

std::uint64_t inferIn(const Database& db, std::int64_t conversation, const AnswerFinder& finder)
{
    dropInferredTies(db, conversation);
    const auto messages = messagesOf(db, conversation);
    const auto answers = finder(messages, namesOf(db, messages));
    const auto answered = answeredIn(db, conversation, messages);

    std::vector<StoredTie> ties;
    for (const InferredAnswer& answer : answers) {
        const FlatMessage& from = messages.at(answer.from);
        const FlatMessage& to = messages.at(answer.to);
        if (!from.author || !to.author || from.author == to.author) continue;
        if (answer.probability <= 0 || answered.contains(from.id)) continue;
        ties.push_back({from.id.value, TieKind::Adjacent, from.author.value, to.author.value,
                        to.id.value, from.time, answer.probability});
    }
    std::ranges::stable_sort(ties, {}, &StoredTie::message);
    TieWriter writer(db, conversation);
    for (const StoredTie& tie : ties) writer.add(tie);
    writer.finish();
    return ties.size();
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
