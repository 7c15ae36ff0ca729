#include "core/store/rows.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {

namespace {

constexpr std::array hashed{
    HashedTable{"source",
                "id, file, format, format_name, platform, zone, imported, bytes, file_hash, "
                "importer, options, flat, messages, system, skipped, refused, first, last, "
                "warnings"},
    HashedTable{"person", "id, name, kind, sector, note, pseudonym, named"},
    HashedTable{"account", "id, person, platform, key, name, handle, bot"},
    HashedTable{"message",
                "id, conversation, native, source, account, thread, time, certainty, kind, flags, "
                "text, attachments",
                "message_hash"},
    HashedTable{"not_same", "first, second"},
    HashedTable{"trait", "id, name, scale, derived"},
    HashedTable{"person_trait", "person, trait, value"},
    HashedTable{"concern", "id, name, query"},
    HashedTable{"community", "id, name, note, colour, created"},
    HashedTable{"membership", "community, person, since, until, origin"},
    HashedTable{"community_tag", "community, tag"},
    HashedTable{"assessment", "id, community, characteristic, level, day, assessor, note"},
    HashedTable{"evidence", "id, community, characteristic, kind, supports, message, text, added"},
    HashedTable{"introduction", "id, first, second, by, proposed, made, declined, note"},
    HashedTable{"ask", "id, community, what, whom, raised, due, answered, answer, evidence"},
    HashedTable{"code", "id, question, name"},
    HashedTable{"message_code", "message, code, coder, added"},
    HashedTable{"snapshot", "id, name, taken, selection, content"},
    HashedTable{"history", "id, time, what, undone, changeset"}};

constexpr std::array<std::string_view, 15> edited{
    "person",       "account",    "trait",         "person_trait", "concern",
    "community",    "membership", "community_tag", "assessment",   "evidence",
    "introduction", "ask",        "code",          "message_code", "not_same"};

}  // namespace

std::span<const HashedTable> hashedTables()
{
    return hashed;
}

std::span<const std::string_view> editedTables()
{
    return edited;
}

std::string sealing(std::string_view table, std::string_view condition)
{
    const auto found = std::ranges::find(hashed, table, &HashedTable::name);
    return "UPDATE " + std::string(table) + " SET hash = " + std::string(found->function) + "(" +
           std::string(found->columns) + ") WHERE " + std::string(condition);
}

void seal(const Database& db, std::string_view table, std::int64_t id)
{
    Statement(db, sealing(table, "id = ?1")).run(id);
}

void sealWhere(const Database& db, std::string_view table, std::string_view condition,
               std::int64_t first, std::int64_t second)
{
    Statement update(db, sealing(table, condition));
    if (condition.find("?2") == std::string_view::npos) {
        update.run(first);
    } else {
        update.run(first, second);
    }
}

void bumpVersion(const Database& db)
{
    db.run("UPDATE meta SET value = value + 1 WHERE name = 'version'");
}

std::int64_t nextNumber(const Database& db, std::string_view table)
{
    Statement row(db, "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?1");
    return row.bind(table).next() ? row.integer(0) : 1;
}

PersonMaker::PersonMaker(const Database& db)
    : next_(nextNumber(db, "person")),
      taken_(db, "SELECT 1 FROM person WHERE pseudonym = ?1"),
      insert_(db,
              "INSERT INTO person (id, name, kind, sector, note, pseudonym, named, hash) "
              "VALUES (?1, ?2, 1, '', '', ?3, 0, row_hash(?1, ?2, 1, '', '', ?3, 0))"),
      store_(db,
             "INSERT INTO meta (name, value) VALUES ('pseudonyms', ?1) "
             "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
{
    Statement next(db, "SELECT ifnull((SELECT value FROM meta WHERE name = 'pseudonyms'), 0)");
    next.next();
    turn_ = next.integer(0);
    Statement keyRow(db, "SELECT value FROM meta WHERE name = 'key'");
    keyRow.next();
    key_ = keyRow.text(0);
}

std::int64_t PersonMaker::freshPseudonym()
{
    changed_ = true;
    for (int attempt = 0;; ++attempt) {
        // Six digits until they run short; then nine, so that a search stays short.
        const std::uint64_t range = attempt < 8 ? 1'000'000 : 1'000'000'000;
        const Hash hash = Hasher(key_).add("pseudonym").add(++turn_).finish();
        std::uint64_t drawn = 0;
        for (std::size_t i = 0; i < 8; ++i) drawn = drawn << 8U | hash[i];
        const auto number = static_cast<std::int64_t>(drawn % range);
        const bool used = taken_.bind(number).next();
        taken_.reset();
        if (!used) return number;
    }
}

PersonId PersonMaker::add(std::string_view name)
{
    const PersonId id{next_++};
    insert_.run(id, name, freshPseudonym());
    return id;
}

void PersonMaker::flush()
{
    if (std::exchange(changed_, false)) store_.run(turn_);
}

PersonId addPerson(const Database& db, std::string_view name)
{
    PersonMaker maker(db);
    const PersonId id = maker.add(name);
    maker.flush();
    return id;
}

Time now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace kith
