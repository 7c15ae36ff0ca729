#include "core/store/textrows.h"

namespace kith {

namespace {

void forEach(const Database& db, const std::vector<std::int64_t>& messages, const char* sql)
{
    Statement each(db, sql);
    for (const auto message : messages) each.run(message);
}

}  // namespace

void dropFromTextIndex(const Database& db, const std::vector<std::int64_t>& messages)
{
    forEach(db, messages,
            "INSERT INTO message_text (message_text, rowid, text) "
            "SELECT 'delete', id, text FROM message WHERE id = ?1");
}

void returnToTextIndex(const Database& db, const std::vector<std::int64_t>& messages)
{
    forEach(db, messages,
            "INSERT INTO message_text (rowid, text) SELECT id, text FROM message WHERE id = ?1");
}

}  // namespace kith
