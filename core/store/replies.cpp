#include "core/store/replies.h"

#include "core/store/database.h"
#include "core/store/tieblocks.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace kith {

namespace {

struct Speaker {
    PersonId person;
    bool bot = false;
};

/// By the account's number.
std::vector<Speaker> accountsOf(const Database& db)
{
    std::vector<Speaker> accounts;
    Statement rows(db, "SELECT id, person, bot FROM account ORDER BY id");
    while (rows.next()) {
        accounts.resize(static_cast<std::size_t>(rows.integer(0)) + 1);
        accounts.back() = {PersonId{rows.integer(1)}, rows.integer(2) != 0};
    }
    return accounts;
}

bool isAnswer(const StoredTie& tie)
{
    if (tie.target == 0) return false;
    if (tie.kind == TieKind::Adjacent) return tie.weight >= 0.5;
    return tie.kind == TieKind::Reply || tie.kind == TieKind::Quote;
}

}  // namespace

void eachReply(const Workspace& workspace, const std::function<void(const ReplyRow&)>& each,
               Task& task)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    const auto accounts = accountsOf(db);
    const auto find = [&](std::int64_t account) {
        const auto at = static_cast<std::size_t>(account);
        return at < accounts.size() ? accounts[at] : Speaker{};
    };
    std::vector<StoredTie> answers;
    eachStoredTie(db, [&](const StoredTie& tie) {
        if (!isAnswer(tie)) return;
        // Whoever an answer points at has written what it answers.
        const Speaker asker = find(tie.to);
        const Speaker answerer = find(tie.from);
        if (!asker.person || !answerer.person || asker.person == answerer.person) return;
        if (!answerer.bot) answers.push_back(tie);
    });
    std::ranges::sort(answers, {}, [](const StoredTie& tie) {
        return std::tuple(tie.target, tie.time, tie.message, tie.kind, tie.from);
    });
    for (const StoredTie& tie : answers) {
        task.advance();
        each({MessageId{tie.target}, find(tie.to).person, find(tie.from).person, tie.time,
              tie.kind == TieKind::Adjacent});
    }
}

}  // namespace kith
