#include "core/store/givenbook.h"

#include "core/base/hash.h"

#include <bit>

namespace kith {

GivenBook::GivenBook(const Database& db, SourceId source, std::string platform)
    : db_(db),
      source_(source),
      platform_(std::move(platform)),
      insert_(db,
              "INSERT INTO given (identity, source, from_account, to_account, time, weight, "
              "directed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (identity) DO NOTHING"),
      known_(db, "SELECT id, source FROM given WHERE identity = ?1"),
      link_(db, "INSERT OR IGNORE INTO given_source (given, source) VALUES (?1, ?2)")
{}

void GivenBook::store(const GivenTie& tie, AccountId from, AccountId to)
{
    const auto weight = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(tie.weight));
    const auto millis = tie.time ? toMillis(*tie.time) : std::int64_t{-1};
    const auto hashAt = [&](std::int64_t ordinal) {
        return shortHash(hashOf(platform_, tie.from, tie.to, weight, std::int64_t{tie.directed},
                                millis, ordinal));
    };
    const auto first = hashAt(0);
    const auto* met = repeats_.find(first);
    for (std::int64_t ordinal = met == nullptr ? 0 : *met;; ++ordinal) {
        const auto identity = static_cast<std::int64_t>(ordinal == 0 ? first : hashAt(ordinal));
        insert_.run(identity, source_, from, to, tie.time, tie.weight, tie.directed);
        if (db_.changes() == 0 && !meet(identity)) continue;  // this file has brought it
        if (ordinal > 0) {
            if (auto* next = repeats_.add(first).first) *next = ordinal + 1;
        }
        return;
    }
}

/// A given tie of this identity is there. @return false when this very file has brought it
bool GivenBook::meet(std::int64_t identity)
{
    known_.bind(identity).next();
    const auto given = known_.integer(0);
    const bool ours = known_.integer(1) == source_.value;
    known_.reset();
    if (ours) return false;
    link_.run(given, source_);
    return db_.changes() == 1;
}

}  // namespace kith
