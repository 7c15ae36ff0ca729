#include "core/store/codes.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/conditions.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/rows.h"

#include <algorithm>
#include <set>

namespace kith {

namespace {

/// In the table of codes, that a message was read and answers none of the six questions.
constexpr int nothing = 0;

std::string coderOf(const std::string& name)
{
    std::string clean(trim(name));
    if (!clean.empty()) return clean;
    throw Error(Error::Kind::Usage, "a coder needs a name");
}

void requireMessage(const Database& db, MessageId message)
{
    Statement row(db, "SELECT 1 FROM message WHERE id = ?1 AND flags & 1 = 0");
    if (row.bind(message).next()) return;
    throw Error(Error::Kind::NotFound, "there is no message " + std::to_string(message.value), {},
                "Messages are named by their number, as the other verbs print it.");
}

/// The row of a code, made when it is new.
std::int64_t codeId(const Database& db, int question, const std::string& about)
{
    Statement row(db, "SELECT id FROM code WHERE question = ?1 AND name = ?2");
    if (row.bind(question, about).next()) return row.integer(0);
    Statement(db, "INSERT INTO code (question, name, hash) VALUES (?1, ?2, 0)")
        .run(question, about);
    const auto id = db.lastId();
    seal(db, "code", id);
    return id;
}

std::int64_t remove(const Database& db, MessageId message, const std::string& coder)
{
    Statement(db, "DELETE FROM message_code WHERE message = ?1 AND coder = ?2").run(message, coder);
    return db.changes();
}

void add(const Database& db, const Coding& coding, const std::string& coder, Time when)
{
    std::set<std::pair<int, std::string>> marks;
    for (const auto& mark : coding.marks) {
        if (std::ranges::find(allAbout, mark.about) == allAbout.end()) {
            throw Error(Error::Kind::Usage, "a message cannot be about " + mark.about, {},
                        "It can be about self, us, them or place.");
        }
        marks.emplace(static_cast<int>(mark.question), mark.about);
    }
    if (marks.empty()) marks.emplace(nothing, "");
    Statement insert(db,
                     "INSERT INTO message_code (message, code, coder, added, hash) "
                     "VALUES (?1, ?2, ?3, ?4, row_hash(?1, ?2, ?3, ?4))");
    for (const auto& [question, about] : marks) {
        insert.run(coding.message, codeId(db, question, about), coder, when);
    }
}

std::string stepTitle(const std::vector<Coding>& codings)
{
    if (codings.size() != 1) {
        return "Coded " + withSeparators(static_cast<std::int64_t>(codings.size())) + " messages";
    }
    std::vector<std::string> words;
    for (const auto& mark : codings.front().marks) {
        words.emplace_back(name(mark.question));
        if (!mark.about.empty()) words.back() += " (" + mark.about + ")";
    }
    return "Coded a message as " + (words.empty() ? "none of the six" : join(words, ", "));
}

}  // namespace

void codeMessages(Workspace& workspace, const std::vector<Coding>& codings)
{
    Edit edit(workspace);
    const Time when = now();
    for (const auto& coding : codings) {
        const std::string coder = coderOf(coding.coder);
        requireMessage(edit.db(), coding.message);
        remove(edit.db(), coding.message, coder);
        add(edit.db(), coding, coder, when);
    }
    edit.commit(stepTitle(codings));
}

bool clearCodes(Workspace& workspace, MessageId message, const std::string& coder)
{
    Edit edit(workspace);
    requireMessage(edit.db(), message);
    if (remove(edit.db(), message, coderOf(coder)) == 0) return false;
    edit.commit("Took the codes off a message");
    return true;
}

std::vector<Coding> codings(const Workspace& workspace, const Selection& selection)
{
    const Database& db = workspace.database();
    Conditions only;
    only.addTime(selection, "m.time");
    only.addSources(selection, "m.id", "m.source");
    only.addConcern(db, selection, "m.id");
    only.addMembers(selection, "m.account");
    Statement rows(db,
                   "SELECT k.message, k.coder, c.question, c.name, k.added FROM message_code k "
                   "JOIN code c ON c.id = k.code JOIN message m ON m.id = k.message" +
                       only.where() + " ORDER BY k.message, k.coder, c.question, c.name");
    std::vector<Coding> found;
    for (only.bind(rows); rows.next();) {
        const MessageId message{rows.integer(0)};
        if (found.empty() || found.back().message != message ||
            found.back().coder != rows.view(1)) {
            found.push_back({message, rows.text(1), {}, fromMillis(rows.integer(4))});
        }
        if (rows.integer(2) == nothing) continue;
        found.back().marks.push_back({static_cast<Question>(rows.integer(2)), rows.text(3)});
    }
    return found;
}

}  // namespace kith
