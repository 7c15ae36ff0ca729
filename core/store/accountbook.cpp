#include "core/store/accountbook.h"

#include "core/model/trait.h"
#include "core/store/rows.h"
#include "core/store/suppression.h"

namespace kith {

std::int64_t platformNumber(const Database& db, std::string_view name)
{
    Statement(db, "INSERT OR IGNORE INTO platform (name) VALUES (?1)").run(name);
    Statement row(db, "SELECT id FROM platform WHERE name = ?1");
    row.bind(name).next();
    return row.integer(0);
}

AccountBook::AccountBook(const Database& db, std::string platform)
    : db_(db),
      platformName_(std::move(platform)),
      platform_(platformNumber(db, platformName_)),
      key_(workspaceKey(db)),
      find_(db, "SELECT id, name, handle, bot FROM account WHERE platform = ?1 AND key = ?2"),
      insert_(db,
              "INSERT INTO account (person, platform, key, name, handle, bot, hash) "
              "VALUES (?1, ?2, ?3, ?3, '', 0, 0)"),
      isMarked_(db, "SELECT 1 FROM suppression WHERE mark = ?1")
{
    Statement any(db, "SELECT EXISTS (SELECT 1 FROM suppression)");
    any.next();
    anySuppressed_ = any.integer(0) != 0;
}

AccountId AccountBook::account(std::string_view key)
{
    return key.empty() ? AccountId{} : entry(key).id;
}

bool AccountBook::suppressed(std::string_view key)
{
    return !key.empty() && !entry(key).id;
}

AccountBook::Entry& AccountBook::entry(std::string_view key)
{
    const auto found = entries_.find(key);
    if (found != entries_.end()) return found->second;
    ++known_;
    Entry loaded = load(key);
    if (!loaded.id) ++withheld_;
    return entries_.emplace(std::string(key), std::move(loaded)).first->second;
}

AccountBook::Entry AccountBook::load(std::string_view key)
{
    if (marked(key)) return {};
    Entry entry;
    if (find_.bind(platform_, key).next()) {
        entry = {AccountId{find_.integer(0)}, find_.text(1), find_.text(2), find_.integer(3) != 0};
        find_.reset();
        return entry;
    }
    find_.reset();
    insert_.run(addPerson(db_, key), platform_, key);
    entry.id = AccountId{db_.lastId()};
    entry.name = std::string(key);
    seal(db_, "account", entry.id.value);
    ++made_;
    return entry;
}

bool AccountBook::marked(std::string_view keyOrHandle)
{
    if (!anySuppressed_ || keyOrHandle.empty()) return false;
    const Hash mark = suppressionMark(key_, platformName_, keyOrHandle);
    const bool found = isMarked_.bind(Blob{mark}).next();
    isMarked_.reset();
    return found;
}

void AccountBook::describe(const AccountRecord& record)
{
    if (marked(record.handle) && !entries_.contains(record.key)) {
        entries_.emplace(record.key, Entry{});
        ++known_;
        ++withheld_;
        return;
    }
    Entry& known = entry(record.key);
    if (!known.id) return;
    Entry wanted = known;
    if (!record.name.empty()) wanted.name = record.name;
    if (wanted.handle.empty()) wanted.handle = record.handle;
    wanted.bot = wanted.bot || record.bot;
    const bool same =
        wanted.name == known.name && wanted.handle == known.handle && wanted.bot == known.bot;
    if (same) return;
    known = std::move(wanted);
    update(known, record.key);
}

void AccountBook::update(Entry& entry, const std::string& key)
{
    Statement(db_, "UPDATE account SET name = ?2, handle = ?3, bot = ?4 WHERE id = ?1")
        .run(entry.id, entry.name, entry.handle, entry.bot);
    seal(db_, "account", entry.id.value);

    // The person follows while it is this account alone and nobody has chosen its name.
    const bool nameless = entry.name == key && !entry.handle.empty();
    Statement person(db_,
                     "SELECT p.id FROM person p JOIN account a ON a.person = p.id "
                     "WHERE a.id = ?1 AND p.named = 0 AND p.name <> ?2 AND "
                     "(SELECT count(*) FROM account o WHERE o.person = p.id) = 1");
    const std::string& name = nameless ? entry.handle : entry.name;
    if (!person.bind(entry.id, name).next()) return;
    const auto id = person.integer(0);
    person.reset();
    Statement(db_, "UPDATE person SET name = ?2 WHERE id = ?1").run(id, name);
    seal(db_, "person", id);
}

TraitId AccountBook::trait(const TraitRecord& record)
{
    const auto known = traits_.find(record.trait);
    const auto scale = record.numeric ? TraitScale::Numeric : TraitScale::Nominal;
    if (known == traits_.end()) {
        Statement(db_,
                  "INSERT OR IGNORE INTO trait (name, scale, derived, hash) VALUES (?1, ?2, 0, 0)")
            .run(record.trait, static_cast<int>(scale));
    }
    // One value that is no number makes the whole trait nominal.
    if (!record.numeric) {
        Statement(db_, "UPDATE trait SET scale = 1 WHERE name = ?1 AND scale <> 1")
            .run(record.trait);
    }
    if (known != traits_.end()) return known->second;
    Statement row(db_, "SELECT id FROM trait WHERE name = ?1");
    row.bind(record.trait).next();
    return traits_[record.trait] = TraitId{row.integer(0)};
}

void AccountBook::addTrait(const TraitRecord& record)
{
    const AccountId owner = account(record.account);
    if (!owner) return;
    const TraitId id = trait(record);
    Statement(db_,
              "INSERT OR IGNORE INTO person_trait (person, trait, value, hash) "
              "SELECT person, ?2, ?3, row_hash(person, ?2, ?3) FROM account WHERE id = ?1")
        .run(owner, id, record.value);
}

void AccountBook::link(SourceId source)
{
    Statement link(db_, "INSERT OR IGNORE INTO account_source (account, source) VALUES (?1, ?2)");
    for (const auto& [key, entry] : entries_) {
        if (entry.id) link.run(entry.id, source);
    }
    for (const auto& [name, id] : traits_) seal(db_, "trait", id.value);
}

}  // namespace kith
