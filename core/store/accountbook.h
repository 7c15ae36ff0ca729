#pragma once

#include "core/import/records.h"
#include "core/store/database.h"
#include "core/store/keymap.h"
#include "core/store/rowbatch.h"
#include "core/store/rows.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith {

/// Finds and makes the accounts of one platform during an import, and remembers what it found.
class AccountBook {
public:
    AccountBook(const Database& db, std::string platform);

    /// The account with this key, made when there is none, with a person of its own. 0 when the key
    /// is empty (unknown author) or suppressed.
    AccountId account(std::string_view key) { return account(key, hashOf(key)); }

    /// The same for whoever has worked out hashOf() already.
    AccountId account(std::string_view key, std::uint64_t hash);

    std::uint64_t hashOf(std::string_view key) const;

    /// account() will be asked soon for the key of this hash.
    void expect(std::uint64_t hash) const { entries_.expect(hash); }

    /// True when an earlier erasure keeps this key out.
    bool suppressed(std::string_view key) { return !key.empty() && !account(key); }

    /// Adds what was empty and replaces the display name, of the account and of its person.
    void describe(const AccountRecord& record);

    /// Gives the account's person a trait, unless it has a value already.
    void addTrait(const TraitRecord& record);

    /// Writes the accounts that were made and still wait in memory. Before anybody reads accounts
    /// from the database.
    void flush();

    /// Writes down that `source` speaks of every account that was asked for.
    void link(SourceId source);

    std::int64_t platform() const { return platform_; }
    std::uint64_t size() const { return known_ - withheld_; }
    std::uint64_t made() const { return made_; }
    std::int64_t firstMade() const { return firstMade_; }  ///< number of the first of them

private:
    /// What the database says of an account.
    struct Details {
        std::string name;
        std::string handle;
        bool bot = false;
    };
    /// Made, but not written yet.
    struct Waiting {
        PersonId person;
        std::string key;
        Details details;
    };

    struct Trait {
        TraitId id;
        bool nominal = false;
    };

    AccountId load(std::string_view key);
    Details& details(AccountId id);
    bool waits(AccountId id) const { return id.value >= firstWaiting_; }
    bool marked(std::string_view keyOrHandle);
    void update(AccountId id, const Details& now, const std::string& key);
    void writeAccounts();
    TraitId trait(const TraitRecord& record);

    const Database& db_;
    std::string platformName_;
    std::int64_t platform_ = 0;
    std::string key_;         ///< the workspace's secret
    std::uint64_t seed_ = 0;  ///< for hashing in memory
    bool anySuppressed_ = false;
    bool anyKnown_ = false;  ///< the platform had accounts before
    KeyMap entries_;  ///< 0 = suppressed. The only thing of an import that grows with its people
    std::vector<Waiting> waiting_;
    RowBatch rows_;
    std::unordered_map<std::int64_t, Details> details_;  ///< emptied when it grows large
    std::unordered_map<std::string, Trait> traits_;
    RowBatch waitingTraits_;  ///< account, trait, value
    std::uint64_t known_ = 0;
    std::uint64_t withheld_ = 0;
    std::uint64_t made_ = 0;
    PersonMaker people_;
    Statement find_;
    std::int64_t firstMade_;
    std::int64_t firstWaiting_;
    Statement insert_;
    Statement seal_;
    Statement describe_;
    Statement update_;
    Statement follow_;
    Statement rename_;
    Statement sealPerson_;
    Statement isMarked_;
    Statement insertTraits_;
};

/// Number of a platform, made when it is new.
std::int64_t platformNumber(const Database& db, std::string_view name);

}  // namespace kith
