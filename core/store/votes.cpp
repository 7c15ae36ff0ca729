#include "core/store/votes.h"

#include "core/base/text.h"
#include "core/store/conditions.h"
#include "core/store/database.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace kith {

namespace {

Conditions votesWithin(const Selection& selection)
{
    Conditions only;
    only.addTime(selection, "v.time");
    only.addSources(selection, "m.id", "m.source");
    only.addMembers(selection, "v.account");
    return only;
}

/// "7" before "12" before "x".
auto inOrder(const VotedStatement& statement)
{
    const auto number = parseInteger(statement.number);
    return std::tuple(!number.has_value(), number.value_or(0), statement.number, statement.id);
}

std::vector<VotedStatement> statementsOf(const Database& db, std::int64_t conversation)
{
    std::vector<VotedStatement> statements;
    // A reader of votes marks what moderators rejected with an attachment of that name.
    Statement rows(db,
                   "SELECT id, CAST(native AS TEXT), text, ifnull(attachments, '') LIKE "
                   "'%moderated out%' FROM message WHERE conversation = ?1 AND flags & 1 = 0");
    for (rows.bind(conversation); rows.next();) {
        statements.push_back(
            {MessageId{rows.integer(0)}, rows.text(1), rows.text(2), rows.integer(3) != 0});
    }
    std::ranges::sort(statements, {}, inOrder);
    return statements;
}

}  // namespace

std::vector<VotedConversation> votedConversations(const Workspace& workspace,
                                                  const Selection& selection)
{
    const Database& db = workspace.database();
    const auto only = votesWithin(selection);
    std::vector<VotedConversation> found;
    Statement rows(db,
                   "SELECT c.id, c.name, count(*) FROM vote v JOIN message m ON m.id = v.message "
                   "JOIN conversation c ON c.id = m.conversation" +
                       only.where() + " GROUP BY c.id ORDER BY count(*) DESC, c.id");
    for (only.bind(rows); rows.next();) {
        found.push_back(
            {rows.integer(0), rows.text(1), static_cast<std::uint64_t>(rows.integer(2))});
    }
    return found;
}

StoredVotes votesIn(const Workspace& workspace, const Selection& selection,
                    std::int64_t conversation, Task& task)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    StoredVotes found;
    found.statements = statementsOf(db, conversation);
    std::unordered_map<std::int64_t, std::uint32_t> index;
    for (const auto& statement : found.statements)
        index.emplace(statement.id.value, static_cast<std::uint32_t>(index.size()));

    auto only = votesWithin(selection);
    only.add("m.conversation = " + std::to_string(conversation));
    task.begin("Reading votes", 0);
    Statement rows(db,
                   "SELECT a.person, v.message, v.value FROM vote v "
                   "JOIN message m ON m.id = v.message JOIN account a ON a.id = v.account" +
                       only.where() + " ORDER BY a.person, v.message, v.time, v.account");
    for (only.bind(rows); rows.next();) {
        task.advance();
        const auto statement = index.find(rows.integer(1));
        if (statement == index.end()) continue;
        found.votes.push_back(
            {PersonId{rows.integer(0)}, statement->second, static_cast<int>(rows.integer(2))});
    }
    const auto pair = [](const StoredVotes::Vote& vote) {
        return std::pair(vote.person, vote.statement);
    };
    std::ranges::stable_sort(found.votes, {}, pair);
    std::vector<StoredVotes::Vote> last;
    for (const auto& vote : found.votes) {
        if (!last.empty() && pair(last.back()) == pair(vote)) {
            last.back() = vote;
        } else {
            last.push_back(vote);
        }
    }
    found.votes = std::move(last);
    return found;
}

}  // namespace kith
