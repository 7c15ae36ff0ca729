#include "core/store/replies.h"

#include "core/store/database.h"

namespace kith {

void eachReply(const Workspace& workspace, const std::function<void(const ReplyRow&)>& each,
               Task& task)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    Statement rows(db,
                   "SELECT t.target, q.person, a.person, t.time, t.kind = 7 FROM tie t "
                   "JOIN message m ON m.id = t.target "
                   "JOIN account q ON q.id = m.account JOIN account a ON a.id = t.from_account "
                   "WHERE t.target > 0 AND (t.kind IN (1, 4) OR "
                   "(t.kind = 7 AND t.weight >= 0.5)) AND q.person <> a.person AND a.bot = 0 "
                   "ORDER BY t.target, t.time, t.message, t.kind, t.from_account");
    while (rows.next()) {
        task.advance();
        each({MessageId{rows.integer(0)}, PersonId{rows.integer(1)}, PersonId{rows.integer(2)},
              rows.time(3), rows.integer(4) != 0});
    }
}

}  // namespace kith
