#include "core/store/rows.h"

#include "core/base/hash.h"
#include "core/store/rowhash.h"

#include <algorithm>
#include <array>

namespace kith {

namespace {

constexpr std::array hashed{
    HashedTable{"source",
                "id, file, format, format_name, platform, zone, imported, bytes, file_hash, "
                "importer, options, flat, messages, system, skipped, refused, first, last, "
                "warnings"},
    HashedTable{"person", "id, name, kind, sector, note, pseudonym, named", "message_hash",
                "row_hash"},
    HashedTable{"account", "id, person, platform, key, name, handle, bot", "message_hash",
                "row_hash"},
    HashedTable{"message",
                "id, conversation, native, source, account, thread, time, certainty, kind, flags, "
                "text, attachments",
                "message_hash"},
    HashedTable{"posting", "id, list, run, first, last, size, bytes", "message_hash"},
    HashedTable{"tie_block", "id, conversation, first, last, bytes", "message_hash"},
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

constexpr std::uint64_t shortPseudonyms = 1'000'000;

constexpr const char* insertPeople =
    "INSERT OR FAIL INTO person (id, name, kind, sector, note, pseudonym, named, hash) "
    "SELECT c0, c1, 1, '', '', c2, 0, c3 FROM batch(?1)";

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
    db.run("DELETE FROM kept");  // here, so that nothing of anybody outlives a change in it
}

bool holdsAny(const Database& db, std::string_view table)
{
    Statement any(db, "SELECT EXISTS (SELECT 1 FROM " + std::string(table) + ")");
    any.next();
    return any.integer(0) != 0;
}

std::int64_t nextNumber(const Database& db, std::string_view table)
{
    Statement row(db, "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?1");
    return row.bind(table).next() ? row.integer(0) : 1;
}

PersonMaker::PersonMaker(const Database& db)
    : db_(db),
      next_(nextNumber(db, "person")),
      rows_(4),
      taken_(db, "SELECT 1 FROM person WHERE pseudonym = ?1"),
      insert_(db, insertPeople),
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
    for (int attempt = 0;; ++attempt) {
        // Six digits until they run short; then nine, so that a search stays short.
        const std::uint64_t range = attempt < 8 ? shortPseudonyms : 1'000'000'000;
        const auto lane = static_cast<std::size_t>(++turn_ % 4);
        if (lane == 0 || !fourDraws_)
            fourDraws_ = Hasher(key_).add("four pseudonyms").add(turn_ / 4).finish();
        std::uint64_t drawn = 0;
        for (std::size_t i = 0; i < 4; ++i) drawn = drawn << 8U | (*fourDraws_)[lane * 4 + i];
        const auto number = static_cast<std::int64_t>(drawn % range);
        if (!taken(number)) return number;
    }
}

/// Notes the number as taken, too.
bool PersonMaker::taken(std::int64_t pseudonym)
{
    constexpr std::size_t few = 32;  // until then asking the database is cheaper than reading all
    if (short_.empty() && drawn_.size() >= few) loadTaken();
    if (!short_.empty() && pseudonym < static_cast<std::int64_t>(shortPseudonyms)) {
        const auto at = static_cast<std::size_t>(pseudonym);
        const bool used = short_[at];
        short_[at] = true;
        return used;
    }
    if (!drawn_.insert(pseudonym).second) return true;
    const bool used = taken_.bind(pseudonym).next();
    taken_.reset();
    return used;
}

void PersonMaker::loadTaken()
{
    short_.resize(shortPseudonyms);
    const auto take = [this](std::int64_t number) {
        if (number >= 0 && number < static_cast<std::int64_t>(shortPseudonyms))
            short_[static_cast<std::size_t>(number)] = true;
    };
    for (const auto number : drawn_) take(number);
    Statement all(db_, "SELECT pseudonym FROM person WHERE pseudonym < ?1");
    for (all.bind(static_cast<std::int64_t>(shortPseudonyms)); all.next();) take(all.integer(0));
}

PersonId PersonMaker::add(std::string_view name)
{
    waiting_.push_back({std::string(name), freshPseudonym()});
    return PersonId{next_ + static_cast<std::int64_t>(waiting_.size()) - 1};
}

void PersonMaker::rename(PersonId id, std::string_view name)
{
    waiting_.at(static_cast<std::size_t>(id.value - next_)).name = name;
}

void PersonMaker::flush()
{
    if (waiting_.empty()) return;
    for (const Waiting& one : waiting_) {
        RowHash<QuickHasher> hash;
        hash.number(next_).text(one.name).number(1).text({}).text({}).number(one.pseudonym);
        rows_.add(next_++);
        rows_.add(one.name);
        rows_.add(one.pseudonym);
        rows_.add(hash.number(0).finish());
        if (rows_.rows() >= RowBatch::handful) writeOut(insert_, rows_);
    }
    writeOut(insert_, rows_);
    waiting_.clear();
    store_.run(turn_);
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
