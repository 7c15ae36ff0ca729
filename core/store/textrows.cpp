#include "core/store/textrows.h"

namespace kith {

namespace {

void forEachIndexed(const Database& db, const std::vector<std::int64_t>& messages, const char* sql)
{
    const auto last = lastIndexed(db);
    Statement each(db, sql);
    for (const auto message : messages) {
        if (message <= last) each.run(message);
    }
}

/// An index without texts, of this connection alone and empty between two uses. It cannot be
/// dropped while any statement is running.
void makePassingIndex(const Database& db)
{
    db.run(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passing USING fts5("
        "text, content='', tokenize='unicode61 remove_diacritics 2');"
        "INSERT INTO temp.passing (passing) VALUES ('delete-all')");
}

}  // namespace

void dropFromTextIndex(const Database& db, const std::vector<std::int64_t>& messages)
{
    forEachIndexed(db, messages,
                   "INSERT INTO message_text (message_text, rowid, text) "
                   "SELECT 'delete', id, text FROM message WHERE id = ?1");
}

void returnToTextIndex(const Database& db, const std::vector<std::int64_t>& messages)
{
    forEachIndexed(
        db, messages,
        "INSERT INTO message_text (rowid, text) SELECT id, text FROM message WHERE id = ?1");
}

std::string matchesBehindTextIndex(const Database& db, const std::string& query)
{
    constexpr std::int64_t atOnce = 20'000;
    Statement end(db, "SELECT ifnull(max(id), 0) FROM message");
    end.next();
    const auto last = end.integer(0);
    std::int64_t from = lastIndexed(db);
    if (from >= last) return "[]";

    makePassingIndex(db);
    Statement fill(db,
                   "INSERT INTO temp.passing (rowid, text) "
                   "SELECT id, text FROM message WHERE id > ?1 AND id <= ?2");
    Statement match(db, "SELECT rowid FROM temp.passing WHERE passing MATCH ?1 ORDER BY rowid");
    std::string list;
    for (; from < last; from += atOnce) {
        fill.run(from, from + atOnce);
        for (match.bind(query); match.next();) {
            list += list.empty() ? '[' : ',';
            list += std::to_string(match.integer(0));
        }
        match.reset();
        db.run("INSERT INTO temp.passing (passing) VALUES ('delete-all')");
    }
    return list.empty() ? "[]" : list + "]";
}

}  // namespace kith
