#include "core/store/messages.h"

#include "core/base/error.h"
#include "core/store/conditions.h"
#include "core/store/database.h"
#include "core/store/postings.h"
#include "core/store/threads.h"
#include "core/store/tieblocks.h"

#include <algorithm>

namespace kith {

namespace {

/// The person behind each account, by account id; 0 where there is none.
std::vector<PersonId> personByAccount(const Database& db)
{
    std::vector<PersonId> people;
    Statement rows(db, "SELECT id, person FROM account ORDER BY id");
    while (rows.next()) {
        const auto id = static_cast<std::size_t>(rows.integer(0));
        if (people.size() <= id) people.resize(id + 1);
        people[id] = PersonId{rows.integer(1)};
    }
    return people;
}

PersonId personOf(const std::vector<PersonId>& people, std::int64_t account)
{
    const auto at = static_cast<std::size_t>(account);
    return at < people.size() ? people[at] : PersonId{};
}

bool wantsKind(const Selection& selection, TieKind kind)
{
    return selection.kinds.empty() ||
           std::ranges::find(selection.kinds, kind) != selection.kinds.end();
}

bool wantsTime(const Selection& selection, const std::optional<Time>& time)
{
    if (!selection.from && !selection.until) return true;
    return time && (!selection.from || *time >= *selection.from) &&
           (!selection.until || *time < *selection.until);
}

/// Numbers that a condition leaves, as bits.
using Wanted = std::optional<std::vector<bool>>;

bool holds(const std::vector<bool>& numbers, std::int64_t number)
{
    const auto at = static_cast<std::size_t>(number);
    return at < numbers.size() && numbers[at];
}

std::vector<bool> numbersIn(const Database& db, const std::string& sql, const Conditions& only)
{
    std::vector<bool> numbers;
    Statement rows(db, sql + only.where());
    for (only.bind(rows); rows.next();) {
        const auto at = static_cast<std::size_t>(rows.integer(0));
        if (numbers.size() <= at) numbers.resize(std::max(at + 1, numbers.size() * 2));
        numbers[at] = true;
    }
    return numbers;
}

/// Absent where every message will do.
Wanted wantedMessages(const Database& db, const Selection& selection)
{
    if (selection.sources.empty() && !selection.concern) return std::nullopt;
    Conditions only;
    only.addSources(selection, "m.id", "m.source");
    only.addConcern(db, selection, "m.id");
    return numbersIn(db, "SELECT m.id FROM message m", only);
}

/// Absent where everybody's ties will do.
Wanted wantedAccounts(const Database& db, const Selection& selection)
{
    if (!selection.community) return std::nullopt;
    Conditions only;
    only.addMembers(selection, "o.id");
    return numbersIn(db, "SELECT o.id FROM account o", only);
}

void eachMessageTie(const Database& db, const Selection& selection,
                    const std::vector<PersonId>& people,
                    const std::function<void(const TieRow&)>& each, Task& task)
{
    const auto messages = wantedMessages(db, selection);
    const auto members = wantedAccounts(db, selection);
    eachStoredTie(db, [&](const StoredTie& stored) {
        if (!wantsKind(selection, stored.kind) || !wantsTime(selection, stored.time)) return;
        if (messages && !holds(*messages, stored.message)) return;
        if (members && !(holds(*members, stored.from) && holds(*members, stored.to))) return;
        task.advance();
        const TieRow tie{personOf(people, stored.from),
                         personOf(people, stored.to),
                         stored.kind,
                         stored.time,
                         stored.weight,
                         MessageId{stored.message}};
        if (tie.from && tie.to && tie.from != tie.to) each(tie);
    });
}

void eachSpokenTie(const Database& db, const Selection& selection,
                   const std::vector<PersonId>& people,
                   const std::function<void(const TieRow&)>& each, Task& task)
{
    Conditions messages;
    messages.addTime(selection, "m.time");
    messages.addSources(selection, "m.id", "m.source");
    messages.addConcern(db, selection, "m.id");
    messages.addMembers(selection, "m.account");
    Conditions members;
    members.addMembers(selection, "m.account");
    eachThreadTie(
        db, messages, members,
        [&](const ThreadTie& spoken) {
            const TieRow tie{personOf(people, spoken.late),
                             personOf(people, spoken.early),
                             TieKind::Thread,
                             spoken.time,
                             spoken.weight,
                             MessageId{spoken.message},
                             false};
            if (tie.from && tie.to && tie.from != tie.to) each(tie);
        },
        task);
}

void eachGivenTie(const Database& db, const Selection& selection,
                  const std::vector<PersonId>& people,
                  const std::function<void(const TieRow&)>& each, Task& task)
{
    Conditions only;
    only.addTime(selection, "g.time");
    only.addSources(selection, "g.id", "g.source");
    only.addMembers(selection, "g.from_account");
    only.addMembers(selection, "g.to_account");
    Statement rows(
        db, "SELECT g.from_account, g.to_account, g.time, g.weight, g.directed FROM given g" +
                only.where() + " ORDER BY g.id");
    for (only.bind(rows); rows.next();) {
        task.advance();
        TieRow tie{personOf(people, rows.integer(0)),
                   personOf(people, rows.integer(1)),
                   TieKind::Given,
                   rows.time(2),
                   rows.real(3),
                   MessageId{}};
        tie.directed = rows.integer(4) != 0;
        if (tie.from && tie.to && tie.from != tie.to) each(tie);
    }
}

/// What MessageView holds, and where from.
constexpr const char* viewColumns =
    "SELECT m.id, a.person, p.name, c.name, s.file, m.time, m.text FROM message m "
    "LEFT JOIN account a ON a.id = m.account LEFT JOIN person p ON p.id = a.person "
    "JOIN conversation c ON c.id = m.conversation JOIN source s ON s.id = m.source ";

MessageView viewIn(const Statement& row)
{
    return {MessageId{row.integer(0)},
            PersonId{row.integer(1)},
            row.text(2),
            row.text(3),
            row.text(4),
            row.time(5),
            row.text(6)};
}

std::string listOf(const std::vector<std::int64_t>& numbers)
{
    std::string list = "[";
    for (const auto number : numbers) {
        if (list.size() > 1) list += ',';
        list += std::to_string(number);
    }
    return list + "]";
}

/// Messages that accounts have written, and perhaps some that are gone.
std::vector<std::int64_t> messagesOf(const Database& db, Statement& accounts)
{
    std::vector<std::int64_t> messages;
    Postings written(db, PostingList::Account);
    while (accounts.next()) written.find(accounts.integer(0), messages);
    return messages;
}

std::int64_t limited(std::size_t limit)
{
    return static_cast<std::int64_t>(std::min<std::size_t>(limit, 1U << 30U));
}

Conditions messagesIn(const Database& db, const Selection& selection)
{
    Conditions only;
    only.add("m.flags & 1 = 0");
    only.addTime(selection, "m.time");
    only.addSources(selection, "m.id", "m.source");
    only.addConcern(db, selection, "m.id");
    only.addMembers(selection, "m.account");
    return only;
}

}  // namespace

void eachTie(const Workspace& workspace, const Selection& selection,
             const std::function<void(const TieRow&)>& each, Task& task)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    const auto people = personByAccount(db);
    eachMessageTie(db, selection, people, each, task);
    if (wantsKind(selection, TieKind::Thread)) eachSpokenTie(db, selection, people, each, task);
    // A given tie is in no message, so it speaks of no concern.
    if (wantsKind(selection, TieKind::Given) && !selection.concern) {
        eachGivenTie(db, selection, people, each, task);
    }
}

void eachMessage(const Workspace& workspace, const Selection& selection,
                 const std::function<void(const MessageRow&)>& each, Task& task)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    const auto people = personByAccount(db);
    const Conditions only = messagesIn(db, selection);
    Statement rows(db,
                   "SELECT m.id, m.account, m.source, m.conversation, m.thread, m.time, m.text "
                   "FROM message m" +
                       only.where() + " ORDER BY m.conversation, m.time, m.id");
    for (only.bind(rows); rows.next();) {
        task.advance();
        each({MessageId{rows.integer(0)}, personOf(people, rows.integer(1)),
              SourceId{rows.integer(2)}, rows.integer(3), rows.integer(4), rows.time(5),
              rows.view(6)});
    }
}

std::map<std::int64_t, std::string> conversationNames(const Workspace& workspace)
{
    std::map<std::int64_t, std::string> names;
    Statement rows(workspace.database(), "SELECT id, name FROM conversation");
    while (rows.next()) names[rows.integer(0)] = rows.text(1);
    return names;
}

std::optional<MessageView> message(const Workspace& workspace, MessageId id)
{
    Statement row(workspace.database(), std::string(viewColumns) + "WHERE m.id = ?1");
    if (!row.bind(id).next()) return std::nullopt;
    return viewIn(row);
}

std::vector<MessageView> messagesBy(const Workspace& workspace,
                                    const std::vector<PersonId>& authors, std::size_t limit)
{
    const Database& db = workspace.database();
    const std::string ids = idList(authors);
    Statement accounts(db,
                       "SELECT id FROM account WHERE person IN (SELECT value FROM json_each(?1))");
    accounts.bind(ids);
    std::vector<MessageView> found;
    Statement rows(db, std::string(viewColumns) +
                           "WHERE m.id IN (SELECT value FROM json_each(?3)) AND "
                           "m.flags & 1 = 0 AND m.account IN (SELECT id FROM account "
                           "WHERE person IN (SELECT value FROM json_each(?1))) "
                           "ORDER BY m.time DESC, m.id DESC LIMIT ?2");
    const std::string list = listOf(messagesOf(db, accounts));
    for (rows.bind(ids, limited(limit), list); rows.next();) found.push_back(viewIn(rows));
    return found;
}

std::vector<MessageView> messagesBetween(const Workspace& workspace, PersonId a, PersonId b,
                                         std::size_t limit)
{
    const Database& db = workspace.database();
    const auto people = personByAccount(db);
    std::vector<std::int64_t> between;
    eachStoredTie(db, [&](const StoredTie& tie) {
        const auto from = personOf(people, tie.from);
        const auto to = personOf(people, tie.to);
        if ((from == a && to == b) || (from == b && to == a)) between.push_back(tie.message);
    });
    for (const auto& tie : threadTiesBetween(db, a.value, b.value)) between.push_back(tie.message);
    std::vector<MessageView> found;
    Statement rows(db, std::string(viewColumns) +
                           "WHERE m.id IN (SELECT value FROM json_each(?1)) AND "
                           "a.person IN (?2, ?3) ORDER BY m.time DESC, m.id DESC LIMIT ?4");
    const std::string list = listOf(between);
    for (rows.bind(list, a, b, limited(limit)); rows.next();) found.push_back(viewIn(rows));
    return found;
}

std::vector<SearchHit> search(const Workspace& workspace, std::string_view query, std::size_t limit)
{
    std::vector<SearchHit> hits;
    const std::string words = fullTextQuery(query);
    if (words.empty()) return hits;
    Statement rows(workspace.database(),
                   "SELECT m.id, a.person, p.name, c.name, s.file, m.time, m.text, "
                   "snippet(message_text, 0, char(8296), char(8297), '…', 16) FROM message_text "
                   "JOIN message m ON m.id = message_text.rowid "
                   "LEFT JOIN account a ON a.id = m.account LEFT JOIN person p ON p.id = a.person "
                   "JOIN conversation c ON c.id = m.conversation JOIN source s ON s.id = m.source "
                   "WHERE message_text MATCH ?1 AND m.flags & 1 = 0 "
                   "ORDER BY rank, m.id LIMIT ?2");
    for (rows.bind(words, limited(limit)); rows.next();)
        hits.push_back({viewIn(rows), rows.text(7)});
    return hits;
}

std::map<PersonId, std::uint64_t> messageCounts(const Workspace& workspace,
                                                const Selection& selection)
{
    const Database& db = workspace.database();
    std::map<PersonId, std::uint64_t> counts;
    Conditions only = messagesIn(db, selection);
    only.add("m.account IS NOT NULL");
    Statement rows(db,
                   "SELECT a.person, count(*) FROM message m JOIN account a ON a.id = m.account" +
                       only.where() + " GROUP BY a.person");
    for (only.bind(rows); rows.next();) {
        counts[PersonId{rows.integer(0)}] = static_cast<std::uint64_t>(rows.integer(1));
    }
    return counts;
}

}  // namespace kith
