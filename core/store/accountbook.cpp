#include "core/store/accountbook.h"

#include "core/base/quickhash.h"
#include "core/model/trait.h"
#include "core/store/rowhash.h"
#include "core/store/rows.h"
#include "core/store/suppression.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kith {

std::int64_t platformNumber(const Database& db, std::string_view name)
{
    Statement(db, "INSERT OR IGNORE INTO platform (name) VALUES (?1)").run(name);
    Statement row(db, "SELECT id FROM platform WHERE name = ?1");
    row.bind(name).next();
    return row.integer(0);
}

namespace {

/// Enough for a statement to be worth its while, little enough to be no matter for memory.
constexpr std::size_t mostWaiting = 4096;
constexpr std::size_t mostWaitingBytes = 1U << 20U;  ///< of traits' values

/// A failure ends the import anyway: see RowBatch for FAIL.
constexpr const char* insertAccounts =
    "INSERT OR FAIL INTO account (id, person, platform, key, name, handle, bot, hash) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7 FROM batch(?1)";

}  // namespace

AccountBook::AccountBook(const Database& db, std::string platform)
    : db_(db),
      platformName_(std::move(platform)),
      platform_(platformNumber(db, platformName_)),
      key_(workspaceKey(db)),
      seed_(QuickHasher().add(key_).finish()),
      rows_(8),
      waitingTraits_(3),
      people_(db),
      find_(db, "SELECT id FROM account WHERE platform = ?1 AND key = ?2"),
      firstMade_(nextNumber(db, "account")),
      firstWaiting_(firstMade_),
      insert_(db, insertAccounts),
      seal_(db, sealing("account", "id = ?1")),
      describe_(db, "SELECT name, handle, bot FROM account WHERE id = ?1"),
      update_(db, "UPDATE account SET name = ?2, handle = ?3, bot = ?4 WHERE id = ?1"),
      follow_(db,
              "SELECT p.id FROM person p JOIN account a ON a.person = p.id "
              "WHERE a.id = ?1 AND p.named = 0 AND p.name <> ?2 AND "
              "(SELECT count(*) FROM account o WHERE o.person = p.id) = 1"),
      rename_(db, "UPDATE person SET name = ?2 WHERE id = ?1"),
      sealPerson_(db, sealing("person", "id = ?1")),
      isMarked_(db, "SELECT 1 FROM suppression WHERE mark = ?1"),
      insertTraits_(db,
                    "INSERT OR IGNORE INTO person_trait (person, trait, value, hash) "
                    "SELECT a.person, b.c1, b.c2, row_hash(a.person, b.c1, b.c2) "
                    "FROM batch(?1) b CROSS JOIN account a ON a.id = b.c0")
{
    anySuppressed_ = holdsAny(db, "suppression");
    Statement known(db, "SELECT EXISTS (SELECT 1 FROM account WHERE platform = ?1)");
    known.bind(platform_).next();
    anyKnown_ = known.integer(0) != 0;
}

std::uint64_t AccountBook::hashOf(std::string_view key) const
{
    const auto hash = QuickHasher(seed_).add(key).finish();
    return hash == 0 ? 1 : hash;
}

AccountId AccountBook::account(std::string_view key, std::uint64_t hash)
{
    if (key.empty()) return {};
    if (const auto* found = entries_.find(hash))
        return AccountId{static_cast<std::int64_t>(*found)};
    ++known_;
    const AccountId loaded = load(key);
    if (!loaded) ++withheld_;
    entries_.add(hash, static_cast<std::uint64_t>(loaded.value));
    return loaded;
}

AccountId AccountBook::load(std::string_view key)
{
    if (marked(key)) return {};
    if (anyKnown_) {
        AccountId id;
        if (find_.bind(platform_, key).next()) id = AccountId{find_.integer(0)};
        find_.reset();
        if (id) return id;
    }
    const AccountId id{firstWaiting_ + static_cast<std::int64_t>(waiting_.size())};
    waiting_.push_back({people_.add(key), std::string(key), {std::string(key), {}, false}});
    ++made_;
    if (waiting_.size() >= mostWaiting) flush();
    return id;
}

void AccountBook::flush()
{
    people_.flush();
    writeAccounts();
    writeOut(insertTraits_, waitingTraits_);
}

void AccountBook::writeAccounts()
{
    if (waiting_.empty()) return;
    auto id = firstWaiting_;
    for (const Waiting& one : waiting_) {
        const std::int64_t bot{one.details.bot};
        RowHash<QuickHasher> hash;
        hash.number(id).number(one.person.value).number(platform_).text(one.key);
        hash.text(one.details.name).text(one.details.handle).number(bot);
        rows_.add(id++);
        rows_.add(one.person.value);
        rows_.add(platform_);
        rows_.add(one.key);
        rows_.add(one.details.name);
        rows_.add(one.details.handle);
        rows_.add(bot);
        rows_.add(hash.finish());
        if (rows_.rows() >= RowBatch::handful) writeOut(insert_, rows_);
    }
    writeOut(insert_, rows_);
    firstWaiting_ = id;
    waiting_.clear();
}

AccountBook::Details& AccountBook::details(AccountId id)
{
    constexpr std::size_t remembered = 20'000;
    if (waits(id)) return waiting_[static_cast<std::size_t>(id.value - firstWaiting_)].details;
    const auto found = details_.find(id.value);
    if (found != details_.end()) return found->second;
    if (details_.size() >= remembered) details_.clear();
    describe_.bind(id).next();
    Details details{describe_.text(0), describe_.text(1), describe_.integer(2) != 0};
    describe_.reset();
    return details_[id.value] = std::move(details);
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
    if (marked(record.handle) && entries_.find(hashOf(record.key)) == nullptr) {
        entries_.add(hashOf(record.key), 0);
        ++known_;
        ++withheld_;
        return;
    }
    const AccountId id = account(record.key);
    if (!id) return;
    Details& known = details(id);
    Details wanted = known;
    if (!record.name.empty()) wanted.name = record.name;
    if (wanted.handle.empty()) wanted.handle = record.handle;
    wanted.bot = wanted.bot || record.bot;
    const bool same =
        wanted.name == known.name && wanted.handle == known.handle && wanted.bot == known.bot;
    if (same) return;
    known = std::move(wanted);
    update(id, known, record.key);
}

void AccountBook::update(AccountId id, const Details& now, const std::string& key)
{
    // The person follows while it is this account alone and nobody has chosen its name.
    const bool nameless = now.name == key && !now.handle.empty();
    const std::string& name = nameless ? now.handle : now.name;
    if (waits(id)) {
        people_.rename(waiting_[static_cast<std::size_t>(id.value - firstWaiting_)].person, name);
        return;
    }
    update_.run(id, now.name, now.handle, now.bot);
    seal_.run(id);
    const bool follows = follow_.bind(id, name).next();
    const auto person = follows ? follow_.integer(0) : 0;
    follow_.reset();
    if (!follows) return;
    rename_.run(person, name);
    sealPerson_.run(person);
}

TraitId AccountBook::trait(const TraitRecord& record)
{
    const auto scale = record.numeric ? TraitScale::Numeric : TraitScale::Nominal;
    auto [known, fresh] = traits_.try_emplace(record.trait);
    if (fresh) {
        Statement(db_,
                  "INSERT OR IGNORE INTO trait (name, scale, derived, hash) VALUES (?1, ?2, 0, 0)")
            .run(record.trait, static_cast<int>(scale));
        Statement row(db_, "SELECT id FROM trait WHERE name = ?1");
        row.bind(record.trait).next();
        known->second.id = TraitId{row.integer(0)};
    }
    // One value that is no number makes the whole trait nominal.
    if (!record.numeric && !std::exchange(known->second.nominal, true)) {
        Statement(db_, "UPDATE trait SET scale = 1 WHERE name = ?1 AND scale <> 1")
            .run(record.trait);
    }
    return known->second.id;
}

void AccountBook::addTrait(const TraitRecord& record)
{
    const AccountId owner = account(record.account);
    if (!owner) return;
    waitingTraits_.add(owner.value);
    waitingTraits_.add(trait(record).value);
    waitingTraits_.add(record.value);
    if (waitingTraits_.rows() >= mostWaiting || waitingTraits_.bytes() >= mostWaitingBytes) flush();
}

void AccountBook::link(SourceId source)
{
    flush();
    std::vector<std::int64_t> ids;
    entries_.each([&](std::uint64_t, std::uint64_t number) {
        const auto id = static_cast<std::int64_t>(number);
        if (id != 0 && id < firstMade_) ids.push_back(id);
    });
    std::ranges::sort(ids);  // the same rows in the same order, and fast to append
    Statement link(db_, "INSERT OR IGNORE INTO account_source (account, source) VALUES (?1, ?2)");
    for (const auto id : ids) link.run(id, source);
    Statement(db_,
              "INSERT INTO account_source (account, source) "
              "SELECT id, ?2 FROM account WHERE id >= ?1")
        .run(firstMade_, source);
    for (const auto& [name, trait] : traits_) seal(db_, "trait", trait.id.value);
}

}  // namespace kith
